/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What all streams of a call amount to.
 */
#include "flow_table.h"

sf_known_flow *sf_flows_newest(const sf_flows *flows, const sf_call *call)
{
    const sf_call_media *media = g_hash_table_lookup(flows->calls, call);

    return media ? media->newest : NULL;
}

const sf_call *sf_flow_call(const sf_flow *flow)
{
    return flow->media->call;
}

sf_seen sf_source_seen(const sf_known_flow *known, unsigned side, const sf_source *source)
{
    static const uint8_t seen[SF_FINDINGS] = {
        [SF_FINDING_UNDETERMINED] = SF_SEEN_UNDETERMINED,
        [SF_FINDING_CLEAR] = SF_SEEN_CLEAR,
        [SF_FINDING_SRTP] = SF_SEEN_SRTP,
        [SF_FINDING_OTHER_KEY] = SF_SEEN_OTHER_KEY,
        [SF_FINDING_DTLS] = SF_SEEN_DTLS,
    };
    bool is_readable = source->finding == SF_FINDING_SRTP && known->flow.exposed >> side & 1;

    if (source->finding == SF_FINDING_UNDETERMINED && known->dtls_in > 0) {
        return SF_SEEN_DTLS;
    }
    return is_readable ? SF_SEEN_READABLE : (sf_seen)seen[source->finding];
}

void sf_call_media_take(sf_known_flow *known, unsigned side, const sf_source *source)
{
    sf_call_media *media = known->flow.media;
    unsigned directions = known->sides[1 - side].source_count > 0 ? 2 : 1;
    sf_seen seen = sf_source_seen(known, side, source);

    /* After a handshake the first packets may still turn out to be clear. */
    if (seen == SF_SEEN_DTLS && source->numbers.packets < SF_SETTLED) {
        seen = SF_SEEN_UNDETERMINED;
    }
    media->seen |= (uint8_t)(1u << seen);
    media->has_dtls |= known->dtls_in > 0;
    media->senders |= sf_flow_is_by_caller(&known->flow, side) ? SF_BY_CALLER : SF_BY_CALLEE;
    media->directions = (uint8_t)MAX(media->directions, directions);
}

/** True if what the side sends counts, and is not proved. What began after the BYE, or may be of before, does not count. */
static bool is_unproved(const sf_flows *flows, const sf_known_flow *known, unsigned side)
{
    enum { A_FEW = 5 };
    const sf_source *source = sf_flows_source(flows, known->sides[side].source);
    uint32_t packets = 0, most = 0;
    bool has_proof = false;

    for (; source; source = sf_flows_source(flows, source->next)) {
        if (sf_source_seen(known, side, source) != SF_SEEN_UNDETERMINED) {
            has_proof = true;
        } else if (!source->is_late && !source->is_former) {
            packets += source->numbers.packets;
            most = MAX(most, source->numbers.packets);
        }
    }
    return known->sides[side].is_overfull || (has_proof ? most >= SF_SETTLED : packets >= A_FEW);
}

void sf_call_media_weigh(sf_flows *flows, sf_known_flow *known, unsigned side)
{
    bool was_unproved = known->sides[side].is_unproved;
    bool is_now = is_unproved(flows, known, side);

    known->sides[side].is_unproved = is_now;
    known->flow.media->unproved += (unsigned)is_now - (unsigned)was_unproved;
}

void sf_call_media_pass(sf_known_flow *known, unsigned side)
{
    sf_call_media *media = known->flow.media;
    sf_flow_side *sender = &known->sides[side];

    if (known->flow.end_frame > 0) {
        return;
    }
    media->unfollowed = (uint8_t)(media->unfollowed + (media->unfollowed < SF_SETTLED));
    if (media->unfollowed == SF_SETTLED && !sender->is_overfull) {
        sender->is_overfull = true;
        media->unproved += !sender->is_unproved;
        sender->is_unproved = true;
    }
}

void sf_call_media_take_handshake(sf_flows *flows, sf_known_flow *known)
{
    for (unsigned s = 0; s < 2; s++) {
        const sf_source *source = sf_flows_source(flows, known->sides[s].source);
        for (; source; source = sf_flows_source(flows, source->next)) {
            sf_call_media_take(known, s, source);
        }
        sf_call_media_weigh(flows, known, s);
    }
}

/** Of each kind that may be proved: what it is called where it is but a part. */
static const uint8_t parts[SF_SEEN_LAST + 1] = {
    [SF_SEEN_CLEAR] = SF_SEEN_PARTLY_CLEAR,         [SF_SEEN_SRTP] = SF_SEEN_PARTLY_SRTP,
    [SF_SEEN_OTHER_KEY] = SF_SEEN_PARTLY_OTHER_KEY, [SF_SEEN_READABLE] = SF_SEEN_PARTLY_READABLE,
    [SF_SEEN_DTLS] = SF_SEEN_PARTLY_DTLS,
};

/** The same as a part; itself if it has no such name. */
static sf_seen part_of(sf_seen seen)
{
    return parts[seen] ? (sf_seen)parts[seen] : seen;
}

