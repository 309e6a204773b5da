/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Comparing the prefixes of lines.
 */
#include "prefix.h"

#include "sip_text.h"

#include <glib.h>

static size_t digits(sf_slice text, size_t from)
{
    size_t count = 0;

    while (from + count < text.length && g_ascii_isdigit(text.text[from + count])) {
        count++;
    }
    return count;
}

/* The blanks at `from`, if a number follows them: its digits can grow into them. */
static size_t blanks_before_number(sf_slice text, size_t from)
{
    size_t count = 0;

    while (from + count < text.length && text.text[from + count] == ' ') {
        count++;
    }
    return digits(text, from + count) > 0 ? count : 0;
}

bool sf_log_prefix_take(sf_slice prefix, sf_slice *text)
{
    size_t p = 0, t = 0;

    while (p < prefix.length && t < text->length) {
        size_t blanks = blanks_before_number(prefix, p);
        if (blanks > 0) {
            p += blanks;
            t += blanks_before_number(*text, t);
            continue;
        }
        size_t number = digits(prefix, p);
        if (number > 0) {
            size_t other = digits(*text, t);
            if (other == 0) {
                return false;
            }
            p += number;
            t += other;
        } else if (prefix.text[p] == text->text[t]) {
            p++;
            t++;
        } else {
            return false;
        }
    }
    for (; p < prefix.length; p++) {
        if (prefix.text[p] != ' ' && prefix.text[p] != '\t') {
            return false;
        }
    }
    *text = sf_slice_skip(*text, t);
    return true;
}

size_t sf_log_prefix_blanks(sf_slice text)
{
    size_t count = 0;

    while (count < text.length && text.text[count] == ' ') {
        count++;
    }
    return count;
}

size_t sf_log_prefix_quote(sf_slice text)
{
    size_t count = 0;

    while (count < text.length && (text.text[count] == ' ' || text.text[count] == '\t' || text.text[count] == '>')) {
        count++;
    }
    return count;
}

/* What is before a header is not longer. */
#define MAX_PREFIX 200

sf_slice sf_log_prefix_shared(sf_slice line, size_t start_at, sf_slice next)
{
    for (size_t length = 1; length < MIN(next.length, MAX_PREFIX); length++) {
        sf_slice prefix = sf_slice_head(next, length), rest = line;
        if (strchr(" \t:|>]", prefix.text[length - 1]) && sf_log_is_known_header(sf_slice_skip(next, length)) &&
            sf_log_prefix_take(prefix, &rest) && line.length - rest.length <= start_at) {
            return prefix;
        }
    }
    return (sf_slice){ next.text, 0 };
}
