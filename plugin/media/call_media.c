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

sf_seen sf_seen_of_bits(unsigned bits)
{
    const unsigned undetermined = 1u << SF_SEEN_UNDETERMINED;
    unsigned proved = bits & ~undetermined;

    for (unsigned seen = 0; proved && seen <= SF_SEEN_LAST; seen++) {
        if (proved == 1u << seen) {
            return (sf_seen)seen;
        }
    }
    return proved ? SF_SEEN_MIXED : bits ? SF_SEEN_UNDETERMINED : SF_SEEN_NOTHING;
}

/** True if it proves how the media was protected. */
static bool is_proof(sf_seen seen)
{
    return seen != SF_SEEN_NOTHING && seen != SF_SEEN_UNDETERMINED;
}

sf_seen sf_seen_in_both(sf_seen one, sf_seen other)
{
    if (is_proof(one) && is_proof(other)) {
        return one == other ? one : SF_SEEN_MIXED;
    }
    return is_proof(one) || other == SF_SEEN_NOTHING ? one : other;
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
    sf_seen seen = sf_seen_of_bits(media->seen);
    bool is_open = media->senders != (SF_BY_CALLER | SF_BY_CALLEE) && sf_call_media_has_strays(flows, media);
    if (media->packets == 0 && is_open) {
        return (sf_media_summary){ .is_agreed = true, .seen = SF_SEEN_UNDETERMINED, .senders = SF_SENDERS_UNKNOWN };
    }
    return (sf_media_summary){
        .is_agreed = true,
        .seen = seen == SF_SEEN_UNDETERMINED && media->has_dtls ? SF_SEEN_DTLS : seen,
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
        .seen = (uint8_t)sum.seen,
        .senders = (uint8_t)sum.senders,
    };
}
