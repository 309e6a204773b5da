/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The walk over SDP bodies.
 */
#include "walk.h"

#include <math.h>

static void check_transport_address(sf_walk *w, const sf_transport_address *address)
{
    sf_walk_inside(w, address->text, "address.text");
    sf_walk_inside(w, address->port.text, "address.port");
    sf_walk_expect(w, address->family <= SF_ADDRESS_HOST_NAME, "address.family");
}

static void check_candidate(sf_walk *w, const sf_candidate *candidate)
{
    const sf_slice slices[] = { candidate->text,          candidate->foundation,     candidate->username,
                                candidate->password,      candidate->component_text, candidate->transport,
                                candidate->priority_text, candidate->q_text,         candidate->type_text,
                                candidate->safe_text };

    for (size_t i = 0; i < G_N_ELEMENTS(slices); i++) {
        sf_walk_inside(w, slices[i], "a slice of a candidate");
    }
    sf_walk_expect(w, candidate->dialect <= SF_ICE_DRAFT_19, "candidate.dialect");
    sf_walk_expect(w, !sf_slice_present(candidate->password) || sf_slice_end(candidate->safe_text) <=
                   candidate->password.text, "the safe text holds the password");
    sf_walk_expect(w, candidate->component <= 256, "candidate.component");
    sf_walk_expect(w, candidate->q >= 0 && candidate->q <= 1, "candidate.q");
    check_transport_address(w, &candidate->address);
    check_transport_address(w, &candidate->related);
}

static void check_crypto(sf_walk *w, const sf_crypto *line)
{
    const sf_slice slices[] = { line->text,          line->safe_text,  line->tag_text,
                                line->role,          line->suite_text, line->key_text,
                                line->lifetime_text, line->mki_text,   line->mki_length_text };

    for (size_t i = 0; i < G_N_ELEMENTS(slices); i++) {
        sf_walk_inside(w, slices[i], "a slice of a key line");
    }
    sf_walk_expect(w, line->scheme == SF_SCHEME_SDES || line->scheme == SF_SCHEME_SCALE, "crypto.scheme");
    sf_walk_expect(w, line->key_length <= SF_MAX_KEY_BYTES, "crypto.key_length");
    sf_walk_expect(w, sf_crypto_key_bytes(line) <= line->key_length, "key longer than key and salt");
    sf_walk_expect(w, line->lifetime <= UINT64_C(1) << 48, "crypto.lifetime");
    sf_walk_expect(w, line->mki_length <= 128, "crypto.mki_length");
    sf_walk_expect(w, !line->key_fits || line->suite, "key fits no suite");
}

static void check_codec(sf_walk *w, const sf_codec *codec)
{
    sf_walk_inside(w, codec->text, "codec.text");
    sf_walk_inside(w, codec->payload_type_text, "codec.payload_type_text");
    sf_walk_inside(w, codec->name, "codec.name");
    sf_walk_inside(w, codec->clock_rate_text, "codec.clock_rate_text");
    sf_walk_expect(w, codec->payload_type <= 127, "codec.payload_type");
}

static void check_attribute(sf_walk *w, const sf_attribute *attribute)
{
    sf_walk_inside(w, attribute->line, "attribute.line");
    sf_walk_inside(w, attribute->text, "attribute.text");
    sf_walk_inside(w, attribute->word, "attribute.word");
    sf_walk_inside(w, attribute->real_text, "attribute.real_text");
    for (size_t i = 0; i < G_N_ELEMENTS(attribute->number_text); i++) {
        sf_walk_inside(w, attribute->number_text[i], "attribute.number_text");
        sf_walk_expect(w, sf_slice_present(attribute->number_text[i]) || attribute->number[i] == 0,
                       "number without text");
    }
    sf_walk_expect(w, isfinite(attribute->real) && attribute->real >= 0, "attribute.real");
    sf_walk_expect(w, attribute->kind <= SF_ATTRIBUTE_BYPASS_ID, "attribute.kind");
}

static void check_stream(sf_walk *w, const sf_stream *stream)
{
    const sf_media *media = w->media;
    const sf_slice slices[] = { stream->line,     stream->type,  stream->port_text,       stream->profile,
                                stream->formats,  stream->label, stream->encryption_line, stream->encryption,
                                stream->key_field };

    for (size_t i = 0; i < G_N_ELEMENTS(slices); i++) {
        sf_walk_inside(w, slices[i], "a slice of a stream");
    }
    sf_walk_run(w, stream->cryptos, media->crypto_count, "stream.cryptos");
    sf_walk_run(w, stream->candidates, media->candidate_count, "stream.candidates");
    sf_walk_run(w, stream->codecs, media->codec_count, "stream.codecs");
    sf_walk_run(w, stream->attributes, media->attributes.count, "stream.attributes");
    sf_walk_expect(w, stream->security >= SF_SECURITY_CLEAR && stream->security <= SF_SECURITY_UNDETERMINED,
                   "stream.security");
    sf_walk_expect(w, stream->ice_dialect <= SF_ICE_DRAFT_19, "stream.ice_dialect");
}

static void check_sdp(sf_walk *w, const sf_sdp *sdp)
{
    const sf_media *media = w->media;

    sf_walk_inside(w, sdp->text, "sdp.text");
    sf_walk_run(w, sdp->streams, media->stream_count, "sdp.streams");
    sf_walk_run(w, sdp->attributes, media->attributes.count, "sdp.attributes");
    sf_walk_expect(w, sdp->role <= SF_ROLE_ANSWER, "sdp.role");
    sf_walk_expect(w, sdp->ice_dialect <= SF_ICE_DRAFT_19, "sdp.ice_dialect");
    for (unsigned i = 0; i < sdp->streams.count && !w->fault; i++) {
        sf_walk_expect(w, media->streams[sdp->streams.first + i].index == i + 1, "stream.index");
    }
}

void sf_walk_media(sf_walk *w)
{
    const sf_media *media = w->media;

    SF_WALK_ALL(w, media->sdps, media->sdp_count, SF_MAX_SDPS, check_sdp);
    SF_WALK_ALL(w, media->streams, media->stream_count, SF_MAX_STREAMS, check_stream);
    SF_WALK_ALL(w, media->cryptos, media->crypto_count, SF_MAX_CRYPTOS, check_crypto);
    SF_WALK_ALL(w, media->candidates, media->candidate_count, SF_MAX_CANDIDATES, check_candidate);
    SF_WALK_ALL(w, media->codecs, media->codec_count, SF_MAX_CODECS, check_codec);
    SF_WALK_ALL(w, media->attributes.items, media->attributes.count, SF_MAX_ATTRIBUTES, check_attribute);
}
