/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Content-Length, and what it says of a whole message.
 */
#include "framing.h"

#include "engine/text/limits.h"
#include "header.h"

sf_status sf_content_length_take(sf_content_length *length, sf_slice value)
{
    length->is_there = true;
    length->bytes = 0;
    sf_status status = sf_slice_decimal(value, INT32_MAX, &length->bytes);
    length->is_number = status == SF_OK;
    return status;
}

sf_slice sf_content_length_body(const sf_content_length *length, sf_slice rest)
{
    return length->is_there ? sf_slice_head(rest, (size_t)length->bytes) : rest;
}

size_t sf_whole_message_length(sf_slice text)
{
    sf_cursor cursor = sf_cursor_over(text);
    sf_content_length length = { .bytes = 0 };
    sf_slice start_line;
    sf_header header;
    sf_headers_state state;
    unsigned count = 0;

    sf_line_next(&cursor, &start_line);
    while ((state = sf_header_next(&cursor, &header)) == SF_HEADERS_MORE) {
        if (header.id == SF_HEADER_CONTENT_LENGTH && count < SF_MAX_HEADERS) {
            sf_content_length_take(&length, header.value);
        }
        count++;
    }
    sf_slice rest = sf_cursor_rest(&cursor);
    if (state == SF_HEADERS_UNTERMINATED || length.bytes > rest.length) {
        return 0;
    }
    return (size_t)(cursor.at - text.text) + sf_content_length_body(&length, rest).length;
}

/** Where the headers end by a carriage return alone and an empty line; the text's length if other lines end them. */
static size_t find_bare_end(sf_slice text)
{
    static const sf_slice bare = SF_LITERAL_INIT("\r\r\n"), usual = SF_LITERAL_INIT("\r\n\r\n");
    size_t at = 0;

    while ((at += sf_slice_find(sf_slice_skip(text, at), '\r')) < text.length) {
        sf_slice rest = sf_slice_skip(text, at);
        if (sf_slice_starts_nocase(rest, bare)) {
            return at + bare.length;
        }
        if (sf_slice_starts_nocase(rest, usual)) {
            break;
        }
        at++;
    }
    return text.length;
}

size_t sf_longest_message_length(sf_slice text)
{
    size_t end = find_bare_end(text);
    sf_cursor cursor = sf_cursor_over(sf_slice_head(text, end));
    sf_content_length length = { .bytes = 0 };
    sf_slice start_line;
    sf_header header;

    if (end == text.length) {
        return end;
    }
    sf_line_next(&cursor, &start_line);
    while (sf_header_next(&cursor, &header) == SF_HEADERS_MORE) {
        if (header.id == SF_HEADER_CONTENT_LENGTH) {
            sf_content_length_take(&length, header.value);
        }
    }
    return length.is_number ? end + sf_content_length_body(&length, sf_slice_skip(text, end)).length : text.length;
}
