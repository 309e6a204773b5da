/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A post-dissector has no bytes but those of the frame: the datagram is found in it by its addresses and ports, which
 * are in front of its length, whatever carries it. That takes no tree, and happens for ports of a known stream alone.
 */
#include "media_packet.h"

#include "media_ports.h"

#include <epan/expert.h>

#include "dissect/view/media_flows.h"
#include "dissect/view/packet_time.h"
#include "dissect/view/verdicts.h"
#include "engine/text/bytes.h"
#include "media/relay.h"

#define SHORT_NAME "SkypeFed media"

enum { HEADERS = 512 }; /* bytes at the front of a frame, in which those of UDP begin */

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

/** Bytes of an IP address; 0 for one of another kind. */
static size_t address_bytes(const address *end)
{
    return end->type == AT_IPv4 ? 4 : end->type == AT_IPv6 ? 16 : 0;
}

/** True if the addresses and ports of the datagram follow each other here, as in its headers. */
static inline bool has_headers_at(const uint8_t *bytes, const packet_info *pinfo, size_t count)
{
    const uint8_t *ports = bytes + 2 * count;

    return memcmp(bytes, pinfo->src.data, count) == 0 && memcmp(bytes + count, pinfo->dst.data, count) == 0 &&
           sf_big_endian_16(ports) == pinfo->srcport && sf_big_endian_16(ports + 2) == pinfo->destport;
}

/** Where the ports of a frame end that is not IPv4 behind Ethernet; 0 if its headers are not there. */
static G_GNUC_NO_INLINE size_t search_ports_end(const uint8_t *frame, size_t length, const packet_info *pinfo,
                                                size_t count)
{
    static const uint8_t usual[] = { 22, 30 }; /* IPv6; IPv4 in a VLAN */
    size_t size = 2 * count + 4;

    for (size_t i = 0; i < G_N_ELEMENTS(usual); i++) {
        if (usual[i] + size < length && has_headers_at(frame + usual[i], pinfo, count)) {
            return usual[i] + size;
        }
    }
    for (size_t at = 0; at + size < length && at < HEADERS; at++) {
        if (has_headers_at(frame + at, pinfo, count)) {
            return at + size;
        }
    }
    return 0;
}

static size_t find_ports_end(const uint8_t *frame, size_t length, const packet_info *pinfo, size_t count)
{
    enum { IPV4 = 26, IPV4_END = 38 }; /* behind Ethernet: most frames */

    if (count == 4 && length > IPV4_END && has_headers_at(frame + IPV4, pinfo, 4)) {
        return IPV4_END;
    }
    return search_ports_end(frame, length, pinfo, count);
}

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

/** The datagram of the frame, as far as its payload is in it; false if nothing of it is. @param offset  of its payload */
static bool find_datagram(tvbuff_t *tvb, const packet_info *pinfo, sf_datagram *datagram, size_t *offset)
{
    enum { UDP_HEADER = 8, AFTER_PORTS = 4 };
    size_t count = address_bytes(&pinfo->src);

    if (count == 0 || pinfo->dst.type != pinfo->src.type) {
        return false;
    }
    size_t length = tvb_captured_length(tvb);
    const uint8_t *frame = tvb_get_ptr(tvb, 0, (int)length);
    size_t end = find_ports_end(frame, length, pinfo, count);
    if (end == 0 || end + AFTER_PORTS >= length) {
        return false;
    }
    size_t udp = sf_big_endian_16(frame + end);
    if (udp < UDP_HEADER) {
        return false;
    }
    *offset = end + AFTER_PORTS;
    size_t captured = MIN(udp - UDP_HEADER, length - *offset);
    set_end(&datagram->from, &pinfo->src, pinfo->srcport);
    set_end(&datagram->to, &pinfo->dst, pinfo->destport);
    datagram->bytes = frame + *offset;
    datagram->length = captured;
    datagram->is_cut = captured < udp - UDP_HEADER;
    datagram->is_carried = false;
    datagram->frame = pinfo->num;
    datagram->time = sf_packet_time(pinfo);
    return true;
}

static bool is_from_caller(const sf_media_packet *packet)
{
    return sf_flow_is_by_caller(packet->flow, packet->side);
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
    if (is_proof && packet->finding == SF_FINDING_CLEAR && sf_verdict_is_encrypted(flow->verdict)) {
        expert_add_info_format(pinfo, item, &ei_clear,
                               "%s, but the %s sent clear RTP, as the packets up to this one prove",
                               sf_verdict_name(flow->verdict), is_from_caller(packet) ? "caller" : "callee");
    } else if (is_proof && packet->finding == SF_FINDING_SRTP && flow->exposed >> packet->side & 1) {
        expert_add_info_format(pinfo, item, &ei_readable,
                               "Anybody with this capture can decrypt this media: its key is in frame %u",
                               flow->key_in[packet->side]);
    } else if (is_proof && packet->finding == SF_FINDING_OTHER_KEY) {
        expert_add_info(pinfo, item, &ei_other_key);
    }
    pinfo->current_proto = previous_proto;
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
        }
    }
}

