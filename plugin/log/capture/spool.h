/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Packets kept in a temporary file without a name. A log is read front to back
 * only; whoever wants a packet again, in any order, takes it from here.
 */
#ifndef SF_LOG_CAPTURE_SPOOL_H
#define SF_LOG_CAPTURE_SPOOL_H

#include "log/packet/packet.h"

typedef struct sf_log_spool sf_log_spool;

/** What is kept of a packet. The pointers live until the next call on the spool. */
typedef struct {
    bool has_time;
    int64_t time; /**< nanoseconds since 1970-01-01 UTC */
    sf_log_direction direction;
    const uint8_t *bytes; /**< of the packet, see pdu.h */
    uint32_t length, full_length;
    const char *comments; /**< strings one behind the other, each with its NUL */
    uint32_t comments_length;
} sf_log_spooled;

/** Makes an empty spool. @return NULL if there can be no temporary file; errno tells why */
sf_log_spool *sf_log_spool_new(void);

/** Frees the spool and what it keeps. */
void sf_log_spool_free(sf_log_spool *spool);

/** Keeps a packet. @return its offset, to be used with sf_log_spool_get(); -1 on failure, as errno tells */
int64_t sf_log_spool_put(sf_log_spool *spool, const sf_log_packet *packet);

/** Gets the packet that was put at this offset. @return false if it cannot be read, as errno tells */
bool sf_log_spool_get(sf_log_spool *spool, int64_t offset, sf_log_spooled *spooled);

#endif
