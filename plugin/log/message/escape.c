/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The forms of written line ends.
 */
#include "escape.h"

#include <glib.h>

/* The longer one first. Some programs write a blank for the LF after a CR. */
static const sf_slice escapes[] = {
    SF_LITERAL_INIT("#015#012"), SF_LITERAL_INIT("#012"), SF_LITERAL_INIT("\\r\\n"),   SF_LITERAL_INIT("\\015\\012"),
    SF_LITERAL_INIT("^M^J"),     SF_LITERAL_INIT("^M "),  SF_LITERAL_INIT("<CR><LF>"),
};

/* What can also end a line, but is no line end inside of one. */
static const sf_slice endings[] = {
    SF_LITERAL_INIT("#015"), SF_LITERAL_INIT("\\r"),  SF_LITERAL_INIT("\\n"),
    SF_LITERAL_INIT("^M"),   SF_LITERAL_INIT("<CR>"),
};

static bool begins_with(sf_slice text, sf_slice begin)
{
    return sf_slice_equals(sf_slice_head(text, begin.length), begin);
}

size_t sf_log_escape_find(sf_slice text, size_t *at)
{
    for (*at = 0; *at < text.length; (*at)++) {
        if (!strchr("#\\^<", text.text[*at]) || text.text[*at] == '\0') {
            continue;
        }
        for (size_t i = 0; i < G_N_ELEMENTS(escapes); i++) {
            if (begins_with(sf_slice_skip(text, *at), escapes[i])) {
                return escapes[i].length;
            }
        }
    }
    return 0;
}

static size_t without_blanks(sf_slice text, size_t length)
{
    while (length > 0 && (text.text[length - 1] == ' ' || text.text[length - 1] == '\t')) {
        length--;
    }
    return length;
}

/* The length of `text` without one of `rows` at its end. */
static size_t without_row(sf_slice text, const sf_slice *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        sf_slice row = sf_slice_trim(rows[i]);
        if (text.length >= row.length && begins_with(sf_slice_skip(text, text.length - row.length), row)) {
            return text.length - row.length;
        }
    }
    return text.length;
}

sf_slice sf_log_escape_at_end(sf_slice text)
{
    sf_slice left = sf_slice_head(text, without_blanks(text, text.length));
    size_t length = without_row(left, escapes, G_N_ELEMENTS(escapes));

    if (length == left.length) {
        length = without_row(left, endings, G_N_ELEMENTS(endings));
    }
    return sf_slice_skip(text, length < left.length ? without_blanks(text, length) : left.length);
}

bool sf_log_escape_is_inside(sf_slice text)
{
    size_t at;

    text.length -= sf_log_escape_at_end(text).length;
    return sf_log_escape_find(text, &at) > 0;
}

/* The length of `ESC [ 1;31 m` at the beginning of a text, or of the shorter `ESC [ K`; 0 if there is none. */
static size_t color_length(sf_slice text)
{
    size_t n = 2;

    if (text.length < 3 || text.text[0] != '\x1b' || text.text[1] != '[') {
        return 0;
    }
    while (n < text.length && (g_ascii_isdigit(text.text[n]) || text.text[n] == ';')) {
        n++;
    }
    return n < text.length && strchr("mK", text.text[n]) ? n + 1 : 0;
}

sf_slice sf_log_without_colors(sf_slice text, GString *plain)
{
    g_string_truncate(plain, 0);
    while (text.length > 0) {
        size_t length = color_length(text);
        if (length == 0) {
            g_string_append_c(plain, text.text[0]);
        }
        text = sf_slice_skip(text, MAX(length, 1));
    }
    return (sf_slice){ plain->str, plain->len };
}
