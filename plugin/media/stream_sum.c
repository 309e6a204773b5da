/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The streams of a call, however often they were agreed anew, are summed up by their place in the body.
 */
#include "stream_sum.h"

#include "flow_table.h"

static void add_ssrc(sf_stream_sum *sum, uint32_t ssrc)
{
    for (unsigned i = 0; i < sum->ssrc_count; i++) {
        if (sum->ssrcs[i] == ssrc) {
            return;
        }
    }
    if (sum->ssrc_count < SF_SUM_VALUES) {
        sum->ssrcs[sum->ssrc_count++] = ssrc;
    }
}

/** The receiver's SDP says what a number means; the sender's mostly says the same. */
static const char *codec_of(const sf_flows *flows, const sf_known_flow *known, unsigned side, unsigned type)
{
    for (unsigned s = 0; s < 2; s++) {
        const sf_payload *payload = sf_payloads_find(
            sf_payload_lists_at(flows->lists, known->sides[s == 0 ? 1 - side : side].payloads), type);
        const sf_codec_name *name = payload ? sf_codec_name_at(flows->names, payload->name) : NULL;
        if (name) {
            return name->label;
        }
    }
    return sf_payload_static_name(type);
}

static void add_type(sf_stream_sum *sum, uint8_t type, const char *codec)
{
    for (unsigned i = 0; i < sum->type_count; i++) {
        if (sum->types[i] == type && sum->codecs[i] == codec) {
            return;
        }
    }
    if (sum->type_count < SF_SUM_VALUES) {
        sum->types[sum->type_count] = type;
        sum->codecs[sum->type_count++] = codec;
    }
}

static void add_source(const sf_flows *flows, const sf_known_flow *known, unsigned side, const sf_source *source,
                       sf_stream_sum *sum)
{
    int64_t first = sf_time_of_source(source->first_time), last = sf_time_of_source(source->last_time);

    sum->first_time = sum->packets == 0 ? first : MIN(sum->first_time, first);
    sum->last_time = MAX(sum->last_time, last);
    sum->packets += source->numbers.packets;
    sum->duplicates += source->numbers.duplicates;
    sum->lost += sf_sequence_lost(&source->numbers);
    add_ssrc(sum, source->ssrc);
    for (unsigned i = 0; i < source->type_count; i++) {
        uint8_t type = source->types[i];
        add_type(sum, type, codec_of(flows, known, side, type));
    }
}

/** True if what packets of a source prove is not what the answer has. Where a key was agreed, its tags belong to that. */
static bool is_breach(unsigned verdict, unsigned finding)
{
    return finding == SF_FINDING_OTHER_KEY || (finding == SF_FINDING_CLEAR && sf_verdict_wants_encryption(verdict));
}

static void add_breach(const sf_known_flow *known, const sf_source *source, sf_stream_sum *sum)
{
    bool is_first = sum->breach.frame == 0 || source->mark < sum->breach.frame;

    if (is_breach(known->flow.verdict, source->finding) && is_first) {
        sum->breach = (sf_breach){ source->mark, known->flow.verdict, (uint8_t)source->finding };
    }
}

static void add_oddity(const sf_flows *flows, const sf_known_flow *known, unsigned side, const sf_source *source,
                       sf_stream_sum *sum)
{
    const sf_oddity *odd = source->is_odd ? g_hash_table_lookup(flows->odd, source) : NULL;

    if (odd && (sum->odd.frame == 0 || odd->frame < sum->odd.frame)) {
        sum->odd = *odd;
        sum->odd_codec = codec_of(flows, known, side, odd->type);
    }
}

/** Where a pair of sums belongs. */
typedef struct {
    uint16_t stream;
    uint8_t order;
    bool is_of_hop;
    sf_media_end hop[2]; /**< that of the caller's side first */
} sum_place;

static sf_media_end host_of(const sf_flows *flows, const sf_known_flow *known, bool is_caller)
{
    sf_media_end end = sf_flow_end_of_party(flows, known, is_caller);

    if (end.family != SF_ADDRESS_IPV4 && end.family != SF_ADDRESS_IPV6) {
        return (sf_media_end){ .family = SF_ADDRESS_NONE };
    }
    end.port = 0;
    return end;
}

/** Hops are counted in the order of the offer, which the callee may have made. */
static sum_place place_of(const sf_flows *flows, const sf_known_flow *known, bool is_of_hop)
{
    sum_place place = { .stream = known->flow.stream, .is_of_hop = is_of_hop };

    if (is_of_hop) {
        place.order = known->flow.is_offerer_caller ? known->place : SF_MAX_OPEN_OFFERS - 1 - known->place;
        place.hop[0] = host_of(flows, known, true);
        place.hop[1] = host_of(flows, known, false);
    }
    return place;
}

static bool is_known(const sf_media_end *end)
{
    return end->family != SF_ADDRESS_NONE;
}

