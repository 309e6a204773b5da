/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the program tells its user: its progress and its result.
 */
#ifndef SF_LOG_SUMMARY_H
#define SF_LOG_SUMMARY_H

#include "source.h"

/** The summary of all logs, one line, to be freed by the caller. */
char *sf_log_summary(sf_log_source *const *sources, size_t count);

/** Shows the progress on standard error, if that is a terminal and the work takes long. */
void sf_log_progress_show(sf_log_source *const *sources, size_t count, uint64_t packets);

/** Removes the progress line. */
void sf_log_progress_end(void);

#endif
