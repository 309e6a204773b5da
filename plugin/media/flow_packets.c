/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The packets of each stream.
 */
#include "engine/text/bytes.h"
#include "flow_table.h"

static sf_source *source_of(const sf_flow_side *side, uint32_t ssrc)
{
    for (unsigned i = 0; i < side->source_count; i++) {
        if (side->sources[i].ssrc == ssrc) {
            return &side->sources[i];
        }
    }
    return NULL;
}

/** True if the source sent in a stream of the call that was agreed before this one. */
static bool is_former(const sf_known_flow *known, unsigned s, uint32_t ssrc)
{
    bool is_by_caller = sf_flow_is_by_caller(&known->flow, s);
    unsigned seen = 0;

    for (const sf_known_flow *k = known->older; k && seen < SF_MAX_STREAMS; k = k->older, seen++) {
        unsigned side = is_by_caller == sf_flow_is_by_caller(&k->flow, SF_FLOW_OFFERER) ? SF_FLOW_OFFERER
                                                                                        : SF_FLOW_ANSWERER;
        if (k->from_frame < known->from_frame && source_of(&k->sides[side], ssrc)) {
            return true;
        }
    }
    return false;
}

/** Who sends has the answer a little later than the capture: until then it keeps to what was agreed before. */
static bool may_be_former(const sf_known_flow *known, unsigned s, const sf_source *source, int64_t time)
{
    const sf_flow_side *side = &known->sides[s];

    return side->former >> (source - side->sources) & 1 && time <= known->from_time + SF_GRACE;
}

static sf_source_rule rule_of(const sf_known_flow *known, unsigned s, const sf_source *source, int64_t time)
{
    const sf_flow_side *side = &known->sides[s];
    const sf_payloads *listed = known->sides[1 - s].payloads;
    const sf_srtp_keys *keys = side->key ? side->key->session : NULL;
    bool has_keys = keys && keys->tag_bytes > 0;

    return (sf_source_rule){
        .keys = has_keys ? keys : NULL,
        .mki_bytes = has_keys ? side->key->mki_bytes : 0,
        .listed = listed && listed->is_whole && !known->shares_ends ? listed : NULL,
        .may_be_clear = known->flow.verdict != SF_VERDICT_LEGACY &&
                        known->flow.verdict != SF_VERDICT_UNENCRYPTED_SRTP && !known->lacks_tags,
        .needs_tags = known->is_first && !known->lacks_tags && side->key && !side->key->has_others,
        .may_be_former = may_be_former(known, s, source, time),
    };
}

/** The source, which begins with the packet if it is new; NULL if there are too many. */
static G_GNUC_NO_INLINE sf_source *begin_source(sf_flows *flows, sf_known_flow *known, unsigned s, const sf_rtp *rtp,
                                                const sf_datagram *datagram)
{
    sf_flow_side *side = &known->sides[s];

    if (side->source_count == SF_MAX_SOURCES) {
        return NULL;
    }
    side->sources = g_renew(sf_source, side->sources, side->source_count + 1u);
    side->former |= (uint8_t)(is_former(known, s, rtp->ssrc) << side->source_count);
    sf_source *source = &side->sources[side->source_count++];
    *source = sf_source_of(rtp, datagram->time);
    sf_flow_paths_add(flows, &datagram->from, &datagram->to);
    if (side->key && !side->key->session) {
        side->key->session = g_new0(sf_srtp_keys, 1);
        sf_srtp_derive(side->key->suite, side->key->master, side->key->length, side->key->session);
    }
    return source;
}

/** The session keys are for the sources that nothing is proved of. */
static void drop_session(const sf_flow_side *side)
{
    for (unsigned i = 0; i < side->source_count; i++) {
        if (side->sources[i].finding == SF_FINDING_UNDETERMINED) {
            return;
        }
    }
    if (side->key) {
        g_clear_pointer(&side->key->session, g_free);
    }
}

/** A packet that may prove something of its source. */
static G_GNUC_NO_INLINE void judge(sf_known_flow *known, unsigned s, sf_source *source, const sf_rtp *rtp,
                                   const sf_datagram *datagram)
{
    uint8_t finding = source->finding;
    sf_source_rule rule = rule_of(known, s, source, datagram->time);

    sf_source_judge(source, rtp, &rule, datagram->frame);
    if (source->packets == 1 || source->packets == SF_SETTLED || source->finding != finding) {
        sf_call_media_take(known, s, source);
    }
    if (source->finding != finding) {
        drop_session(&known->sides[s]);
    }
}

/** The source of a packet that is taken in; NULL if there are too many. */
static const sf_source *take_packet(sf_flows *flows, sf_known_flow *known, unsigned s, const sf_rtp *rtp,
                                    const sf_datagram *datagram)
{
    sf_source *source = source_of(&known->sides[s], rtp->ssrc);

    if (!source) {
        source = begin_source(flows, known, s, rtp, datagram);
    }
    if (!source) {
        return NULL;
    }
    known->media->packets++;
    if (sf_source_count(source, rtp, datagram->time)) {
        judge(known, s, source, rtp, datagram);
    }
    return source;
}

/** A record of the handshake (RFC 6347 4.1, RFC 9147 4): its version is 1.0 or 1.2, also where 1.3 is spoken. */
static bool is_handshake(const sf_datagram *datagram)
{
    enum { HANDSHAKE = 22, RECORD_HEADER = 13 };
    const uint8_t *bytes = datagram->bytes;

    return datagram->length > RECORD_HEADER && bytes[0] == HANDSHAKE && bytes[1] == 0xfe &&
           (bytes[2] == 0xff || bytes[2] == 0xfd) && RECORD_HEADER + sf_big_endian(bytes + 11, 2) <= datagram->length;
}

