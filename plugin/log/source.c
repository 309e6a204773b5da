/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Getting packets from a log.
 */
#include "source.h"

#include "log/bytes/copy.h"
#include "log/bytes/kind.h"
#include "log/bytes/limits.h"
#include "log/message/scanner.h"
#include "log/packet/preview.h"
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
    const sf_log_format *only;
    GByteArray *first; /* the beginning of the log, until the scanner has it; then NULL */
    size_t passed;     /* bytes of it that the scanner has */
    bool has_looked;   /* the preview has been made of it */
    bool is_no_log;    /* it is something else */
    unsigned proofs;   /* of the zone */
    char look[SF_LOG_KIND_BYTES];
    size_t look_length;
    uint64_t packets;
};

static sf_log_source *new_source(sf_log_input *input, const sf_log_reading *reading)
{
    sf_log_source *source = g_new0(sf_log_source, 1);

    source->input = input;
    source->is_stopped = reading->is_stopped;
    source->follows = reading->follows;
    source->clock = reading->clock;
    source->clock.newest = sf_log_input_modified(input);
    source->only = reading->format;
    source->first = g_byte_array_new();
    source->window = sf_log_window_new(&source->clock, &source->unattached);
    sf_log_sink sink = sf_log_window_sink(source->window);
    source->scanner = sf_log_scanner_new(reading->format, &sink);
    return source;
}

sf_log_source *sf_log_source_open(const char *path, const sf_log_reading *reading, char **error)
{
    sf_log_input *input = sf_log_input_open(path, reading->follows, reading->is_stopped, error);

    return input ? new_source(input, reading) : NULL;
}

sf_log_source *sf_log_source_adopt(const sf_log_member *member, const sf_log_reading *reading)
{
    sf_log_source *source = new_source(sf_log_input_adopt(member, reading->is_stopped), reading);

    source->error = g_strdup(member->error);
    return source;
}

bool sf_log_source_is_file(const sf_log_source *source, const char *path)
{
    return sf_log_input_is_file(source->input, path);
}

void sf_log_source_avoid(sf_log_source *source, const char *output)
{
    sf_log_input_avoid(source->input, output);
}

void sf_log_source_close(sf_log_source *source)
{
    sf_log_input_close(source->input);
    sf_log_scanner_free(source->scanner);
    sf_log_window_free(source->window);
    g_clear_pointer(&source->first, g_byte_array_unref);
    g_free(source->error);
    g_free(source);
}

/* Looks at the beginning of the log, and takes from it what the times of the packets need. */
static void look(sf_log_source *source)
{
    sf_log_preview preview = { .proofs = 0 };

    if (source->has_looked) {
        return;
    }
    source->has_looked = true;
    sf_log_kind((sf_slice){ source->look, source->look_length }, &source->is_no_log);
    if (source->is_no_log) {
        /* A capture has whole messages in it too, but everything around them would be lost. */
        g_byte_array_set_size(source->first, 0);
        return;
    }
    sf_log_preview_read(&preview, (sf_slice){ (const char *)source->first->data, source->first->len }, source->only);
    if (sf_log_preview_apply(&preview, &source->clock, source->window)) {
        source->proofs = preview.proofs;
    }
}

/* Passes on the next bytes of the beginning. @return false if there are none */
static bool pass_first(sf_log_source *source)
{
    if (!source->first || !source->has_looked) {
        return false;
    }
    sf_slice unread = sf_slice_skip((sf_slice){ (const char *)source->first->data, source->first->len },
                                    source->passed);
    sf_slice piece = sf_slice_head(unread, SF_LOG_CHUNK);
    sf_log_scanner_push(source->scanner, piece);
    source->passed += piece.length;
    if (source->passed == source->first->len) {
        g_clear_pointer(&source->first, g_byte_array_unref);
    }
    return true;
}

/* True if a pipe has given too little yet to tell whether it is a log. */
static bool is_too_short(const sf_log_source *source)
{
    return source->first && !source->has_looked && sf_log_kind_is_open((sf_slice){ source->look, source->look_length });
}

/* The beginning is over, because nothing comes for a while, or at all. */
static void pass_all_first(sf_log_source *source)
{
    if (source->first) {
        look(source);
        while (pass_first(source)) {
        }
    }
}

static void take_bytes(sf_log_source *source, sf_slice bytes)
{
    sf_slice room = sf_slice_head(bytes, sizeof source->look - source->look_length);

    if (room.length > 0) {
        memcpy(source->look + source->look_length, room.text, room.length);
        source->look_length += room.length;
    }
    if (source->is_no_log) {
        return;
    }
    if (!source->first) {
        sf_log_scanner_push(source->scanner, bytes);
        return;
    }
    sf_log_append(source->first, bytes);
    if (source->first->len >= SF_LOG_PREVIEW) {
        look(source);
    }
}

void sf_log_source_finish(sf_log_source *source)
{
    if (!source->is_finished) {
        pass_all_first(source);
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
    if (pass_first(source)) {
        return SF_LOG_SOURCE_END;
    }
    char *error = NULL;
    sf_log_input_status status = sf_log_input_read(source->input, &bytes, &error);
    if (!source->error) {
        source->error = error;
    } else {
        g_free(error);
    }
    if (status != SF_LOG_INPUT_BYTES && !(status == SF_LOG_INPUT_WAIT && is_too_short(source))) {
        pass_all_first(source);
    }
    switch (status) {
    case SF_LOG_INPUT_BYTES:
        source->quiet_since = 0;
        take_bytes(source, bytes);
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
            source->packets++;
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

uint64_t sf_log_source_packets(const sf_log_source *source)
{
    return source->packets;
}

const char *sf_log_source_kind(const sf_log_source *source)
{
    bool is_sure;
    return sf_log_kind((sf_slice){ source->look, source->look_length }, &is_sure);
}

char *sf_log_source_zone(const sf_log_source *source)
{
    const sf_log_clock *clock = &source->clock;
    int minutes = sf_log_clock_zone(clock);

    if (!clock->finds_zone || !clock->was_needed) {
        return NULL;
    }
    char *why = source->proofs == 0
                    ? g_strdup("taken as local time of this machine")
                    : g_strdup_printf("by %u Date %s", source->proofs, source->proofs == 1 ? "header" : "headers");
    char *text = g_strdup_printf("times at %c%02d:%02d (%s)", minutes < 0 ? '-' : '+', ABS(minutes) / 60,
                                 ABS(minutes) % 60, why);
    g_free(why);
    return text;
}

void sf_log_source_progress(const sf_log_source *source, uint64_t *done, uint64_t *all)
{
    *done = sf_log_input_position(source->input);
    *all = sf_log_input_size(source->input);
}
