/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * BUNDLE groups (RFC 9143): their streams share one transport, and its keys are
 * those of the group's first stream (RFC 8859: fingerprint, crypto and setup
 * are of the categories TRANSPORT and TRANSPORT-like). An offered stream with a
 * port of its own has a transport of its own until the answer joins it to the
 * group, so it needs keys of its own (RFC 9143 7.1.3).
 */
#include "sdp_reader.h"

#include "engine/text/token.h"
#include "security.h"

/** The stream of that name that has media, or NULL. */
static const sf_stream *stream_named(const sf_sdp_reader *r, sf_slice mid)
{
    const sf_stream *streams = &r->media->streams[r->sdp->streams.first];

    for (unsigned i = 0; i < r->sdp->streams.count; i++) {
        if (sf_slice_equals_nocase(streams[i].mid, mid) && streams[i].security != SF_SECURITY_REFUSED) {
            return &streams[i];
        }
    }
    return NULL;
}

static bool has_keys(const sf_stream *stream)
{
    return stream->has_crypto || stream->has_fingerprint || stream->has_secure_capability || stream->has_key_management;
}

static bool shares_transport(const sf_stream *stream, const sf_stream *first)
{
    return stream->is_bundle_only || stream->port.value == first->port.value;
}

static void take_keys(sf_stream *stream, const sf_stream *first)
{
    if (!shares_transport(stream, first)) {
        return;
    }
    if (!has_keys(stream)) {
        stream->has_keys_of_group = has_keys(first);
        stream->has_crypto = first->has_crypto;
        stream->has_fingerprint = first->has_fingerprint;
        stream->fingerprint = first->fingerprint;
        stream->has_key_management = first->has_key_management;
        stream->has_secure_capability = first->has_secure_capability;
        stream->key_lines = first->cryptos;
        sf_stream_judge(stream);
    }
    if (!sf_slice_present(stream->setup)) {
        stream->setup = first->setup;
        stream->has_setup_of_group = sf_slice_present(first->setup);
    }
}

static void join_bundle(const sf_sdp_reader *r, sf_slice group)
{
    sf_cursor words = sf_cursor_over(group);
    const sf_stream *first = NULL;
    sf_slice mid;

    sf_word_next(&words, &mid); /* BUNDLE */
    for (unsigned i = 0; i < SF_MAX_STREAMS && sf_word_next(&words, &mid); i++) {
        const sf_stream *named = stream_named(r, mid);
        if (named && first) {
            take_keys(&r->media->streams[named - r->media->streams], first);
        } else if (named) {
            first = named;
        }
    }
}

void sf_sdp_join_bundles(const sf_sdp_reader *r)
{
    for (unsigned i = 0; i < r->bundle_count; i++) {
        join_bundle(r, r->bundles[i]);
    }
}
