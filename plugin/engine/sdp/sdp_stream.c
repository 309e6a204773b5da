/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Streams of SDP: the m= line, and what the lines of a stream say together.
 */
#include "sdp_reader.h"

#include "security.h"
#include "engine/text/token.h"

static bool is_mapped(const sf_sdp_reader *r, sf_slice payload_type)
{
    uint64_t number;

    return sf_slice_decimal(payload_type, PAYLOAD_TYPES - 1, &number) == SF_OK &&
           (r->mapped_types[number / 64] >> number % 64 & 1);
}

/** Codecs of payload types that the m= line names and no a=rtpmap explains. */
static void add_static_codecs(sf_sdp_reader *r)
{
    sf_cursor words = sf_cursor_over(r->stream->formats);
    sf_slice word;
    sf_codec codec;
    unsigned examined = 0;

    if (sf_profile_of(r->stream->profile) == SF_PROFILE_OTHER) {
        return;
    }
    while (examined++ < PAYLOAD_TYPES && sf_word_next(&words, &word)) {
        if (is_mapped(r, word) || sf_codec_of_static_type(word, &codec) != SF_OK) {
            continue;
        }
        sf_codec *added = sf_sdp_append_codec(r, word);
        if (added) {
            *added = codec;
        }
    }
}

static void note_repeated_tags(sf_sdp_reader *r)
{
    sf_run run = r->stream->cryptos;
    sf_crypto *lines = &r->media->cryptos[run.first];

    for (unsigned i = 1; i < run.count; i++) {
        for (unsigned j = 0; j < i && !lines[i].tag_used_before; j++) {
            lines[i].tag_used_before = sf_slice_present(lines[i].tag_text) &&
                                       sf_slice_present(lines[j].tag_text) && lines[i].tag == lines[j].tag;
        }
    }
}

/** True if a key line of the stream has the same key. */
static bool has_same_key(const sf_media *media, const sf_stream *stream, const sf_crypto *line)
{
    for (unsigned i = 0; i < stream->cryptos.count; i++) {
        if (sf_crypto_has_same_key(line, &media->cryptos[stream->cryptos.first + i])) {
            return true;
        }
    }
    return false;
}

static bool is_refused(const sf_stream *stream)
{
    return stream->security == SF_SECURITY_REFUSED;
}

/** Marks the first line of the stream whose key an earlier stream of the body has as well, if both have media. */
static void note_repeated_key(sf_sdp_reader *r)
{
    sf_stream *streams = &r->media->streams[r->sdp->streams.first];
    sf_run run = r->stream->cryptos;

    for (unsigned i = run.first; i < run.first + run.count && !is_refused(r->stream) && !r->is_bundled; i++) {
        sf_crypto *line = &r->media->cryptos[i];
        for (sf_stream *earlier = streams; earlier < r->stream && !line->key_used_before; earlier++) {
            line->key_used_before = !is_refused(earlier) && has_same_key(r->media, earlier, line);
        }
        if (line->key_used_before) {
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
    stream->has_fingerprint = stream->has_fingerprint || r->session.has_fingerprint;
    stream->has_secure_capability = stream->has_secure_capability || r->session.has_secure_capability;
    if (sf_sdp_wants(r, SF_FOR_DETAIL)) {
        add_static_codecs(r);
    }
    note_repeated_tags(r);
    sf_stream_judge(stream);
    note_repeated_key(r);
}

/** `m=audio 50018/2 RTP/AVP 0 8`; formats may be missing or no numbers at all. */
void sf_sdp_read_stream(sf_sdp_reader *r, sf_slice line)
{
    sf_media *media = r->media;
    sf_cursor words = sf_cursor_over(sf_slice_skip(line, sizeof "m=" - 1));
    sf_slice port = { NULL, 0 };
    uint64_t number;

    sf_sdp_end_stream(r);
    r->stream = NULL;
    r->behind_m_line = true;
    if (media->stream_count == SF_MAX_STREAMS) {
        sf_problems_limit(r->problems, SF_LIMIT_STREAMS, line);
        return;
    }
    sf_stream *stream = &media->streams[media->stream_count++];
    *stream = (sf_stream){
        .line = line,
        .index = ++r->sdp->streams.count,
        .cryptos = { media->crypto_count, 0 },
        .candidates = { media->candidate_count, 0 },
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
    stream->formats = sf_cursor_rest(&words);
    sf_slice count = sf_slice_skip(port, sf_slice_find(port, '/') + 1);
    port.length = sf_slice_find(port, '/');
    if (sf_slice_decimal(count, UINT16_MAX, &number) == SF_MALFORMED) {
        sf_problems_malformed(r->problems, line, count, "The number of ports", "is not a number");
    }
    if (sf_slice_decimal(port, UINT16_MAX, &number) == SF_OK) {
        stream->port_text = port;
        stream->port = (uint16_t)number;
    } else if (has_port) {
        sf_problems_malformed(r->problems, line, port, "The port", "is not a number from 0 to 65535");
    }
}
