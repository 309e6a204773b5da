/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Merges several logs into one stream of packets, by time. The order within each log stays, and only one
 * packet of each is held.
 */
#ifndef SF_LOG_MERGE_H
#define SF_LOG_MERGE_H

#include "source.h"

typedef struct sf_log_merge sf_log_merge;

/** Makes a merge of `count` logs. The caller still owns them; they must outlive the merge. */
sf_log_merge *sf_log_merge_new(sf_log_source **sources, size_t count);

/** Frees the merge with the packets that it holds. */
void sf_log_merge_free(sf_log_merge *merge);

/**
 * Takes the packet with the earliest time among the next packets of all logs. Later packets of followed logs
 * come in the order in which they are logged.
 * @param log  is set to the index of the log that the packet comes from, if there is one
 * @return as sf_log_source_next(), for all logs together
 */
sf_log_source_status sf_log_merge_next(sf_log_merge *merge, sf_log_packet **packet, size_t *log);

#endif