sf_seen sf_seen_of_bits(unsigned bits, bool is_unproved)
{
    const unsigned undetermined = 1u << SF_SEEN_UNDETERMINED;
    unsigned proved = bits & ~undetermined;

    for (unsigned seen = 0; proved && seen <= SF_SEEN_LAST; seen++) {
        if (proved == 1u << seen) {
            return is_unproved ? part_of((sf_seen)seen) : (sf_seen)seen;
        }
    }
    return proved ? SF_SEEN_MIXED : bits ? SF_SEEN_UNDETERMINED : SF_SEEN_NOTHING;
}

/** True if it proves how the media was protected. */
static bool is_proof(sf_seen seen)
{
    return seen != SF_SEEN_NOTHING && seen != SF_SEEN_UNDETERMINED;
}

bool sf_seen_has_parts(sf_seen seen)
{
    return is_proof(seen) && part_of(seen) == seen;
}

sf_seen sf_seen_in_both(sf_seen one, sf_seen other)
{
    if (is_proof(one) && is_proof(other)) {
        return one == other ? one : part_of(one) == part_of(other) ? part_of(one) : SF_SEEN_MIXED;
    }
    if (is_proof(one)) {
        return other == SF_SEEN_UNDETERMINED ? part_of(one) : one;
    }
    if (is_proof(other)) {
        return one == SF_SEEN_UNDETERMINED ? part_of(other) : other;
    }
    return other == SF_SEEN_NOTHING ? one : other;
}

/** True if media passed through a relay whose address is that of an m= line: it may be what was lent to a client. */
static bool is_relayed(const sf_flows *flows, const sf_call_media *media)
{
    unsigned seen = 0;

    if (flows->stray_in < media->from_frame) {
        return false;
    }
    for (const sf_known_flow *k = media->newest; k && seen < SF_MAX_STREAMS; k = sf_flows_at(flows, k->older), seen++) {
        for (unsigned s = 0; s < 2; s++) {
            sf_media_end end = sf_flow_end(flows, k, s);
            if (sf_strays_relayed_in(flows->strays, &end) >= media->from_frame) {
                return true;
            }
        }
    }
    return false;
}

bool sf_call_media_has_strays(const sf_flows *flows, const sf_call_media *media)
{
    /* Of a call with media, those of other hosts are no business. */
    bool has_any = media->packets == 0 || media->hosts.count == SF_MAX_STRAY_HOSTS;

    if (media->newest->flow.end_frame > 0) {
        return media->ends_with_strays;
    }
    if (media->call->cut_in > 0 || media->has_loose || (media->has_early && media->packets == 0) ||
        (!media->may_go_elsewhere && is_relayed(flows, media))) {
        return true;
    }
    return media->may_go_elsewhere &&
           ((has_any && flows->stray_in >= media->from_frame) || sf_strays_are_of(&media->hosts, media->from_frame));
}

sf_media_summary sf_flows_of_call(const sf_flows *flows, const sf_call *call)
{
    static const uint8_t senders[] = {
        [SF_BY_CALLER] = SF_SENDERS_CALLER,
        [SF_BY_CALLEE] = SF_SENDERS_CALLEE,
        [SF_BY_CALLER | SF_BY_CALLEE] = SF_SENDERS_BOTH,
    };
    const sf_call_media *media = g_hash_table_lookup(flows->calls, call);

    if (!media) {
        return (sf_media_summary){ .is_agreed = false };
    }
    bool is_open = media->senders != (SF_BY_CALLER | SF_BY_CALLEE) && sf_call_media_has_strays(flows, media);
    if (media->packets == 0 && is_open) {
        return (sf_media_summary){ .is_agreed = true, .seen = SF_SEEN_UNDETERMINED, .senders = SF_SENDERS_UNKNOWN };
    }
    unsigned seen = media->seen;
    if (seen == 1u << SF_SEEN_UNDETERMINED && media->has_dtls) {
        seen = 1u << SF_SEEN_DTLS;
    }
    return (sf_media_summary){
        .is_agreed = true,
        .has_clear = media->seen & 1u << SF_SEEN_CLEAR,
        .seen = sf_seen_of_bits(seen, media->unproved > 0 || is_open),
        .senders = is_open ? SF_SENDERS_UNKNOWN : (sf_senders)senders[media->senders],
        .packets = media->packets,
        .directions = media->directions,
    };
}

sf_media_note sf_flows_note(const sf_flows *flows, const sf_call *call)
{
    sf_media_summary sum = { .is_agreed = false };

    if (flows && call) {
        sum = sf_flows_of_call(flows, call);
    }
    return (sf_media_note){
        .lacks_media = flows && sf_flows_lack_media(flows),
        .is_told = sum.is_agreed && (sum.packets > 0 || call->ended),
        .has_clear = sum.has_clear,
        .seen = (uint8_t)sum.seen,
        .senders = (uint8_t)sum.senders,
    };
}
