/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Splitting reads into messages and joining messages from reads.
 */
#include "reads.h"

#include "assemble.h"
#include "sip_text.h"

/* Where a read ended: its last line goes on with the next read, is whole, or lacks the LF of its line end. */
typedef enum { LINE_OPEN, LINE_WHOLE, LINE_LACKS_LF } line_state;

/* A connection whose last read ended inside a message. */
typedef struct {
    const sf_log_format *format; /* NULL for a free place */
    sf_log_origin origin;        /* of the first read */
    sf_log_text text;            /* all lines since the beginning of that message */
    line_state last_line;
    unsigned age;                /* reads of any connection since */
} partial;

/* Between two reads one of them is free. */
enum { PLACES = SF_LOG_MAX_PARTS + 1 };

struct sf_log_reads {
    sf_log_sink sink;
    sf_log_counts *counts;
    partial partials[PLACES];
    GByteArray *out;
};

sf_log_reads *sf_log_reads_new(const sf_log_sink *sink, sf_log_counts *counts)
{
    sf_log_reads *reads = g_new0(sf_log_reads, 1);

    reads->sink = *sink;
    reads->counts = counts;
    reads->out = g_byte_array_new();
    for (size_t i = 0; i < PLACES; i++) {
        sf_log_text_init(&reads->partials[i].text);
    }
    return reads;
}

void sf_log_reads_free(sf_log_reads *reads)
{
    for (size_t i = 0; i < PLACES; i++) {
        sf_log_text_clear(&reads->partials[i].text);
    }
    g_byte_array_unref(reads->out);
    g_free(reads);
}

static bool same_end(const sf_log_end *a, const sf_log_end *b)
{
    return a->port == b->port && strcmp(a->host, b->host) == 0;
}

static partial *find_partial(const sf_log_reads *reads, const sf_log_origin *origin)
{
    for (size_t i = 0; i < PLACES; i++) {
        const partial *p = &reads->partials[i];
        if (p->format && p->origin.direction == origin->direction &&
            same_end(&p->origin.local, &origin->local) && same_end(&p->origin.remote, &origin->remote)) {
            return (partial *)p;
        }
    }
    return NULL;
}

bool sf_log_reads_expect_more(const sf_log_reads *reads, const sf_log_origin *origin)
{
    return find_partial(reads, origin) != NULL;
}

/* Ends of a message that are tried, so that a text of nothing but start lines takes linear time. */
#define MAX_TRIED_ENDS 16

/* What is being taken apart: one read, or what several of them make together. */
typedef struct {
    const sf_log_format *format;
    const sf_log_origin *origin;
    const sf_log_text *text;
    size_t mark;
    bool cut;
} read_text;

static void emit(sf_log_reads *reads, const read_text *read, const sf_log_layout *layout, bool cut,
                 bool alone)
{
    sf_log_origin origin = *read->origin;
    sf_log_message message;

    /* The length that the log tells is that of the whole read. */
    origin.has_bytes = origin.has_bytes && alone;
    sf_log_assemble(layout, &origin, cut, reads->out, &message);
    message.format = read->format;
    message.origin = &origin;
    reads->counts->messages++;
    reads->counts->cut += (message.flaws & SF_LOG_FLAW_CUT) != 0;
    reads->counts->mismatched += (message.flaws & SF_LOG_FLAW_LENGTH) != 0;
    reads->counts->too_long += (message.flaws & SF_LOG_FLAW_TOO_LONG) != 0;
    reads->sink.message(reads->sink.user, &message);
}

static bool is_start(const read_text *read, size_t index)
{
    return !sf_log_text_at(read->text, index)->foreign &&
           sf_log_is_start_line(sf_log_text_slice(read->text, index));
}

/*
 * Where a message ends whose body may go up to `count`: at the first start line that leaves the body
 * its full length, since a body can hold start lines too (message/sipfrag). Where no length fits,
 * at the first start line that headers follow.
 */
static size_t message_end(const read_text *read, const sf_log_layout *layout, size_t count)
{
    sf_log_body body = layout->body;
    size_t likely = count;
    unsigned tried = 0;

    for (size_t i = body.first; i <= count; i++) {
        if (i < count && (!is_start(read, i) || !(read->format->traits & SF_LOG_TRAIT_READS))) {
            continue;
        }
        body.last = i;
        if (body.has_length && tried++ < MAX_TRIED_ENDS && sf_log_body_find_form(&body).fits) {
            return i;
        }
        bool follows = i + 1 < count && sf_log_is_header_line(sf_log_text_slice(read->text, i + 1));
        if (likely == count && follows && (i > body.first || body.length == 0)) {
            likely = i;
        }
        if (likely < count && (!body.has_length || tried == MAX_TRIED_ENDS)) {
            break;
        }
    }
    return likely;
}

/* Bytes of the lines from `first` on, with the line ends of SIP. */
static uint64_t bytes_from(const sf_log_text *text, size_t first)
{
    uint64_t sum = 0;
    for (size_t i = first; i < sf_log_text_count(text); i++) {
        if (!sf_log_text_at(text, i)->foreign) {
            sum += sf_log_text_slice(text, i).length + 2;
        }
    }
    return sum;
}

/*
 * The rest of a message comes with the next read if this read is all there: then its lines
 * have the length that the log tells, with or without a line end behind the last one.
 */
