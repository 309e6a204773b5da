/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What carried the messages of a frame.
 */
#include "carrier.h"

#include <wiretap/wtap.h>

bool sf_carrier_is_exposed(const packet_info *pinfo)
{
    /* exported_pdu is the layer of messages from a log and of exported PDUs. */
    static const char *const covers[] = { "tls", "dtls", "quic", "esp", "exported_pdu" };

    for (size_t i = 0; i < array_length(covers); i++) {
        if (proto_is_frame_protocol(pinfo->layers, covers[i])) {
            return false;
        }
    }
    return true;
}

bool sf_carrier_is_log(const packet_info *pinfo)
{
    char *comment = NULL;

    return proto_is_frame_protocol(pinfo->layers, "exported_pdu") && pinfo->rec && pinfo->rec->block &&
           wtap_block_get_nth_string_option_value(pinfo->rec->block, OPT_COMMENT, 0, &comment) ==
               WTAP_OPTTYPE_SUCCESS &&
           comment && g_str_has_prefix(comment, "From a log:");
}
