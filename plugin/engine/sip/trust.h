/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ms-edge-proxy-message-trust: what the Edge says of a message that it let in
 * ([MS-SIPRE] 2.2.15), and ms-asserted-verification-level.
 */
#ifndef SF_ENGINE_SIP_TRUST_H
#define SF_ENGINE_SIP_TRUST_H

#include "network.h"

typedef struct {
    sf_slice text; /**< the header's value; absent if there is none */
    sf_slice source_type;
    sf_slice source_network;
    sf_slice edge;
    sf_slice remote;
    sf_slice verified_text; /**< `verified` or `unverified`; absent if there is none or it is neither */
    bool verified;
} sf_trust;

/**
 * Reads the value of either header. Unknown values are kept as they are; order does not matter.
 * @return SF_MALFORMED if it says nothing that is known of a source
 */
sf_status sf_trust_read(sf_slice value, sf_problems *problems, sf_trust *trust);

/**
 * The network that the Edge vouches for; SF_NETWORK_UNKNOWN if the header does not tell.
 * @param by  the value that tells; set if one does
 */
sf_network sf_trust_network(const sf_trust *trust, const sf_knowledge *knowledge, sf_slice *by);

/** True if the Edge made the message itself: it says nothing of the address in From or To then. */
bool sf_trust_is_of_edge(const sf_trust *trust);

#endif
