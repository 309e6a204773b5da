/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * skypefed-log: the SIP messages of a log as a capture.
 */
#include "extcap.h"
#include "merge.h"
#include "options.h"
#include "summary.h"
#include "log/bytes/tail.h"
#include "log/capture/writer.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>

/* As grep has them. */
enum { EXIT_WRITTEN = 0, EXIT_NO_MESSAGE = 1, EXIT_TROUBLE = 2 };

static volatile sig_atomic_t stopped;

static void stop(int number)
{
    (void)number;
    stopped = 1;
}

static void complain(char *text)
{
    sf_log_progress_end();
    fprintf(stderr, "skypefed-log: %s\n", text);
    g_free(text);
}

/* Everything that is at work during a conversion. */
typedef struct {
    const sf_log_options *options;
    sf_log_source **sources;
    size_t count;
    sf_log_writer *writer;
    uint64_t written;
} conversion;

static bool open_all(conversion *c)
{
    size_t named = g_strv_length(c->options->inputs);
    char *error = NULL;

    c->sources = g_new0(sf_log_source *, named);
    for (; c->count < named; c->count++) {
        c->sources[c->count] = sf_log_source_open(c->options->inputs[c->count], &c->options->reading, &error);
        if (!c->sources[c->count]) {
            complain(error);
            return false;
        }
    }
    c->writer = sf_log_writer_open(c->options->output, &error);
    if (!c->writer) {
        complain(error);
    }
    return c->writer != NULL;
}

/* @return false if writing failed; a reader that went away ends the work without being a failure */
static bool write_packet(conversion *c, sf_log_packet *packet)
{
    char *error = NULL;
    bool good = sf_log_writer_write(c->writer, packet, &error);

    sf_log_packet_free(packet);
    if (good) {
        c->written++;
        sf_log_progress_show(c->sources, c->count, c->written);
    } else if (sf_log_writer_reader_gone(c->writer)) {
        g_free(error);
        stopped = 1;
        return true;
    } else {
        complain(error);
    }
    return good;
}

/* Writes all packets that there are for now. `more` tells whether there can be others. */
static bool write_available(conversion *c, sf_log_merge *merge, bool *more)
{
    sf_log_packet *packet;

    for (;;) {
        sf_log_source_status status = sf_log_merge_next(merge, &packet);
        if (status != SF_LOG_SOURCE_PACKET) {
            *more = status == SF_LOG_SOURCE_WAIT || c->options->reading.follow;
            return true;
        }
        if (!write_packet(c, packet)) {
            return false;
        }
        if (stopped) {
            *more = false;
            return true;
        }
    }
}

static void pause_shortly(void)
{
    const struct timespec interval = { 0, SF_LOG_TAIL_INTERVAL_MS * 1000000L };

    /* Unlike g_usleep() it ends with a signal. */
    nanosleep(&interval, NULL);
}

static bool convert_available(conversion *c, sf_log_merge *merge)
{
    char *error = NULL;
    bool more = true;

    while (more && !stopped) {
        if (!write_available(c, merge, &more)) {
            return false;
        }
        if (more) {
            if (!sf_log_writer_flush(c->writer, &error)) {
                if (!sf_log_writer_reader_gone(c->writer)) {
                    complain(error);
                    return false;
                }
                g_free(error);
            }
            stopped = stopped || sf_log_writer_reader_gone(c->writer);
            pause_shortly();
        }
    }
    return true;
}

static bool convert(conversion *c)
{
    sf_log_merge *merge = sf_log_merge_new(c->sources, c->count);
    bool more;
    bool good = convert_available(c, merge);

    /* A followed log ends when the user says so. */
    if (good && stopped && !sf_log_writer_reader_gone(c->writer)) {
        for (size_t i = 0; i < c->count; i++) {
            sf_log_source_finish(c->sources[i]);
        }
        stopped = 0;
        good = write_available(c, merge, &more);
    }
    sf_log_merge_free(merge);
    return good;
}

static int finish(conversion *c, bool good)
{
    char *error = NULL;

    sf_log_progress_end();
    if (c->writer && !sf_log_writer_close(c->writer, &error)) {
        complain(error);
        good = false;
    }
    for (size_t i = 0; i < c->count; i++) {
        if (sf_log_source_error(c->sources[i])) {
            complain(g_strdup(sf_log_source_error(c->sources[i])));
            good = false;
        }
    }
    if (c->writer && !c->options->quiet) {
        complain(sf_log_summary(c->sources, c->count));
    }
    for (size_t i = 0; i < c->count; i++) {
        sf_log_source_close(c->sources[i]);
    }
    g_free(c->sources);
    if (!good) {
        return EXIT_TROUBLE;
    }
    return c->written > 0 ? EXIT_WRITTEN : EXIT_NO_MESSAGE;
}

static void handle_signals(void)
{
    struct sigaction action = { .sa_handler = stop };

    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGHUP, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
}

static int run_conversion(const sf_log_options *options)
{
    conversion c = { .options = options };

    handle_signals();
    sf_log_writer_setup("skypefed-log");
    bool good = open_all(&c) && convert(&c);
    int code = finish(&c, good);
    /* Wireshark takes any other code of a capture source for a failure. */
    return code == EXIT_NO_MESSAGE && options->reading.follow ? EXIT_WRITTEN : code;
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

    setlocale(LC_ALL, "");
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
