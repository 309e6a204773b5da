/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From an offer and its answer to streams between two addresses, with the key of each side.
 */
#include "flow_table.h"

#include <string.h>

#include "call/agreement.h"

G_STATIC_ASSERT(SF_MAX_OPEN_OFFERS == 8); /* sf_known_flow.place has three bits */

/** A stream that an answer agrees, before it is in the set. */
typedef struct {
    sf_known_flow known; /**< its sides have their addresses, and whether they send */
    sf_media_end ends[2];
    const sf_line_key *keys[2];     /**< NULL for none */
    const sf_payloads *payloads[2]; /**< NULL where the SDP was not seen */
} new_flow;

/** True if a side that says `own` may send to one that says `peers`. */
static bool is_sent(sf_direction own, sf_direction peers)
{
    return (own == SF_DIRECTION_BOTH || own == SF_DIRECTION_SEND_ONLY) &&
           (peers == SF_DIRECTION_BOTH || peers == SF_DIRECTION_RECEIVE_ONLY);
}

static bool is_same_key(const sf_agreed_key *one, const sf_line_key *other)
{
    return one && other ? one->suite == other->suite && one->length == other->length &&
                              one->mki_bytes == other->mki_bytes && memcmp(one->master, other->master, one->length) == 0
                        : !one && !other;
}

/** Which side of a stream is side `s` of another between the same ends: who offers may change with each offer. */
static unsigned matching_side(const sf_known_flow *known, const new_flow *like, unsigned s)
{
    return known->sides[0].end == like->known.sides[0].end ? s : 1 - s;
}

/** The one of the newest streams of the call that this one is: a body is often sent again, to keep a call alive. */
static sf_known_flow *known_as(const sf_flows *flows, const new_flow *like)
{
    sf_known_flow *k = like->known.flow.media->newest;

    for (unsigned seen = 0; k && seen < SF_MAX_STREAMS; k = sf_flows_at(flows, k->older), seen++) {
        bool is_same = k->flow.verdict == like->known.flow.verdict && k->flow.end_frame == 0;
        for (unsigned s = 0; is_same && s < 2; s++) {
            const sf_flow_side *side = &k->sides[matching_side(k, like, s)];
            is_same = side->end == like->known.sides[s].end && side->sends == like->known.sides[s].sends &&
                      is_same_key(sf_flows_key(flows, side), like->keys[s]);
        }
        if (is_same) {
            return k;
        }
    }
    return NULL;
}

/** The codecs of a body that came again may be others; packets of the former ones may still be underway. */
static void join_payloads(sf_flows *flows, sf_known_flow *known, const new_flow *like)
{
    for (unsigned s = 0; s < 2; s++) {
        sf_flow_side *side = &known->sides[matching_side(known, like, s)];
        const sf_payloads *own = sf_payload_lists_at(flows->lists, side->payloads), *others = like->payloads[s];
        if (own && others) {
            sf_payloads joined = *own;
            sf_payloads_join(&joined, others);
            side->payloads = sf_payload_lists_keep(flows->lists, &joined) & SF_MAX_PAYLOAD_LISTS;
        } else {
            side->payloads = 0;
        }
    }
}

/** True if another stream of the same message has this address: they are told apart by more than that. */
static sf_known_flow *sharing(const sf_flows *flows, const sf_known_flow *like)
{
    sf_known_flow *k = like->flow.media->newest;

    for (; k && k->from_frame == like->from_frame; k = sf_flows_at(flows, k->older)) {
        if (like->sides[1].end > 0 && k->sides[1].end == like->sides[1].end) {
            return k;
        }
    }
    return NULL;
}

static sf_call_media *media_of(sf_flows *flows, const sf_call *call)
{
    sf_call_media *media = g_hash_table_lookup(flows->calls, call);

    if (!media) {
        media = g_new0(sf_call_media, 1);
        media->call = call;
        g_hash_table_insert(flows->calls, (void *)call, media);
    }
    return media;
}

