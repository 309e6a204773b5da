/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Prefixes of lines. Two prefixes are the same if only their numbers differ: times and counters go on from line to line.
 */
#ifndef SF_LOG_MESSAGE_PREFIX_H
#define SF_LOG_MESSAGE_PREFIX_H

#include "engine/text/slice.h"

/**
 * Takes the prefix off a line. A line that is only the prefix can lack the blanks at its end.
 * @param text  shortened if the line has the prefix
 */
bool sf_log_prefix_take(sf_slice prefix, sf_slice *text);

/** How many blanks a line begins with. */
size_t sf_log_prefix_blanks(sf_slice text);

/** Length of the blanks and marks of a quotation at the beginning of a text. */
size_t sf_log_prefix_quote(sf_slice text);

/**
 * For a line of which only the first part is before each line, and the rest is of the log.
 * @param start_at  where a start line begins in it
 * @param next      the line after it
 * @return what is before the header in `next`, if `line` begins with it too; else empty
 */
sf_slice sf_log_prefix_shared(sf_slice line, size_t start_at, sf_slice next);

#endif
