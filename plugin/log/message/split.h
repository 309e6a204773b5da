/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Where messages begin and end in a read.
 */
#ifndef SF_LOG_MESSAGE_SPLIT_H
#define SF_LOG_MESSAGE_SPLIT_H

#include "read.h"

/** Index of the first line from `from` on that begins a message, or the number of lines. */
size_t sf_log_split_start(const sf_log_read *read, size_t from);

/**
 * Reads the layout of the message that begins with line `start`.
 * @param layout  its `body.last` is the line after the message
 */
void sf_log_split_message(const sf_log_read *read, size_t start, sf_log_layout *layout);

#endif
