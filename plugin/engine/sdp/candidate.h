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
} sf_candidate;

/**
 * Reads the value of a=candidate or a=x-candidate-ipv6. What can be read is set.
 * @param line       the whole a= line
 * @param value      what follows the colon
 * @param candidate  filled from scratch
 */
void sf_candidate_read(sf_slice line, sf_slice value, sf_problems *problems, sf_candidate *candidate);

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
