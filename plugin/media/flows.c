/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The set of streams by address, and the packets of each.
 */
#include "flows.h"

#include <string.h>

#include "call/methods.h"
#include "flow_table.h"

enum {
    NEWEST = 8,              /* streams of one address that are looked through */
    GRACE = 2000000,         /* microseconds after the BYE in which media still is the call's */
    PACKETS_FOR_ONE_WAY = 50 /* one second of speech */
};

/* ---- the set ---- */

static unsigned hash_end(const void *key)
{
    const sf_media_end *end = key;
    unsigned hash = end->port * 2654435761u;

    for (size_t i = 0; i < sizeof end->address; i++) {
        hash = hash * 31 + end->address[i];
    }
    return hash;
}

gboolean sf_media_ends_equal(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(sf_media_end)) == 0;
}

static void free_offer(void *memory)
{
    sf_kept_offer *offer = memory;

    for (unsigned i = 0; i < offer->count; i++) {
        g_free(offer->streams[i].keys);
    }
    g_free(offer);
}

static void free_side(sf_flow_side *side)
{
    g_free(side->key);
    g_free(side->keys);
    g_free(side->sources);
}

static void free_flow(void *memory)
{
    sf_known_flow *known = memory;

    free_side(&known->sides[0]);
    free_side(&known->sides[1]);
    g_free(known);
}

sf_flows *sf_flows_new(void)
{
    sf_flows *flows = g_new0(sf_flows, 1);

    flows->offers = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, free_offer);
    flows->ends = g_hash_table_new_full(hash_end, sf_media_ends_equal, g_free, NULL);
    flows->calls = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    flows->flows = g_ptr_array_new_with_free_func(free_flow);
    return flows;
}

void sf_flows_free(sf_flows *flows)
{
    if (flows) {
        g_hash_table_destroy(flows->offers);
        g_hash_table_destroy(flows->ends);
        g_hash_table_destroy(flows->calls);
        g_ptr_array_free(flows->flows, true);
        g_free(flows);
    }
}

bool sf_flows_has_port(const sf_flows *flows, uint16_t from, uint16_t to)
{
    return (flows->ports[to / 8] >> to % 8 | flows->ports[from / 8] >> from % 8) & 1;
}

/* ---- the end of a call ---- */

static uint32_t packets_of(const sf_flow_side *side)
{
    uint32_t packets = 0;

    for (unsigned i = 0; i < side->source_count; i++) {
        packets += side->sources[i].packets;
    }
    return packets;
}

/** Of a call with several streams, or whose streams changed, silence may have its reason. */
static void judge_end(sf_known_flow *known, bool is_only)
{
    for (unsigned s = 0; s < 2; s++) {
        if (is_only && known->sides[0].sends && known->sides[1].sends &&
            packets_of(&known->sides[1 - s]) >= PACKETS_FOR_ONE_WAY && packets_of(&known->sides[s]) == 0) {
            known->flow.ends_one_way = true;
            known->flow.silent_side = (uint8_t)s;
        }
    }
}

/** What is not proved when the call ends stays so: memory is for the calls that are not over. */
static void drop_keys(sf_flow_side *side)
{
    g_free(side->key);
    g_free(side->keys);
    side->key = NULL;
    side->keys = NULL;
}

static void end_call(sf_flows *flows, const sf_call *call, uint32_t frame)
{
    sf_known_flow *newest = sf_flows_newest(flows, call);

    for (sf_known_flow *k = newest; k && k->flow.end_frame == 0; k = k->older) {
        k->flow.end_frame = frame;
        k->end_time = call->ended;
        judge_end(k, k == newest && !k->older);
        drop_keys(&k->sides[0]);
        drop_keys(&k->sides[1]);
    }
}

void sf_flows_take(sf_flows *flows, const sf_message *message, const sf_call_note *note, uint32_t frame,
                   bool is_exposed)
{
    if (!note->call) {
        return;
    }
    if (message->media.sdp_count > 0) {
        const sf_exchange *exchange = note->exchange;
        if (note->role == SF_ROLE_OFFER && exchange && exchange->offer_in == frame && !exchange->is_settled) {
            sf_flows_keep_offer(flows, &message->media, note, frame, is_exposed);
        } else if (note->role == SF_ROLE_ANSWER && (exchange ? exchange->answer_in == frame : note->lacks_offer)) {
            sf_flows_take_answer(flows, message, note, frame, is_exposed);
        }
    }
    if (note->call->ended && message->is_request && sf_method_of(message->method) == SF_METHOD_BYE) {
        end_call(flows, note->call, frame);
    }
}

/* ---- packets ---- */

/** True if a packet of this frame and time is of the stream, as far as that can tell. */
static bool is_current(const sf_known_flow *known, const sf_datagram *datagram)
{
    return known->from_frame <= datagram->frame &&
           (known->flow.end_frame == 0 || known->flow.end_frame > datagram->frame ||
            datagram->time <= known->end_time + GRACE);
}

