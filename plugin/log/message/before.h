/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the lines before a bare message say about it, whatever program wrote them: when, which way, with whom
 * (log-formats.md 4).
 */
#ifndef SF_LOG_MESSAGE_BEFORE_H
#define SF_LOG_MESSAGE_BEFORE_H

#include "log/grammar/origin.h"

/** So many lines are kept, and so much of each. */
#define SF_LOG_BEFORE_LINES 3
#define SF_LOG_BEFORE_BYTES 240

/** The last lines before a message, without empty ones and rules. Zeroed, it has none. */
typedef struct {
    char text[SF_LOG_BEFORE_LINES][SF_LOG_BEFORE_BYTES];
    size_t length[SF_LOG_BEFORE_LINES];
    unsigned newest; /**< index of the last line */
    unsigned count;
    bool has_gap; /**< an empty line came after it */
} sf_log_before;

/** Keeps a line that is not part of a message. */
void sf_log_before_keep(sf_log_before *before, sf_slice line);

/** Forgets all lines. */
void sf_log_before_forget(sf_log_before *before);

/**
 * Reads what the lines say. What the origin has already stays as it is.
 * @param same  what is before the start line in its own line, without what is before all lines; may be empty
 */
void sf_log_before_read(const sf_log_before *before, sf_slice same, sf_log_origin *origin);

#endif
