/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Messages that a phone logs in several entries of its syslog: `<167>Mar  2 08:10:46 ... [Part 02 of 02]` is between
 * two parts, and can be inside a line (log-formats.md 10).
 */
#ifndef SF_LOG_MESSAGE_PART_MARK_H
#define SF_LOG_MESSAGE_PART_MARK_H

#include "engine/text/slice.h"

/**
 * True if a line of a message ends with the head of its next part.
 * @param before  set to what is before the head: the beginning of a line that goes on in the next one, or nothing
 */
bool sf_log_part_mark_find(sf_slice line, sf_slice *before);

#endif
