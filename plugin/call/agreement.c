/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What offers name and answers agree.
 */
#include "agreement.h"

#include <glib.h>

G_STATIC_ASSERT(SF_MAX_STREAMS <= UINT16_MAX); /* sf_call_note.stream_count */
G_STATIC_ASSERT(SF_MAX_KINDS < 64);            /* sf_agreement.kind_count */
G_STATIC_ASSERT(SF_VERDICTS <= UINT8_MAX);

const sf_sdp *sf_agreement_body(const sf_media *media)
{
    for (unsigned i = 0; i < media->sdp_count; i++) {
        if (!media->sdps[i].is_fallback) {
            return &media->sdps[i];
        }
    }
    return media->sdp_count > 0 ? &media->sdps[0] : NULL;
}

static void keep_kind(sf_agreement *agreement, const sf_stream *stream, sf_verdict verdict)
{
    unsigned at = agreement->kind_count;

    if (stream->security != SF_SECURITY_REFUSED && at < SF_MAX_KINDS) {
        agreement->kinds[at] = sf_media_kind_of(stream->type);
        agreement->verdicts[at] = (uint8_t)verdict;
        agreement->kind_count = (at + 1) & 63u;
    }
}

void sf_agreement_add(sf_agreement *agreement, const sf_stream *stream, sf_verdict verdict)
{
    keep_kind(agreement, stream, verdict);
    agreement->verdict = (uint8_t)sf_verdict_join((sf_verdict)agreement->verdict, verdict);
}

void sf_agreement_name_offered(sf_call *call, const sf_media *media)
{
    const sf_sdp *body = sf_agreement_body(media);

    if (call->agreed.verdict == SF_VERDICT_NOT_NEGOTIATED) {
        call->agreed.kind_count = 0;
        for (unsigned i = 0; i < body->streams.count; i++) {
            keep_kind(&call->agreed, &media->streams[body->streams.first + i], SF_VERDICT_NOT_NEGOTIATED);
        }
    }
}

/** True if the answer refuses another stream of the same type that was offered with keys: the clear one was second choice. */
static bool declines_keyed_line(const sf_offer *offer, const sf_media *media, const sf_sdp *body,
                                const sf_stream *clear)
{
    for (unsigned i = 0; i < body->streams.count && i < offer->stream_count; i++) {
        const sf_stream *stream = &media->streams[body->streams.first + i];
        if (stream->security == SF_SECURITY_REFUSED && offer->offered[i] & SF_OFFERED_KEYS &&
            sf_slice_equals_nocase(stream->type, clear->type)) {
            return true;
        }
    }
    return false;
}

/** The cipher suite of the crypto line that an answer chose; NULL if keys came another way, or it is unknown. */
static const sf_suite *suite_of(const sf_media *media, const sf_stream *stream, const sf_stream_note *note)
{
    return note->chosen < stream->key_lines.count ? media->cryptos[stream->key_lines.first + note->chosen].suite : NULL;
}

sf_agreement sf_agreement_judge(const sf_offer *offer, const sf_step *step, sf_call_note *note)
{
    const sf_media *media = &step->message->media;
    const sf_sdp *chosen = sf_agreement_body(media);
    bool may_have_more = sf_message_lacks_end(step->message) && media->stream_count == 0;
    sf_agreement agreement = { .verdict = may_have_more ? SF_VERDICT_UNDETERMINED : SF_VERDICT_NO_MEDIA };
    sf_stream_note *streams = NULL;

    if (media->stream_count) {
        streams = sf_memory_allocate(step->memory, media->stream_count * sizeof *streams);
        note->streams = streams;
        note->stream_count = (uint16_t)media->stream_count;
    }
    for (unsigned b = 0; b < media->sdp_count; b++) {
        const sf_sdp *body = &media->sdps[b];
        for (unsigned i = 0; i < body->streams.count; i++) {
            unsigned at = body->streams.first + i;
            const sf_stream *stream = &media->streams[at];
            streams[at] = sf_offer_judge(offer, step->message, stream, i, step->hash_key);
            if (streams[at].verdict == SF_VERDICT_CLEAR && offer && declines_keyed_line(offer, media, body, stream)) {
                streams[at].verdict = SF_VERDICT_CLEAR_AFTER_OFFER;
                streams[at].faults |= SF_ANSWER_DECLINES_SRTP;
            }
            if (body != chosen) {
                continue;
            }
            sf_agreement_add(&agreement, stream, (sf_verdict)streams[at].verdict);
            if (sf_verdict_has_crypto_line(streams[at].verdict) && !agreement.suite) {
                agreement.suite = suite_of(media, stream, &streams[at]);
            }
        }
    }
    return agreement;
}

void sf_agreement_join_hop(sf_agreement *agreement, const sf_agreement *hop)
{
    agreement->hops_differ |= agreement->verdict != hop->verdict;
    agreement->verdict = (uint8_t)sf_verdict_join((sf_verdict)agreement->verdict, (sf_verdict)hop->verdict);
    for (unsigned i = 0; i < SF_MAX_KINDS && i < agreement->kind_count && i < hop->kind_count; i++) {
        sf_verdict verdict = sf_verdict_join((sf_verdict)agreement->verdicts[i], (sf_verdict)hop->verdicts[i]);
        agreement->verdicts[i] = (uint8_t)verdict;
    }
    if (!agreement->suite) {
        agreement->suite = hop->suite;
    }
}

void sf_agreement_settle(sf_call *call, const sf_dialog *newest)
{
    sf_agreement joined = { .verdict = SF_VERDICT_NO_MEDIA };
    bool has_joined = false;

    for (const sf_dialog *d = call->negotiation->dialogs; d; d = d->next) {
        if (d->is_confirmed && !d->is_ended && d->has_agreement) {
            sf_verdict verdict = has_joined ? sf_verdict_join(joined.verdict, d->agreed.verdict) : d->agreed.verdict;
            bool differs = has_joined && joined.verdict != d->agreed.verdict;
            joined = has_joined ? joined : d->agreed;
            joined.differs |= differs;
            joined.hops_differ |= d->agreed.hops_differ;
            joined.verdict = (uint8_t)verdict;
            has_joined = true;
        }
    }
    if (has_joined) {
        call->agreed = joined;
    } else if (newest && newest->has_agreement && !newest->is_ended) {
        call->agreed = newest->agreed;
    }
}
