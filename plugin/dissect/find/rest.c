/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Where a message is put together from several frames, the last of these still has its end in a data source of its own.
 */
#include "rest.h"

#include "engine/sip/start_line.h"
#include "engine/text/token.h"

/** The line that a text begins with, with its end. */
static sf_slice first_line(sf_slice text)
{
    sf_cursor cursor = sf_cursor_over(text);
    sf_slice line;

    sf_line_next(&cursor, &line);
    return sf_slice_between(text.text, cursor.at);
}

/** True if a text begins with a start line, as a message does that was put together from segments. */
static bool begins_with_start_line(sf_slice text)
{
    size_t start;

    return sf_start_line_next(first_line(text), 0, &start) && start == 0;
}

/**
 * True if a text may come after the end of a message: another message, of which only some may be there, or the few
 * bytes that a lower layer has at the end of a frame. Line ends may come before it, to keep a connection alive.
 */
static bool may_follow_message(sf_slice text)
{
    enum { SHORTEST_HEADERS = 32 };

    while (text.length > 0 && (text.text[0] == '\r' || text.text[0] == '\n')) {
        text = sf_slice_skip(text, 1);
    }
    return text.length < SHORTEST_HEADERS || sf_slice_find(text, '\n') == text.length || begins_with_start_line(text);
}

/** How many bytes two texts have in common at their front. */
static size_t common_length(sf_slice one, sf_slice other)
{
    size_t length = 0;

    while (length < one.length && length < other.length && one.text[length] == other.text[length]) {
        length++;
    }
    return length;
}

/**
 * How much of a text is the end of another one, which began before it, with another message or nothing after it: 0 if
 * there is no such end. A few letters are the same by chance, so the end has to be `least` bytes long. Texts that repeat
 * themselves in many places are given up: no message does, and the time for one stays linear.
 */
static size_t end_of_other(sf_slice text, sf_slice other, size_t least)
{
    enum { MOST_TIMES = 8 };
    size_t left = MOST_TIMES * (text.length + other.length);

    for (size_t at = 1; text.length > 0 && at < other.length; at++) {
        at += sf_slice_find(sf_slice_skip(other, at), text.text[0]);
        size_t length = other.length - at;
        if (length < least) {
            break;
        }
        size_t same = common_length(sf_slice_skip(other, at), text);
        if (same == length && may_follow_message(sf_slice_skip(text, length))) {
            return length;
        }
        size_t looked_at = same == length ? text.length : same;
        if (looked_at >= left) {
            break;
        }
        left -= looked_at;
    }
    return 0;
}

/** How many bytes of a start line show that it is one: all but its end, or the version and the code of a response. */
static size_t telling_length(sf_slice line)
{
    static const sf_slice version = SF_LITERAL_INIT("SIP/2.0 ");
    enum { CODE_LENGTH = 3 };

    return sf_slice_starts_nocase(line, version) ? version.length + CODE_LENGTH : sf_slice_find(line, '\r');
}

/** True if a text ends with the last word of a line. */
static bool ends_as_line(sf_slice text, sf_slice line)
{
    return sf_slice_ends_nocase(text, sf_slice_skip(line, sf_slice_find_last(line, ' ')));
}

/**
 * How much of a text, which begins with a start line, is the rest of another one. That line may lie in its body, may be
 * cut off at its front, and may have bytes of a lower layer in front of what is left of it.
 */
static size_t rest_of_other(sf_slice text, sf_slice other)
{
    sf_slice line = first_line(text);
    size_t length = end_of_other(text, other, telling_length(line));

    if (length > 0) {
        return length;
    }
    length = end_of_other(sf_slice_skip(text, line.length), other, 1);
    sf_slice before = sf_slice_head(other, other.length - length);
    return length > 0 && ends_as_line(before, line) && !sf_slice_equals(before, line) ? line.length + length : 0;
}

size_t sf_rest_of_reassembled(sf_data_sources *sources, const packet_info *pinfo, tvbuff_t *tvb, sf_slice text)
{
    enum { NEAR = 4 }; /* keeps the time for a frame of many data sources linear */

    sf_data_sources_list(sources, pinfo);
    unsigned at = sf_data_sources_place(sources, tvb);
    unsigned end = MIN(at + NEAR + 1, sources->count);
    size_t length = 0;
    for (unsigned i = at > NEAR ? at - NEAR : 0; length == 0 && i < end; i++) {
        sf_slice other = sources->rows[i].bytes;
        if (i != at && begins_with_start_line(other)) {
            length = rest_of_other(text, other);
        }
    }
    return length;
}
