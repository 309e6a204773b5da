/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Wireshark binds RTP to a port as a whole, and STUN too once it has seen a message of it there: the last one wins, and
 * the packets of the other are no longer read. On the ports of a stream with candidates a dissector of ours looks at the
 * first byte (RFC 7983), so that each packet goes where it belongs.
 */
#include "media_ports.h"

#include <epan/conversation.h>
#include <epan/dissectors/packet-rtp.h>

#include "engine/text/bytes.h"

static dissector_handle_t sorter_handle;
static dissector_handle_t rtp_handle;
static dissector_handle_t stun_handle;
static int proto_stun;

/* ---- packets ---- */

typedef enum { KIND_MEDIA, KIND_STUN, KIND_DTLS } kind;

/** By the first byte; STUN and DTLS must have what else they are known by, or the packet is for RTP to look at. */
static kind kind_of(tvbuff_t *tvb)
{
    enum { COOKIE_AT = 4, COOKIE = 0x2112a442, MS_MULTIPLEX = 0xff10, DTLS = 0xfe };
    uint8_t bytes[8] = { 0x80 };
    unsigned length = tvb_captured_length(tvb);

    tvb_memcpy(tvb, bytes, 0, MIN(length, sizeof bytes));
    if ((bytes[0] < 4 && sf_big_endian(bytes + COOKIE_AT, 4) == COOKIE) || (bytes[0] >= 64 && bytes[0] < 80) ||
        sf_big_endian(bytes, 2) == MS_MULTIPLEX) {
        return KIND_STUN;
    }
    return bytes[0] >= 20 && bytes[0] < 64 && bytes[1] == DTLS ? KIND_DTLS : KIND_MEDIA;
}

/** True if a message of STUN was seen between these ports: what else STUN has can be told from other packets then. */
static bool has_stun(packet_info *pinfo)
{
    const conversation_t *conversation = find_conversation_pinfo(pinfo, 0);

    return conversation && conversation_get_proto_data(conversation, proto_stun);
}

/** What it does not take, Wireshark tries its heuristics on: those of STUN and DTLS among them. */
static int sort(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    switch (kind_of(tvb)) {
    case KIND_MEDIA:
        return call_dissector_only(rtp_handle, tvb, pinfo, tree, data);
    case KIND_STUN:
        return stun_handle && has_stun(pinfo) ? call_dissector_only(stun_handle, tvb, pinfo, tree, data) : 0;
    case KIND_DTLS:
        break;
    }
    return 0;
}

/* ---- addresses ---- */

static address address_of(const sf_media_end *end)
{
    address result;
    bool is_ipv4 = end->family == SF_ADDRESS_IPV4;

    set_address(&result, is_ipv4 ? AT_IPv4 : AT_IPv6, is_ipv4 ? 4 : 16, end->address);
    return result;
}

/** Codecs of both sides by number; the side's own list comes first. Wireshark keeps it. */
static rtp_dyn_payload_t *codecs_of(const sf_new_flow *fresh, unsigned side)
{
    rtp_dyn_payload_t *codecs = rtp_dyn_payload_new();
    sf_payloads all = { .count = 0 };

    for (unsigned s = 0; s < 2; s++) {
        const sf_payloads *listed = fresh->payloads[s == 0 ? side : 1 - side];
        if (listed) {
            sf_payloads_join(&all, listed);
        }
    }
    for (unsigned i = 0; i < all.count; i++) {
        const sf_codec_name *name = sf_codec_name_at(fresh->names, all.payloads[i].name);
        if (name) {
            sf_insert_codec(codecs, all.payloads[i].type, name->encoding, (int)name->rate);
        }
    }
    return codecs;
}

/** How Wireshark is to take the payloads: NULL for clear ones. The tag is the last bytes of them. */
static struct srtp_info *protection_of(const sf_new_flow *fresh)
{
    enum { TAG = 10, SHORT_TAG = 4, GCM_TAG = 16 };
    sf_slice name = fresh->suite ? fresh->suite->name : (sf_slice){ NULL, 0 };
    bool is_gcm = sf_slice_ends_nocase(name, SF_LITERAL("_GCM"));

    if (!sf_verdict_wants_encryption(fresh->flow->verdict)) {
        return NULL;
    }
    struct srtp_info *info = wmem_new0(wmem_file_scope(), struct srtp_info);
    info->encryption_algorithm = is_gcm ? SRTP_ENC_ALG_AES_GCM : SRTP_ENC_ALG_AES_CM;
    info->auth_algorithm = is_gcm ? SRTP_AUTH_ALG_GMAC : SRTP_AUTH_ALG_HMAC_SHA1;
    info->mki_len = fresh->mki_bytes;
    info->auth_tag_len = is_gcm ? GCM_TAG : sf_slice_ends_nocase(name, SF_LITERAL("_32")) ? SHORT_TAG : TAG;
    return info;
}

