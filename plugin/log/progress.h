/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The progress that the program shows while it works.
 */
#ifndef SF_LOG_PROGRESS_H
#define SF_LOG_PROGRESS_H

#include "source.h"

/** Shows the progress on standard error, if that is a terminal and the work takes long. */
void sf_log_progress_show(sf_log_source *const *sources, size_t count, uint64_t packets);

/** Removes the progress line. */
void sf_log_progress_end(void);

#endif
