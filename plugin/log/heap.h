/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A binary heap of packets: the earliest comes out first, of equal times that of the log that was named first.
 */
#ifndef SF_LOG_HEAP_H
#define SF_LOG_HEAP_H

#include "log/packet/packet.h"

/** A packet, and the index of its log. */
typedef struct {
    sf_log_packet *packet;
    size_t log;
} sf_log_heap_item;

typedef struct {
    sf_log_heap_item *items; /**< owned, with the packets in it */
    size_t count;
} sf_log_heap;

/** Makes room for that many packets; more must not be pushed. */
void sf_log_heap_init(sf_log_heap *heap, size_t room);

/** Frees what the heap has. */
void sf_log_heap_clear(sf_log_heap *heap);

/** Puts a packet in, which the heap owns then. */
void sf_log_heap_push(sf_log_heap *heap, sf_log_heap_item item);

/** Takes the earliest packet out, which the caller owns then. The heap is not empty. */
sf_log_heap_item sf_log_heap_pop(sf_log_heap *heap);

#endif
