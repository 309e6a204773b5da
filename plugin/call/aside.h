/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Messages without any mark of Microsoft's, of calls that have none either so
 * far. Most of them are never asked for, so they are kept in short, by Call-ID,
 * until something shows that their call matters.
 */
#ifndef SF_CALL_ASIDE_H
#define SF_CALL_ASIDE_H

#include <stdbool.h>

#include "engine/glance.h"
#include "limits.h"
#include "memory.h"

/** A message that was set aside. */
typedef struct sf_aside_message {
    struct sf_aside_message *next; /**< a later one of the same Call-ID */
    int64_t time;                  /**< microseconds since 1970 */
    uint32_t frame;
    uint16_t length;
    uint16_t same; /**< a bit for each header line that is the same in the first message, and left out here */
    char text[];   /**< as sf_glance_write() writes it */
} sf_aside_message;

typedef struct sf_aside sf_aside;

/** An empty set. @param memory  where it lives; copied */
sf_aside *sf_aside_new(const sf_memory *memory);

/** True if messages of a Call-ID are set aside. @param call_id  hash */
bool sf_aside_has(const sf_aside *aside, uint64_t call_id);

/**
 * Sets a message aside.
 * @param glance  of a plain message, none of which is kept by reference
 * @return false if it is too long, or there are as many as may be, of its Call-ID or in all
 */
bool sf_aside_put(sf_aside *aside, uint64_t call_id, const sf_glance *glance, uint32_t frame, int64_t time);

/**
 * Takes all messages of a Call-ID out of the set.
 * @return the first one; NULL if there is none. The caller releases each with the memory of the set
 */
sf_aside_message *sf_aside_take_out(sf_aside *aside, uint64_t call_id);

/** Room for the text of a message. */
typedef struct {
    char text[2 * SF_MAX_ASIDE_LENGTH];
} sf_aside_room;

/** The text of a message, with the lines that it shares with the first one of its Call-ID. */
sf_slice sf_aside_text(const sf_aside_message *first, const sf_aside_message *message, sf_aside_room *room);

#endif
