/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Splitting at two blanks.
 */
#include "one_line.h"

#include "sip_text.h"

#include <glib.h>

#define LINE_END 2 /* blanks for a line end */

/* Index of the next two blanks from `from` on, or the length of the text. */
static size_t find_blanks(sf_slice text, size_t from)
{
    for (; from + 1 < text.length; from++) {
        if (text.text[from] == ' ' && text.text[from + 1] == ' ') {
            return from;
        }
    }
    return text.length;
}

bool sf_log_one_line_is_start(sf_slice text)
{
    size_t end = find_blanks(text, 0);
    return sf_log_is_start_line(sf_slice_head(text, end));
}

void sf_log_one_line_split(sf_slice text, void (*give)(void *user, sf_slice line), void *user)
{
    size_t at = find_blanks(text, 0);
    bool is_body = false;

    if (at == text.length || !sf_log_one_line_is_start(text)) {
        give(user, text);
        return;
    }
    while (at < text.length) {
        size_t blanks = at;
        while (blanks < text.length && text.text[blanks] == ' ') {
            blanks++;
        }
        sf_slice next = sf_slice_skip(text, blanks);
        bool ends_headers = !is_body && blanks - at >= 2 * LINE_END;
        if (!ends_headers && next.length > 0 && !sf_log_is_sdp_line(next) &&
            !(sf_log_is_header_line(next) && !is_body)) {
            at = find_blanks(text, blanks);
            continue;
        }
        give(user, sf_slice_head(text, at));
        if (ends_headers) {
            give(user, (sf_slice){ "", 0 });
            is_body = true;
        }
        text = next;
        at = find_blanks(text, 0);
    }
    if (sf_slice_trim(text).length > 0) {
        give(user, sf_slice_trim(text));
    }
    if (!is_body) {
        /* Blanks at the end of a line do not survive every collector. */
        give(user, (sf_slice){ "", 0 });
    }
}
