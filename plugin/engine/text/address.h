/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Transport addresses: an IP address and a port.
 */
#ifndef SF_ENGINE_TEXT_ADDRESS_H
#define SF_ENGINE_TEXT_ADDRESS_H

#include "number.h"

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
    sf_number port;    /**< 0 to 65535 */
} sf_transport_address;

/**
 * Reads an IPv4 or IPv6 address that fills the whole slice. Sets `text` in any case, `family` and `bytes`; the port
 * stays as it is.
 * @return SF_ADDRESS_NONE if it is neither, also for a host name
 */
sf_address_family sf_transport_address_read(sf_slice text, sf_transport_address *address);

/** True if the address cannot be reached from outside: private, shared, link-local or unique local. */
bool sf_transport_address_is_private(const sf_transport_address *address);

/** True for an IPv4 or IPv6 address of zeros alone. */
bool sf_transport_address_is_null(const sf_transport_address *address);

#endif
