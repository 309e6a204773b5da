/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What ICE chose: the candidates of the peer in the offer that ends ICE. Draft
 * 19 writes a=remote-candidates with an address for each component (RFC 8839
 * 5.2), draft 06 writes a=remote-candidate with the peer's user name ([MS-ICE]).
 */
#ifndef SF_ENGINE_SDP_REMOTE_CANDIDATE_H
#define SF_ENGINE_SDP_REMOTE_CANDIDATE_H

#include "engine/text/address.h"
#include "engine/text/problem.h"

typedef struct {
    sf_slice line;                /**< the whole a= line */
    sf_slice text;                /**< its part for this component; of draft 06 the whole line */
    sf_number component;          /**< draft 19; absent if malformed */
    sf_transport_address address; /**< draft 19 */
    sf_slice username;            /**< draft 06: the peer's candidate of this name */
} sf_remote_candidate;

/**
 * Reads the value of a=remote-candidates: a component, an address and a port for each.
 * @param line        the whole a= line
 * @param value       what follows the colon
 * @param candidates  room for `room` of them; each is filled from scratch
 * @return how many were read: at most `room`
 */
unsigned sf_remote_candidates_read(sf_slice line, sf_slice value, sf_problems *problems,
                                   sf_remote_candidate *candidates, unsigned room);

#endif
