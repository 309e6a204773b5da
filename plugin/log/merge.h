/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Several logs as one stream of packets, by time. Each log keeps its own
 * order, and only one packet of each is held.
 */
#ifndef SF_LOG_MERGE_H
#define SF_LOG_MERGE_H

#include "source.h"

typedef struct sf_log_merge sf_log_merge;

/** Merges `count` logs, which stay the caller's and must outlive it. */
sf_log_merge *sf_log_merge_new(sf_log_source **sources, size_t count);

/** Frees it with the packets that it holds. */
void sf_log_merge_free(sf_log_merge *merge);

/**
 * Gives the packet with the earliest time of those that are next in each log.
 * What followed logs bring later comes as it is logged.
 * @return as sf_log_source_next() of all logs together
 */
sf_log_source_status sf_log_merge_next(sf_log_merge *merge, sf_log_packet **packet);

#endif
