/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Comparing the prefixes of lines.
 */
#include "prefix.h"

#include <glib.h>

static size_t digits(sf_slice text, size_t from)
{
    size_t count = 0;

    while (from + count < text.length && g_ascii_isdigit(text.text[from + count])) {
        count++;
    }
    return count;
}

bool sf_log_prefix_take(sf_slice prefix, sf_slice *text)
{
    size_t p = 0, t = 0;

    while (p < prefix.length && t < text->length) {
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

size_t sf_log_prefix_quote(sf_slice text)
{
    size_t count = 0;

    while (count < text.length && (text.text[count] == ' ' || text.text[count] == '\t' || text.text[count] == '>')) {
        count++;
    }
    return count;
}
