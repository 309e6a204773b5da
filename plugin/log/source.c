/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Getting packets from a log.
 */
#include "source.h"

#include "log/message/scanner.h"
#include "log/packet/window.h"

/* After so long without data, a followed log is idle: packets in the window need not wait any longer. */
#define IDLE_MICROSECONDS (150 * 1000)

struct sf_log_source {
    sf_log_input *input;
    sf_log_scanner *scanner;
    sf_log_window *window;
    sf_log_clock clock;
    uint64_t unattached;
    char *error;
    const volatile sig_atomic_t *is_stopped;
    bool follows, is_finished;
    gint64 quiet_since;
};

sf_log_source *sf_log_source_open(const char *path, const sf_log_reading *reading, char **error)
{
    sf_log_input *input = sf_log_input_open(path, reading->follows, error);
    sf_log_source *source;

    if (!input) {
        return NULL;
    }
    source = g_new0(sf_log_source, 1);
    source->input = input;
    source->is_stopped = reading->is_stopped;
    source->follows = reading->follows;
    source->clock = reading->clock;
    source->window = sf_log_window_new(&source->clock, &source->unattached);
    sf_log_sink sink = sf_log_window_sink(source->window);
    source->scanner = sf_log_scanner_new(reading->format, &sink);
    return source;
}

bool sf_log_source_is_file(const sf_log_source *source, const char *path)
{
    return sf_log_input_is_file(source->input, path);
}

void sf_log_source_close(sf_log_source *source)
{
    sf_log_input_close(source->input);
    sf_log_scanner_free(source->scanner);
    sf_log_window_free(source->window);
    g_free(source->error);
    g_free(source);
}

void sf_log_source_finish(sf_log_source *source)
{
    if (!source->is_finished) {
        source->is_finished = true;
        sf_log_scanner_finish(source->scanner);
        sf_log_window_finish(source->window);
    }
}

static void idle(sf_log_source *source)
{
    sf_log_scanner_idle(source->scanner);
    sf_log_window_release(source->window);
}

/* Handles that a followed log has nothing new. */
static void rest(sf_log_source *source)
{
    gint64 now = g_get_monotonic_time();

    if (source->quiet_since == 0) {
        source->quiet_since = now;
    }
    if (now - source->quiet_since >= IDLE_MICROSECONDS) {
        idle(source);
    }
}

/* Reads more. @return the status to return if no packet is ready after that */
static sf_log_source_status advance(sf_log_source *source, bool *may_go_on)
{
    sf_slice bytes = { NULL, 0 };

    *may_go_on = true;
    switch (sf_log_input_read(source->input, &bytes, &source->error)) {
    case SF_LOG_INPUT_BYTES:
        source->quiet_since = 0;
        sf_log_scanner_push(source->scanner, bytes);
        break;
    case SF_LOG_INPUT_NEXT:
        sf_log_scanner_next_file(source->scanner);
        break;
    case SF_LOG_INPUT_RESTART:
        sf_log_scanner_finish(source->scanner);
        break;
    case SF_LOG_INPUT_WAIT:
        idle(source);
        *may_go_on = false;
        /* Packets of followed logs are written as they come, so they do not wait for a pipe. */
        return source->follows ? SF_LOG_SOURCE_QUIET : SF_LOG_SOURCE_WAIT;
    case SF_LOG_INPUT_QUIET:
        rest(source);
        *may_go_on = false;
        return SF_LOG_SOURCE_QUIET;
    case SF_LOG_INPUT_END:
    case SF_LOG_INPUT_FAILED:
        sf_log_source_finish(source);
        break;
    }
    return SF_LOG_SOURCE_END;
}

sf_log_source_status sf_log_source_next(sf_log_source *source, sf_log_packet **packet)
{
    sf_log_source_status status = SF_LOG_SOURCE_END;
    bool may_go_on = true;

    for (;;) {
        *packet = sf_log_window_take(source->window);
        if (*packet) {
            return SF_LOG_SOURCE_PACKET;
        }
        if (source->is_finished || !may_go_on) {
            return status;
        }
        if (*source->is_stopped) {
            return SF_LOG_SOURCE_WAIT;
        }
        status = advance(source, &may_go_on);
    }
}

const char *sf_log_source_error(const sf_log_source *source)
{
    return source->error;
}

sf_log_counts sf_log_source_counts(const sf_log_source *source)
{
    sf_log_counts counts = *sf_log_scanner_counts(source->scanner);

    counts.unattached = source->unattached;
    return counts;
}

const sf_log_format *sf_log_source_format(const sf_log_source *source)
{
    return sf_log_scanner_format(source->scanner);
}

void sf_log_source_progress(const sf_log_source *source, uint64_t *done, uint64_t *all)
{
    *done = sf_log_input_position(source->input);
    *all = sf_log_input_size(source->input);
}
