/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Hosts and address ranges of Microsoft's: whose is an address?
 */
#ifndef SF_ENGINE_SIP_PLACE_H
#define SF_ENGINE_SIP_PLACE_H

#include "engine/text/address.h"
#include "engine/text/problem.h"

/** A domain, or a range of addresses, and the service that uses it. */
typedef struct {
    sf_slice text;               /**< `52.112.0.0/14`, or `pstnhub.microsoft.com` */
    sf_slice service;            /**< in words */
    sf_transport_address prefix; /**< its family is SF_ADDRESS_NONE for a domain */
    uint8_t bits;                /**< of the prefix that count */
} sf_place;

/** A row of the table before it is read. */
typedef struct {
    sf_slice text;
    sf_slice service;
} sf_place_row;

/** The places known when the user has said nothing; each can be read. */
extern const sf_place_row sf_default_places[];
extern const unsigned sf_default_place_count;

/**
 * Reads `address/bits`, an address alone, or a domain.
 * @param place  filled; it keeps both slices by reference
 * @return SF_MALFORMED if it is none of them; the place holds nothing then
 */
sf_status sf_place_read(sf_slice text, sf_slice service, sf_place *place);

/** The narrowest range that the address is in; the first of two alike; NULL if there is none. */
const sf_place *sf_place_of_address(const sf_place *places, unsigned count, const sf_transport_address *address);

/** The place of a host: an IPv4 or IPv6 address, also in brackets, or a name in one of the domains; NULL if none. */
const sf_place *sf_place_of_host(const sf_place *places, unsigned count, sf_slice host);

#endif
