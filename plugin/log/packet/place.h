/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Where a packet comes from and where it goes.
 */
#ifndef SF_LOG_PACKET_PLACE_H
#define SF_LOG_PACKET_PLACE_H

#include "log/message/message.h"

/** One end of a packet: an address of its own, or one made for its name. */
typedef struct {
    uint8_t address[16];
    unsigned address_size;      /**< 4 or 16 */
    uint16_t port;              /**< 0 if unknown */
    char name[SF_LOG_MAX_NAME]; /**< the name for which the address was made, else empty */
} sf_log_place;

/** Both ends of a packet and what carries it. */
typedef struct {
    sf_log_place source, destination;
    bool is_udp; /**< according to the log or the topmost Via; everything else is taken as TCP */
} sf_log_places;

/** Finds the ends of a message in what its log says or, if that is nothing, in its topmost Via. */
void sf_log_places_find(const sf_log_message *message, sf_log_places *places);

#endif
