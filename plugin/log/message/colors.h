/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whose colors they are: those of the terminal that the log was copied from are taken off, those that a message was sent
 * with are part of its text (log-formats.md 10).
 */
#ifndef SF_LOG_MESSAGE_COLORS_H
#define SF_LOG_MESSAGE_COLORS_H

#include <glib.h>

#include "log/bytes/line.h"

/** Where the lines are, and what they had so far. All zero at the beginning of a log. */
typedef struct {
    enum {
        SF_LOG_COLORS_OUTSIDE, /* of messages, or in a body that cannot have colors of its own */
        SF_LOG_COLORS_HEADERS,
        SF_LOG_COLORS_BODY
    } place;
    bool is_colored; /**< a line had colors since the last body, so those of the next body are the terminal's too */
    bool is_text;    /**< the body is a text; SDP and XML have no colors */
    uint64_t left;   /**< bytes of the body that are still to come */
} sf_log_colors;

/**
 * Takes off the colors of a line, unless it is of the text that a message has.
 * @param around  bytes of the line that are around the text
 * @param plain   where the line without colors is kept
 * @return the line; the same if it has none or keeps them
 */
sf_slice sf_log_colors_take_off(sf_log_colors *colors, sf_slice line, size_t around, GString *plain);

/** Takes a line that is passed on, to know where the next one is. */
void sf_log_colors_note(sf_log_colors *colors, const sf_log_line *line);

#endif
