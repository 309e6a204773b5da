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

static void check_place_of_number(sf_walk *w, sf_number number, uint64_t max, const char *what)
{
    sf_walk_place(w, number.text, what);
    sf_walk_expect(w, sf_number_is_present(number) || number.value == 0, what);
    sf_walk_expect(w, number.value <= max, what);
}

static void check_number(sf_walk *w, sf_number number, uint64_t max, const char *what)
{
    sf_walk_inside(w, number.text, what);
    check_place_of_number(w, number, max, what);
}

static void check_real(sf_walk *w, sf_real real, const char *what)
{
    sf_walk_inside(w, real.text, what);
    sf_walk_expect(w, sf_slice_present(real.text) || real.value <= 0, what);
    sf_walk_expect(w, isfinite(real.value) && real.value >= 0, what);
}

static void check_candidate(sf_walk *w, const sf_candidate *candidate)
{
    const sf_slice slices[] = {
        candidate->text,      candidate->foundation, candidate->username,  candidate->password,
        candidate->transport, candidate->type_text,  candidate->safe_text, candidate->relay_id
    };

    for (size_t i = 0; i < G_N_ELEMENTS(slices); i++) {
        sf_walk_inside(w, slices[i], "a slice of a candidate");
    }
    sf_walk_expect(w, candidate->dialect <= SF_ICE_DRAFT_19, "candidate.dialect");
    sf_walk_expect(w,
                   !sf_slice_present(candidate->password) ||
                       sf_slice_end(candidate->safe_text) <= candidate->password.text,
                   "the safe text holds the password");
    check_number(w, candidate->component, 256, "candidate.component");
    check_number(w, candidate->priority, UINT32_MAX, "candidate.priority");
    check_real(w, candidate->q, "candidate.q");
    sf_walk_expect(w, candidate->q.value <= 1, "candidate.q");
    check_transport_address(w, &candidate->address);
    check_transport_address(w, &candidate->related);
}

static void check_remote_candidate(sf_walk *w, const sf_remote_candidate *candidate)
{
    sf_walk_inside(w, candidate->line, "remote_candidate.line");
    sf_walk_inside(w, candidate->text, "remote_candidate.text");
    sf_walk_inside(w, candidate->username, "remote_candidate.username");
    check_number(w, candidate->component, 256, "remote_candidate.component");
    check_transport_address(w, &candidate->address);
}

static void check_crypto(sf_walk *w, const sf_crypto *crypto)
{
    const sf_slice slices[] = { crypto->text, crypto->safe_text, crypto->role, crypto->suite_text, crypto->key_text };

    for (size_t i = 0; i < G_N_ELEMENTS(slices); i++) {
        sf_walk_place(w, slices[i], "a slice of a crypto line");
    }
    sf_walk_expect(w, crypto->scheme == SF_SCHEME_SDES || crypto->scheme == SF_SCHEME_SCALE, "crypto.scheme");
    check_number(w, crypto->tag, UINT32_MAX, "crypto.tag");
    check_place_of_number(w, crypto->lifetime, UINT64_C(1) << 48, "crypto.lifetime");
    check_place_of_number(w, crypto->mki, UINT64_MAX, "crypto.mki");
    check_place_of_number(w, crypto->mki_length, 128, "crypto.mki_length");
    sf_walk_expect(w, crypto->key_length <= SF_MAX_KEY_BYTES, "crypto.key_length");
    sf_walk_expect(w, sf_crypto_key_bytes(crypto) <= crypto->key_length, "key longer than key and salt");
    sf_walk_expect(w, !crypto->key_fits || crypto->suite, "key fits no suite");
    sf_walk_expect(w, !(crypto->faults & SF_CRYPTO_UNKNOWN_SUITE) || !crypto->suite, "a suite known and unknown");
    sf_walk_expect(w, !(crypto->faults & SF_CRYPTO_KEY_LENGTH) || !crypto->key_fits, "a key that fits and does not");
}

static void check_codec(sf_walk *w, const sf_codec *codec)
{
    sf_walk_inside(w, codec->text, "codec.text");
    sf_walk_inside(w, codec->name, "codec.name");
    check_number(w, codec->payload_type, SF_LAST_PAYLOAD_TYPE, "codec.payload_type");
    check_number(w, codec->clock_rate, UINT32_MAX, "codec.clock_rate");
}

static void check_attribute(sf_walk *w, const sf_attribute *attribute)
{
    sf_walk_place(w, attribute->line, "attribute.line");
    sf_walk_inside(w, attribute->text, "attribute.text");
    sf_walk_inside(w, attribute->word, "attribute.word");
    sf_walk_inside(w, attribute->foundation, "attribute.foundation");
    for (size_t i = 0; i < SF_ATTRIBUTE_NUMBERS; i++) {
        check_number(w, attribute->number[i], UINT32_MAX, "attribute.number");
    }
    check_real(w, attribute->real, "attribute.real");
    sf_walk_expect(w, attribute->kind < SF_ATTRIBUTE_KINDS, "attribute.kind");
}

static void check_stream(sf_walk *w, const sf_stream *stream)
{
    const sf_media *media = w->media;
    const sf_slice slices[] = { stream->line,
                                stream->type,
                                stream->profile,
                                stream->formats,
                                stream->label,
                                stream->encryption_line,
                                stream->encryption,
                                stream->fingerprint,
                                stream->setup,
                                stream->direction_line,
                                stream->connection_line,
                                stream->rtcp_mux,
                                stream->mid };

    for (size_t i = 0; i < G_N_ELEMENTS(slices); i++) {
        sf_walk_inside(w, slices[i], "a slice of a stream");
    }
    sf_walk_place(w, stream->key_field, "stream.key_field");
    check_number(w, stream->port, UINT16_MAX, "stream.port");
    sf_walk_run(w, stream->cryptos, media->crypto_count, "stream.cryptos");
    sf_walk_run(w, stream->candidates, media->candidate_count, "stream.candidates");
    sf_walk_run(w, stream->remote_candidates, media->remote_candidate_count, "stream.remote_candidates");
    sf_walk_run(w, stream->codecs, media->codec_count, "stream.codecs");
    sf_walk_run(w, stream->attributes, media->attributes.count, "stream.attributes");
    sf_walk_expect(w, stream->security >= SF_SECURITY_CLEAR && stream->security <= SF_SECURITY_IN_TLS,
                   "stream.security");
    sf_walk_expect(w, stream->direction < SF_DIRECTIONS, "stream.direction");
    check_transport_address(w, &stream->connection);
    sf_walk_expect(w, stream->ice_dialect <= SF_ICE_DRAFT_19, "stream.ice_dialect");
}

static void check_sdp(sf_walk *w, const sf_sdp *sdp)
{
    const sf_media *media = w->media;

    sf_walk_place(w, sdp->text, "sdp.text");
    sf_walk_inside(w, sdp->ice_lite, "sdp.ice_lite");
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
    SF_WALK_ALL(w, media->remote_candidates, media->remote_candidate_count, SF_MAX_REMOTE_CANDIDATES,
                check_remote_candidate);
    SF_WALK_ALL(w, media->codecs, media->codec_count, SF_MAX_CODECS, check_codec);
    SF_WALK_ALL(w, media->attributes.items, media->attributes.count, SF_MAX_ATTRIBUTES, check_attribute);
}
