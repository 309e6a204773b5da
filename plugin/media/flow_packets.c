/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The packets of each stream.
 */
#include "engine/text/bytes.h"
#include "flow_table.h"

/** A record of the handshake (RFC 6347 4.1, RFC 9147 4): its version is 1.0 or 1.2, also where 1.3 is spoken. */
static bool is_handshake(const sf_datagram *datagram)
{
    enum { HANDSHAKE = 22, RECORD_HEADER = 13 };
    const uint8_t *bytes = datagram->bytes;

    return datagram->length > RECORD_HEADER && bytes[0] == HANDSHAKE && bytes[1] == 0xfe &&
           (bytes[2] == 0xff || bytes[2] == 0xfd) && RECORD_HEADER + sf_big_endian(bytes + 11, 2) <= datagram->length;
}

/** What is not RTP tells that this is where the media would pass; a handshake tells more. */
static void take_company(sf_flows *flows, sf_known_flow *known, unsigned side, const sf_datagram *datagram)
{
    known->has_company = true;
    if (is_handshake(datagram)) {
        known->handshakes = (known->handshakes | 1u << side) & 3u;
        if (known->handshakes == 3 && known->dtls_in == 0) {
            known->dtls_in = datagram->frame;
            sf_call_media_take_handshake(flows, known);
        }
    }
}

static G_GNUC_NO_INLINE void take_other(sf_flows *flows, const sf_datagram *datagram)
{
    bool is_pair;
    unsigned side;

    sf_relays_learn(flows->relays, datagram);
    if (!sf_flows_has_port(flows, datagram->from.port, datagram->to.port)) {
        return; /* of a relay, or of another protocol on its port */
    }
    sf_known_flow *known = sf_flow_between(flows, datagram, &side, &is_pair);
    if (known && is_pair) {
        take_company(flows, known, side, datagram);
    } else if (known && is_handshake(datagram)) { /* one side has an address that no SDP names */
        take_company(flows, known, side, datagram);
        sf_flow_latch(flows, known, side, datagram);
    } else if (!known && is_handshake(datagram)) {
        known = sf_flow_by_latch(flows, datagram, &side, &is_pair);
        if (known && is_pair) {
            take_company(flows, known, side, datagram);
        }
    }
}

/** What the stream shows of a packet whose source shows nothing by itself, and the other way round. */
static inline void find(const sf_known_flow *known, const sf_source *source, uint32_t frame, sf_media_packet *packet)
{
    if (source->finding != SF_FINDING_UNDETERMINED && source->mark <= frame) {
        packet->finding = (sf_finding)source->finding;
        packet->decided_in = source->mark;
    } else if (known->dtls_in > 0 && known->dtls_in <= frame) {
        packet->finding = SF_FINDING_DTLS;
        packet->decided_in = known->dtls_in;
    } else {
        packet->finding = SF_FINDING_UNDETERMINED;
        packet->decided_in = 0;
    }
}

/** True if it is this frame by which the source had sent many packets of a type that was not listed. */
static bool is_odd_in(const sf_flows *flows, const sf_source *source, uint32_t frame)
{
    const sf_oddity *odd = source->is_odd ? g_hash_table_lookup(flows->odd, source) : NULL;

    return odd && odd->frame == frame;
}

static inline void describe(const sf_flows *flows, const sf_known_flow *known, unsigned side, const sf_source *source,
                            uint32_t frame, uint8_t type, sf_media_packet *packet)
{
    packet->flow = &known->flow;
    packet->side = side;
    packet->ssrc = source->ssrc;
    packet->is_odd = is_odd_in(flows, source, frame);
    packet->type = type;
    find(known, source, frame, packet);
}

/** A packet of a stream, by the first pass or a later one; NULL if its source is not followed. */
static sf_source *take(sf_flows *flows, sf_known_flow *known, unsigned side, bool is_pair, const sf_rtp *rtp,
                       const sf_datagram *datagram, bool is_new, sf_media_packet *packet)
{
    known->has_misfits |= is_new && !is_pair;
    sf_source *source = is_new ? sf_flow_take_packet(flows, known, side, rtp, datagram)
                               : sf_flow_source_of(flows, &known->sides[side], rtp->ssrc, datagram->frame);

    if (source) {
        describe(flows, known, side, source, datagram->frame, rtp->payload_type, packet);
    }
    return source;
}