static bool rest_comes_later(const read_text *read, const sf_log_layout *layout, line_state *last_line)
{
    const sf_log_body *body = &layout->body;
    uint64_t total = bytes_from(read->text, 0);
    uint64_t told = read->origin->bytes;

    *last_line = total == told ? LINE_WHOLE : total == told + 1 ? LINE_LACKS_LF : LINE_OPEN;
    if (read->cut || read->origin->direction != SF_LOG_DIRECTION_RECEIVED || !read->origin->has_bytes ||
        read->text->dropped > 0 || total < told || total > told + 2) {
        return false;
    }
    /* The empty rest of a line that goes on is no blank line behind the headers. */
    bool headers_open = !layout->headers_close ||
                        (*last_line == LINE_OPEN && layout->headers_end + 1 == sf_log_text_count(read->text));
    /* What the log added behind the read is no part of the body, though it may make up for what lacks. */
    return headers_open ||
           (body->has_length && bytes_from(read->text, body->first) < body->length + (total - told));
}

static void keep(sf_log_reads *reads, const read_text *read, size_t first, line_state last_line)
{
    partial *place = reads->partials;

    while (place->format) {
        place++;
    }
    place->format = read->format;
    place->origin = *read->origin;
    place->age = 0;
    place->last_line = last_line;
    sf_log_text_reset(&place->text);
    for (size_t i = first; i < sf_log_text_count(read->text); i++) {
        sf_log_text_add(&place->text, sf_log_text_slice(read->text, i), sf_log_text_end(read->text, i),
                        sf_log_text_at(read->text, i)->foreign);
    }
    place->origin.bytes = bytes_from(&place->text, 0) -
                          (last_line == LINE_OPEN ? 2 : last_line == LINE_LACKS_LF ? 1 : 0);
}

static void take_apart(sf_log_reads *reads, const read_text *read, bool may_wait)
{
    size_t count = sf_log_text_count(read->text);
    size_t first = 0;
    bool alone = true;

    while (first < count && !is_start(read, first)) {
        first++;
    }
    if (first == count) {
        reads->counts->fragments += count > 0;
        return;
    }
    while (first < count) {
        sf_log_layout layout;
        line_state last_line;

        sf_log_layout_read(read->text, first, count, read->mark, &layout);
        size_t end = message_end(read, &layout, count);
        layout.body.last = end;
        if (end == count && may_wait && rest_comes_later(read, &layout, &last_line)) {
            keep(reads, read, first, last_line);
            return;
        }
        alone = alone && end == count;
        /* Of a cut record with no more than a start line nothing can be told. */
        if (layout.headers_end > first + 1 || layout.headers_close) {
            emit(reads, read, &layout, read->cut && end == count, alone);
        } else {
            reads->counts->fragments++;
        }
        first = end;
        while (first < count && !is_start(read, first)) {
            first++;
        }
    }
}

/* Gives up waiting for the rest of a message. */
static void give_up(sf_log_reads *reads, partial *p)
{
    read_text read = { p->format, &p->origin, &p->text, SF_LOG_NO_MARK, true };

    take_apart(reads, &read, false);
    p->format = NULL;
}

static void continue_partial(sf_log_reads *reads, partial *p, const read_text *next)
{
    for (size_t i = 0; i < sf_log_text_count(next->text); i++) {
        sf_slice line = sf_log_text_slice(next->text, i);
        sf_slice end = sf_log_text_end(next->text, i);
        if (i == 0 && p->last_line == LINE_OPEN) {
            sf_log_text_join(&p->text, line, end);
        } else if (i > 0 || p->last_line == LINE_WHOLE || line.length > 0) {
            sf_log_text_add(&p->text, line, end, sf_log_text_at(next->text, i)->foreign);
        }
    }
    sf_log_text text = p->text;
    sf_log_origin origin = p->origin;
    read_text read = { p->format, &origin, &text, SF_LOG_NO_MARK, next->cut };
    origin.bytes += next->origin->bytes;
    origin.has_bytes = next->origin->has_bytes;

    /* Another partial message may take this place while the text is read. */
    sf_log_text_init(&p->text);
    p->format = NULL;
    take_apart(reads, &read, true);
    sf_log_text_clear(&text);
}

/* Gives up the oldest message that waits, where there are too many. */
static void free_a_place(sf_log_reads *reads)
{
    partial *oldest = reads->partials;

    for (size_t i = 0; i < PLACES; i++) {
        partial *p = &reads->partials[i];
        if (!p->format) {
            return;
        }
        oldest = p->age > oldest->age ? p : oldest;
    }
    give_up(reads, oldest);
}

static void take_read(sf_log_reads *reads, const read_text *read)
{
    bool may_wait = (read->format->traits & SF_LOG_TRAIT_READS) != 0;
    partial *p = may_wait ? find_partial(reads, read->origin) : NULL;

    if (p && sf_log_text_count(read->text) > 0 && is_start(read, 0)) {
        give_up(reads, p);
    } else if (p) {
        continue_partial(reads, p, read);
        return;
    }
    take_apart(reads, read, may_wait);
}

void sf_log_reads_add(sf_log_reads *reads, const sf_log_format *format, const sf_log_origin *origin,
                      const sf_log_text *text, size_t mark, bool cut)
{
    read_text read = { format, origin, text, mark, cut };

    for (size_t i = 0; i < PLACES; i++) {
        partial *p = &reads->partials[i];
        if (p->format && p->age++ > SF_LOG_PART_AGE) {
            give_up(reads, p);
        }
    }
    take_read(reads, &read);
    free_a_place(reads);
}

void sf_log_reads_finish(sf_log_reads *reads)
{
    for (size_t i = 0; i < PLACES; i++) {
        if (reads->partials[i].format) {
            give_up(reads, &reads->partials[i]);
        }
    }
}
