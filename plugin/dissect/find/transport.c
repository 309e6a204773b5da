/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The addresses of IP stand in front of the ports, with options (RFC 791 3.1) or extension headers (RFC 8200 4) between
 * them at most. They are looked for in the frame first, and then in what Wireshark made of it: decrypted frames, tunnels
 * and reassembled fragments are data sources of their own.
 */
#include "transport.h"

#include "engine/text/bytes.h"
#include "quoted.h"

enum {
    HEADERS = 512,  /* bytes at the front of a buffer, in which those of the transport begin */
    PORTS = 4,      /* two of them */
    UDP_LENGTH = 4, /* from the ports on, as all of UDP's header */
    UDP_HEADER = 8,
};

enum { IPV4_ADDRESSES = 12, IPV4_LENGTH = 2, IPV4_FRAGMENT = 6, IPV4_PROTOCOL = 9 }; /* in the header of IPv4 */
enum { IPV6_ADDRESSES = 8, IPV6_LENGTH = 4, IPV6_NEXT = 6 };                         /* in the header of IPv6 */

/** Bytes of an IP address; 0 for one of another kind. */
static size_t address_bytes(const address *end)
{
    return end->type == AT_IPv4 ? 4 : end->type == AT_IPv6 ? 16 : 0;
}

static inline bool has_addresses(const uint8_t *bytes, const packet_info *pinfo, size_t count)
{
    return memcmp(bytes, pinfo->src.data, count) == 0 && memcmp(bytes + count, pinfo->dst.data, count) == 0;
}

static inline bool has_ports(const uint8_t *bytes, const packet_info *pinfo)
{
    return sf_big_endian_16(bytes) == pinfo->srcport && sf_big_endian_16(bytes + 2) == pinfo->destport;
}

/** Where the transport begins behind headers of IP, the first of which is of the kind `next`; 0 if it is not there. */
static size_t skip_headers(const uint8_t *bytes, size_t length, size_t at, unsigned next)
{
    enum { HOP_BY_HOP = 0, TCP = 6, UDP = 17, ROUTING = 43, FRAGMENT = 44, AUTHENTICATION = 51, OPTIONS = 60 };
    enum { FIXED = 8, OFFSET_AT = 2, OFFSET_BITS = 0xfff8 };

    while (next != UDP && next != TCP) {
        if (at + FIXED > length) {
            return 0;
        }
        const uint8_t *header = bytes + at;
        if (next == HOP_BY_HOP || next == ROUTING || next == OPTIONS) {
            at += (header[1] + 1u) * 8; /* RFC 8200 4.3, 4.4, 4.6 */
        } else if (next == AUTHENTICATION) {
            at += (header[1] + 2u) * 4; /* RFC 4302 2.2 */
        } else if (next == FRAGMENT && !(sf_big_endian_16(header + OFFSET_AT) & OFFSET_BITS)) {
            at += FIXED; /* the first one, RFC 8200 4.5 */
        } else {
            return 0;
        }
        next = header[0];
    }
    return at;
}

/** Where the ports are that belong to these addresses of IP; 0 if they are not there. */
static size_t ports_of(const uint8_t *bytes, size_t length, size_t addresses, size_t count)
{
    enum { VERSION_4 = 4, WORDS = 0xf, OFFSET_BITS = 0x1fff };

    if (count == 16) {
        return addresses < IPV6_ADDRESSES
                   ? 0
                   : skip_headers(bytes, length, addresses + 32, bytes[addresses - IPV6_ADDRESSES + IPV6_NEXT]);
    }
    if (addresses < IPV4_ADDRESSES) {
        return 0;
    }
    const uint8_t *header = bytes + addresses - IPV4_ADDRESSES;
    if (header[0] >> 4 != VERSION_4 || sf_big_endian_16(header + IPV4_FRAGMENT) & OFFSET_BITS) {
        return 0;
    }
    return skip_headers(bytes, length, addresses - IPV4_ADDRESSES + (header[0] & WORDS) * 4u, header[IPV4_PROTOCOL]);
}

/** Sets the place, if something follows the ports. */
static inline bool place(tvbuff_t *tvb, const uint8_t *bytes, size_t length, size_t addresses, size_t ports,
                         sf_transport *transport)
{
    *transport = (sf_transport){ tvb, bytes + ports, length - ports, ports, addresses };
    return length - ports > PORTS + UDP_LENGTH;
}

