/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The line that a pattern is matched with.
 */
#ifndef SF_LOG_GRAMMAR_CURSOR_H
#define SF_LOG_GRAMMAR_CURSOR_H

#include "head.h"

/** What is left to match of the line, and of the pattern after the current directive. */
typedef struct {
    sf_slice line;
    const char *pattern;
    sf_log_head *head;
} sf_log_cursor;

/** Removes what it matches from the line. @return false if the line does not match */
typedef bool (*sf_log_directive)(sf_log_cursor *c);

/** Removes leading blanks and tabs from the line. */
void sf_log_skip_blanks(sf_log_cursor *c);

/** Removes and returns the first `count` bytes of the line, or all if there are fewer. */
sf_slice sf_log_take(sf_log_cursor *c, size_t count);

/** Removes the first character of the line if it is the wanted one. */
bool sf_log_take_char(sf_log_cursor *c, char wanted);

#endif
