/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Joining the reads of a connection.
 *
 * A client logs each read of a connection as it came. TCP has no message boundaries, so a read can end inside
 * a message, and nothing in the log says that the next read continues it. That the end of a message is missing
 * does not prove it: the log may be incomplete, or the rest was never received. But the log states the number
 * of bytes of each read. If the lines in the log have that many bytes, the read is complete, so the rest of
 * its last message must come with the next read of the same connection. If they have fewer, lines are missing
 * from the log itself, and joining would combine two unrelated messages.
 *
 * The same number says how the read ended. The log adds a line end after the text of a read, perhaps only if
 * the text does not end with one. Counting two bytes, CR and LF, for the end of each line, the text has
 * exactly the stated number of bytes if no line end was added, one byte more if the read ended between CR and
 * LF, and two more if a line end was added. In the last case, the first line of the next read continues the
 * last line of this one, which may be empty so far.
 *
 * The text of a followed stream always has one line end more than the read. There, other line ends than CR and LF are
 * counted as they are written, too.
 */
#include "join.h"

#include <string.h>

#include "engine/sip/start_line.h"

/* A start line is not longer. */
#define MAX_OPEN_START 4096

/* Number of bytes of the lines from `first` on, with the line ends of SIP. */
static uint64_t bytes_from(const sf_log_text *text, size_t first)
{
    uint64_t sum = 0;

    for (size_t i = first; i < sf_log_text_count(text); i++) {
        const sf_log_text_line *line = sf_log_text_at(text, i);
        if (!line->is_foreign) {
            /* Inside a text, a line without a line end is the end of a body before the next message. */
            bool has_end = line->end_length > 0 || i + 1 == sf_log_text_count(text);
            sum += line->length + (has_end ? 2 : 0);
        }
    }
    return sum;
}

/* The bytes of line ends in the log that were not in the read. */
static unsigned surplus(sf_log_line_state last_line)
{
    static const unsigned bytes[] = {
        [SF_LOG_LINE_IS_OPEN] = 2,
        [SF_LOG_LINE_LACKS_LF] = 1,
        [SF_LOG_LINE_IS_WHOLE] = 0,
    };
    return bytes[last_line];
}

/* The same, with the line ends as they are written. */
static uint64_t written_from(const sf_log_text *text, size_t first)
{
    uint64_t sum = 0;

    for (size_t i = first; i < sf_log_text_count(text); i++) {
        sum += sf_log_text_at(text, i)->length + sf_log_text_at(text, i)->end_length;
    }
    return sum;
}

/* True for a piece of a stream. A datagram is a whole message, whatever its Content-Length says. */
static bool is_stream(const sf_log_read *read)
{
    return (read->format->traits & SF_LOG_TRAIT_STREAM) != 0 && strcmp(read->origin->transport, "UDP") != 0;
}

/* True if the line ends of a followed stream are those that were on the wire, and one. */
static bool is_as_on_wire(const sf_log_read *read)
{
    return (read->format->traits & SF_LOG_TRAIT_STREAM) != 0 && written_from(read->text, 0) == read->origin->bytes + 1;
}

/* The bytes of the log from line `first` on, and those of them that were not in the read. */
static uint64_t count_from(const sf_log_read *read, size_t first, sf_log_line_state last_line, unsigned *added)
{
    bool is_written = is_as_on_wire(read);

    *added = is_written ? 1 : surplus(last_line);
    return is_written ? written_from(read->text, first) : bytes_from(read->text, first);
}

/* Finds how a read ended. @return false if the log does not contain all of it, or does not state its length */
static bool find_last_line(const sf_log_read *read, sf_log_line_state *last_line)
{
    uint64_t total = bytes_from(read->text, 0);

    if (read->is_cut || read->text->dropped > 0 || !read->origin->has_bytes) {
        return false;
    }
    for (int state = SF_LOG_LINE_IS_OPEN; state <= SF_LOG_LINE_IS_WHOLE; state++) {
        if (total == read->origin->bytes + surplus((sf_log_line_state)state)) {
            *last_line = (sf_log_line_state)state;
            return true;
        }
    }
    *last_line = SF_LOG_LINE_IS_OPEN;
    return is_as_on_wire(read);
}

bool sf_log_join_is_due(const sf_log_read *read, const sf_log_layout *layout, sf_log_line_state *last_line)
{
    const sf_log_body *body = &layout->body;
    unsigned added = 0;
    bool has_pieces = read->origin->direction == SF_LOG_DIRECTION_RECEIVED || is_stream(read);

    if (!has_pieces || read->pieces >= SF_LOG_MAX_PIECES || !find_last_line(read, last_line)) {
        return false;
    }
    /* If the last line is still open, it is not the blank line after the headers, even if it is empty so far. */
    bool headers_are_open = !layout->headers_close || layout->lacks_blank ||
                            (*last_line == SF_LOG_LINE_IS_OPEN &&
                             layout->headers_end + 1 == sf_log_text_count(read->text));
    /* The line end added by the log does not count as part of the body. */
    uint64_t bytes = count_from(read, body->first, *last_line, &added);
    return headers_are_open || (body->has_length && bytes < body->length + added);
}

