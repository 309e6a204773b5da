/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What is said of a call's media when the call ends. Silence may have its reasons: nothing is said of a capture that
 * may have been made where the media did not pass.
 */
#include <string.h>

#include "flow_table.h"

enum {
    PACKETS_FOR_ONE_WAY = 50,   /* one second of speech */
    TIME_FOR_ONE_WAY = 1000000, /* microseconds of a call: what comes before the answer is often one-sided */
    SILENCE = 5000000,          /* microseconds of a call, after which there should have been media */
    MAX_PATHS = 4096            /* pairs of addresses that are kept */
};

/** Two addresses, without ports, the lower one first. */
typedef struct {
    uint8_t addresses[2][16];
    uint16_t family;
} path;

static unsigned hash_path(const void *key)
{
    const uint8_t *bytes = key;
    unsigned hash = 5381;

    for (size_t i = 0; i < sizeof(path); i++) {
        hash = hash * 33 + bytes[i];
    }
    return hash;
}

static gboolean is_same_path(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(path)) == 0;
}

GHashTable *sf_flow_paths_new(void)
{
    return g_hash_table_new_full(hash_path, is_same_path, g_free, NULL);
}

static path path_between(const sf_media_end *one, const sf_media_end *other)
{
    bool is_lower = memcmp(one->address, other->address, sizeof one->address) < 0;
    path between;

    memset(&between, 0, sizeof between);
    memcpy(between.addresses[is_lower ? 0 : 1], one->address, sizeof one->address);
    memcpy(between.addresses[is_lower ? 1 : 0], other->address, sizeof other->address);
    between.family = one->family;
    return between;
}

void sf_flow_paths_add(sf_flows *flows, const sf_media_end *one, const sf_media_end *other)
{
    path between = path_between(one, other);

    if (g_hash_table_size(flows->paths) < MAX_PATHS && !g_hash_table_contains(flows->paths, &between)) {
        g_hash_table_add(flows->paths, memcpy(g_new(path, 1), &between, sizeof between));
    }
}

static uint32_t packets_of(const sf_flows *flows, const sf_flow_side *side)
{
    const sf_source *source = sf_flows_source(flows, side->source);
    uint32_t packets = 0;

    for (; source; source = sf_flows_source(flows, source->next)) {
        packets += source->numbers.packets;
    }
    return packets;
}

/** True if the side sent much, and some of it when the call had been answered for a while: ringback is one-sided. */
static bool sends_on(const sf_flows *flows, const sf_flow_side *side, const sf_call *call)
{
    const sf_source *source = sf_flows_source(flows, side->source);
    bool is_late = false;

    for (; source; source = sf_flows_source(flows, source->next)) {
        is_late |= sf_time_of_source(source->last_time) - call->answered > TIME_FOR_ONE_WAY;
    }
    return is_late && packets_of(flows, side) >= PACKETS_FOR_ONE_WAY;
}

/** True if the SDP of both sides names an address of the stream. */
static bool has_both_ends(const sf_known_flow *known)
{
    return known->sides[0].end > 0 && known->sides[1].end > 0;
}

/** True if neither party's address is the same, and the hosts are others. */
static bool are_apart(const sf_flows *flows, const sf_known_flow *one, const sf_known_flow *other)
{
    bool is_other_host = false;

    for (unsigned party = 0; party < 2; party++) {
        sf_media_end here = sf_flow_end_of_party(flows, one, party == 0);
        sf_media_end there = sf_flow_end_of_party(flows, other, party == 0);
        if (sf_media_ends_equal(&here, &there)) {
            return false;
        }
        is_other_host |= !sf_media_ends_have_one_host(&here, &there);
    }
    return is_other_host;
}

bool sf_flows_has_hops(const sf_flows *flows, const sf_known_flow *newest)
{
    const sf_known_flow *first = NULL;
    bool has_hops = false;

    for (const sf_known_flow *k = newest; k; k = sf_flows_at(flows, k->older)) {
        if (k->has_misfits) {
            return false;
        }
        if (!has_both_ends(k) || (first && k->flow.stream != first->flow.stream)) {
            continue;
        }
        first = first ? first : k;
        if (k->place != first->place && !has_hops) {
            has_hops = are_apart(flows, k, first);
            if (!has_hops) {
                return false;
            }
        }
    }
    return has_hops;
}

static bool sends_both_ways(const sf_known_flow *known)
{
    return known->sides[0].sends && known->sides[1].sends;
}

/** True if the call went on after its answer for longer than this many microseconds. */
static bool lasted(const sf_call *call, int64_t time)
{
    return call->answered && call->ended - call->answered > time;
}

/** What the caller (bit 0) and the callee (bit 1) sent. */
typedef struct {
    sf_known_flow *newest; /**< NULL for no stream */
    unsigned sends;        /**< who sent much, and went on */
    unsigned has_sent;
} told_directions;

static void add_directions(const sf_flows *flows, sf_known_flow *known, told_directions *told)
{
    for (unsigned party = 0; party < 2; party++) {
        const sf_flow_side *side = &known->sides[sf_flow_side_of_party(known, party == 0)];
        told->sends |= (unsigned)sends_on(flows, side, known->flow.media->call) << party;
        told->has_sent |= (unsigned)(packets_of(flows, side) > 0) << party;
    }
    told->newest = told->newest ? told->newest : known;
}

/** Who should have sent as the other one did; the bit of that party, 0 for nobody. */
static unsigned silent_party(const told_directions *told)
{
    unsigned others = (told->sends & 1u) << 1 | told->sends >> 1;

    return others & ~told->has_sent;
}

