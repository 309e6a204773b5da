/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Finding the end of the headers, and the few header values that are needed.
 */
#include "layout.h"

/* Keeps what a header says. If a header is repeated, the first one is used. */
static void note_header(sf_log_layout *layout, sf_slice line)
{
    sf_slice value;
    sf_log_header header = sf_log_header_read(line, &value);

    switch (header) {
    case SF_LOG_HEADER_COUNT:
        break;
    case SF_LOG_HEADER_CONTENT_LENGTH:
        if (!layout->body.has_length) {
            layout->body.has_length = sf_slice_decimal(value, UINT32_MAX, &layout->body.length) == SF_OK;
        }
        break;
    case SF_LOG_HEADER_CONTENT_TYPE:
        if (!sf_slice_present(layout->body.boundary)) {
            layout->body.boundary = sf_log_boundary(value);
        }
        break;
    default:
        if (!sf_slice_present(layout->headers[header])) {
            layout->headers[header] = value;
        }
        break;
    }
}

static bool is_folded(sf_slice line)
{
    return line.length > 0 && (line.text[0] == ' ' || line.text[0] == '\t');
}

/* The headers end with line `end`, the body begins with line `body`. */
static void set_end(sf_log_layout *layout, size_t end, size_t body)
{
    layout->headers_end = end;
    layout->headers_close = true;
    layout->body.first = body;
}

/*
 * For a line among the headers that is not a header: true if the lines from it on have the length of the body,
 * so that the body begins there. Otherwise it is a damaged header.
 */
static bool begins_unmarked_body(const sf_log_layout *layout, size_t index)
{
    sf_log_body body = layout->body;

    if (!body.has_length || body.length == 0) {
        return false;
    }
    body.first = index;
    for (size_t i = index; i < body.last; i++) {
        if (sf_log_is_start_line(sf_log_text_slice(body.text, i))) {
            body.last = i;
        }
    }
    return sf_log_body_find_form(&body).fits;
}

void sf_log_layout_read(const sf_log_text *text, size_t start, size_t last, size_t mark, sf_log_layout *layout)
{
    size_t odd = last; /* the first line that is not a header */

    memset(layout, 0, sizeof *layout);
    layout->start = start;
    layout->headers_end = last;
    layout->body.text = text;
    layout->body.first = last;
    layout->body.last = last;
    for (size_t i = start + 1; i < last; i++) {
        sf_slice line = sf_log_text_slice(text, i);
        if (i == mark) {
            set_end(layout, i, i);
            layout->body.is_labeled = true;
            return;
        }
        if (sf_log_text_at(text, i)->is_foreign) {
            continue;
        }
        if (line.length == 0 && mark == SF_LOG_NO_MARK) {
            if (odd == last || !begins_unmarked_body(layout, odd)) {
                set_end(layout, i, i + 1);
            }
            break;
        }
        if (mark == SF_LOG_NO_MARK && (sf_log_begins_body(line) || sf_log_is_start_line(line))) {
            set_end(layout, i, i);
            return;
        }
        if (line.length > 0 && sf_log_is_header_line(line)) {
            note_header(layout, line);
        } else if (line.length > 0 && !is_folded(line) && odd == last) {
            odd = i;
        }
    }
    if (mark == last) {
        set_end(layout, last, last);
        layout->body.is_labeled = true;
    } else if (!layout->headers_close && odd < last) {
        set_end(layout, odd, odd);
        layout->lacks_blank = true;
    }
}
