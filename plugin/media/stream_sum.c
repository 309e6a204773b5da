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

/** Of streams with the same number there are two, the caller's before the callee's. */
static sf_stream_sum *sum_of(GArray *sums, unsigned stream, unsigned verdict, bool is_by_caller)
{
    unsigned at = 0;

    while (at < sums->len && g_array_index(sums, sf_stream_sum, at).stream < stream) {
        at++;
    }
    if (at == sums->len || g_array_index(sums, sf_stream_sum, at).stream != stream) {
        sf_stream_sum pair[2] = {
            { .stream = (uint16_t)stream, .verdict = (uint8_t)verdict, .is_by_caller = true },
            { .stream = (uint16_t)stream, .verdict = (uint8_t)verdict, .is_by_caller = false },
        };
        g_array_insert_vals(sums, at, pair, 2);
    }
    return &g_array_index(sums, sf_stream_sum, at + (is_by_caller ? 0 : 1));
}

GArray *sf_flows_stream_sums(const sf_flows *flows, const sf_call *call)
{
    GArray *sums = g_array_new(false, true, sizeof(sf_stream_sum));
    const sf_known_flow *newest = sf_flows_newest(flows, call);
    bool has_strays = newest && sf_call_media_has_strays(flows, newest->flow.media);
    bool is_open = sf_flows_of_call(flows, call).senders == SF_SENDERS_UNKNOWN;

    for (const sf_known_flow *k = newest; k; k = sf_flows_at(flows, k->older)) {
        for (unsigned s = 0; s < 2; s++) {
            sf_stream_sum *sum = sum_of(sums, k->flow.stream, k->flow.verdict, sf_flow_is_by_caller(&k->flow, s));
            const sf_source *source = sf_flows_source(flows, k->sides[s].source);
            sum->is_unproved |= k->sides[s].is_unproved;
            for (; source; source = sf_flows_source(flows, source->next)) {
                add_source(flows, k, s, source, sum);
                add_breach(k, source, sum);
                add_oddity(flows, k, s, source, sum);
                sum->seen |= (uint8_t)(1u << sf_source_seen(k, s, source)); /* bits until the end */
            }
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