/** What is not RTP tells that this is where the media would pass; a handshake tells more. */
static void take_company(sf_known_flow *known, unsigned side, const sf_datagram *datagram)
{
    known->has_company = true;
    if (is_handshake(datagram)) {
        known->handshakes |= (uint8_t)(1u << side);
        if (known->handshakes == 3 && known->dtls_in == 0) {
            known->dtls_in = datagram->frame;
        }
    }
}

static G_GNUC_NO_INLINE void take_other(sf_flows *flows, const sf_datagram *datagram)
{
    bool is_pair;
    unsigned side;

    sf_relays_learn(flows->relays, datagram);
    sf_known_flow *known = sf_flow_between(flows, datagram, &side, &is_pair);
    if (known && is_pair) {
        take_company(known, side, datagram);
    }
}

/** What the stream shows of a packet whose source shows nothing by itself, and the other way round. */
static void find(const sf_known_flow *known, const sf_source *source, uint32_t frame, sf_media_packet *packet)
{
    if (source->decided_in > 0 && source->decided_in <= frame) {
        packet->finding = (sf_finding)source->finding;
        packet->decided_in = source->decided_in;
    } else if (known->dtls_in > 0 && known->dtls_in <= frame) {
        packet->finding = SF_FINDING_DTLS;
        packet->decided_in = known->dtls_in;
    } else {
        packet->finding = SF_FINDING_UNDETERMINED;
        packet->decided_in = 0;
    }
}

/** A packet of a stream, by the first pass or a later one; false if its source is not followed. */
static bool take(sf_flows *flows, sf_known_flow *known, unsigned side, const sf_rtp *rtp, const sf_datagram *datagram,
                 bool is_new, sf_media_packet *packet)
{
    const sf_source *source = is_new ? take_packet(flows, known, side, rtp, datagram)
                                     : source_of(&known->sides[side], rtp->ssrc);

    if (!source) {
        return false;
    }
    packet->flow = &known->flow;
    packet->side = side;
    packet->ssrc = rtp->ssrc;
    packet->is_odd = source->odd_in == datagram->frame;
    packet->type = rtp->payload_type;
    find(known, source, datagram->frame, packet);
    return true;
}

/** The stream of what passes between a client and its relay: by the address that was lent to it, or by its own. */
static sf_known_flow *find_relayed(sf_flows *flows, const sf_datagram *outer, sf_datagram *carried, unsigned *side)
{
    sf_known_flow *known = NULL;
    sf_datagram lent = *carried;
    bool is_pair;

    for (unsigned i = 0; !known && sf_relays_translate(flows->relays, outer, &lent, i); i++) {
        known = sf_flow_between(flows, &lent, side, &is_pair);
    }
    if (known) {
        *carried = lent;
    }
    return known ? known : sf_flow_between(flows, carried, side, &is_pair);
}

static G_GNUC_NO_INLINE bool take_relayed(sf_flows *flows, const sf_datagram *outer, sf_datagram *carried, bool is_new,
                                          sf_media_packet *packet)
{
    sf_rtp rtp;
    unsigned side;
    sf_known_flow *known = find_relayed(flows, outer, carried, &side);

    if (!sf_rtp_read(carried->bytes, carried->length, &rtp)) {
        if (is_new && known) {
            take_company(known, side, carried);
        }
        return false;
    }
    if (!known) {
        if (is_new) {
            flows->stray_in = outer->frame;
            sf_strays_note(flows->strays, outer);
        }
        return false;
    }
    rtp.is_cut = carried->is_cut;
    return take(flows, known, side, &rtp, carried, is_new, packet);
}

/** What is not RTP. */
static G_GNUC_NO_INLINE bool take_wrapped(sf_flows *flows, const sf_datagram *datagram, bool is_new,
                                          sf_media_packet *packet)
{
    sf_datagram carried;

    if (sf_relay_unwrap(datagram, &carried)) {
        return take_relayed(flows, datagram, &carried, is_new, packet);
    }
    if (is_new) {
        take_other(flows, datagram);
    }
    return false;
}

bool sf_flows_packet(sf_flows *flows, const sf_datagram *datagram, bool is_new, sf_media_packet *packet)
{
    sf_rtp rtp;
    unsigned side;
    bool is_pair;

    if (!sf_rtp_read(datagram->bytes, datagram->length, &rtp)) {
        return take_wrapped(flows, datagram, is_new, packet);
    }
    rtp.is_cut = datagram->is_cut;
    sf_known_flow *known = sf_flow_between(flows, datagram, &side, &is_pair);
    if (known) {
        return take(flows, known, side, &rtp, datagram, is_new, packet);
    }
    if (sf_relay_is_port(datagram->from.port) || sf_relay_is_port(datagram->to.port)) {
        sf_datagram bare = *datagram; /* as in [MS-TURN] after a Set Active Destination request */
        return take_relayed(flows, datagram, &bare, is_new, packet);
    }
    return false;
}

void sf_flows_take_segment(sf_flows *flows, const sf_datagram *segment)
{
    if (sf_relay_is_stream_of_rtp(segment->bytes, segment->length)) {
        flows->stray_in = segment->frame;
        sf_strays_note(flows->strays, segment);
    } else if (!sf_relay_is_setup(segment->bytes, segment->length) && sf_strays_is_to_relay(flows->strays, segment)) {
        sf_strays_note(flows->strays, segment);
    }
}
