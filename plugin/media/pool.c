/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "pool.h"

#include <glib.h>
#include <string.h>

sf_pool sf_pool_of(size_t size)
{
    return (sf_pool){ .size = (uint32_t)size };
}

static uint32_t chunks_of(const sf_pool *pool)
{
    return (pool->count + SF_POOL_CHUNK - 1) >> SF_POOL_BITS;
}

void sf_pool_clear(sf_pool *pool)
{
    for (uint32_t i = 0; i < chunks_of(pool); i++) {
        g_free(pool->chunks[i]);
    }
    g_free(pool->chunks);
    *pool = sf_pool_of(pool->size);
}

uint32_t sf_pool_add(sf_pool *pool)
{
    uint32_t number = pool->spare;

    if (number > 0) {
        void *record = sf_pool_at(pool, number);
        memcpy(&pool->spare, record, sizeof pool->spare);
        memset(record, 0, sizeof pool->spare);
        return number;
    }
    uint32_t chunks = chunks_of(pool);
    if (chunks << SF_POOL_BITS == pool->count) {
        if ((chunks & (chunks - 1)) == 0) { /* as many as there is room for */
            pool->chunks = g_renew(uint8_t *, pool->chunks, MAX(2 * (size_t)chunks, 1));
        }
        pool->chunks[chunks] = g_malloc0_n(SF_POOL_CHUNK, pool->size);
    }
    return ++pool->count;
}

void sf_pool_remove(sf_pool *pool, uint32_t number)
{
    if (number > 0) {
        void *record = sf_pool_at(pool, number);
        memset(record, 0, pool->size);
        memcpy(record, &pool->spare, sizeof pool->spare);
        pool->spare = number;
    }
}
