/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ICE candidates in the two dialects of Microsoft: draft 06 ([MS-ICE]) and
 * draft 19 ([MS-ICE2], RFC 5245).
 */
#ifndef SF_ENGINE_SDP_CANDIDATE_H
#define SF_ENGINE_SDP_CANDIDATE_H

#include "engine/text/address.h"
#include "engine/text/problem.h"
#include "engine/text/real.h"

typedef enum { SF_ICE_NONE = 0, SF_ICE_DRAFT_06 = 1, SF_ICE_DRAFT_19 = 2 } sf_ice_dialect;

/** What is odd about a candidate that can be read: any together. Each is a row in the section's table. */
typedef enum {
    SF_CANDIDATE_REPEATED = 1 << 0, /**< the stream has the same candidate above */
    SF_CANDIDATE_NO_PORT = 1 << 1   /**< its port is 0 */
} sf_candidate_fault;

typedef struct {
    sf_slice text;          /**< the whole a= line */
    sf_slice safe_text;     /**< as much of its front as may be shown where passwords are hidden */
    sf_ice_dialect dialect; /**< SF_ICE_NONE if the line does not show which */
    sf_slice foundation;    /**< draft 19 */
    sf_slice username;      /**< draft 06 */
    sf_slice password;      /**< draft 06 */
    sf_number component;    /**< absent if malformed */
    sf_slice transport;
    sf_number priority; /**< draft 19; absent if malformed */
    sf_real q;          /**< draft 06; absent if malformed */
    sf_transport_address address;
    sf_slice type_text;      /**< the word after typ; absent in draft 06 */
    const char *likely_type; /**< draft 06: guessed from transport and q, NULL if they say nothing */
    sf_transport_address related;
    sf_slice relay_id; /**< MTURNID: what Teams calls the relay */
    unsigned faults;   /**< sf_candidate_fault */
} sf_candidate;

/**
 * Reads the value of a=candidate or a=x-candidate-ipv6. What can be read is set.
 * @param line       the whole a= line
 * @param value      what follows the colon
 * @param candidate  filled from scratch
 */
void sf_candidate_read(sf_slice line, sf_slice value, sf_problems *problems, sf_candidate *candidate);

/* Parts of a draft 19 priority (RFC 5245 4.1.2.1). */
static inline uint32_t sf_priority_type(uint32_t priority)
{
    return priority >> 24;
}
static inline uint32_t sf_priority_local(uint32_t priority)
{
    return priority >> 8 & 0xffff;
}

/*
 * Parts of the local preference as Microsoft fills it (draft-ietf-mmusic-ice-tcp-07). Others do not: see
 * has_microsoft_priorities of sf_stream.
 */
static inline uint32_t sf_priority_transport(uint32_t priority)
{
    return priority >> 20 & 0xf;
}
static inline uint32_t sf_priority_direction(uint32_t priority)
{
    return priority >> 17 & 0x7;
}

/**
 * True if the priority cannot come from a formula but Microsoft's: its local preference has a part for the transport,
 * one for the direction, and one that counts the candidates. The first of them says nothing: 65535 is also what all
 * others write for their only address.
 */
bool sf_candidate_has_microsoft_priority(const sf_candidate *candidate);

#endif
