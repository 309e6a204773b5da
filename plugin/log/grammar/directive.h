/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The directives of the pattern language, for pattern.c only.
 */
#ifndef SF_LOG_GRAMMAR_DIRECTIVE_H
#define SF_LOG_GRAMMAR_DIRECTIVE_H

#include "head.h"

/** What is left to match of the line, and of the pattern after the current directive. */
typedef struct {
    sf_slice line;
    const char *pattern;
    sf_log_head *head;
} sf_log_cursor;

/** Removes what it matches from the line. @return false if the line does not match */
typedef bool (*sf_log_directive)(sf_log_cursor *c);

/** By the letter after the `%`; NULL if there is no such directive. */
extern const sf_log_directive sf_log_directives[128];

/** Removes leading blanks and tabs from the line. */
void sf_log_skip_blanks(sf_log_cursor *c);

/** Removes the first character of the line if it is the wanted one. */
bool sf_log_take_char(sf_log_cursor *c, char wanted);

/** Length of the plain text at the beginning of a pattern. */
size_t sf_log_literal_length(const char *pattern);

/** Index of the text in the line, or the length of the line if it is not there. The text must not be empty. */
size_t sf_log_find_text(sf_slice line, sf_slice text);

#endif
