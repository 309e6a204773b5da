/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Packets in a temporary file without a name. A log can only be read from beginning to end; from here, its
 * packets can be read again in any order.
 */
#ifndef SF_LOG_CAPTURE_SPOOL_H
#define SF_LOG_CAPTURE_SPOOL_H

#include "log/packet/packet.h"

typedef struct sf_log_spool sf_log_spool;

/** What is kept of a packet. The pointers are valid until the next call with the spool. */
typedef struct {
    bool has_time;
    int64_t time; /**< nanoseconds since 1970-01-01 UTC */
    sf_log_direction direction;
    const uint8_t *bytes; /**< of the packet, see pdu.h */
    uint32_t length, full_length;
    const char *comments; /**< strings one after the other, each with its NUL */
    uint32_t comments_length;
} sf_log_spooled;

/** Makes an empty spool. @return NULL if it cannot create a temporary file, with errno set */
sf_log_spool *sf_log_spool_new(void);

/** Frees the spool and what it keeps. */
void sf_log_spool_free(sf_log_spool *spool);

/** Adds a packet. @return its offset for sf_log_spool_get(), or -1 on failure, with errno set */
int64_t sf_log_spool_put(sf_log_spool *spool, const sf_log_packet *packet);

/** Reads the packet at this offset. @return false on failure, with errno set */
bool sf_log_spool_get(sf_log_spool *spool, int64_t offset, sf_log_spooled *spooled);

#endif
