/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The bytes of a UDP datagram or a TCP segment, for a post-dissector, which gets those of the frame.
 */
#ifndef SF_DISSECT_FIND_TRANSPORT_H
#define SF_DISSECT_FIND_TRANSPORT_H

#include "dissect/view/compat.h"

typedef struct {
    tvbuff_t *tvb;        /**< the frame, or what Wireshark decrypted or put together */
    const uint8_t *bytes; /**< from the source port on */
    size_t length;        /**< up to the end of the tvb: behind the packet may be more */
    size_t offset;        /**< of the source port in the tvb */
    size_t addresses;     /**< offset of the addresses of IP; the same as `offset` if they are not in the tvb */
} sf_transport;

typedef enum {
    SF_TRANSPORT_FOUND,
    SF_TRANSPORT_HIDDEN, /**< Wireshark has read it, but its bytes are in none of the buffers that a plugin can see */
    SF_TRANSPORT_NONE,   /**< nobody has sent it here: an error of ICMP quotes it; or it is not of IP */
} sf_transport_place;

/**
 * Finds the transport header of a packet by its addresses and ports, whatever carries it.
 * @param frame  the whole frame
 * @param pinfo  with addresses and ports; of a UDP datagram or a TCP segment
 */
sf_transport_place sf_transport_find(tvbuff_t *frame, const packet_info *pinfo, sf_transport *transport);

/**
 * How many bytes from the source port on are of the packet, as the header of IP says: short frames are padded.
 * SIZE_MAX if it does not say so, as where the network card cuts the segment (length 0).
 */
size_t sf_transport_length_by_ip(const sf_transport *transport, const packet_info *pinfo);

#endif