/** Index after the last stream of the address that began up to this frame. */
static unsigned begun(const sf_end_flows *list, uint32_t frame)
{
    unsigned first = 0, end = list->count;

    while (first < end) {
        unsigned middle = first + (end - first) / 2;
        const sf_known_flow *known = list->flows[middle];
        if (known->from_frame <= frame) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return first;
}

/**
 * The newest stream with `end`; one whose other end is `peer` comes first, as an address can be that of a relay.
 * @param side  set to the side that `end` is
 */
static sf_known_flow *flow_at(const sf_flows *flows, const sf_media_end *end, const sf_media_end *peer,
                              const sf_datagram *datagram, unsigned *side)
{
    const sf_end_flows *list = g_hash_table_lookup(flows->ends, end);
    sf_known_flow *found = NULL;
    unsigned last = list ? begun(list, datagram->frame) : 0;

    for (unsigned i = last; i > 0 && last - i < NEWEST; i--) {
        sf_known_flow *known = list->flows[i - 1];
        if (!is_current(known, datagram)) {
            continue;
        }
        unsigned s = sf_media_ends_equal(&known->sides[0].end, end) ? 0 : 1;
        bool is_pair = sf_media_ends_equal(&known->sides[1 - s].end, peer);
        if (is_pair || !found) {
            found = known;
            *side = s;
        }
        if (is_pair) {
            break;
        }
    }
    return found;
}

static sf_source *source_of(const sf_flow_side *side, uint32_t ssrc)
{
    for (unsigned i = 0; i < side->source_count; i++) {
        if (side->sources[i].ssrc == ssrc) {
            return &side->sources[i];
        }
    }
    return NULL;
}

static void take_packet(sf_known_flow *known, sf_flow_side *side, const sf_rtp *rtp, const sf_datagram *datagram)
{
    sf_source *source = source_of(side, rtp->ssrc);

    if (!source) {
        if (side->source_count == SF_MAX_SOURCES) {
            return;
        }
        side->sources = g_renew(sf_source, side->sources, side->source_count + 1u);
        source = &side->sources[side->source_count++];
        *source = sf_source_of(rtp, datagram->frame, datagram->time);
    }
    if (side->key && !side->keys) {
        side->keys = g_new0(sf_srtp_keys, 1);
        sf_srtp_derive(side->key->suite, side->key->master, side->key->length, side->keys);
    }
    uint8_t finding = source->finding;
    bool has_keys = side->keys && side->keys->tag_bytes > 0;
    sf_source_rule rule = {
        .keys = has_keys ? side->keys : NULL,
        .mki_bytes = has_keys ? side->key->mki_bytes : 0,
        .may_be_clear = known->flow.verdict != SF_VERDICT_LEGACY && known->flow.verdict != SF_VERDICT_UNENCRYPTED_SRTP,
        .is_from_start = known->is_first,
    };
    sf_source_take(source, rtp, &rule, datagram->frame, datagram->time);
    known->media->packets++;
    if (source->packets == 1 || source->finding != finding) {
        sf_call_media_take(known, side == &known->sides[0] ? 0 : 1, source);
    }
}

bool sf_flows_packet(sf_flows *flows, const sf_datagram *datagram, bool is_new, sf_media_packet *packet)
{
    sf_rtp rtp;
    unsigned side = 0;

    if (!sf_rtp_read(datagram->bytes, datagram->length, &rtp)) {
        return false;
    }
    sf_known_flow *known = flow_at(flows, &datagram->to, &datagram->from, datagram, &side);
    if (known) {
        side = 1 - side;
    } else {
        known = flow_at(flows, &datagram->from, &datagram->to, datagram, &side);
    }
    if (!known) {
        return false;
    }
    if (is_new) {
        take_packet(known, &known->sides[side], &rtp, datagram);
    }
    const sf_source *source = source_of(&known->sides[side], rtp.ssrc);
    if (!source) {
        return false;
    }
    bool is_decided = source->decided_in > 0 && source->decided_in <= datagram->frame;
    *packet = (sf_media_packet){
        .flow = &known->flow,
        .side = side,
        .ssrc = rtp.ssrc,
        .finding = is_decided ? (sf_finding)source->finding : SF_FINDING_UNDETERMINED,
        .decided_in = is_decided ? source->decided_in : 0,
    };
    return true;
}

const sf_flow *sf_flows_one_way(const sf_flows *flows, const sf_call *call, uint32_t frame)
{
    const sf_known_flow *newest = sf_flows_newest(flows, call);

    return newest && newest->flow.ends_one_way && newest->flow.end_frame == frame ? &newest->flow : NULL;
}
