/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What is known of the packets of a call's media. That takes no tree, and happens for ports of a known stream alone.
 */
#include "media_packet.h"

#include "media_ports.h"

#include <epan/expert.h>

#include "dissect/find/transport.h"
#include "dissect/view/media_flows.h"
#include "dissect/view/packet_time.h"
#include "dissect/view/verdicts.h"
#include "engine/text/bytes.h"
#include "media/relay.h"

#define SHORT_NAME "SkypeFed media"

static int proto_media = -1;
static int expert_id = -1;
static int hf_rtp = -1;
static int hf_call = -1;
static int hf_stream = -1;
static int hf_from_caller = -1;
static int hf_protection = -1;
static int hf_agreed = -1;
static int hf_key_in = -1;
static int hf_decided_in = -1;
static int ett_media = -1;

static expert_field ei_clear = EI_INIT;
static expert_field ei_readable = EI_INIT;
static expert_field ei_other_key = EI_INIT;
static expert_field ei_codec = EI_INIT;

static const value_string findings[] = {
    { SF_FINDING_UNDETERMINED, "Undetermined" },
    { SF_FINDING_CLEAR, "Clear RTP" },
    { SF_FINDING_SRTP, "SRTP, authenticated with the agreed key" },
    { SF_FINDING_OTHER_KEY, "Not authenticated by the agreed key" },
    { SF_FINDING_DTLS, "DTLS handshake, media not verified" },
    { 0, NULL },
};

static inline void set_end(sf_media_end *end, const address *from, uint32_t port)
{
    end->port = (uint16_t)port;
    if (from->type == AT_IPv4) {
        end->family = SF_ADDRESS_IPV4;
        memset(end->address, 0, sizeof end->address);
        memcpy(end->address, from->data, 4);
    } else {
        end->family = SF_ADDRESS_IPV6;
        memcpy(end->address, from->data, sizeof end->address);
    }
}

/** Sets what the packet is, all but its bytes. */
static void set_ends(sf_datagram *datagram, const packet_info *pinfo)
{
    set_end(&datagram->from, &pinfo->src, pinfo->srcport);
    set_end(&datagram->to, &pinfo->dst, pinfo->destport);
    datagram->is_carried = false;
    datagram->frame = pinfo->num;
    datagram->time = sf_packet_time(pinfo);
}

/** The datagram at this place, as far as its payload is there; false if nothing of it is. */
static bool set_payload(sf_datagram *datagram, const sf_transport *transport)
{
    enum { UDP_LENGTH = 4, UDP_HEADER = 8 };
    size_t udp = sf_big_endian_16(transport->bytes + UDP_LENGTH);

    if (udp < UDP_HEADER) {
        return false;
    }
    datagram->bytes = transport->bytes + UDP_HEADER;
    datagram->length = MIN(udp, transport->length) - UDP_HEADER;
    datagram->is_cut = datagram->length < udp - UDP_HEADER;
    return true;
}

static bool is_from_caller(const sf_media_packet *packet)
{
    return sf_flow_is_by_caller(packet->flow, packet->side);
}

static const char *sender_of(const sf_media_packet *packet)
{
    return is_from_caller(packet) ? "caller" : "callee";
}

