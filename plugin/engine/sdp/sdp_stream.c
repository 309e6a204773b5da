/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Streams of SDP: the m= line, and what the lines of a stream say together.
 */
#include "sdp_reader.h"

#include "candidate_check.h"
#include "engine/text/token.h"
#include "engine/text/words.h"
#include "security.h"

static bool is_mapped(const sf_sdp_reader *r, uint64_t payload_type)
{
    return r->mapped_types[payload_type / 64] >> payload_type % 64 & 1;
}

/** Adds the codec of a payload type that the m= line names, if no a=rtpmap explains it. */
static void add_static_codec(sf_sdp_reader *r, sf_number payload_type)
{
    sf_codec codec;

    if (!is_mapped(r, payload_type.value) && sf_codec_of_static_type(payload_type, &codec)) {
        sf_codec *added = sf_sdp_append_codec(r, payload_type.text);
        if (added) {
            *added = codec;
        }
    }
}

/**
 * Reads the payload types of the m= line, and adds the codecs of those that need no a=rtpmap.
 * @param places  for each payload type its place on the line, from 1; 0 if it is not there
 */
static void read_payload_types(sf_sdp_reader *r, uint8_t places[PAYLOAD_TYPES])
{
    bool is_rtp = sf_profile_is_rtp(sf_profile_of(r->stream->profile));
    sf_cursor words = sf_cursor_over(r->stream->formats);
    sf_slice word;

    memset(places, 0, PAYLOAD_TYPES);
    for (uint8_t place = 1; place <= PAYLOAD_TYPES && sf_word_next(&words, &word); place++) {
        sf_number payload_type = { .value = 0 };
        if (sf_number_read(word, SF_LAST_PAYLOAD_TYPE, &payload_type) != SF_OK) {
            continue;
        }
        if (places[payload_type.value] == 0) {
            places[payload_type.value] = place;
        }
        if (is_rtp) {
            add_static_codec(r, payload_type);
        }
    }
}

static unsigned place_of(const sf_codec *codec, const uint8_t places[PAYLOAD_TYPES])
{
    uint8_t place = sf_number_is_present(codec->payload_type) ? places[codec->payload_type.value] : 0;

    return place ? place : PAYLOAD_TYPES + 1;
}

/** Puts the codecs into the order of the m= line, which is that of preference (RFC 3264 5.1). */
static void order_codecs(const sf_sdp_reader *r, const uint8_t places[PAYLOAD_TYPES])
{
    sf_run run = r->stream->codecs;
    sf_codec *codecs = &r->media->codecs[run.first];

    for (unsigned i = 1; i < run.count; i++) {
        if (place_of(&codecs[i - 1], places) <= place_of(&codecs[i], places)) {
            continue; /* nearly all are in order */
        }
        sf_codec codec = codecs[i];
        unsigned at = i;
        for (; at > 0 && place_of(&codecs[at - 1], places) > place_of(&codec, places); at--) {
            codecs[at] = codecs[at - 1];
        }
        codecs[at] = codec;
    }
}

/** What RTData carries is a matter of the stream; Teams writes a data channel with its name, which it is not. */
static const char *name_of_data(const sf_stream *stream)
{
    static const struct {
        sf_slice type;
        const char *name;
    } names[] = {
        { SF_LITERAL_INIT("applicationsharing"), "Application sharing (RTData)" },
        { SF_LITERAL_INIT("data"), "File transfer (RTData)" },
    };
    int i = SF_WORDS_FIND(names, stream->type);

    if (stream->is_sctp) {
        return "Data channel (SCTP)";
    }
    return i == SF_WORDS_NONE ? "RTData" : names[i].name;
}

static void name_data(const sf_sdp_reader *r)
{
    sf_run run = r->stream->codecs;

    for (unsigned i = run.first; i < run.first + run.count; i++) {
        if (sf_slice_equals_nocase(r->media->codecs[i].name, SF_LITERAL("x-data"))) {
            r->media->codecs[i].friendly = name_of_data(r->stream);
        }
    }
}

static bool has_same_tag(const sf_crypto *a, const sf_crypto *b)
{
    return sf_number_is_present(a->tag) && sf_number_is_present(b->tag) && a->tag.value == b->tag.value;
}

static void note_repeated_tags(sf_sdp_reader *r)
{
    sf_run run = r->stream->cryptos;
    sf_crypto *cryptos = &r->media->cryptos[run.first];

    for (unsigned i = 1; i < run.count; i++) {
        for (unsigned j = 0; j < i; j++) {
            if (has_same_tag(&cryptos[i], &cryptos[j])) {
                cryptos[i].faults |= SF_CRYPTO_REPEATED_TAG;
                break;
            }
        }
    }
}

/** True if a crypto line of the stream has the same key. */
static bool has_same_key(const sf_media *media, const sf_stream *stream, const sf_crypto *crypto)
{
    for (unsigned i = 0; i < stream->cryptos.count; i++) {
        if (sf_crypto_has_same_key(crypto, &media->cryptos[stream->cryptos.first + i])) {
            return true;
        }
    }
    return false;
}

static bool is_refused(const sf_stream *stream)
{
    return stream->security == SF_SECURITY_REFUSED;
}

