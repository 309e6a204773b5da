/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Datagrams of UDP in the bytes of a frame.
 */
#ifndef SF_DISSECT_FIND_DATAGRAM_H
#define SF_DISSECT_FIND_DATAGRAM_H

#include "dissect/view/compat.h"

enum { SF_UDP_HEADER = 8 };

/** The length field of a datagram's header. @param start  where what it carries begins, as sf_begins_datagram() says */
static inline unsigned sf_datagram_length(tvbuff_t *tvb, unsigned start)
{
    return tvb_get_ntohs(tvb, (int)(start - SF_UDP_HEADER) + 4);
}

/** True if a place of a frame comes right after the header of its datagram. */
bool sf_begins_datagram(const packet_info *pinfo, tvbuff_t *tvb, unsigned start);

#endif
