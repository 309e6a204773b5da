/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * skypefed-log: converts the SIP messages in logs to a capture.
 */
#include "extcap.h"
#include "inputs.h"
#include "log/bytes/tail.h"
#include "log/capture/writer.h"
#include "log/system/system.h"
#include "merge.h"
#include "options.h"
#include "progress.h"
#include "summary.h"

#include <signal.h>
#include <stdio.h>

/* Like those of grep. */
enum { EXIT_WRITTEN = 0, EXIT_NO_MESSAGE = 1, EXIT_TROUBLE = 2 };

/*
 * After so many packets the capture is flushed. If writing fails, it is cut back to the last flush, so that it ends with
 * a complete packet.
 */
#define FLUSH_PACKETS 16

static volatile sig_atomic_t stopped;

static void stop(void)
{
    stopped = 1;
}

/* Standard error is the capture (`>FILE 2>&1`), which anything else in it would damage. */
static bool is_mute;

/* Names of files may hold control characters, which a terminal would obey. */
static void complain(char *text)
{
    if (is_mute) {
        g_free(text);
        return;
    }
    for (char *at = text; *at; at++) {
        *at = g_ascii_iscntrl(*at) && *at != '\n' ? '?' : *at;
    }
    sf_log_progress_end();
    fprintf(stderr, "skypefed-log: %s\n", text);
    g_free(text);
}

/* The state of a conversion. */
typedef struct {
    const sf_log_options *options;
    sf_log_inputs inputs;
    sf_log_writer *writer;
    sf_log_tallies *tallies; /* NULL until the logs are open */
    uint64_t messages;       /* given to the writer */
} conversion;

static bool is_error_at(const char *output)
{
    sf_about error, about;

    return sf_system_look_at_error(&error) && sf_system_look_at(output, &about) && about.index != 0 &&
           error.volume == about.volume && error.index == about.index;
}

/* A file cannot be opened. A named pipe waits for its other end, so that a user may stop that: no need to tell. */
static void complain_of_opening(char *error)
{
    if (stopped) {
        g_free(error);
    } else {
        complain(error);
    }
}

/* @return false if something cannot be opened, or the user has stopped it */
static bool open_all(conversion *c)
{
    char *error = NULL;
    sf_log_reading reading = c->options->reading;

    reading.is_stopped = &stopped;
    if (!sf_log_inputs_open(&c->inputs, c->options->inputs, c->options->output, &reading, &error)) {
        complain_of_opening(error);
        return false;
    }
    c->tallies = sf_log_tallies_new(c->inputs.count);
    c->writer = sf_log_writer_open(c->options->output, &error);
    if (!c->writer) {
        complain_of_opening(error);
    }
    is_mute = c->writer && is_error_at(c->options->output);
    return c->writer != NULL;
}

/* That the reader has gone away ends the work, but is not a failure. @return false for any other error */
static bool is_lost_reader(conversion *c, char *error)
{
    if (!sf_log_writer_has_lost_reader(c->writer)) {
        complain(error);
        return false;
    }
    g_free(error);
    stopped = 1;
    return true;
}

/* @return false if writing failed */
static bool flush(conversion *c)
{
    char *error = NULL;

    if (!sf_log_writer_flush(c->writer, &error)) {
        return is_lost_reader(c, error);
    }
    sf_log_tallies_settle(c->tallies);
    return true;
}

/* @return false if writing failed */
static bool write_packet(conversion *c, sf_log_packet *packet, size_t log)
{
    char *error = NULL;
    bool is_written = sf_log_writer_write(c->writer, packet, &error);

    if (is_written) {
        sf_log_tallies_pass(c->tallies, log, packet);
        c->messages++;
    }
    sf_log_packet_free(packet);
    if (!is_written) {
        return is_lost_reader(c, error);
    }
    sf_log_progress_show(c->inputs.sources, c->inputs.count, c->messages);
    return sf_log_tallies_pending(c->tallies) < FLUSH_PACKETS || flush(c);
}

