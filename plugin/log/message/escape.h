/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Line ends that are written out, as programs do that need one line for each entry, or that show a CR (log-formats.md 10).
 */
#ifndef SF_LOG_MESSAGE_ESCAPE_H
#define SF_LOG_MESSAGE_ESCAPE_H

#include <glib.h>

#include "engine/text/slice.h"

/**
 * Finds the first line end that is written out in `text`.
 * @param at  set to where it begins
 * @return its length, 0 if there is none
 */
size_t sf_log_escape_find(sf_slice text, size_t *at);

/** True if there is one that text follows: the line is several lines. */
bool sf_log_escape_is_inside(sf_slice text);

/** The end of a line: blanks, a line end or CR that is written out, and the blanks around it; may be empty. */
sf_slice sf_log_escape_at_end(sf_slice text);

/**
 * Takes off the colors of a terminal (ECMA-48 8.3.117), as consoles and their copies have them.
 * @param plain  where the text without them is kept
 * @return that text
 */
sf_slice sf_log_without_colors(sf_slice text, GString *plain);

#endif
