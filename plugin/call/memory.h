/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Where the call model takes its memory: the owner of the model decides, so
 * that all of it can go at once with the capture that it is about.
 */
#ifndef SF_CALL_MEMORY_H
#define SF_CALL_MEMORY_H

#include <stddef.h>

typedef struct {
    void *(*allocate)(void *context, size_t size); /**< never gives NULL; the bytes are not set */
    void (*release)(void *context, void *block);   /**< takes what allocate gave, never NULL */
    void *context;
} sf_memory;

/** A block of `size` bytes, as the owner's allocate gives it. */
static inline void *sf_memory_allocate(const sf_memory *memory, size_t size)
{
    return memory->allocate(memory->context, size);
}

/** Gives a block back; NULL is passed over. */
static inline void sf_memory_release(const sf_memory *memory, void *block)
{
    if (block) {
        memory->release(memory->context, block);
    }
}

#endif
