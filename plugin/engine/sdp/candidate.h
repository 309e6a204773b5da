/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ICE candidates in the two dialects of Microsoft: draft 06 ([MS-ICE]) and
 * draft 19 ([MS-ICE2], RFC 5245).
 */
#ifndef SF_ENGINE_SDP_CANDIDATE_H
#define SF_ENGINE_SDP_CANDIDATE_H

#include "engine/text/problem.h"

typedef enum {
    SF_ICE_NONE = 0,
    SF_ICE_DRAFT_06 = 1,
    SF_ICE_DRAFT_19 = 2
} sf_ice_dialect;

typedef enum {
    SF_ADDRESS_NONE, /**< not an address, or not there */
    SF_ADDRESS_IPV4,
    SF_ADDRESS_IPV6,
    SF_ADDRESS_HOST_NAME /**< of a candidate: a name in place of an address */
} sf_address_family;

typedef struct {
    sf_slice text;
    sf_address_family family;
    uint8_t bytes[16]; /**< network order; 4 or 16 of them */
    sf_slice port_text;
    uint16_t port;
} sf_transport_address;

typedef struct {
    sf_slice text;      /**< the whole a= line */
    sf_slice safe_text; /**< as much of its front as may be shown where passwords are hidden */
    sf_ice_dialect dialect; /**< SF_ICE_NONE if the line tells neither */
    sf_slice foundation; /**< draft 19 */
    sf_slice username;   /**< draft 06 */
    sf_slice password;   /**< draft 06 */
    sf_slice component_text;
    uint32_t component;
    sf_slice transport;
    sf_slice priority_text; /**< draft 19; absent if malformed */
    uint32_t priority;
    sf_slice q_text; /**< draft 06; absent if malformed */
    double q;
    sf_transport_address address;
    sf_slice type_text;      /**< the word behind typ; absent in draft 06 */
    const char *likely_type; /**< draft 06: guessed from transport and q, NULL if they say nothing */
    sf_transport_address related;
} sf_candidate;

/**
 * Reads the value of a=candidate or a=x-candidate-ipv6. What can be read is set.
 * @param line   the whole a= line
 * @param value  what stands behind the colon
 * @return SF_MALFORMED if parts are missing or out of range
 */
sf_status sf_candidate_read(sf_slice line, sf_slice value, sf_problems *problems, sf_candidate *candidate);

/** Reads an IPv4 or IPv6 address; SF_ADDRESS_NONE if it is neither. Sets text and bytes.
 *  A host name is none. */
sf_address_family sf_transport_address_read(sf_slice text, sf_transport_address *address);

/** True if the address cannot be reached from outside: private, shared, link-local or unique local. */
bool sf_transport_address_is_private(const sf_transport_address *address);

/* Parts of a draft 19 priority as Microsoft fills it (draft-ietf-mmusic-ice-tcp-07). */
static inline uint32_t sf_priority_type(uint32_t priority)
{
    return priority >> 24;
}
static inline uint32_t sf_priority_transport(uint32_t priority)
{
    return priority >> 20 & 0xf;
}
static inline uint32_t sf_priority_direction(uint32_t priority)
{
    return priority >> 17 & 0x7;
}

#endif
