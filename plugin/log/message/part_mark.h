/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Messages that a phone logs in several entries of its syslog: `<167>Mar  2 08:10:46 ... [Part 02 of 02]` is between
 * two parts, and can be inside a line (log-formats.md 10).
 */
#ifndef SF_LOG_MESSAGE_PART_MARK_H
#define SF_LOG_MESSAGE_PART_MARK_H

#include "engine/text/slice.h"

/** The part of an entry that was read last. All zero before there is one. */
typedef struct {
    uint64_t number, count;
} sf_log_part;

/** Takes a line that is not of a message: the head of a part says that the log is written in parts. */
void sf_log_part_begin(sf_log_part *part, sf_slice line);

/**
 * True if a line of a message ends with the head of the part after `part`. What looks like the head of any other part
 * is text of the message.
 * @param before  set to what is before the head: the beginning of a line that goes on in the next one, or nothing
 */
bool sf_log_part_next(sf_log_part *part, sf_slice line, sf_slice *before);

#endif
