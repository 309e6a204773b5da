/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the program tells its user: its progress and its result.
 */
#ifndef SF_LOG_SUMMARY_H
#define SF_LOG_SUMMARY_H

#include "source.h"

/** What was written to the capture. */
typedef struct {
    uint64_t messages;
    uint64_t cut;         /**< messages with SF_LOG_FLAW_CUT */
    uint64_t mismatched;  /**< messages with SF_LOG_FLAW_LENGTH */
    uint64_t too_long;    /**< messages with SF_LOG_FLAW_TOO_LONG */
    uint64_t untimed;     /**< messages without a time, nor one nearby */
    uint64_t uptimes;     /**< messages with the time since the start of the device only */
    uint64_t diagnostics; /**< diagnostic records attached to them */
} sf_log_tally;

/** Adds a packet to the tally. */
void sf_log_tally_add(sf_log_tally *tally, const sf_log_packet *packet);

/**
 * The summary, one line, to be freed by the caller.
 * @param names    of the logs
 * @param written  what has reached the capture, which is less than the logs had if writing failed
 */
char *sf_log_summary(const sf_log_tally *written, sf_log_source *const *sources, char *const *names, size_t count);

/** Shows the progress on standard error, if that is a terminal and the work takes long. */
void sf_log_progress_show(sf_log_source *const *sources, size_t count, uint64_t packets);

/** Removes the progress line. */
void sf_log_progress_end(void);

#endif
