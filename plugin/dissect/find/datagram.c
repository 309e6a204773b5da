/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The header of UDP: both ports, length, checksum.
 */
#include "datagram.h"

bool sf_begins_datagram(const packet_info *pinfo, tvbuff_t *tvb, unsigned start)
{
    if (pinfo->ptype != PT_UDP || start < SF_UDP_HEADER || start > tvb_captured_length(tvb)) {
        return false;
    }
    const uint8_t *header = tvb_get_ptr(tvb, (int)(start - SF_UDP_HEADER), SF_UDP_HEADER);
    return (uint32_t)(header[0] << 8 | header[1]) == pinfo->srcport &&
           (uint32_t)(header[2] << 8 | header[3]) == pinfo->destport && (header[4] << 8 | header[5]) > SF_UDP_HEADER;
}