/** Each finding is reported once, in the frame that proves it: this one. */
static G_GNUC_NO_INLINE void warn(packet_info *pinfo, proto_item *item, const sf_media_packet *packet)
{
    const sf_flow *flow = packet->flow;

    /* The expert dialog names it; Wireshark sets it for dissectors of protocols, not for those of helpers. */
    const char *previous_proto = pinfo->current_proto;
    pinfo->current_proto = SHORT_NAME;
    if (packet->is_odd) {
        expert_add_info_format(
            pinfo, item, &ei_codec,
            "A codec other than the one agreed: 50 packets of payload type %u, which the receiver did not list",
            packet->type);
    }
    bool is_proof = packet->decided_in == pinfo->num;
    if (is_proof && packet->finding == SF_FINDING_CLEAR && sf_verdict_wants_encryption(flow->verdict)) {
        expert_add_info_format(pinfo, item, &ei_clear,
                               "%s%s the %s sent clear RTP, as the packets up to this one prove",
                               sf_verdict_name(flow->verdict), sf_verdict_is_encrypted(flow->verdict) ? ", but" : ":",
                               sender_of(packet));
    } else if (is_proof && packet->finding == SF_FINDING_SRTP && flow->exposed >> packet->side & 1) {
        expert_add_info_format(pinfo, item, &ei_readable,
                               "Anybody with this capture can decrypt this media: its key is in frame %u",
                               flow->key_in[packet->side]);
    } else if (is_proof && packet->finding == SF_FINDING_OTHER_KEY) {
        expert_add_info_format(pinfo, item, &ei_other_key,
                               "None of the first 100 packets that the %s sent is authenticated with the agreed key: "
                               "SRTP with another key, or clear RTP",
                               sender_of(packet));
    }
    pinfo->current_proto = previous_proto;
}

/** What the packets of the source prove. A key whose tag was not offered is one of the answer's alone. */
static const char *finding_of(const sf_media_packet *packet)
{
    if (packet->finding == SF_FINDING_SRTP && packet->flow->verdict == SF_VERDICT_TAG_NOT_OFFERED) {
        return "SRTP, authenticated with the key in the answer";
    }
    return val_to_str_const(packet->finding, findings, "?");
}

