/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What has reached the capture, of each log.
 */
#ifndef SF_LOG_TALLY_H
#define SF_LOG_TALLY_H

#include "log/packet/packet.h"

/** Messages, by what is to be said of them. A structure that consists of counters only. */
typedef struct {
    uint64_t messages;
    uint64_t cut;         /**< messages with SF_LOG_FLAW_CUT */
    uint64_t mismatched;  /**< messages with SF_LOG_FLAW_LENGTH */
    uint64_t too_long;    /**< messages with SF_LOG_FLAW_TOO_LONG */
    uint64_t untimed;     /**< messages without a time, nor one nearby */
    uint64_t uptimes;     /**< messages with the time since the start of the device only */
    uint64_t diagnostics; /**< diagnostic records attached to them */
} sf_log_tally;

typedef struct sf_log_tallies sf_log_tallies;

/** Makes the tallies of `logs` logs, all zero. To be freed by sf_log_tallies_free(). */
sf_log_tallies *sf_log_tallies_new(size_t logs);

/** Frees the tallies. Takes NULL as well. */
void sf_log_tallies_free(sf_log_tallies *tallies);

/** Counts a packet that was given to the writer; it is on its way until the next sf_log_tallies_settle(). */
void sf_log_tallies_pass(sf_log_tallies *tallies, size_t log, const sf_log_packet *packet);

/** The number of messages that are on their way. */
size_t sf_log_tallies_pending(const sf_log_tallies *tallies);

/** The capture was flushed: what was on its way has reached it. */
void sf_log_tallies_settle(sf_log_tallies *tallies);

/** What has reached the capture of the log with this index. */
const sf_log_tally *sf_log_tallies_of(const sf_log_tallies *tallies, size_t log);

/** Adds one tally to another. */
void sf_log_tally_add(sf_log_tally *sum, const sf_log_tally *tally);

#endif
