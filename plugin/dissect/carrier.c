/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What carried the messages of a frame.
 */
#include "carrier.h"

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
