/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A message in one line, with two blanks for each line end, as older AudioCodes releases log it (log-formats.md 6).
 */
#ifndef SF_LOG_MESSAGE_ONE_LINE_H
#define SF_LOG_MESSAGE_ONE_LINE_H

#include "engine/text/slice.h"

/** True if the text begins with a start line, alone or followed by two blanks and a header. */
bool sf_log_one_line_is_start(sf_slice text);

/**
 * Calls `give` with `user` for each line of the text. A text that is not a message in one line is one line. Two blanks
 * inside a line stay if neither a header nor a line of SDP follows.
 */
void sf_log_one_line_split(sf_slice text, void (*give)(void *user, sf_slice line), void *user);

#endif