/** True if these are the ends of one hop: an end that no SDP names is told by the other one. */
static bool is_hop_of(const sf_media_end one[2], const sf_media_end other[2])
{
    bool is_told = false;

    for (unsigned i = 0; i < 2; i++) {
        bool are_known = is_known(&one[i]) && is_known(&other[i]);
        if (are_known && !sf_media_ends_equal(&one[i], &other[i])) {
            return false;
        }
        is_told |= are_known;
    }
    return is_told || !(is_known(&one[0]) || is_known(&one[1]) || is_known(&other[0]) || is_known(&other[1]));
}

/** What was agreed before has its place before what was agreed since: the newest is added first. */
static bool is_before(const sf_stream_sum *sum, const sum_place *place)
{
    return sum->stream < place->stream || (sum->stream == place->stream && sum->order < place->order);
}

/** The sums of the caller's side of a hop, and after it the callee's. */
static void begin_pair(const sum_place *place, unsigned verdict, sf_stream_sum pair[2])
{
    for (unsigned i = 0; i < 2; i++) {
        pair[i] = (sf_stream_sum){
            .stream = place->stream,
            .verdict = (uint8_t)verdict,
            .order = place->order,
            .is_by_caller = i == 0,
            .is_of_hop = place->is_of_hop,
            .hop = { place->hop[i], place->hop[1 - i] },
        };
    }
}

/** An end that the SDP of the newest agreement does not name may be named by that of an older one. */
static void learn_hop(const sum_place *place, sf_stream_sum pair[2])
{
    for (unsigned i = 0; i < 2; i++) {
        if (!is_known(&pair[0].hop[i]) && is_known(&pair[0].hop[1 - i])) {
            pair[0].hop[i] = place->hop[i];
            pair[1].hop[1 - i] = place->hop[i];
        }
    }
}

/** @return the first of a pair. Of more hops than a call has, the rest counts as one between unknown ends */
static sf_stream_sum *pair_at(GArray *sums, const sum_place *place, unsigned verdict)
{
    unsigned at = 0, count = 0;

    for (unsigned i = 0; i < sums->len; i += 2) {
        sf_stream_sum *pair = &g_array_index(sums, sf_stream_sum, i);
        if (pair->stream == place->stream && is_hop_of(pair->hop, place->hop)) {
            learn_hop(place, pair);
            return pair;
        }
        count += pair->stream == place->stream;
        at = is_before(pair, place) ? i + 2 : at;
    }
    if (count >= SF_MAX_OPEN_OFFERS - 1 && (is_known(&place->hop[0]) || is_known(&place->hop[1]))) {
        const sum_place rest = { .stream = place->stream, .order = SF_MAX_OPEN_OFFERS, .is_of_hop = true };
        return pair_at(sums, &rest, verdict);
    }
    sf_stream_sum pair[2];
    begin_pair(place, verdict, pair);
    g_array_insert_vals(sums, at, pair, 2);
    return &g_array_index(sums, sf_stream_sum, at);
}

static void add_side(const sf_flows *flows, const sf_known_flow *known, unsigned side, sf_stream_sum *sum)
{
    const sf_source *source = sf_flows_source(flows, known->sides[side].source);

    sum->is_unproved |= known->sides[side].is_unproved;
    for (; source; source = sf_flows_source(flows, source->next)) {
        add_source(flows, known, side, source, sum);
        add_breach(known, source, sum);
        add_oddity(flows, known, side, source, sum);
        sum->seen |= (uint8_t)(1u << sf_source_seen(known, side, source)); /* bits until the end */
    }
}

GArray *sf_flows_stream_sums(const sf_flows *flows, const sf_call *call)
{
    GArray *sums = g_array_new(false, true, sizeof(sf_stream_sum));
    const sf_known_flow *newest = sf_flows_newest(flows, call);
    bool has_strays = newest && sf_call_media_has_strays(flows, newest->flow.media);
    bool is_open = sf_flows_of_call(flows, call).senders == SF_SENDERS_UNKNOWN;
    bool is_of_hop = sf_flows_has_hops(flows, newest);

    for (const sf_known_flow *k = newest; k; k = sf_flows_at(flows, k->older)) {
        const sum_place place = place_of(flows, k, is_of_hop);
        sf_stream_sum *pair = pair_at(sums, &place, k->flow.verdict);
        for (unsigned s = 0; s < 2; s++) {
            add_side(flows, k, s, &pair[sf_flow_is_by_caller(&k->flow, s) ? 0 : 1]);
        }
    }
    for (unsigned i = 0; i < sums->len; i++) {
        sf_stream_sum *sum = &g_array_index(sums, sf_stream_sum, i);
        sum->seen_all = sum->seen;
        sum->is_unproved |= is_open && sum->packets == 0;
        sum->seen = (uint8_t)(has_strays && sum->packets == 0 ? SF_SEEN_UNDETERMINED
                                                              : sf_seen_of_bits(sum->seen, sum->is_unproved));
    }
    return sums;
}
