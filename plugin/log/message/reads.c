/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The order of the work: split.c finds the messages of a read, join.c says whether the rest of the last one is
 * still to come, and waiting.c keeps it until then.
 */
#include "reads.h"

#include "assemble.h"
#include "split.h"
#include "waiting.h"

struct sf_log_reads {
    sf_log_sink sink;
    sf_log_counts *counts;
    sf_log_waiting waiting;
    GByteArray *out; /* the current message */
};

sf_log_reads *sf_log_reads_new(const sf_log_sink *sink, sf_log_counts *counts)
{
    sf_log_reads *reads = g_new0(sf_log_reads, 1);

    reads->sink = *sink;
    reads->counts = counts;
    reads->out = g_byte_array_new();
    sf_log_waiting_init(&reads->waiting);
    return reads;
}

void sf_log_reads_free(sf_log_reads *reads)
{
    sf_log_waiting_clear(&reads->waiting);
    g_byte_array_unref(reads->out);
    g_free(reads);
}

bool sf_log_reads_expect_more(const sf_log_reads *reads, const sf_log_origin *origin)
{
    return sf_log_waiting_find(&reads->waiting, origin) != NULL;
}

/* Rebuilds a message and passes it on. `is_alone`: the read contains nothing else. */
static void give_message(sf_log_reads *reads, const sf_log_read *read, const sf_log_layout *layout, bool is_cut,
                         bool is_alone)
{
    sf_log_origin origin = *read->origin;
    sf_log_message message;

    /* The length stated in the log is that of the whole read. */
    origin.has_bytes = origin.has_bytes && is_alone;
    sf_log_assemble(layout, &origin, is_cut, reads->out, &message);
    message.format = read->format;
    message.origin = &origin;
    reads->sink.message(reads->sink.user, &message);
}

/* Passes on the messages of a read. If `may_wait`, the last one is kept if its rest is still to come. */
static void split(sf_log_reads *reads, const sf_log_read *read, bool may_wait)
{
    size_t count = sf_log_text_count(read->text);
    size_t start = sf_log_split_start(read, 0);
    size_t end = 0;
    bool is_alone = start == 0;

    if (start == count && !(may_wait && sf_log_join_has_open_line(read, 0))) {
        reads->counts->fragments += count > 0;
    }
    while (start < count) {
        sf_log_layout layout;
        sf_log_line_state last_line;

        sf_log_split_message(read, start, &layout);
        sf_log_join_cut(read, &layout);
        count = sf_log_text_count(read->text);
        bool is_last = layout.body.last == count;
        if (is_last && may_wait && sf_log_join_is_due(read, &layout, &last_line)) {
            sf_log_waiting_keep(&reads->waiting, read, start, last_line);
            return;
        }
        is_alone = is_alone && is_last;
        /* An incomplete record with a start line only is not worth a packet. */
        if (layout.headers_end > start + 1 || layout.headers_close) {
            give_message(reads, read, &layout, read->is_cut && is_last, is_alone);
        } else {
            reads->counts->fragments++;
        }
        end = layout.body.last;
        start = sf_log_split_start(read, end);
    }
    if (may_wait && sf_log_join_has_open_line(read, end)) {
        sf_log_waiting_keep(&reads->waiting, read, count - 1, SF_LOG_LINE_IS_OPEN);
    }
}

/* Passes on a message whose rest has not come, as it is. */
static void give_up(sf_log_reads *reads, const sf_log_partial *waiting)
{
    sf_log_partial part = sf_log_waiting_take(&reads->waiting, waiting);
    sf_log_read read = sf_log_join_read(&part, true);

    split(reads, &read, false);
    sf_log_text_clear(&part.text);
}

static void go_on(sf_log_reads *reads, const sf_log_partial *waiting, const sf_log_read *next)
{
    sf_log_partial part = sf_log_waiting_take(&reads->waiting, waiting);

    sf_log_join_add(&part, next);
    sf_log_read read = sf_log_join_read(&part, next->is_cut);
    split(reads, &read, true);
    sf_log_text_clear(&part.text);
}

static void give_way(sf_log_reads *reads)
{
    while (sf_log_waiting_must_give_way(&reads->waiting)) {
        give_up(reads, sf_log_waiting_oldest(&reads->waiting));
    }
}

void sf_log_reads_add(sf_log_reads *reads, const sf_log_read *read)
{
    bool may_wait = (read->format->traits & SF_LOG_TRAIT_READS) != 0;

    sf_log_waiting_age(&reads->waiting);
    give_way(reads);
    const sf_log_partial *waiting = may_wait ? sf_log_waiting_find(&reads->waiting, read->origin) : NULL;
    if (waiting && sf_log_text_count(read->text) > 0 && sf_log_split_start(read, 0) == 0 &&
        !sf_log_join_completes_start(waiting, read)) {
        /* A new message begins, so the rest of the last one will not come. */
        give_up(reads, waiting);
        waiting = NULL;
    }
    if (waiting) {
        go_on(reads, waiting, read);
    } else {
        split(reads, read, may_wait);
    }
    give_way(reads);
}

void sf_log_reads_finish(sf_log_reads *reads)
{
    const sf_log_partial *waiting;

    while ((waiting = sf_log_waiting_oldest(&reads->waiting)) != NULL) {
        give_up(reads, waiting);
    }
}