/** The addresses of a side; what its peer says ICE chose comes before the candidates. */
static void collect_ends(const new_flow *like, unsigned side, const sf_stream_lines *const lines[2], sf_new_flow *fresh)
{
    const sf_stream_lines *own = lines[side], *peers = lines[1 - side];
    sf_media_end *ends = fresh->ends[side];
    unsigned count = 0;

    ends[count++] = like->ends[side];
    for (unsigned i = 0; peers && i < peers->chosen_count; i++) {
        ends[count++] = peers->chosen[i];
    }
    for (unsigned i = 0; own && i < own->end_count; i++) {
        ends[count++] = own->ends[i];
    }
    fresh->end_counts[side] = count;
    fresh->payloads[side] = like->payloads[side];
}

/** True if the address is a candidate that packets of RTP come from as they are: not a relay's, and not one over TCP. */
static bool is_direct(const sf_stream_lines *own, const sf_media_end *end)
{
    for (unsigned i = 0; i < own->tcp_count; i++) {
        if (own->tcp_ports[i] == end->port) {
            return false;
        }
    }
    for (unsigned i = 0; i < own->end_count; i++) {
        if (sf_media_ends_equal(&own->ends[i], end)) {
            return own->direct_ends >> i & 1;
        }
    }
    return false;
}

/** True unless it is known which candidate of the side ICE chose, and that is direct. */
static bool may_go_elsewhere(const new_flow *like, unsigned side, const sf_stream_lines *const lines[2])
{
    const sf_stream_lines *own = lines[side], *peers = lines[1 - side];
    bool is_told = peers && peers->chosen_count > 0;

    if (!own || !own->has_candidates) {
        return false;
    }
    if (!is_told && own->chosen_count == 0) {
        return true;
    }
    return !is_direct(own, is_told ? &peers->chosen[0] : &like->ends[side]);
}

static void add_tcp_port(sf_flows *flows, unsigned port)
{
    flows->tcp_ports[port / 8] |= (uint8_t)(1 << port % 8);
}

/** The ports of TCP that the media of such a stream may pass through, those of relays among them. */
static void add_tcp_ports(sf_flows *flows, const new_flow *like, const sf_stream_lines *const lines[2])
{
    enum { TURN = 3478, LAST_TURN = 3481, MS_TURN = 443 };

    for (unsigned port = TURN; port <= LAST_TURN; port++) {
        add_tcp_port(flows, port);
    }
    add_tcp_port(flows, MS_TURN);
    for (unsigned s = 0; s < 2; s++) {
        add_tcp_port(flows, like->ends[s].port);
        for (unsigned i = 0; lines[s] && i < lines[s]->tcp_count; i++) {
            add_tcp_port(flows, lines[s]->tcp_ports[i]);
        }
    }
}

static bool is_relay_of(const sf_stream_lines *own, const sf_media_end *end)
{
    for (unsigned i = 0; own && i < own->relay_count; i++) {
        if (memcmp(own->relays[i].address, end->address, sizeof end->address) == 0) {
            return true;
        }
    }
    return false;
}

/** The hosts whose traffic with relays may be media of the stream. A side's m= line often has the relay's address. */
static void add_hosts(sf_flows *flows, const sf_known_flow *known, const sf_stream_lines *const lines[2],
                      const sf_new_flow *fresh)
{
    for (unsigned s = 0; s < 2; s++) {
        for (unsigned i = 0; lines[s] && i < lines[s]->relay_count; i++) {
            sf_strays_add_relay(flows->strays, &lines[s]->relays[i]);
        }
        for (unsigned i = 0; i < fresh->end_counts[s]; i++) {
            if (!is_relay_of(lines[s], &fresh->ends[s][i])) {
                sf_strays_add_host(flows->strays, &known->flow.media->hosts, &fresh->ends[s][i]);
            }
        }
    }
}