/** True if an earlier stream of the body has media and the same key. */
static bool is_key_of_earlier_stream(const sf_sdp_reader *r, const sf_crypto *crypto)
{
    const sf_stream *earlier = &r->media->streams[r->sdp->streams.first];

    for (; earlier < r->stream; earlier++) {
        if (!is_refused(earlier) && has_same_key(r->media, earlier, crypto)) {
            return true;
        }
    }
    return false;
}

/** Marks the first line of the stream whose key an earlier stream has as well. Bundled streams share their key. */
static void note_repeated_key(sf_sdp_reader *r)
{
    sf_run run = r->stream->cryptos;

    if (is_refused(r->stream) || r->bundle_count > 0) {
        return;
    }
    for (unsigned i = run.first; i < run.first + run.count; i++) {
        if (is_key_of_earlier_stream(r, &r->media->cryptos[i])) {
            r->media->cryptos[i].faults |= SF_CRYPTO_REPEATED_KEY;
            return;
        }
    }
}

void sf_sdp_end_stream(sf_sdp_reader *r)
{
    sf_stream *stream = r->stream;

    if (!stream) {
        return;
    }
    if (!sf_slice_present(stream->encryption_line)) {
        stream->encryption_line = r->session.encryption_line;
        stream->encryption = r->session.encryption;
    }
    if (!sf_slice_present(stream->key_field)) {
        stream->key_field = r->session.key_field;
    }
    if (!stream->has_fingerprint) {
        stream->has_fingerprint = r->session.has_fingerprint;
        stream->fingerprint = r->session.fingerprint;
    }
    stream->has_key_management = stream->has_key_management || r->session.has_key_management;
    stream->has_zrtp = stream->has_zrtp || r->session.has_zrtp;
    if (!sf_slice_present(stream->direction_line)) {
        stream->direction_line = r->session.direction_line;
        stream->direction = r->session.direction;
    }
    if (!sf_slice_present(stream->connection_line)) {
        stream->connection_line = r->session.connection_line;
        stream->connection = r->session.connection;
    }
    stream->has_secure_capability = stream->has_secure_capability || r->session.has_secure_capability;
    if (!sf_slice_present(stream->setup)) {
        stream->setup = r->session.setup;
    }
    stream->key_lines = stream->cryptos;
    if (sf_sdp_wants(r, SF_FOR_DETAIL)) {
        uint8_t places[PAYLOAD_TYPES];
        read_payload_types(r, places);
        order_codecs(r, places);
        name_data(r);
        sf_candidates_check(r->media, r->stream);
    }
    note_repeated_tags(r);
    sf_stream_judge(stream);
    note_repeated_key(r);
}

void sf_sdp_compare_streams(const sf_sdp_reader *r)
{
    sf_streams_find_second_choices(&r->media->streams[r->sdp->streams.first], r->sdp->streams.count);
}

/** `50018` or `50018/2`: the first port, and how many there are. */
static void read_port(const sf_sdp_reader *r, sf_slice text)
{
    sf_stream *stream = r->stream;
    size_t slash = sf_slice_find(text, '/');
    sf_slice port = sf_slice_head(text, slash);
    sf_slice count = sf_slice_skip(text, slash + 1);
    uint64_t ignored;

    if (sf_slice_decimal(count, UINT16_MAX, &ignored) == SF_MALFORMED) {
        sf_problems_malformed(r->problems, stream->line, count, "The number of ports", "is not a number");
    }
    if (sf_number_read(port, UINT16_MAX, &stream->port) != SF_OK) {
        sf_problems_malformed(r->problems, stream->line, port, "The port", "is not a number from 0 to 65535");
    }
}

/** `m=audio 50018/2 RTP/AVP 0 8`; formats may be missing or no numbers at all. */
void sf_sdp_read_stream(sf_sdp_reader *r, sf_slice line)
{
    sf_media *media = r->media;
    sf_cursor words = sf_cursor_over(sf_slice_skip(line, sizeof "m=" - 1));
    sf_slice port = { NULL, 0 };

    sf_sdp_end_stream(r);
    r->stream = NULL;
    r->is_below_m_line = true;
    if (!sf_problems_room(r->problems, media->stream_count, SF_MAX_STREAMS, SF_LIMIT_STREAMS, line)) {
        return;
    }
    sf_stream *stream = &media->streams[media->stream_count++];
    *stream = (sf_stream){
        .line = line,
        .index = ++r->sdp->streams.count,
        .cryptos = { media->crypto_count, 0 },
        .candidates = { media->candidate_count, 0 },
        .remote_candidates = { media->remote_candidate_count, 0 },
        .codecs = { media->codec_count, 0 },
        .attributes = { media->attributes.count, 0 },
    };
    r->stream = stream;
    memset(r->mapped_types, 0, sizeof r->mapped_types);
    sf_word_next(&words, &stream->type);
    bool has_port = sf_word_next(&words, &port);
    if (!sf_word_next(&words, &stream->profile)) {
        sf_problems_malformed(r->problems, line, line, "The m= line", "ends before its profile");
    }
    stream->formats = sf_slice_trim(sf_cursor_rest(&words));
    if (has_port) {
        read_port(r, port);
    }
}