static void show_fields(tvbuff_t *tvb, proto_tree *tree, const sf_media_packet *packet)
{
    const sf_flow *flow = packet->flow;
    const struct {
        int hf;
        uint32_t value;
        bool is_absent;
    } rows[] = {
        { hf_call, sf_flow_call(flow)->number, false },
        { hf_stream, flow->stream, flow->stream == 0 },
        { hf_from_caller, is_from_caller(packet), false },
        { hf_protection, packet->finding, false },
        { hf_decided_in, packet->decided_in, packet->decided_in == 0 },
        { hf_agreed, flow->verdict, false },
        { hf_key_in, flow->key_in[packet->side], flow->key_in[packet->side] == 0 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (!rows[i].is_absent) {
            proto_item *item = rows[i].hf == hf_from_caller
                                   ? proto_tree_add_boolean(tree, rows[i].hf, tvb, 0, 0, rows[i].value)
                                   : proto_tree_add_uint(tree, rows[i].hf, tvb, 0, 0, rows[i].value);
            proto_item_set_generated(item);
            if (rows[i].hf == hf_protection && flow->verdict == SF_VERDICT_TAG_NOT_OFFERED) {
                proto_item_set_text(item, "Protection: %s (%u)", finding_of(packet), packet->finding);
            }
        }
    }
}

/** Why there is no proof, where a tag would be one. */
static const char *hindrance(const sf_media_packet *packet)
{
    bool has_tags = sf_verdict_may_be_keyed(packet->flow->verdict) && packet->flow->key_in[packet->side] > 0;

    return packet->finding == SF_FINDING_UNDETERMINED && has_tags && !sf_srtp_is_available()
               ? " (without libgcrypt, SRTP cannot be verified)"
               : "";
}

static G_GNUC_NO_INLINE proto_item *show(tvbuff_t *tvb, proto_tree *tree, const sf_media_packet *packet, int offset,
                                         int length)
{
    const char *finding = finding_of(packet);
    proto_item *item = proto_tree_add_string_format(tree, hf_rtp, tvb, offset, length, finding,
                                                    "Skype/Lync Federation: media of call %u, from the %s: %s%s",
                                                    sf_flow_call(packet->flow)->number, sender_of(packet), finding,
                                                    hindrance(packet));

    show_fields(tvb, proto_item_add_subtree(item, ett_media), packet);
    return item;
}

/** True if anybody will read an item: while a capture is being loaded, nobody does. */
static bool is_read(proto_tree *tree)
{
    return tree && (proto_field_is_referenced(tree, proto_media) || proto_field_is_referenced(tree, expert_id));
}

/** True if a packet of this port is none of media: what else a network is full of has ports of its own. */
static bool is_port_of_others(uint32_t port)
{
    static const uint16_t ports[] = { 5060, 5061, 53,  67,  68,  88,   123,  137,  138, 161,
                                      162,  389,  514, 546, 547, 1900, 3702, 5353, 5355 };

    for (size_t i = 0; i < G_N_ELEMENTS(ports); i++) {
        if (ports[i] == port) {
            return true;
        }
    }
    return false;
}

/**
 * Looks whether the packet may be media, of whatever call: a capture of signaling alone has none. Asked until there is
 * one, so of most captures of media once.
 */
static G_GNUC_NO_INLINE void look_for_any(sf_flows *flows, const packet_info *pinfo)
{
    if (!is_port_of_others(pinfo->srcport) && !is_port_of_others(pinfo->destport) &&
        !proto_is_frame_protocol(pinfo->layers, "sip")) {
        sf_flows_note_traffic(flows);
    }
}

static bool has_port(const sf_flows *flows, const packet_info *pinfo)
{
    return sf_flows_has_port(flows, (uint16_t)pinfo->srcport, (uint16_t)pinfo->destport);
}

/** The one question that other datagrams cost. */
static bool may_be_media(const sf_flows *flows, const packet_info *pinfo)
{
    return has_port(flows, pinfo) || sf_relay_is_port((uint16_t)pinfo->srcport) ||
           sf_relay_is_port((uint16_t)pinfo->destport);
}

/** RTP over TCP is not followed. That there was some keeps the plugin from saying that there was none. */
static G_GNUC_NO_INLINE void look_at_segment(tvbuff_t *tvb, const packet_info *pinfo, sf_flows *flows)
{
    enum { OFFSET_AT = 12 };
    sf_transport transport;
    sf_datagram payload;

    if (sf_transport_find(tvb, pinfo, &transport) != SF_TRANSPORT_FOUND || transport.length <= OFFSET_AT) {
        return;
    }
    size_t header = (size_t)(transport.bytes[OFFSET_AT] >> 4) * 4;
    size_t have = MIN(transport.length, sf_transport_length_by_ip(&transport, pinfo));
    if (header < have) {
        set_ends(&payload, pinfo);
        payload.bytes = transport.bytes + header;
        payload.length = have - header;
        payload.is_cut = false;
        sf_flows_take_segment(flows, &payload);
        if (!proto_is_frame_protocol(pinfo->layers, "sip")) {
            sf_flows_note_traffic(flows);
        }
    }
}

/** A datagram that may be media and whose bytes are not to be seen: it is no less there. */
static G_GNUC_NO_INLINE void note_hidden(const packet_info *pinfo, sf_flows *flows)
{
    sf_datagram datagram;

    if (!PINFO_FD_VISITED(pinfo)) {
        set_ends(&datagram, pinfo);
        sf_flows_take_hidden(flows, &datagram);
    }
}

static G_GNUC_NO_INLINE void show_datagram(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, sf_flows *flows)
{
    enum { FIRST_AFTER_STUN = 4 }; /* RFC 7983 7 */
    sf_datagram datagram;
    sf_media_packet packet;
    sf_transport transport;

    sf_transport_place place = sf_transport_find(tvb, pinfo, &transport);
    if (place == SF_TRANSPORT_HIDDEN) {
        note_hidden(pinfo, flows);
    }
    if (place != SF_TRANSPORT_FOUND || !set_payload(&datagram, &transport)) {
        return;
    }
    set_ends(&datagram, pinfo);
    if (!sf_flows_packet(flows, &datagram, !PINFO_FD_VISITED(pinfo), &packet)) {
        if (!PINFO_FD_VISITED(pinfo) && datagram.length > 0 && datagram.bytes[0] < FIRST_AFTER_STUN &&
            has_port(flows, pinfo)) {
            sf_media_ports_share(pinfo);
        }
        return;
    }
    int offset = (int)(transport.offset + (size_t)(datagram.bytes - transport.bytes));
    proto_item *item = is_read(tree) ? show(transport.tvb, tree, &packet, offset, (int)datagram.length) : NULL;
    if (packet.is_odd || packet.decided_in == pinfo->num) {
        warn(pinfo, item, &packet);
    }
}

/** All that most frames cost: those of a capture are TCP, or datagrams of other protocols. */
void sf_media_packet_show(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    sf_flows *flows = sf_media_flows();

    if (!flows) {
        return;
    }
    if (pinfo->ptype == PT_UDP) {
        if (sf_flows_lack_media(flows) && !PINFO_FD_VISITED(pinfo)) {
            look_for_any(flows, pinfo);
        }
        if (may_be_media(flows, pinfo)) {
            show_datagram(tvb, pinfo, tree, flows);
        }
    } else if (pinfo->ptype == PT_TCP && !PINFO_FD_VISITED(pinfo) &&
               sf_flows_has_tcp_port(flows, (uint16_t)pinfo->srcport, (uint16_t)pinfo->destport)) {
        look_at_segment(tvb, pinfo, flows);
    }
}

/** Wireshark registers its expert infos after all protocols, but before the first capture. */
static void find_expert_id(void)
{
    expert_id = proto_registrar_get_id_byname("_ws.expert");
}

void sf_media_packet_register(void)
{
    static hf_register_info hf[] = {
        { &hf_rtp,
          { "Media of a call", "skypefed.rtp", FT_STRING, BASE_NONE, NULL, 0,
            "An RTP packet of a call, and what the packets of its source prove", HFILL } },
        { &hf_call,
          { "Call number", "skypefed.rtp.call", FT_UINT32, BASE_DEC, NULL, 0,
            "Number of the call in this capture, as in skypefed.call", HFILL } },
        { &hf_stream,
          { "Stream", "skypefed.rtp.stream", FT_UINT32, BASE_DEC, NULL, 0,
            "Number of the m= line in the answer, from 1; absent if streams share a transport", HFILL } },
        { &hf_from_caller,
          { "From the caller", "skypefed.rtp.from_caller", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The caller sent the packet, judging by the addresses in offer and answer", HFILL } },
        { &hf_protection,
          { "Protection", "skypefed.rtp.protection", FT_UINT8, BASE_DEC, VALS(findings), 0,
            "What the packets of this source prove, as known at this packet", HFILL } },
        { &hf_decided_in,
          { "Proved in", "skypefed.rtp.decided_in", FT_FRAMENUM, BASE_NONE, NULL, 0,
            "The packet that completes the proof", HFILL } },
        { &hf_agreed,
          { "Agreed", "skypefed.rtp.agreed", FT_UINT8, BASE_DEC, VALS(sf_verdict_names), 0,
            "How the answer says that the stream is protected", HFILL } },
        { &hf_key_in,
          { "Key in", "skypefed.rtp.key_in", FT_FRAMENUM, BASE_NONE, NULL, 0,
            "The message with the key line that was agreed for this direction", HFILL } },
    };
    static ei_register_info ei[] = {
        { &ei_clear,
          { "skypefed.expert.media_clear", PI_SECURITY, PI_WARN,
            "Media flows in clear, although the answer has it encrypted", EXPFILL } },
        { &ei_readable,
          { "skypefed.expert.media_readable", PI_SECURITY, PI_WARN, "Anybody with this capture can decrypt this media",
            EXPFILL } },
        { &ei_other_key,
          { "skypefed.expert.media_key_mismatch", PI_SECURITY, PI_WARN,
            "None of the first 100 packets is authenticated with the agreed key: SRTP with another key, or clear RTP",
            EXPFILL } },
        { &ei_codec,
          { "skypefed.expert.media_codec", PI_PROTOCOL, PI_NOTE, "A codec other than the one agreed", EXPFILL } },
    };
    static int *ett[] = { &ett_media };

    proto_media = proto_register_protocol("Skype/Lync Federation Media", SHORT_NAME, "skypefed_rtp");
    register_init_routine(find_expert_id);
    proto_register_field_array(proto_media, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    expert_register_field_array(expert_register_protocol(proto_media), ei, G_N_ELEMENTS(ei));
}
