/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The heap: no item comes before the item at half its index.
 */
#include "heap.h"

void sf_log_heap_init(sf_log_heap *heap, size_t room)
{
    heap->items = g_new(sf_log_heap_item, room + 1); /* the first is at index 1 */
    heap->count = 0;
}

void sf_log_heap_clear(sf_log_heap *heap)
{
    for (size_t at = 1; at <= heap->count; at++) {
        sf_log_packet_free(heap->items[at].packet);
    }
    g_free(heap->items);
    heap->count = 0;
}

static bool comes_before(sf_log_heap_item a, sf_log_heap_item b)
{
    return a.packet->time != b.packet->time ? a.packet->time < b.packet->time : a.log < b.log;
}

void sf_log_heap_push(sf_log_heap *heap, sf_log_heap_item item)
{
    size_t at = ++heap->count;

    for (; at > 1 && comes_before(item, heap->items[at / 2]); at /= 2) {
        heap->items[at] = heap->items[at / 2];
    }
    heap->items[at] = item;
}

sf_log_heap_item sf_log_heap_pop(sf_log_heap *heap)
{
    sf_log_heap_item earliest = heap->items[1];
    sf_log_heap_item last = heap->items[heap->count--];
    size_t at = 1;

    for (size_t child = 2; child <= heap->count; child = 2 * at) {
        if (child < heap->count && comes_before(heap->items[child + 1], heap->items[child])) {
            child++;
        }
        if (!comes_before(heap->items[child], last)) {
            break;
        }
        heap->items[at] = heap->items[child];
        at = child;
    }
    heap->items[at] = last;
    return earliest;
}
