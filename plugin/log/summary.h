/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the program tells a person: how far it is, and how it went.
 */
#ifndef SF_LOG_SUMMARY_H
#define SF_LOG_SUMMARY_H

#include "source.h"

/** The line that tells what became of the records of all logs, to be freed by the caller. */
char *sf_log_summary(sf_log_source *const *sources, size_t count);

/** Shows how far the logs are read, on standard error if that is a terminal and the work takes long. */
void sf_log_progress_show(sf_log_source *const *sources, size_t count, uint64_t packets);

/** Takes the progress line away. */
void sf_log_progress_end(void);

#endif
