/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of Microsoft's hosts and address ranges that the user can edit.
 */
#ifndef SF_DISSECT_VIEW_PLACES_H
#define SF_DISSECT_VIEW_PLACES_H

#include "compat.h"

#include <epan/prefs.h>

#include "engine/sip/place.h"

/** Registers the table as a preference. Called once. */
void sf_places_register(module_t *module);

/** The place of a host or address that is Microsoft's, or NULL. Valid until the preferences change. */
const sf_place *sf_places_of_host(sf_slice host);

/** Like sf_places_of_host(), of an address that was read. */
const sf_place *sf_places_of_address(const sf_transport_address *transport);

/** The address of an end of a packet. Its text and port are not set. Returns false if it is neither IPv4 nor IPv6. */
bool sf_packet_address_read(const address *from, sf_transport_address *to);

/**
 * True if both ends of the packet are known and neither is Microsoft's. Private, loopback and invented addresses may stand
 * for any host: behind a NAT or a load balancer, or in a log.
 */
bool sf_packet_is_elsewhere(const packet_info *pinfo);

#endif