/** Why there is no proof, where a tag would be one. */
static const char *hindrance(const sf_media_packet *packet)
{
    bool has_tags = packet->flow->verdict == SF_VERDICT_SRTP && packet->flow->key_in[packet->side] > 0;

    return packet->finding == SF_FINDING_UNDETERMINED && has_tags && !sf_srtp_is_available()
               ? " (without libgcrypt, SRTP cannot be verified)"
               : "";
}

static G_GNUC_NO_INLINE proto_item *show(tvbuff_t *tvb, proto_tree *tree, const sf_media_packet *packet, int offset,
                                         int length)
{
    const char *finding = val_to_str_const(packet->finding, findings, "?");
    proto_item *item = proto_tree_add_string_format(tree, hf_rtp, tvb, offset, length, finding,
                                                    "Skype/Lync Federation: media of call %u, from the %s: %s%s",
                                                    sf_flow_call(packet->flow)->number,
                                                    is_from_caller(packet) ? "caller" : "callee", finding,
                                                    hindrance(packet));

    show_fields(tvb, proto_item_add_subtree(item, ett_media), packet);
    return item;
}

/** True if anybody will read an item: while a capture is being loaded, nobody does. */
static bool is_read(proto_tree *tree)
{
    return tree && (proto_field_is_referenced(tree, proto_media) || proto_field_is_referenced(tree, expert_id));
}

static bool has_port(const sf_flows *flows, const packet_info *pinfo)
{
    return sf_flows_has_port(flows, (uint16_t)pinfo->srcport, (uint16_t)pinfo->destport);
}

/** The one question that other frames cost. */
static bool may_be_media(const sf_flows *flows, const packet_info *pinfo)
{
    return flows && pinfo->ptype == PT_UDP &&
           (has_port(flows, pinfo) || sf_relay_is_port((uint16_t)pinfo->srcport) ||
            sf_relay_is_port((uint16_t)pinfo->destport));
}

/** Bytes after the header of IP, as it says: short frames are padded. */
static size_t length_by_ip(const uint8_t *frame, size_t at, size_t count)
{
    enum { IPV4_HEADER = 20, IPV4_LENGTH = 10, IPV6_LENGTH = 4 }; /* the lengths, in front of the addresses */
    size_t addresses = at - 2 * count;

    if (addresses < IPV4_LENGTH || at < 2 * count) {
        return SIZE_MAX;
    }
    size_t told = sf_big_endian_16(frame + addresses - (count == 4 ? IPV4_LENGTH : IPV6_LENGTH));
    size_t header = count == 4 ? IPV4_HEADER : 0;
    return told > header ? told - header : SIZE_MAX; /* 0 if the network card cuts the segment */
}

/** RTP over TCP is not followed. That there was some keeps the plugin from saying that there was none. */
static G_GNUC_NO_INLINE void look_at_segment(tvbuff_t *tvb, const packet_info *pinfo, sf_flows *flows)
{
    enum { PORTS = 4, OFFSET_AT = 12 };
    size_t length = tvb_captured_length(tvb);
    size_t count = address_bytes(&pinfo->src);

    if (count == 0 || pinfo->dst.type != pinfo->src.type) {
        return;
    }
    const uint8_t *frame = tvb_get_ptr(tvb, 0, (int)length);
    size_t ports_end = find_ports_end(frame, length, pinfo, count);
    if (ports_end == 0 || ports_end - PORTS + OFFSET_AT >= length) {
        return;
    }
    const uint8_t *segment = frame + ports_end - PORTS;
    size_t header = (size_t)(segment[OFFSET_AT] >> 4) * 4;
    size_t have = MIN(length - (ports_end - PORTS), length_by_ip(frame, ports_end - PORTS, count));
    if (header < have) {
        sf_datagram payload = { .bytes = segment + header, .length = have - header, .frame = pinfo->num };
        set_end(&payload.from, &pinfo->src, pinfo->srcport);
        set_end(&payload.to, &pinfo->dst, pinfo->destport);
        sf_flows_take_segment(flows, &payload);
    }
}

void sf_media_packet_show(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    enum { FIRST_AFTER_STUN = 4 }; /* RFC 7983 7 */
    sf_flows *flows = sf_media_flows();
    sf_datagram datagram;
    sf_media_packet packet;
    size_t offset;

    if (flows && pinfo->ptype == PT_TCP && !PINFO_FD_VISITED(pinfo) &&
        sf_flows_has_tcp_port(flows, (uint16_t)pinfo->srcport, (uint16_t)pinfo->destport)) {
        look_at_segment(tvb, pinfo, flows);
        return;
    }
    if (!may_be_media(flows, pinfo) || !find_datagram(tvb, pinfo, &datagram, &offset)) {
        return;
    }
    if (!sf_flows_packet(flows, &datagram, !PINFO_FD_VISITED(pinfo), &packet)) {
        if (!PINFO_FD_VISITED(pinfo) && datagram.length > 0 && datagram.bytes[0] < FIRST_AFTER_STUN &&
            has_port(flows, pinfo)) {
            sf_media_ports_share(pinfo);
        }
        return;
    }
    proto_item *item = is_read(tree) ? show(tvb, tree, &packet, (int)offset, (int)datagram.length) : NULL;
    if (packet.is_odd || packet.decided_in == pinfo->num) {
        warn(pinfo, item, &packet);
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
            "Media flows in clear, although it was agreed otherwise", EXPFILL } },
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
