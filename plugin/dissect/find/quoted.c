/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Wireshark dissects what is quoted as if it had been sent, with the addresses of the error.
 */
#include "quoted.h"

#include <epan/proto.h>

static int icmp_id = -1;
static int icmpv6_id = -1;

void sf_quoted_prepare(void)
{
    icmp_id = proto_get_id_by_filter_name("icmp");
    icmpv6_id = proto_get_id_by_filter_name("icmpv6");
}

bool sf_is_quoted(const packet_info *pinfo)
{
    for (const wmem_list_frame_t *layer = wmem_list_head(pinfo->layers); layer; layer = wmem_list_frame_next(layer)) {
        int protocol = GPOINTER_TO_INT(wmem_list_frame_data(layer));
        if (protocol == icmp_id || protocol == icmpv6_id) {
            return true;
        }
    }
    return false;
}
