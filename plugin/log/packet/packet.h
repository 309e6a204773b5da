/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A message as it is written to a capture: a copy of its own, with its ends, its time in UTC, and comments.
 */
#ifndef SF_LOG_PACKET_PACKET_H
#define SF_LOG_PACKET_PACKET_H

#include <glib.h>

#include "clock.h"
#include "place.h"

typedef struct {
    bool has_time;
    int64_t time;   /**< nanoseconds since 1970-01-01 UTC; 0 without has_time */
    bool is_uptime; /**< the time is since the start of the device, as if that was in 1970 */
    sf_log_places places;
    sf_log_direction direction;
    GByteArray *text;                  /**< owned: the SIP message */
    uint64_t text_length;              /**< its length before it was shortened to fit into a packet */
    unsigned flaws;                    /**< of sf_log_flaw */
    unsigned diagnostics;              /**< diagnostic records among the comments */
    GPtrArray *comments;               /**< owned, of owned strings in UTF-8; comment.h adds to it */
    char *start_line, *call_id, *cseq; /**< owned; empty if there is none */
} sf_log_packet;

/** The time for messages that have none. */
typedef struct {
    bool has_time;
    bool is_later; /**< it is the time of a message that comes later, not of the one before */
    int64_t time;  /**< nanoseconds since 1970-01-01 UTC */
} sf_log_neighbor;

/** Makes a packet from a message, with the clock of its log. */
sf_log_packet *sf_log_packet_new(const sf_log_message *message, sf_log_clock *clock, const sf_log_neighbor *neighbor);

/** Frees the packet. */
void sf_log_packet_free(sf_log_packet *packet);

#endif
