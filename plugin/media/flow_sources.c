/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The sources of each stream, and their trials.
 */
#include "flow_table.h"

/** True if the source sent in a stream of the call that was agreed before this one. */
static bool is_former(const sf_flows *flows, const sf_known_flow *known, unsigned s, uint32_t ssrc)
{
    bool is_by_caller = sf_flow_is_by_caller(&known->flow, s);
    const sf_known_flow *k = sf_flows_at(flows, known->older);

    for (unsigned seen = 0; k && seen < SF_MAX_STREAMS; k = sf_flows_at(flows, k->older), seen++) {
        unsigned side = sf_flow_side_of_party(k, is_by_caller);
        if (k->from_frame < known->from_frame && sf_flow_source_of(flows, &k->sides[side], ssrc, UINT32_MAX)) {
            return true;
        }
    }
    return false;
}

/** True if a party has the same host in both: those may be one hop, of which a proxy corrects addresses. */
static bool have_common_host(const sf_flows *flows, const sf_known_flow *one, const sf_known_flow *other)
{
    for (unsigned party = 0; party < 2; party++) {
        sf_media_end here = sf_flow_end_of_party(flows, one, party == 0);
        sf_media_end there = sf_flow_end_of_party(flows, other, party == 0);
        if (sf_media_ends_have_one_host(&here, &there)) {
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
        if (k->place == known->place || have_common_host(flows, k, known)) {
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
        .needs_tags = known->is_first && !source->is_next && known->flow.verdict == SF_VERDICT_SRTP &&
                      !known->lacks_tags && key && !key->has_others && !source->is_doubtful &&
                      !is_superseded(flows, known) && cut_in == 0,
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

static void derive_session(const sf_flows *flows, const sf_flow_side *side)
{
    sf_agreed_key *key = sf_flows_key(flows, side);

    if (key && !key->session) {
        key->session = g_new0(sf_srtp_keys, 1);
        sf_srtp_derive(key->suite, key->master, key->length, key->session);
    }
}

/** What the packets of a new source are to be judged by. */
static uint32_t begin_trial(sf_flows *flows, const sf_flow_side *side, const sf_rtp *rtp)
{
    uint32_t number = sf_pool_add(&flows->trials);

    *(sf_trial *)sf_pool_at(&flows->trials, number) = sf_trial_of(rtp);
    derive_session(flows, side);
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

/** True if a packet of the source, whose key is derived anew, contradicts what others proved. */
static bool is_contradicted(const sf_flows *flows, const sf_known_flow *known, unsigned s, const sf_source *source,
                            const sf_rtp *rtp)
{
    const sf_flow_side *side = &known->sides[s];

    derive_session(flows, side);
    sf_source_rule rule = rule_of(flows, known, s, source);
    bool is_so = sf_source_is_contradicted(source, rtp, &rule);
    drop_session(flows, side);
    return is_so;
}

/**
 * What the first packets of a source prove need not hold for later ones. One of them is verified now and then; from the
 * one on that is protected otherwise, they are taken for a source of their own.
 * @return the source that the packet is of
 */
static G_GNUC_NO_INLINE sf_source *sample(sf_flows *flows, sf_known_flow *known, unsigned s, sf_source *source,
                                          const sf_rtp *rtp, const sf_datagram *datagram)
{
    sf_source *next = NULL;

    bool may_be_over = source->finding != SF_FINDING_UNDETERMINED && !source->is_next;

    if (may_be_over && is_contradicted(flows, known, s, source, rtp)) {
        next = begin_source(flows, known, s, rtp, datagram);
    }
    if (!next) {
        return source;
    }
    *(sf_trial *)sf_pool_at(&flows->trials, next->mark) = sf_trial_after(source, rtp);
    next->is_next = true;
    source->is_over = true;
    g_hash_table_insert(flows->next, next, GUINT_TO_POINTER(datagram->frame));
    return next;
}

sf_source *sf_flow_take_packet(sf_flows *flows, sf_known_flow *known, unsigned s, const sf_rtp *rtp,
                               const sf_datagram *datagram)
{
    sf_source *source = sf_flow_source_of(flows, &known->sides[s], rtp->ssrc, datagram->frame);

    if (!source) {
        source = begin_source(flows, known, s, rtp, datagram);
    } else if (sf_source_is_sampled(source)) {
        source = sample(flows, known, s, source, rtp, datagram);
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
