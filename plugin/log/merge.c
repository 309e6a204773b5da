/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Merging. The next packet of each log is in a heap; a log is read on once its packet was taken.
 */
#include "merge.h"

#include "heap.h"

struct sf_log_merge {
    sf_log_source **sources;
    sf_log_heap heads; /* the next packet of each log that has one */
    size_t *waiting;   /* indexes of the logs to ask for one; those that have ended are not among them */
    size_t waiting_count;
};

sf_log_merge *sf_log_merge_new(sf_log_source **sources, size_t count)
{
    sf_log_merge *merge = g_new0(sf_log_merge, 1);

    merge->sources = sources;
    merge->waiting = g_new(size_t, count);
    merge->waiting_count = count;
    for (size_t i = 0; i < count; i++) {
        merge->waiting[i] = i;
    }
    sf_log_heap_init(&merge->heads, count);
    return merge;
}

void sf_log_merge_free(sf_log_merge *merge)
{
    sf_log_heap_clear(&merge->heads);
    g_free(merge->waiting);
    g_free(merge);
}

/** Asks the logs that wait for their next packet. Gives what the others do: END if none is left. */
static sf_log_source_status ask(sf_log_merge *merge)
{
    sf_log_source_status result = SF_LOG_SOURCE_END;
    size_t left = 0;

    for (size_t i = 0; i < merge->waiting_count; i++) {
        sf_log_heap_item item = { NULL, merge->waiting[i] };
        sf_log_source_status status = sf_log_source_next(merge->sources[item.log], &item.packet);
        if (status == SF_LOG_SOURCE_PACKET) {
            sf_log_heap_push(&merge->heads, item);
        } else if (status != SF_LOG_SOURCE_END) {
            merge->waiting[left++] = item.log;
            result = result == SF_LOG_SOURCE_WAIT ? result : status;
        }
    }
    merge->waiting_count = left;
    return result;
}

sf_log_source_status sf_log_merge_next(sf_log_merge *merge, sf_log_packet **packet, size_t *log)
{
    sf_log_source_status status = ask(merge);

    *packet = NULL;
    /* A pipe that has no data yet can still bring a packet with an earlier time. */
    if (status == SF_LOG_SOURCE_WAIT || merge->heads.count == 0) {
        return status;
    }
    sf_log_heap_item earliest = sf_log_heap_pop(&merge->heads);
    merge->waiting[merge->waiting_count++] = earliest.log;
    *packet = earliest.packet;
    *log = earliest.log;
    return SF_LOG_SOURCE_PACKET;
}