/** Looks through a buffer with headers of IP in it. */
static G_GNUC_NO_INLINE bool search(tvbuff_t *tvb, const uint8_t *bytes, size_t length, const packet_info *pinfo,
                                    size_t count, sf_transport *transport)
{
    static const uint8_t usual[] = { 22, 26, 30 }; /* IPv6; IPv4; IPv4 in a VLAN */
    size_t size = 2 * count + PORTS;

    for (size_t i = 0; i < G_N_ELEMENTS(usual); i++) {
        size_t at = usual[i];
        if (at + size < length && has_addresses(bytes + at, pinfo, count) && has_ports(bytes + at + 2 * count, pinfo)) {
            return place(tvb, bytes, length, at, at + 2 * count, transport);
        }
    }
    for (size_t at = 0; at + size < length && at < HEADERS; at++) {
        if (has_addresses(bytes + at, pinfo, count)) {
            size_t ports = ports_of(bytes, length, at, count);
            if (ports > 0 && ports + PORTS < length && has_ports(bytes + ports, pinfo)) {
                return place(tvb, bytes, length, at, ports, transport);
            }
        }
    }
    return false;
}

/** A datagram that was put together has no header of IP: its own length tells that this is it. */
static bool is_reassembled(const uint8_t *bytes, size_t length, const packet_info *pinfo)
{
    return pinfo->ptype == PT_UDP && length > UDP_HEADER && has_ports(bytes, pinfo) &&
           sf_big_endian_16(bytes + UDP_LENGTH) == length;
}

/** Looks through what Wireshark made of the frame. What is made last is the innermost. */
static G_GNUC_NO_INLINE bool search_sources(tvbuff_t *frame, const packet_info *pinfo, size_t count,
                                            sf_transport *transport)
{
    bool is_found = false;

    for (const GSList *source = pinfo->data_src; source; source = source->next) {
        tvbuff_t *tvb = get_data_source_tvb((const struct data_source *)source->data);
        size_t length = tvb_captured_length(tvb);
        const uint8_t *bytes = tvb_get_ptr(tvb, 0, (int)length);
        if (tvb == frame) {
            continue;
        }
        if (is_reassembled(bytes, length, pinfo)) {
            is_found = place(tvb, bytes, length, 0, 0, transport);
        } else if (search(tvb, bytes, length, pinfo, count, transport)) {
            is_found = true;
        }
    }
    return is_found;
}

/** All that is not IPv4 behind Ethernet, whole in its frame. */
static G_GNUC_NO_INLINE sf_transport_place search_everywhere(tvbuff_t *frame, const uint8_t *bytes, size_t length,
                                                             const packet_info *pinfo, size_t count,
                                                             sf_transport *transport)
{
    if (count == 0 || pinfo->dst.type != pinfo->src.type || sf_is_quoted(pinfo)) {
        return SF_TRANSPORT_NONE;
    }
    bool is_in_frame = search(frame, bytes, length, pinfo, count, transport);
    bool is_fragment = is_in_frame && pinfo->ptype == PT_UDP &&
                       sf_big_endian_16(transport->bytes + UDP_LENGTH) > transport->length;
    if (is_in_frame && !is_fragment) {
        return SF_TRANSPORT_FOUND;
    }
    sf_transport made;
    if (search_sources(frame, pinfo, count, &made)) {
        *transport = made;
        return SF_TRANSPORT_FOUND;
    }
    return is_in_frame ? SF_TRANSPORT_FOUND : SF_TRANSPORT_HIDDEN;
}

sf_transport_place sf_transport_find(tvbuff_t *frame, const packet_info *pinfo, sf_transport *transport)
{
    enum { IPV4 = 26, IPV4_END = 38 }; /* behind Ethernet: most frames */
    size_t count = address_bytes(&pinfo->src);
    size_t length = tvb_captured_length(frame);
    const uint8_t *bytes = tvb_get_ptr(frame, 0, (int)length);

    if (count == 4 && pinfo->dst.type == AT_IPv4 && pinfo->ptype == PT_UDP && length > IPV4_END + UDP_LENGTH &&
        has_addresses(bytes + IPV4, pinfo, 4) && has_ports(bytes + IPV4 + 8, pinfo) &&
        sf_big_endian_16(bytes + IPV4_END) <= length - (IPV4_END - PORTS)) {
        place(frame, bytes, length, IPV4, IPV4_END - PORTS, transport);
        return SF_TRANSPORT_FOUND;
    }
    return search_everywhere(frame, bytes, length, pinfo, count, transport);
}

size_t sf_transport_length_by_ip(const sf_transport *transport, const packet_info *pinfo)
{
    size_t told_at = pinfo->src.type == AT_IPv4 ? IPV4_ADDRESSES - IPV4_LENGTH : IPV6_ADDRESSES - IPV6_LENGTH;
    size_t header_at = pinfo->src.type == AT_IPv4 ? IPV4_ADDRESSES : 0;

    if (transport->addresses == transport->offset || transport->addresses < told_at) {
        return SIZE_MAX;
    }
    const uint8_t *addresses = transport->bytes - (transport->offset - transport->addresses);
    size_t told = sf_big_endian_16(addresses - told_at);
    /* Counted from the header in IPv4, from behind the addresses in IPv6. */
    size_t before = header_at > 0 ? transport->offset - (transport->addresses - header_at)
                                  : transport->offset - (transport->addresses + 32);
    return told > before ? told - before : SIZE_MAX;
}
