/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The packets of each stream.
 */
#include "engine/text/bytes.h"
#include "flow_table.h"

/** True if the source sent in a stream of the call that was agreed before this one. */
static bool is_former(const sf_flows *flows, const sf_known_flow *known, unsigned s, uint32_t ssrc)
{
    bool is_by_caller = sf_flow_is_by_caller(&known->flow, s);
    const sf_known_flow *k = sf_flows_at(flows, known->older);

    for (unsigned seen = 0; k && seen < SF_MAX_STREAMS; k = sf_flows_at(flows, k->older), seen++) {
        unsigned side = sf_flow_side_of_party(k, is_by_caller);
        if (k->from_frame < known->from_frame && sf_flow_source_of(flows, &k->sides[side], ssrc)) {
            return true;
        }
    }
    return false;
}

/** True if the call has agreed anew there since: who still sends between the former ends may have the newer keys. */
static bool is_superseded(const sf_flows *flows, const sf_known_flow *known)
{
    const sf_known_flow *k = known->flow.media->newest;
    unsigned seen = 0;

    for (; k->from_frame > known->from_frame && seen < SF_MAX_STREAMS; k = sf_flows_at(flows, k->older), seen++) {
        if (k->place == known->place) {
            return true;
        }
    }
    return seen == SF_MAX_STREAMS;
}

/**
 * What may be held against a source. Of what was cut off any SDP of the call nobody knows which further keys and payload
 * types it names; of a message after the answer, not even what holds since.
 */
static sf_source_rule rule_of(const sf_flows *flows, const sf_known_flow *known, unsigned s, const sf_source *source)
{
    const sf_payloads *listed = sf_payload_lists_at(flows->lists, known->sides[1 - s].payloads);
    const sf_agreed_key *key = sf_flows_key(flows, &known->sides[s]);
    const sf_srtp_keys *keys = key ? key->session : NULL;
    bool has_keys = keys && keys->tag_bytes > 0;
    uint32_t cut_in = known->flow.media->call->cut_in;

    return (sf_source_rule){
        .keys = has_keys ? keys : NULL,
        .mki_bytes = has_keys ? key->mki_bytes : 0,
        .listed = cut_in == 0 && listed && listed->is_whole && !known->shares_ends ? listed : NULL,
        .may_be_clear = !source->is_doubtful && cut_in <= known->from_frame &&
                        known->flow.verdict != SF_VERDICT_LEGACY &&
                        known->flow.verdict != SF_VERDICT_UNENCRYPTED_SRTP && !known->lacks_tags,
        .needs_tags = known->is_first && known->flow.verdict == SF_VERDICT_SRTP && !known->lacks_tags && key &&
                      !key->has_others && !source->is_doubtful && !is_superseded(flows, known) && cut_in == 0,
        .may_be_former = source->is_former,
    };
}

/** The place for the number of the side's next source. */
static uint32_t *end_of_sources(const sf_flows *flows, sf_flow_side *side)
{
    uint32_t *place = &side->source;

    while (*place > 0) {
        place = &sf_flows_source(flows, *place)->next;
    }
    return place;
}

/** What the packets of a new source are to be judged by. */
static uint32_t begin_trial(sf_flows *flows, const sf_flow_side *side, const sf_rtp *rtp)
{
    uint32_t number = sf_pool_add(&flows->trials);
    sf_trial *trial = sf_pool_at(&flows->trials, number);
    sf_agreed_key *key = sf_flows_key(flows, side);

    *trial = sf_trial_of(rtp);
    if (key && !key->session) {
        key->session = g_new0(sf_srtp_keys, 1);
        sf_srtp_derive(key->suite, key->master, key->length, key->session);
    }
    return number;
}

/** The source, which begins with the packet if it is new; NULL if there are too many. */
static G_GNUC_NO_INLINE sf_source *begin_source(sf_flows *flows, sf_known_flow *known, unsigned s, const sf_rtp *rtp,
                                                const sf_datagram *datagram)
{
    sf_flow_side *side = &known->sides[s];

    if (side->source_count == SF_MAX_SOURCES) {
        return NULL;
    }
    uint32_t number = sf_pool_add(&flows->sources);
    sf_source *source = sf_flows_source(flows, number);
    *source = sf_source_of(rtp, datagram->time);
    source->is_former = is_former(flows, known, s, rtp->ssrc);
    source->is_doubtful = !datagram->is_carried && sf_flow_latch(flows, known, s, datagram);
    source->is_late = known->flow.end_frame > 0;
    source->mark = source->is_late ? 0 : begin_trial(flows, side, rtp);
    *end_of_sources(flows, side) = number;
    side->source_count = (side->source_count + 1u) & 15u;
    sf_flow_paths_add(flows, &datagram->from, &datagram->to);
    return source;
}

