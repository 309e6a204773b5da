/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A body has colors of its own if it is a text, no line between the last body and this one has any, and its
 * Content-Length leaves room for them.
 */
#include "colors.h"

#include "escape.h"
#include "log/grammar/labels.h"
#include "sip_text.h"

/* True if a line begins the body after a label. @param first  set to what follows the label */
static bool is_labeled(const sf_log_colors *colors, sf_slice line, sf_slice *first)
{
    return colors->place == SF_LOG_COLORS_HEADERS && colors->is_text && sf_log_label_body(line, first);
}

/* True if the colors of a line are those of the message. */
static bool are_own(const sf_log_colors *colors, sf_slice line)
{
    sf_slice text = line;

    return !colors->is_colored && (colors->place == SF_LOG_COLORS_BODY || is_labeled(colors, line, &text)) &&
           text.length <= colors->left;
}

sf_slice sf_log_colors_take_off(sf_log_colors *colors, sf_slice line, size_t around, GString *plain)
{
    bool has_any = line.length > 0 && memchr(line.text, '\x1b', line.length);
    sf_slice text = !has_any || are_own(colors, sf_slice_skip(line, around)) ? line
                                                                             : sf_log_without_colors(line, plain);

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

    if (!strchr("CcLl", line.text[0])) {
        return; /* neither Content-Type nor Content-Length, nor short for them */
    }
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

static void note_body(sf_log_colors *colors, sf_slice line)
{
    /* Without the CR that the log may have lost: rather a byte too many is left than one too few. */
    colors->left -= MIN(colors->left, line.length + 1);
    if (colors->left == 0) {
        leave(colors);
    }
}

void sf_log_colors_note(sf_log_colors *colors, const sf_log_line *line)
{
    sf_slice first;

    if (line->is_start) {
        colors->place = SF_LOG_COLORS_HEADERS;
        colors->is_text = false;
        colors->left = 0;
    } else if (colors->place == SF_LOG_COLORS_OUTSIDE || line->is_foreign) {
        return;
    } else if (colors->place == SF_LOG_COLORS_BODY) {
        note_body(colors, line->text);
    } else if (is_labeled(colors, line->text, &first)) {
        colors->place = SF_LOG_COLORS_BODY;
        note_body(colors, first);
    } else if (line->text.length > 0) {
        note_header(colors, line->text);
    } else if (colors->is_text && colors->left > 0) {
        colors->place = SF_LOG_COLORS_BODY;
    } else {
        leave(colors);
    }
}