/* Writes all packets that are available. `has_more` is set to whether more can come. */
static bool write_available(conversion *c, sf_log_merge *merge, bool *has_more)
{
    sf_log_packet *packet;
    size_t log;

    for (;;) {
        sf_log_source_status status = sf_log_merge_next(merge, &packet, &log);
        if (status != SF_LOG_SOURCE_PACKET) {
            *has_more = status != SF_LOG_SOURCE_END;
            return true;
        }
        if (!write_packet(c, packet, log)) {
            return false;
        }
        if (stopped) {
            *has_more = false;
            return true;
        }
    }
}

static bool convert_available(conversion *c, sf_log_merge *merge)
{
    bool has_more = true;

    while (has_more && !stopped) {
        if (!write_available(c, merge, &has_more)) {
            return false;
        }
        if (has_more) {
            if (!flush(c)) {
                return false;
            }
            stopped = stopped || sf_log_writer_has_lost_reader(c->writer);
            sf_system_pause(SF_LOG_TAIL_INTERVAL_MS);
        }
    }
    return true;
}

static bool convert(conversion *c)
{
    sf_log_merge *merge = sf_log_merge_new(c->inputs.sources, c->inputs.count);
    bool has_more;
    bool succeeded = convert_available(c, merge);

    /* The user has stopped reading: write what is left. */
    if (succeeded && stopped && !sf_log_writer_has_lost_reader(c->writer)) {
        for (size_t i = 0; i < c->inputs.count; i++) {
            sf_log_source_finish(c->inputs.sources[i]);
        }
        stopped = 0;
        succeeded = write_available(c, merge, &has_more);
    }
    sf_log_merge_free(merge);
    return succeeded;
}

/* Ends the capture. @return false if writing failed, now or before, which was complained about then */
static bool close_capture(conversion *c, bool succeeded)
{
    char *error = NULL;

    if (sf_log_writer_close(c->writer, &error)) {
        sf_log_tallies_settle(c->tallies);
        return succeeded;
    }
    if (succeeded && error) {
        complain(g_steal_pointer(&error));
        succeeded = false;
    }
    g_free(error);
    return succeeded;
}

static void tell_summary(const conversion *c)
{
    char **lines = sf_log_summary(c->tallies, c->inputs.sources, c->inputs.names, c->inputs.count);

    for (char **line = lines; *line; line++) {
        complain(g_steal_pointer(line));
    }
    g_free(lines);
}

static int finish(conversion *c, bool succeeded)
{
    sf_log_progress_end();
    if (c->writer) {
        succeeded = close_capture(c, succeeded);
    }
    for (size_t i = 0; i < c->inputs.count; i++) {
        if (sf_log_source_error(c->inputs.sources[i])) {
            complain(g_strdup(sf_log_source_error(c->inputs.sources[i])));
            succeeded = false;
        }
    }
    if (c->writer && !c->options->is_quiet) {
        tell_summary(c);
    }
    sf_log_tallies_free(c->tallies);
    sf_log_inputs_close(&c->inputs);
    if (!succeeded) {
        return EXIT_TROUBLE;
    }
    return c->messages > 0 ? EXIT_WRITTEN : EXIT_NO_MESSAGE;
}

static int run_conversion(const sf_log_options *options)
{
    conversion c = { .options = options };

    sf_system_on_stop(stop);
    bool succeeded = open_all(&c) ? convert(&c) : stopped;
    int code = finish(&c, succeeded);
    /* Wireshark regards any other exit code of a capture source as a failure. */
    return code == EXIT_NO_MESSAGE && options->reading.follows ? EXIT_WRITTEN : code;
}

int main(int argc, char **argv)
{
    static void (*const answers[])(void) = {
        [SF_LOG_RUN_EXTCAP_INTERFACES] = sf_log_extcap_interfaces,
        [SF_LOG_RUN_EXTCAP_DLTS] = sf_log_extcap_dlts,
        [SF_LOG_RUN_EXTCAP_CONFIG] = sf_log_extcap_config,
    };
    sf_log_options options;
    char *error = NULL;
    int code = EXIT_WRITTEN;

    sf_system_start(&argc, &argv);
    if (!sf_log_options_read(&options, argc, argv, &error)) {
        complain(error);
        code = EXIT_TROUBLE;
    } else if (options.run == SF_LOG_RUN_CONVERT) {
        code = run_conversion(&options);
    } else if (answers[options.run]) {
        answers[options.run]();
    }
    sf_log_options_clear(&options);
    return code;
}
