/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Many records of one size, known by number: they take no more memory than their own, and a reference to one takes half
 * of a pointer.
 */
#ifndef SF_MEDIA_POOL_H
#define SF_MEDIA_POOL_H

#include <stddef.h>
#include <stdint.h>

enum { SF_POOL_BITS = 7, SF_POOL_CHUNK = 1 << SF_POOL_BITS }; /* records that are allocated at once */

/** Records stay where they are. */
typedef struct {
    uint8_t **chunks;
    uint32_t count; /**< numbers so far */
    uint32_t spare; /**< the record that was given back last, and holds the number of the one before; 0 for none */
    uint32_t size;  /**< bytes of a record, 4 or more, a multiple of what its alignment asks for */
} sf_pool;

/** An empty pool. */
sf_pool sf_pool_of(size_t size);

/** Frees all records. */
void sf_pool_clear(sf_pool *pool);

/** A new record, filled with zeros. @return its number, from 1 */
uint32_t sf_pool_add(sf_pool *pool);

/** Gives a record back, whose bytes are wiped; nothing happens for 0. */
void sf_pool_remove(sf_pool *pool, uint32_t number);

/** The record of a number; NULL for 0. */
static inline void *sf_pool_at(const sf_pool *pool, uint32_t number)
{
    uint32_t at = number - 1;

    return number > 0 ? pool->chunks[at >> SF_POOL_BITS] + (size_t)(at & (SF_POOL_CHUNK - 1)) * pool->size : NULL;
}

#endif