/** Has the stream found by its addresses, and tells of it. */
static void announce(sf_flows *flows, uint32_t number, const new_flow *like, const sf_stream_lines *const lines[2],
                     bool is_video)
{
    const sf_line_key *key = like->keys[SF_FLOW_ANSWERER];
    sf_known_flow *known = sf_flows_at(flows, number);
    sf_new_flow fresh = { .flow = &known->flow,
                          .names = flows->names,
                          .suite = key ? key->suite : NULL,
                          .mki_bytes = key ? key->mki_bytes : 0,
                          .is_video = is_video };

    for (unsigned s = 0; s < 2; s++) {
        collect_ends(like, s, lines, &fresh);
        for (unsigned i = 0; i < fresh.end_counts[s]; i++) {
            sf_flow_ends_add(flows, &fresh.ends[s][i], number, s);
        }
        known->may_go_elsewhere |= may_go_elsewhere(like, s, lines);
    }
    if (known->may_go_elsewhere) {
        known->flow.media->may_go_elsewhere = true;
        add_tcp_ports(flows, like, lines);
        add_hosts(flows, known, lines, &fresh);
    }
    if (flows->listener) {
        flows->listener(flows->listener_context, &fresh);
    }
}

static uint32_t keep_key(sf_flows *flows, const sf_line_key *key)
{
    uint32_t number = key ? sf_pool_add(&flows->keys) : 0;
    sf_agreed_key *kept = sf_pool_at(&flows->keys, number);

    if (kept) {
        kept->suite = key->suite;
        memcpy(kept->master, key->master, key->length);
        kept->length = key->length & 0x7fu;
        kept->has_others = key->has_others;
        kept->mki_bytes = key->mki_bytes;
    }
    return number;
}

/** True if no older answer of the same hops agreed a stream. */
static bool is_first_there(const sf_flows *flows, const sf_known_flow *known, const sf_known_flow *older)
{
    unsigned seen = 0;

    for (; older && seen < SF_MAX_STREAMS; older = sf_flows_at(flows, older->older), seen++) {
        if (older->place == known->place && older->from_frame != known->from_frame) {
            return false;
        }
    }
    return seen < SF_MAX_STREAMS;
}

/** Puts a stream into the set, as the newest of its call. @return its number */
static uint32_t keep_flow(sf_flows *flows, const new_flow *like)
{
    sf_call_media *media = like->known.flow.media;
    uint32_t number = sf_pool_add(&flows->known);
    sf_known_flow *known = sf_flows_at(flows, number), *older = media->newest;

    *known = like->known;
    for (unsigned s = 0; s < 2; s++) {
        const sf_payloads *payloads = like->payloads[s];
        known->sides[s].key = keep_key(flows, like->keys[s]);
        known->sides[s].payloads = (payloads ? sf_payload_lists_keep(flows->lists, payloads) : 0) &
                                   SF_MAX_PAYLOAD_LISTS;
    }
    known->older = media->newest_number;
    known->is_first = is_first_there(flows, known, older);
    media->newest = known;
    media->newest_number = number;
    if (!older) {
        media->from_frame = known->from_frame;
    }
    return number;
}

/** @param lines  of each side, NULL where its SDP was not seen */
static void add_flow(sf_flows *flows, const new_flow *like, const sf_stream_lines *const lines[2], bool is_video)
{
    sf_known_flow *shared = sharing(flows, &like->known);

    if (shared) {
        shared->flow.stream = 0;
        shared->shares_ends = true;
        return;
    }
    sf_known_flow *known = known_as(flows, like);
    if (known) {
        join_payloads(flows, known, like);
        return;
    }
    announce(flows, keep_flow(flows, like), like, lines, is_video);
}

/** True if media of the verdict is RTP in datagrams: also where nothing was agreed, but a lenient side may send some. */
static bool is_rtp(unsigned verdict)
{
    return verdict == SF_VERDICT_SRTP || verdict == SF_VERDICT_SCALE_SRTP || verdict == SF_VERDICT_CLEAR ||
           verdict == SF_VERDICT_CLEAR_AFTER_OFFER || verdict == SF_VERDICT_DTLS_SRTP || verdict == SF_VERDICT_LEGACY ||
           verdict == SF_VERDICT_UNENCRYPTED_SRTP || verdict == SF_VERDICT_TAG_NOT_OFFERED;
}

