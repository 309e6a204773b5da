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
