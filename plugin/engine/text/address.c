/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * IP addresses: reading them, and telling private ones.
 */
#include "address.h"

#include <glib.h>

#ifdef _WIN32
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#endif

/** Takes a number from 0 to 255 without leading zeros from the front of a text. */
static inline bool take_octet(const char **at, const char *end, uint8_t *octet)
{
    unsigned number = 0;
    unsigned digit;
    unsigned count = 0;

    for (; count < 3 && *at < end && (digit = (unsigned char)**at - (unsigned)'0') <= 9; count++) {
        if (count > 0 && number == 0) {
            return false;
        }
        number = number * 10 + digit;
        ++*at;
    }
    *octet = (uint8_t)number;
    return count > 0 && number <= UINT8_MAX;
}

/** Reads four numbers with dots between them, as inet_pton() does, at a fraction of its cost. */
static bool read_ipv4(sf_slice text, uint8_t bytes[4])
{
    const char *at = text.text;
    const char *const end = sf_slice_end(text);
    uint8_t octets[4];

    for (unsigned i = 0; i < 4; i++) {
        if (i > 0 && (at == end || *at++ != '.')) {
            return false;
        }
        if (!take_octet(&at, end, &octets[i])) {
            return false;
        }
    }
    if (at < end) {
        return false;
    }
    memcpy(bytes, octets, sizeof octets);
    return true;
}

sf_address_family sf_transport_address_read(sf_slice text, sf_transport_address *address)
{
    char copy[INET6_ADDRSTRLEN + 1];

    address->text = text;
    address->family = SF_ADDRESS_NONE;
    if (read_ipv4(text, address->bytes)) {
        address->family = SF_ADDRESS_IPV4;
        return SF_ADDRESS_IPV4;
    }
    bool may_be_ipv6 = text.length > 0 && text.length < sizeof copy && sf_slice_find(text, ':') < text.length;
    if (may_be_ipv6 && sf_slice_find(text, '\0') == text.length) {
        memcpy(copy, text.text, text.length);
        copy[text.length] = '\0';
        if (inet_pton(AF_INET6, copy, address->bytes) == 1) {
            address->family = SF_ADDRESS_IPV6;
        }
    }
    return address->family;
}

/* RFC 1918, RFC 6598, RFC 3927; RFC 4193, RFC 4291 2.5.6 */
static const struct {
    sf_address_family family;
    uint8_t bits;
    uint8_t prefix[2];
} private_networks[] = {
    { SF_ADDRESS_IPV4, 8, { 10, 0 } },       { SF_ADDRESS_IPV4, 12, { 172, 16 } },
    { SF_ADDRESS_IPV4, 16, { 192, 168 } },   { SF_ADDRESS_IPV4, 10, { 100, 64 } },
    { SF_ADDRESS_IPV4, 16, { 169, 254 } },   { SF_ADDRESS_IPV6, 7, { 0xfc, 0 } },
    { SF_ADDRESS_IPV6, 10, { 0xfe, 0x80 } },
};

/** `::ffff:10.0.0.1` (RFC 4291 2.5.5.2) */
static bool is_mapped_v4(const sf_transport_address *address)
{
    static const uint8_t prefix[12] = { [10] = 0xff, [11] = 0xff };

    return address->family == SF_ADDRESS_IPV6 && memcmp(address->bytes, prefix, sizeof prefix) == 0;
}

bool sf_transport_address_is_private(const sf_transport_address *address)
{
    bool is_mapped = is_mapped_v4(address);
    sf_address_family family = is_mapped ? SF_ADDRESS_IPV4 : address->family;
    const uint8_t *bytes = is_mapped ? address->bytes + 12 : address->bytes;
    unsigned front = (unsigned)bytes[0] << 8 | bytes[1];

    for (size_t i = 0; i < G_N_ELEMENTS(private_networks); i++) {
        unsigned prefix = (unsigned)private_networks[i].prefix[0] << 8 | private_networks[i].prefix[1];
        unsigned mask = 0xffffu << (16 - private_networks[i].bits) & 0xffffu;
        if (family == private_networks[i].family && (front & mask) == prefix) {
            return true;
        }
    }
    return false;
}

bool sf_transport_address_is_null(const sf_transport_address *address)
{
    static const uint8_t zeros[sizeof address->bytes] = { 0 };
    size_t length = address->family == SF_ADDRESS_IPV6 ? 16 : 4;

    return (address->family == SF_ADDRESS_IPV4 || address->family == SF_ADDRESS_IPV6) &&
           memcmp(address->bytes, zeros, length) == 0;
}
