/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the program tells its user at its end.
 */
#ifndef SF_LOG_SUMMARY_H
#define SF_LOG_SUMMARY_H

#include "source.h"
#include "tally.h"

/**
 * The summary, in lines: the only one of one log, or one for each log and a last one for all, ended by NULL. To be freed
 * with g_strfreev().
 * @param written  what has reached the capture of each log, which is less than the logs had if writing failed
 * @param names    of the logs
 */
char **sf_log_summary(const sf_log_tallies *written, sf_log_source *const *sources, char *const *names, size_t count);

#endif