/** In a response the sender of the request, whom From names, made the offer; in a request From made the answer. */
static bool is_offer_by_caller(const sf_message *answer, const sf_call_note *note)
{
    return answer->is_request ? note->is_by_callee : !note->is_by_callee;
}

static void read_answered(sf_flows *flows, const sf_media *media, unsigned index, sf_stream_lines *lines)
{
    char *copy = sf_stream_lines_copy(media, index);

    sf_stream_lines_read(copy, flows->names, lines);
    g_free(copy);
}

void sf_flows_take_answer(sf_flows *flows, const sf_message *message, const sf_call_note *note, const sf_sighting *at)
{
    const sf_media *media = &message->media;
    const sf_sdp *body = sf_agreement_body(media);
    const sf_kept_offer *offer = note->exchange ? g_hash_table_lookup(flows->offers, note->exchange) : NULL;

    for (unsigned i = 0; i < body->streams.count && body->streams.first + i < note->stream_count; i++) {
        const sf_stream *stream = &media->streams[body->streams.first + i];
        const sf_stream_note *judged = &note->streams[body->streams.first + i];
        const sf_offered_stream *offered = offer && i < offer->count ? &offer->streams[i] : NULL;
        sf_line_key chosen = { .length = 0 };
        sf_stream_lines lines, offered_lines;
        if (!is_rtp(judged->verdict)) {
            continue;
        }
        read_answered(flows, media, i, &lines);
        bool has_key = sf_verdict_may_be_keyed(judged->verdict) && judged->chosen < stream->key_lines.count &&
                       sf_line_key_of(&media->cryptos[stream->key_lines.first + judged->chosen], &chosen);
        bool lacks_tags = judged->chosen < stream->key_lines.count &&
                          media->cryptos[stream->key_lines.first + judged->chosen].faults & SF_CRYPTO_UNAUTHENTICATED;
        const sf_line_key *theirs = sf_offered_line_key(offered, has_key ? &chosen : NULL);
        new_flow like = {
            .known = { .flow = { .media = media_of(flows, note->call),
                                 .stream = (uint16_t)(i + 1),
                                 .verdict = judged->verdict,
                                 .is_offerer_caller = is_offer_by_caller(message, note),
                                 .key_in = { theirs ? offer->frame : 0, has_key ? at->frame : 0 },
                                 .exposed = (offer && offer->is_exposed) | (at->is_exposed ? 2 : 0) },
                       .sides = { { .sends = offered && is_sent(offered->direction, stream->direction) },
                                  { .sends = is_sent(stream->direction,
                                                     offered ? offered->direction : SF_DIRECTION_BOTH) } },
                       .may_go_elsewhere = sf_slice_starts_nocase(stream->profile, SF_LITERAL("TCP/")),
                       .lacks_tags = lacks_tags || (theirs && theirs->lacks_tags),
                       .place = note->place & 7u,
                       .from_frame = at->frame,
                       .from_time = at->time },
            .ends[SF_FLOW_ANSWERER] = sf_media_end_of(&stream->connection, stream->port),
            .keys = { theirs, has_key ? &chosen : NULL },
            .payloads[SF_FLOW_ANSWERER] = &lines.payloads,
        };
        if (offered) {
            like.known.flow.media->has_early |= sf_flow_early_end(flows, &offered->end, offer->frame);
            like.ends[SF_FLOW_OFFERER] = offered->end;
            sf_stream_lines_read(offered->lines, flows->names, &offered_lines);
            like.payloads[SF_FLOW_OFFERER] = &offered_lines.payloads;
        }
        for (unsigned s = 0; s < 2; s++) {
            like.known.sides[s].end = sf_end_table_add(flows->ends, &like.ends[s]);
        }
        add_flow(flows, &like, (const sf_stream_lines *const[2]){ offered ? &offered_lines : NULL, &lines },
                 sf_slice_equals_nocase(stream->type, SF_LITERAL("video")));
    }
    if (note->exchange && note->exchange->is_settled) {
        g_hash_table_remove(flows->offers, note->exchange);
    }
}
