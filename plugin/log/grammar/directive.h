/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The directives of the pattern language, for pattern.c only.
 */
#ifndef SF_LOG_GRAMMAR_DIRECTIVE_H
#define SF_LOG_GRAMMAR_DIRECTIVE_H

#include "cursor.h"

/** By the letter after the `%`; NULL if there is no such directive. */
extern const sf_log_directive sf_log_directives[128];

/** Length of the plain text at the beginning of a pattern. */
size_t sf_log_literal_length(const char *pattern);

/** Index of the text in the line, or the length of the line if it is not there. The text must not be empty. */
size_t sf_log_find_text(sf_slice line, sf_slice text);

#endif
