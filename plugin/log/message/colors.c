/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A body has colors of its own if it is a text, no line between the last body and this one has any, and its
 * Content-Length leaves room for them.
 */
#include "colors.h"

#include "escape.h"
#include "sip_text.h"

sf_slice sf_log_colors_take_off(sf_log_colors *colors, sf_slice line, size_t around, GString *plain)
{
    bool is_own = colors->place == SF_LOG_COLORS_BODY && !colors->is_colored && line.length <= colors->left + around;
    sf_slice text = is_own ? line : sf_log_without_colors(line, plain);

    if (text.length < line.length) {
        colors->is_colored = true;
        if (colors->place == SF_LOG_COLORS_BODY) {
            colors->place = SF_LOG_COLORS_OUTSIDE;
        }
    }
    return text;
}

static void note_header(sf_log_colors *colors, sf_slice line)
{
    sf_slice value;

    switch (sf_log_header_read(line, &value)) {
    case SF_LOG_HEADER_CONTENT_LENGTH:
        if (sf_slice_decimal(value, UINT32_MAX, &colors->left) != SF_OK) {
            colors->left = 0;
        }
        break;
    case SF_LOG_HEADER_CONTENT_TYPE:
        colors->is_text = sf_slice_starts_nocase(value, SF_LITERAL("text/"));
        break;
    default:
        break;
    }
}

static void leave(sf_log_colors *colors)
{
    colors->place = SF_LOG_COLORS_OUTSIDE;
    colors->is_colored = false;
}

void sf_log_colors_note(sf_log_colors *colors, const sf_log_line *line)
{
    if (line->is_start) {
        colors->place = SF_LOG_COLORS_HEADERS;
        colors->is_text = false;
        colors->left = 0;
    } else if (colors->place == SF_LOG_COLORS_OUTSIDE || line->is_foreign) {
        return;
    } else if (colors->place == SF_LOG_COLORS_BODY) {
        /* Without the CR that the log may have lost: rather a byte too many is left than one too few. */
        colors->left -= MIN(colors->left, line->text.length + 1);
        if (colors->left == 0) {
            leave(colors);
        }
    } else if (line->text.length > 0) {
        note_header(colors, line->text);
    } else if (colors->is_text && colors->left > 0) {
        colors->place = SF_LOG_COLORS_BODY;
    } else {
        leave(colors);
    }
}
