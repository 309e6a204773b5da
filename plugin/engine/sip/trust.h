/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ms-edge-proxy-message-trust: what the Edge says of a message that it let in
 * ([MS-SIPRE] 2.2.15), and ms-asserted-verification-level.
 */
#ifndef SF_ENGINE_SIP_TRUST_H
#define SF_ENGINE_SIP_TRUST_H

#include "engine/text/number.h"
#include "network.h"

typedef struct {
    sf_slice text; /**< the header's value; absent if there is none */
    sf_slice source_type;
    sf_slice source_network;
    sf_slice edge;
    sf_slice remote;
    sf_number verified; /**< 1 for `verified`, 0 for `unverified`; absent if there is none or it is neither */
} sf_trust;

/**
 * Reads the value of either header. Unknown values are kept as they are; order does not matter. A header that says
 * nothing that is known of a source is noted.
 */
void sf_trust_read(sf_slice value, sf_problems *problems, sf_trust *trust);

/**
 * The network that the Edge vouches for; SF_NETWORK_UNKNOWN if the header does not say, SF_NETWORK_PUBLIC if it says
 * that it is a public provider's and not whose.
 * @param by  the value that says so; set if one does
 */
sf_network sf_trust_network(const sf_trust *trust, const sf_knowledge *knowledge, sf_slice *by);

/** What the header says of the source, in words: `the Edge itself`; NULL if that is not known. */
const char *sf_trust_source_in_words(const sf_trust *trust);

/** The same of the source's network: `a company`. */
const char *sf_trust_network_in_words(const sf_trust *trust);

/** True if the Edge made the message itself: it says nothing of the address in From or To then. */
bool sf_trust_is_of_edge(const sf_trust *trust);

#endif