void sf_log_join_begin(sf_log_partial *partial, const sf_log_read *read, size_t first, sf_log_line_state last_line)
{
    unsigned added = 0;

    partial->format = read->format;
    partial->origin = *read->origin;
    partial->last_line = last_line;
    partial->pieces = read->pieces;
    sf_log_text_reset(&partial->text);
    for (size_t i = first; i < sf_log_text_count(read->text); i++) {
        sf_log_text_add(&partial->text, sf_log_text_slice(read->text, i), sf_log_text_end(read->text, i),
                        sf_log_text_at(read->text, i)->is_foreign);
    }
    partial->origin.bytes = count_from(read, first, last_line, &added) - added;
}

bool sf_log_join_completes_start(const sf_log_partial *waiting, const sf_log_read *next)
{
    enum { MAX_LETTERS = 16, MAX_LINE = 256 };
    bool is_one_line = sf_log_text_count(&waiting->text) == 1 && waiting->last_line == SF_LOG_LINE_IS_OPEN;
    char joined[MAX_LETTERS + MAX_LINE];
    size_t start;

    if (!is_one_line || sf_log_text_count(next->text) == 0) {
        return false;
    }
    sf_slice first = sf_log_text_slice(&waiting->text, 0);
    sf_slice rest = sf_log_text_slice(next->text, 0);
    if (first.length == 0 || first.length > MAX_LETTERS || rest.length > MAX_LINE) {
        return false;
    }
    memcpy(joined, first.text, first.length);
    memcpy(joined + first.length, rest.text, rest.length);
    /* Of letters before a known method, the start line does not begin with them. */
    return sf_start_line_next((sf_slice){ joined, first.length + rest.length }, 0, &start) && start == 0;
}

void sf_log_join_add(sf_log_partial *partial, const sf_log_read *next)
{
    for (size_t i = 0; i < sf_log_text_count(next->text); i++) {
        sf_slice line = sf_log_text_slice(next->text, i);
        sf_slice end = sf_log_text_end(next->text, i);
        if (i == 0 && partial->last_line == SF_LOG_LINE_IS_OPEN) {
            sf_log_text_join(&partial->text, line, end);
        } else if (i == 0 && partial->last_line == SF_LOG_LINE_LACKS_LF && line.length == 0) {
            /* The missing LF, which the log shows as an empty line. */
            continue;
        } else {
            sf_log_text_add(&partial->text, line, end, sf_log_text_at(next->text, i)->is_foreign);
        }
    }
    partial->pieces++;
    partial->origin.bytes += next->origin->bytes;
    partial->origin.has_bytes = next->origin->has_bytes;
}

void sf_log_join_cut(const sf_log_read *read, sf_log_layout *layout)
{
    sf_log_body *body = &layout->body;
    uint64_t left = body->length;
    sf_log_line_state last_line;

    if (!is_stream(read) || !body->has_length || !layout->headers_close || layout->lacks_blank ||
        !find_last_line(read, &last_line)) {
        return;
    }
    bool is_written = is_as_on_wire(read);
    for (size_t i = body->first; i < sf_log_text_count(read->text); i++) {
        const sf_log_text_line *line = sf_log_text_at(read->text, i);
        uint64_t end = is_written ? line->end_length : 2;
        if (left < line->length) {
            if (left > 0) {
                sf_log_text_split(read->text, i, left);
            }
            body->last = left > 0 ? i + 1 : i;
            return;
        }
        left -= MIN(left, line->length + end);
        if (left == 0) {
            body->last = i + 1;
            return;
        }
    }
}

bool sf_log_join_has_open_line(const sf_log_read *read, size_t first)
{
    sf_log_line_state last_line;
    size_t count = sf_log_text_count(read->text);

    if (!is_stream(read) || count <= first || !find_last_line(read, &last_line)) {
        return false;
    }
    size_t length = sf_log_text_at(read->text, count - 1)->length;
    return last_line == SF_LOG_LINE_IS_OPEN && length > 0 && length <= MAX_OPEN_START;
}

sf_log_read sf_log_join_read(sf_log_partial *partial, bool is_cut)
{
    return (sf_log_read){ partial->format, &partial->origin, &partial->text, SF_LOG_NO_MARK, is_cut, partial->pieces };
}
