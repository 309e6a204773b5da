/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Media on its way between a client and its relay: TURN (RFC 8656), and the older one of [MS-TURN].
 */
#ifndef SF_MEDIA_RELAY_H
#define SF_MEDIA_RELAY_H

#include "datagram.h"

/** The addresses that relays lent to their clients, as their answers say. */
typedef struct sf_relays sf_relays;

sf_relays *sf_relays_new(void);

/** Frees it; takes NULL. */
void sf_relays_free(sf_relays *relays);

/** True for the ports that relays listen on: that of TURN, those of Teams after it, and that of HTTPS. */
static inline bool sf_relay_is_port(uint16_t port)
{
    return (port >= 3478 && port <= 3481) || port == 443;
}

/** Takes in a datagram, on its first pass: nothing happens unless it is the answer to an Allocate request. */
void sf_relays_learn(sf_relays *relays, const sf_datagram *datagram);

/**
 * The datagram that another one carries to or from a relay: in ChannelData, an indication, or a request of [MS-TURN].
 * @param carried  its ends are those of the outer one, but for the peer, where that is told
 * @return false if it carries none
 */
bool sf_relay_unwrap(const sf_datagram *outer, sf_datagram *carried);

/** How often an address may have been lent anew to the same client. */
enum { SF_MAX_RELAYED = 8 };

/**
 * Puts the address that a relay lent to the client in the place of the client's own.
 * @param outer    what passes between client and relay
 * @param carried  what it carries; its end is replaced
 * @param which    0 for the newest address, and so on up to SF_MAX_RELAYED
 * @return false if no more are known
 */
bool sf_relays_translate(const sf_relays *relays, const sf_datagram *outer, sf_datagram *carried, unsigned which);

/** True if bytes of TCP begin with what a client and its relay say without media: TURN, a TLS handshake, a keep-alive. */
bool sf_relay_is_setup(const uint8_t *bytes, size_t length);

#endif