static bool is_on_trial(const sf_source *source)
{
    return source->finding == SF_FINDING_UNDETERMINED && source->mark > 0;
}

/** The session keys are for the sources that are on trial. */
static void drop_session(const sf_flows *flows, const sf_flow_side *side)
{
    const sf_source *source = sf_flows_source(flows, side->source);
    sf_agreed_key *key = sf_flows_key(flows, side);

    while (source && !is_on_trial(source)) {
        source = sf_flows_source(flows, source->next);
    }
    if (key && !source) {
        g_clear_pointer(&key->session, g_free);
    }
}

static void try_source(sf_flows *flows, const sf_flow_side *side, sf_source *source, const sf_rtp *rtp,
                       const sf_source_rule *rule, uint32_t frame)
{
    uint32_t number = source->mark;
    sf_trial *trial = sf_pool_at(&flows->trials, number);

    sf_source_judge(source, trial, rtp, rule, frame);
    if (sf_source_is_settled(source, trial, rule)) {
        sf_pool_remove(&flows->trials, number);
        source->mark = source->finding == SF_FINDING_UNDETERMINED ? 0 : source->mark;
        drop_session(flows, side);
    }
}

/** A packet that may prove something of its source. @param is_many  it makes the packets of its type many */
static G_GNUC_NO_INLINE void judge(sf_flows *flows, sf_known_flow *known, unsigned s, sf_source *source,
                                   const sf_rtp *rtp, const sf_datagram *datagram, bool is_many)
{
    unsigned finding = source->finding;

    /* Who sends has the answer a little later than the capture: until then it keeps to what was agreed before. */
    source->is_former &= datagram->time <= known->from_time + SF_GRACE;
    sf_source_rule rule = rule_of(flows, known, s, source);

    if (is_many && !source->is_odd && sf_source_rule_is_odd(&rule, rtp->payload_type)) {
        source->is_odd = true;
        sf_oddity *odd = g_new0(sf_oddity, 1);
        odd->frame = datagram->frame;
        odd->type = rtp->payload_type;
        g_hash_table_insert(flows->odd, source, odd);
    }
    if (is_on_trial(source)) {
        try_source(flows, &known->sides[s], source, rtp, &rule, datagram->frame);
    }
    if (source->numbers.packets == 1 || source->numbers.packets == SF_SETTLED || source->finding != finding) {
        sf_call_media_take(known, s, source);
    }
    sf_call_media_weigh(flows, known, s);
}

/** The source of a packet that is taken in; NULL if there are too many. */
static sf_source *take_packet(sf_flows *flows, sf_known_flow *known, unsigned s, const sf_rtp *rtp,
                              const sf_datagram *datagram)
{
    sf_source *source = sf_flow_source_of(flows, &known->sides[s], rtp->ssrc);

    if (!source) {
        source = begin_source(flows, known, s, rtp, datagram);
    }
    if (!source) {
        sf_call_media_pass(known, s);
        return NULL;
    }
    if (!sf_sequence_take(&source->numbers, rtp->sequence)) {
        return source; /* the capture has the packet twice */
    }
    known->flow.media->packets++;
    bool is_many = sf_source_count(source, rtp, datagram->time);
    bool is_settled = source->finding != SF_FINDING_UNDETERMINED ||
                      (source->mark == 0 && source->numbers.packets > SF_SETTLED && !source->is_former);
    if (is_many || !is_settled) {
        judge(flows, known, s, source, rtp, datagram, is_many);
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
static sf_source *take(sf_flows *flows, sf_known_flow *known, unsigned side, const sf_rtp *rtp,
                       const sf_datagram *datagram, bool is_new, sf_media_packet *packet)
{
    sf_source *source = is_new ? take_packet(flows, known, side, rtp, datagram)
                               : sf_flow_source_of(flows, &known->sides[side], rtp->ssrc);

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
        return take(flows, known, side, rtp, datagram, is_new, packet) != NULL;
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
    return take(flows, known, side, &rtp, carried, is_new, packet) != NULL;
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
        sf_source *source = take(flows, known, side, &rtp, datagram, is_new, packet);
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

    if (!sf_rtp_is_plain(datagram->bytes, datagram->length, type, source->ssrc)) {
        return false;
    }
    if (is_new) {
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