static void note_silent(const told_directions *told, unsigned silent, bool is_of_hop)
{
    sf_flow *flow = &told->newest->flow;

    flow->ends_one_way = true;
    flow->is_one_way_on_hop = is_of_hop;
    flow->silent_side = sf_flow_side_of_party(told->newest, silent == 1) & 1;
}

/**
 * What was sent by one party, under all agreements of the call: offers that change nothing keep it alive. Of a call with
 * several streams, or one that was on hold, silence may have its reason. A relay may not pass on what it gets: that is
 * said of a call with one agreement on each hop, as hops change their order with who makes the offer.
 */
static void judge_direction(const sf_flows *flows, sf_known_flow *newest)
{
    told_directions all = { .newest = NULL }, hops[SF_MAX_OPEN_OFFERS] = { { .newest = NULL } };
    bool has_hops = sf_flows_has_hops(flows, newest);

    for (sf_known_flow *k = newest; k; k = sf_flows_at(flows, k->older)) {
        if (!sends_both_ways(k) || k->flow.stream != newest->flow.stream) {
            return;
        }
        add_directions(flows, k, &all);
        has_hops &= hops[k->place].newest == NULL;
        add_directions(flows, k, &hops[k->place]);
    }
    if (silent_party(&all)) {
        note_silent(&all, silent_party(&all), false);
        return;
    }
    for (unsigned i = 0; has_hops && i < SF_MAX_OPEN_OFFERS; i++) {
        unsigned silent = hops[i].newest ? silent_party(&hops[i]) : 0;
        if (silent) {
            note_silent(&hops[i], silent, true);
        }
    }
}

/** True if media of the stream would be in the capture: what else passes between its ends is. */
static bool would_be_seen(const sf_flows *flows, const sf_known_flow *known)
{
    sf_media_end ends[] = { sf_end_table_end(flows->ends, known->sides[0].end),
                            sf_end_table_end(flows->ends, known->sides[1].end) };
    path between = path_between(&ends[0], &ends[1]);
    bool has_ends = ends[0].family != SF_ADDRESS_NONE && ends[1].family == ends[0].family;

    return has_ends && !known->may_go_elsewhere &&
           (known->has_company || g_hash_table_contains(flows->paths, &between));
}

static bool is_silent(const sf_flows *flows, const sf_call *call, const sf_known_flow *newest)
{
    if (newest->flow.media->packets > 0 || !lasted(call, SILENCE)) {
        return false;
    }
    for (const sf_known_flow *k = newest; k; k = sf_flows_at(flows, k->older)) {
        if (!sends_both_ways(k) || !would_be_seen(flows, k)) {
            return false;
        }
    }
    return true;
}

void sf_flow_side_drop_key(sf_flows *flows, sf_flow_side *side)
{
    sf_agreed_key *key = sf_flows_key(flows, side);

    if (key) {
        g_free(key->session);
        sf_pool_remove(&flows->keys, side->key);
        side->key = 0;
    }
}

/** What is not proved when the call ends stays so: memory is for the calls that are not over. */
static void end_side(sf_flows *flows, sf_flow_side *side)
{
    sf_source *source = sf_flows_source(flows, side->source);

    sf_flow_side_drop_key(flows, side);
    for (; source; source = sf_flows_source(flows, source->next)) {
        if (source->finding == SF_FINDING_UNDETERMINED) {
            sf_pool_remove(&flows->trials, source->mark);
            source->mark = 0;
        }
    }
}

void sf_flows_end_call(sf_flows *flows, const sf_call *call, uint32_t frame)
{
    sf_known_flow *newest = sf_flows_newest(flows, call);

    if (newest && newest->flow.end_frame == 0) {
        newest->flow.media->ends_with_strays = sf_call_media_has_strays(flows, newest->flow.media);
        newest->flow.ends_silent = !newest->flow.media->ends_with_strays && is_silent(flows, call, newest);
        if (!newest->flow.media->ends_with_strays && lasted(call, TIME_FOR_ONE_WAY)) {
            judge_direction(flows, newest);
        }
    }
    for (sf_known_flow *k = newest; k && k->flow.end_frame == 0; k = sf_flows_at(flows, k->older)) {
        k->flow.end_frame = frame;
        end_side(flows, &k->sides[0]);
        end_side(flows, &k->sides[1]);
    }
}

bool sf_flows_ended_silent(const sf_flows *flows, const sf_call *call)
{
    const sf_known_flow *known = sf_flows_newest(flows, call);

    while (known && known->flow.end_frame == 0) {
        known = sf_flows_at(flows, known->older);
    }
    return known && known->flow.ends_silent;
}

const sf_flow *sf_flows_ended(const sf_flows *flows, const sf_call *call, uint32_t frame, const sf_flow *newer)
{
    const sf_known_flow *known = call->ended ? sf_flows_newest(flows, call) : NULL;

    if (newer) {
        known = sf_flows_at(flows, ((const sf_known_flow *)newer)->older);
    }
    while (known && (known->flow.end_frame == 0 || known->flow.end_frame > frame)) {
        known = sf_flows_at(flows, known->older);
    }
    return known && known->flow.end_frame == frame ? &known->flow : NULL;
}

void sf_flows_ends(const sf_flows *flows, const sf_flow *flow, sf_media_end ends[2])
{
    const sf_known_flow *known = (const sf_known_flow *)flow; /* its first member */

    for (unsigned s = 0; s < 2; s++) {
        ends[s] = sf_flow_end(flows, known, s);
    }
}