/** Packets to or from the address, whatever the other one is. */
static conversation_t *any_conversation(const packet_info *pinfo, const address *own, uint16_t port)
{
    address none;

    clear_address(&none);
    return find_conversation(pinfo->num, own, &none, CONVERSATION_UDP, port, 0, NO_ADDR_B | NO_PORT_B);
}

static void sort_from_now_on(const packet_info *pinfo, conversation_t *conversation)
{
    if (conversation) {
        conversation_set_dissector_from_frame_number(conversation, pinfo->num, sorter_handle);
    }
}

static bool is_first_of(const sf_new_flow *fresh, unsigned side, unsigned index)
{
    for (unsigned i = 0; i < index; i++) {
        if (memcmp(&fresh->ends[side][i], &fresh->ends[side][index], sizeof(sf_media_end)) == 0) {
            return false;
        }
    }
    return fresh->ends[side][index].family != SF_ADDRESS_NONE;
}

static void add_side(packet_info *pinfo, const sf_new_flow *fresh, unsigned side, struct srtp_info *protection)
{
    rtp_dyn_payload_t *codecs = codecs_of(fresh, side);

    for (unsigned i = 0; i < fresh->end_counts[side]; i++) {
        const sf_media_end *end = &fresh->ends[side][i];
        if (!is_first_of(fresh, side, i)) {
            continue;
        }
        address own = address_of(end);
        if (i > 0) { /* the first one is of the m= line: Wireshark has it */
            srtp_add_address(pinfo, PT_UDP, &own, end->port, 0, "SkypeFed", pinfo->num,
                             fresh->is_video ? RTP_MEDIA_VIDEO : RTP_MEDIA_AUDIO, codecs, protection, NULL);
        }
        sort_from_now_on(pinfo, any_conversation(pinfo, &own, end->port));
    }
    rtp_dyn_payload_free(codecs);
}

/** Checks of ICE may have passed before the answer: then STUN has the ports. */
static void share_with_checks(const packet_info *pinfo, const sf_new_flow *fresh)
{
    for (unsigned i = 0; i < fresh->end_counts[0]; i++) {
        for (unsigned j = 0; j < fresh->end_counts[1]; j++) {
            const sf_media_end *ends[] = { &fresh->ends[0][i], &fresh->ends[1][j] };
            if (ends[0]->family == SF_ADDRESS_NONE || ends[0]->family != ends[1]->family) {
                continue;
            }
            address one = address_of(ends[0]), other = address_of(ends[1]);
            sort_from_now_on(pinfo, find_conversation(pinfo->num, &one, &other, CONVERSATION_UDP, ends[0]->port,
                                                      ends[1]->port, 0));
        }
    }
}

void sf_media_ports_add(void *context, const sf_new_flow *fresh)
{
    packet_info *pinfo = context;
    bool has_candidates = fresh->end_counts[0] > 1 || fresh->end_counts[1] > 1;

    if (!rtp_handle || !has_candidates || !sf_flow_call(fresh->flow)->is_marked) {
        return;
    }
    struct srtp_info *protection = protection_of(fresh);
    add_side(pinfo, fresh, 0, protection);
    add_side(pinfo, fresh, 1, protection);
    share_with_checks(pinfo, fresh);
}

/** True if the dissector of ours sorts what comes to or from the address. */
static bool is_sorted(const packet_info *pinfo, const address *own, uint32_t port)
{
    conversation_t *conversation = any_conversation(pinfo, own, (uint16_t)port);

    return conversation && conversation_get_dissector(conversation, pinfo->num) == sorter_handle;
}

void sf_media_ports_share(packet_info *pinfo)
{
    conversation_t *conversation = find_conversation_pinfo(pinfo, 0);

    if (conversation && conversation_get_proto_data(conversation, proto_stun) &&
        conversation_get_dissector(conversation, pinfo->num) != sorter_handle &&
        (is_sorted(pinfo, &pinfo->src, pinfo->srcport) || is_sorted(pinfo, &pinfo->dst, pinfo->destport))) {
        sort_from_now_on(pinfo, conversation);
    }
}

void sf_media_ports_register(int parent)
{
    int helper = proto_register_protocol_in_name_only("Enabled and disabled with SkypeFed", "SkypeFed media ports",
                                                      "skypefed.media_ports", parent, FT_PROTOCOL);

    sorter_handle = register_dissector("skypefed.media_ports", sort, helper);
}

void sf_media_ports_prepare(void)
{
    rtp_handle = find_dissector("rtp");
    stun_handle = find_dissector("stun-udp");
    proto_stun = proto_get_id_by_filter_name("stun");
}
