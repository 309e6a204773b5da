/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Merging. A linear search for the earliest packet is enough, because people merge only a few logs.
 */
#include "merge.h"

struct sf_log_merge {
    sf_log_source **sources;
    sf_log_packet **heads; /* the next packet of each log, or NULL */
    size_t count;
};

sf_log_merge *sf_log_merge_new(sf_log_source **sources, size_t count)
{
    sf_log_merge *merge = g_new0(sf_log_merge, 1);

    merge->sources = sources;
    merge->heads = g_new0(sf_log_packet *, count);
    merge->count = count;
    return merge;
}

void sf_log_merge_free(sf_log_merge *merge)
{
    for (size_t i = 0; i < merge->count; i++) {
        g_clear_pointer(&merge->heads[i], sf_log_packet_free);
    }
    g_free(merge->heads);
    g_free(merge);
}

sf_log_source_status sf_log_merge_next(sf_log_merge *merge, sf_log_packet **packet)
{
    size_t earliest = merge->count;
    bool waits = false, is_quiet = false;

    *packet = NULL;
    for (size_t i = 0; i < merge->count; i++) {
        if (!merge->heads[i]) {
            sf_log_source_status status = sf_log_source_next(merge->sources[i], &merge->heads[i]);
            waits = waits || status == SF_LOG_SOURCE_WAIT;
            is_quiet = is_quiet || status == SF_LOG_SOURCE_QUIET;
        }
        if (merge->heads[i] && (earliest == merge->count || merge->heads[i]->time < merge->heads[earliest]->time)) {
            earliest = i;
        }
    }
    /* A pipe that has no data yet can still bring a packet with an earlier time. */
    if (waits) {
        return SF_LOG_SOURCE_WAIT;
    }
    if (earliest == merge->count) {
        return is_quiet ? SF_LOG_SOURCE_QUIET : SF_LOG_SOURCE_END;
    }
    *packet = g_steal_pointer(&merge->heads[earliest]);
    return SF_LOG_SOURCE_PACKET;
}