/** True unless who gets the packet said that it takes other payloads only. */
static bool is_listed(const sf_flows *flows, const sf_known_flow *known, unsigned receiver, uint8_t type)
{
    enum { CN = 13 }; /* comfort noise, which many send unasked */
    const sf_payloads *listed = sf_payload_lists_at(flows->lists, known->sides[receiver].payloads);

    return !listed || !listed->is_whole || type == CN || sf_payloads_find(listed, type);
}

/** A packet between addresses that no SDP names. What may be of a stream, and is not proved to be, is not missing. */
static G_GNUC_NO_INLINE bool take_latched(sf_flows *flows, const sf_rtp *rtp, const sf_datagram *datagram, bool is_new,
                                          sf_media_packet *packet)
{
    unsigned side;
    bool is_proved;
    sf_known_flow *known = sf_flow_by_latch(flows, datagram, &side, &is_proved);

    if (known && is_proved && is_listed(flows, known, 1 - side, rtp->payload_type)) {
        return take(flows, known, side, false, rtp, datagram, is_new, packet) != NULL;
    }
    if (is_new) {
        if (known) {
            known->flow.media->has_loose = true;
        }
        sf_flow_early_take(flows, datagram);
    }
    return false;
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
            take_company(flows, known, side, carried);
        }
        return false;
    }
    if (!known) {
        if (is_new && sf_strays_take(flows->strays, outer, carried)) {
            flows->stray_in = outer->frame;
        }
        return false;
    }
    rtp.is_cut = carried->is_cut;
    return take(flows, known, side, false, &rtp, carried, is_new, packet) != NULL;
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

static G_GNUC_NO_INLINE bool take_any(sf_flows *flows, const sf_datagram *datagram, bool is_new, sf_recent_pair *recent,
                                      sf_media_packet *packet)
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
        sf_source *source = take(flows, known, side, is_pair, &rtp, datagram, is_new, packet);
        if (source && sf_source_is_calm(source) && recent->known == known && recent->side == side) {
            recent->source = source;
        }
        return source != NULL;
    }
    if (sf_relay_is_port(datagram->from.port) || sf_relay_is_port(datagram->to.port)) {
        sf_datagram bare = *datagram; /* as in [MS-TURN] after a Set Active Destination request */
        bare.is_carried = true;
        return take_relayed(flows, datagram, &bare, is_new, packet);
    }
    return take_latched(flows, &rtp, datagram, is_new, packet);
}

/** Most packets of a call are from a source that is calm, and the next after the one before. False for any other. */
static inline bool take_calm(sf_flows *flows, const sf_datagram *datagram, bool is_new, const sf_recent_pair *recent,
                             sf_media_packet *packet)
{
    sf_source *source = recent->source;
    uint8_t type = source->types[0];

    if (sf_source_shares_ssrc(source) || !sf_rtp_is_plain(datagram->bytes, datagram->length, type, source->ssrc)) {
        return false;
    }
    if (is_new) {
        if (sf_source_is_sampled(source)) {
            return false;
        }
        if (!sf_sequence_take_next(&source->numbers, sf_big_endian_16(datagram->bytes + 2))) {
            return false;
        }
        source->last_time = sf_source_time(datagram->time) & SF_SOURCE_TIME_MASK;
        recent->known->flow.media->packets++;
    }
    describe(flows, recent->known, recent->side, source, datagram->frame, type, packet);
    return true;
}

bool sf_flows_packet(sf_flows *flows, const sf_datagram *datagram, bool is_new, sf_media_packet *packet)
{
    sf_recent_pair *recent = sf_flow_place(flows, &datagram->from, &datagram->to);

    if (recent->source && sf_recent_pair_holds(recent, flows, datagram) &&
        take_calm(flows, datagram, is_new, recent, packet)) {
        return true;
    }
    return take_any(flows, datagram, is_new, recent, packet);
}

void sf_flows_take_segment(sf_flows *flows, const sf_datagram *segment)
{
    if (sf_strays_take_segment(flows->strays, segment)) {
        flows->stray_in = segment->frame;
    } else if (!sf_relay_is_setup(segment->bytes, segment->length) && sf_strays_is_to_relay(flows->strays, segment)) {
        sf_strays_note(flows->strays, segment);
    }
}

void sf_flows_take_hidden(sf_flows *flows, const sf_datagram *datagram)
{
    bool is_pair;
    unsigned side;
    sf_known_flow *known = sf_flow_between(flows, datagram, &side, &is_pair);

    if (known) {
        known->flow.media->has_loose = true;
    }
}
