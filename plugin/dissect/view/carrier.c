/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What carried the messages of a frame.
 */
#include "carrier.h"

#include <wiretap/wtap.h>

/* What keeps a message from being read on the wire. An AudioCodes debug recording (acdr) holds messages as the device
 * saw them, after TLS. exported_pdu is the layer of messages from a log and of
 * exported PDUs: nothing says how those traveled. macsec is none: Wireshark 4.0 and 4.2 see a message behind it only
 * if it was signed and not encrypted. */
static const char *const cover_names[] = { "tls", "dtls", "quic", "esp", "wg", "exported_pdu", "acdr" };
static int cover_ids[G_N_ELEMENTS(cover_names)];
static int sip_id = -1;
static uint64_t cover_bits; /* a bit for each, by what is last of its number: it tells most others apart */

static uint64_t bit_of(int proto_id)
{
    return UINT64_C(1) << ((unsigned)proto_id % 64);
}

void sf_carrier_register(void)
{
    sip_id = proto_registrar_get_id_byname("sip");
    for (size_t i = 0; i < G_N_ELEMENTS(cover_names); i++) {
        cover_ids[i] = proto_registrar_get_id_byname(cover_names[i]);
        cover_bits |= bit_of(cover_ids[i]);
    }
}

static bool is_cover(int proto_id)
{
    for (size_t i = 0; (cover_bits & bit_of(proto_id)) && i < G_N_ELEMENTS(cover_ids); i++) {
        if (proto_id == cover_ids[i]) {
            return true;
        }
    }
    return false;
}

/* Layers come in the order in which they were read: what comes after SIP does not carry it. On the ports of TLS,
 * Wireshark 4.0 takes what it cannot read after a message for TLS, on the first pass alone. */
bool sf_carrier_is_exposed(const packet_info *pinfo)
{
    for (wmem_list_frame_t *layer = wmem_list_head(pinfo->layers); layer; layer = wmem_list_frame_next(layer)) {
        int proto_id = GPOINTER_TO_INT(wmem_list_frame_data(layer));
        if (is_cover(proto_id)) {
            return false;
        }
        if (proto_id == sip_id) {
            break;
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
