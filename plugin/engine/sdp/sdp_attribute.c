/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Attribute lines of SDP, by table.
 */
#include "sdp_reader.h"

#include "engine/text/token.h"
#include "engine/text/words.h"
#include "security.h"

typedef void read_attribute(sf_sdp_reader *r, sf_slice line, sf_slice value);

/** Notes that the body has a mark of Microsoft's, if it has. */
static void note_mark(sf_sdp_reader *r, bool is_mark)
{
    r->sdp->has_microsoft = r->sdp->has_microsoft || is_mark;
    r->is_marked = r->is_marked || is_mark;
}

static void note_dialect(sf_sdp_reader *r, sf_ice_dialect dialect)
{
    sf_stream *stream = sf_sdp_scope(r);

    if (stream && stream->ice_dialect == SF_ICE_NONE) {
        stream->ice_dialect = dialect;
    }
    if (r->sdp->ice_dialect == SF_ICE_NONE) {
        r->sdp->ice_dialect = dialect;
    }
}

/** True if the line belongs to a stream that is kept; one above the first m= line is misplaced. */
static bool is_below_stream(sf_sdp_reader *r, sf_slice line, const char *what)
{
    if (!r->is_below_m_line) {
        sf_problems_malformed(r->problems, line, sf_slice_head(line, 0), what, "is not below an m= line");
    }
    return r->stream != NULL;
}

/** An attribute of Microsoft's; any other changes nothing. */
static void read_microsoft(sf_sdp_reader *r, sf_slice line, sf_slice name, sf_slice value)
{
    if ((r->is_below_m_line && !r->stream) || !sf_sdp_wants(r, SF_FOR_MARK)) {
        return;
    }
    sf_run *run = r->stream ? &r->stream->attributes : &r->sdp->attributes;
    if (sf_attribute_read(line, name, value, r->is_below_m_line, r->problems, &r->media->attributes)) {
        run->count = r->media->attributes.count - run->first;
        note_mark(r, !sf_attribute_is_common(name));
    }
}

void sf_sdp_read_candidate(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    sf_media *media = r->media;

    if (!is_below_stream(r, line, "The candidate")) {
        return;
    }
    if (!sf_problems_room(r->problems, media->candidate_count, SF_MAX_CANDIDATES, SF_LIMIT_CANDIDATES, line)) {
        return;
    }
    sf_candidate *candidate = &media->candidates[media->candidate_count++];
    sf_candidate_read(line, value, r->problems, candidate);
    note_dialect(r, candidate->dialect);
    r->stream->candidates.count++;
}

static void read_ipv6_candidate(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    note_mark(r, true);
    sf_sdp_read_candidate(r, line, value);
}

static void append_crypto(sf_sdp_reader *r, sf_slice line, sf_slice value, sf_crypto_scheme scheme)
{
    sf_media *media = r->media;

    if (!is_below_stream(r, line, "The crypto attribute")) {
        return;
    }
    r->stream->has_crypto = true;
    if (!sf_problems_room(r->problems, media->crypto_count, SF_MAX_CRYPTOS, SF_LIMIT_CRYPTOS, line)) {
        return;
    }
    sf_crypto_read(line, value, scheme, r->problems, &media->cryptos[media->crypto_count++]);
    r->stream->cryptos.count++;
}

static void read_crypto(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    append_crypto(r, line, value, SF_SCHEME_SDES);
}

static void read_cryptoscale(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    note_mark(r, true);
    append_crypto(r, line, value, SF_SCHEME_SCALE);
}

sf_codec *sf_sdp_append_codec(sf_sdp_reader *r, sf_slice line)
{
    if (!sf_problems_room(r->problems, r->media->codec_count, SF_MAX_CODECS, SF_LIMIT_CODECS, line)) {
        return NULL;
    }
    r->stream->codecs.count++;
    return &r->media->codecs[r->media->codec_count++];
}

static void read_rtpmap(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    sf_codec *codec = r->stream ? sf_sdp_append_codec(r, line) : NULL;

    if (codec) {
        sf_codec_read(line, value, r->problems, codec);
        if (sf_number_is_present(codec->payload_type)) {
            uint64_t number = codec->payload_type.value;
            r->mapped_types[number / 64] |= UINT64_C(1) << number % 64;
        }
        note_mark(r, codec->is_microsoft);
    }
}

/** True if the stream already has a value; the first one is used. */
static bool is_repeated(sf_sdp_reader *r, sf_slice line, sf_slice earlier, const char *what)
{
    if (!sf_slice_present(earlier)) {
        return false;
    }
    sf_problems_malformed(r->problems, line, sf_slice_head(line, 0), what, "is repeated; the first value is used");
    return true;
}

static void read_label(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    if (r->stream && !is_repeated(r, line, r->stream->label, "The label")) {
        r->stream->label = value;
    }
}

static void read_encryption(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    static const sf_slice words[] = { SF_LITERAL_INIT("required"), SF_LITERAL_INIT("optional"),
                                      SF_LITERAL_INIT("rejected") };
    sf_stream *stream = sf_sdp_scope(r);

    if (!stream || is_repeated(r, line, stream->encryption_line, "a=encryption")) {
        return;
    }
    stream->encryption_line = line;
    stream->encryption = value;
    if (SF_WORDS_FIND(words, value) == SF_WORDS_NONE) {
        sf_problems_malformed(r->problems, line, value, "a=encryption", "is not required, optional or rejected");
    }
}

static void read_fingerprint(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    sf_stream *stream = sf_sdp_scope(r);

    (void)line;
    if (stream && !stream->has_fingerprint) {
        stream->has_fingerprint = value.length > 0;
        stream->fingerprint = value;
    }
}

/** `mikey AQAFgM0XflAB...`: keys that both sides derive, in a message of another protocol (RFC 4567). */
static void read_key_management(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    sf_stream *stream = sf_sdp_scope(r);

    (void)line;
    if (stream) {
        stream->has_key_management = stream->has_key_management || value.length > 0;
    }
}

/** `1.10 fe30efd0...`: the stream begins in clear, and may agree on keys in the media itself (RFC 6189 8). */
static void read_zrtp(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    sf_stream *stream = sf_sdp_scope(r);

    (void)line;
    if (stream) {
        stream->has_zrtp = stream->has_zrtp || value.length > 0;
    }
}

/** A repeated one is ignored: the first is used. */
static void note_direction(sf_sdp_reader *r, sf_slice line, sf_direction direction)
{
    sf_stream *stream = sf_sdp_scope(r);

    if (stream && !sf_slice_present(stream->direction_line)) {
        stream->direction_line = line;
        stream->direction = direction;
    }
}

static void read_sendrecv(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    (void)value;
    note_direction(r, line, SF_DIRECTION_BOTH);
}

static void read_sendonly(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    (void)value;
    note_direction(r, line, SF_DIRECTION_SEND_ONLY);
}

static void read_recvonly(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    (void)value;
    note_direction(r, line, SF_DIRECTION_RECEIVE_ONLY);
}

static void read_inactive(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    (void)value;
    note_direction(r, line, SF_DIRECTION_INACTIVE);
}

static void read_rtcp_mux(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    (void)value;
    if (r->stream) {
        r->stream->rtcp_mux = line;
    }
}

/** It is of the session; some write it below an m= line. */
static void read_ice_lite(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    (void)value;
    r->sdp->ice_lite = line;
}

static void read_remote_candidates(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    sf_media *media = r->media;
    unsigned room = SF_MAX_REMOTE_CANDIDATES - media->remote_candidate_count;

    note_dialect(r, SF_ICE_DRAFT_19);
    if (r->stream && sf_problems_room(r->problems, media->remote_candidate_count, SF_MAX_REMOTE_CANDIDATES,
                                      SF_LIMIT_REMOTE_CANDIDATES, line)) {
        unsigned count = sf_remote_candidates_read(line, value, r->problems,
                                                   &media->remote_candidates[media->remote_candidate_count], room);
        media->remote_candidate_count += count;
        r->stream->remote_candidates.count = media->remote_candidate_count - r->stream->remote_candidates.first;
    }
}

/** Draft 06 names the peer's candidate by its user name. */
static void read_remote_candidate(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    sf_media *media = r->media;

    note_mark(r, true);
    note_dialect(r, SF_ICE_DRAFT_06);
    if (r->stream && sf_problems_room(r->problems, media->remote_candidate_count, SF_MAX_REMOTE_CANDIDATES,
                                      SF_LIMIT_REMOTE_CANDIDATES, line)) {
        media->remote_candidates[media->remote_candidate_count++] = (sf_remote_candidate){
            .line = line,
            .text = line,
            .username = value,
        };
        r->stream->remote_candidates.count = media->remote_candidate_count - r->stream->remote_candidates.first;
    }
}

/** `1 crypto:1 AES_CM_128_HMAC_SHA1_80 inline:...`: of use once the capability is chosen (RFC 5939 3.4.2). */
static void read_attribute_capability(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    sf_cursor words = sf_cursor_over(value);
    sf_slice word;

    (void)line;
    while (sf_word_next(&words, &word)) {
        r->media->capability_key_count += sf_slice_starts_nocase(word, SF_LITERAL("inline:"));
    }
}

/** `1 RTP/SAVP RTP/SAVPF`: profiles that the stream could also take (RFC 5939 3.4.1). */
static void read_transport_capability(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    sf_cursor words = sf_cursor_over(value);
    sf_stream *stream = sf_sdp_scope(r);
    sf_slice word;

    (void)line;
    while (stream && sf_word_next(&words, &word)) {
        sf_profile profile = sf_profile_of(word);
        stream->has_secure_capability = stream->has_secure_capability || profile == SF_PROFILE_SECURE ||
                                        profile == SF_PROFILE_DTLS;
    }
}

static void read_bundle_only(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    (void)line;
    (void)value;
    if (r->stream) {
        r->stream->is_bundle_only = true;
    }
}

/** `BUNDLE 0 1`: the streams share one transport, and so its key (RFC 9143 7.1.3, RFC 8859 5.22). */
static void read_group(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    (void)line;
    sf_slice semantics = sf_slice_head(value, sf_slice_find(value, ' '));
    if (sf_slice_equals_nocase(semantics, SF_LITERAL("BUNDLE")) && r->bundle_count < SF_MAX_BUNDLES) {
        r->bundles[r->bundle_count++] = value;
    }
}

static void read_setup(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    sf_stream *stream = sf_sdp_scope(r);

    (void)line;
    if (stream && !sf_slice_present(stream->setup)) {
        stream->setup = value;
    }
}

static void read_sctp(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    (void)line;
    (void)value;
    if (r->stream) {
        r->stream->is_data_channel = r->stream->is_sctp = true;
    }
}

/** Teams says so what runs in `m=x-data`. It is an attribute of Microsoft's as well, and shown with those. */
static void read_data_protocol(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    if (r->stream) {
        r->stream->is_sctp = r->stream->is_sctp || sf_slice_equals_nocase(value, SF_LITERAL("sctp"));
    }
    read_microsoft(r, line, SF_LITERAL("x-data-protocol"), value);
}

static void read_mid(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    (void)line;
    if (r->stream && !sf_slice_present(r->stream->mid)) {
        r->stream->mid = value;
    }
}

static void read_ice_credentials(sf_sdp_reader *r, sf_slice line, sf_slice value)
{
    (void)line;
    (void)value;
    note_dialect(r, SF_ICE_DRAFT_19);
}

static const struct {
    sf_slice name;
    sf_purpose purpose;
    read_attribute *read;
} attributes[] = {
    { SF_LITERAL_INIT("candidate"), SF_FOR_DETAIL, sf_sdp_read_candidate },
    { SF_LITERAL_INIT("x-candidate-ipv6"), SF_FOR_MARK, read_ipv6_candidate },
    { SF_LITERAL_INIT("rtpmap"), SF_FOR_MARK, read_rtpmap },
    { SF_LITERAL_INIT("crypto"), SF_FOR_CALL, read_crypto },
    { SF_LITERAL_INIT("cryptoscale"), SF_FOR_CALL, read_cryptoscale },
    { SF_LITERAL_INIT("label"), SF_FOR_CALL, read_label },
    { SF_LITERAL_INIT("encryption"), SF_FOR_CALL, read_encryption },
    { SF_LITERAL_INIT("fingerprint"), SF_FOR_CALL, read_fingerprint },
    { SF_LITERAL_INIT("tcap"), SF_FOR_CALL, read_transport_capability },
    { SF_LITERAL_INIT("ice-ufrag"), SF_FOR_DETAIL, read_ice_credentials },
    { SF_LITERAL_INIT("ice-pwd"), SF_FOR_DETAIL, read_ice_credentials },
    { SF_LITERAL_INIT("bundle-only"), SF_FOR_CALL, read_bundle_only },
    { SF_LITERAL_INIT("group"), SF_FOR_CALL, read_group },
    { SF_LITERAL_INIT("sctp-port"), SF_FOR_CALL, read_sctp },
    { SF_LITERAL_INIT("sctpmap"), SF_FOR_CALL, read_sctp },
    { SF_LITERAL_INIT("x-data-protocol"), SF_FOR_CALL, read_data_protocol },
    { SF_LITERAL_INIT("mid"), SF_FOR_CALL, read_mid },
    { SF_LITERAL_INIT("setup"), SF_FOR_CALL, read_setup },
    { SF_LITERAL_INIT("acap"), SF_FOR_CALL, read_attribute_capability },
    { SF_LITERAL_INIT("key-mgmt"), SF_FOR_CALL, read_key_management },
    { SF_LITERAL_INIT("zrtp-hash"), SF_FOR_CALL, read_zrtp },
    { SF_LITERAL_INIT("sendrecv"), SF_FOR_CALL, read_sendrecv },
    { SF_LITERAL_INIT("sendonly"), SF_FOR_CALL, read_sendonly },
    { SF_LITERAL_INIT("recvonly"), SF_FOR_CALL, read_recvonly },
    { SF_LITERAL_INIT("inactive"), SF_FOR_CALL, read_inactive },
    { SF_LITERAL_INIT("rtcp-mux"), SF_FOR_DETAIL, read_rtcp_mux },
    { SF_LITERAL_INIT("ice-lite"), SF_FOR_DETAIL, read_ice_lite },
    { SF_LITERAL_INIT("remote-candidates"), SF_FOR_DETAIL, read_remote_candidates },
    { SF_LITERAL_INIT("remote-candidate"), SF_FOR_MARK, read_remote_candidate },
};

static sf_word_index attribute_index = SF_WORD_INDEX_INIT(attributes);

/** The row of a name, or SF_WORDS_NONE; takes blanks around the name off it, which hardly any has. */
static inline int find_attribute(sf_slice *name)
{
    int known = sf_words_look_up(&attribute_index, *name);
    size_t length = name->length;

    if (known == SF_WORDS_NONE) {
        *name = sf_slice_trim(*name);
        known = name->length < length ? sf_words_look_up(&attribute_index, *name) : SF_WORDS_NONE;
    }
    return known;
}

void sf_sdp_read_attribute(sf_sdp_reader *r, sf_slice line, size_t colon)
{
    enum { FRONT = sizeof "a=" - 1 };
    sf_slice name = sf_slice_between(line.text + FRONT, line.text + colon);
    int known = find_attribute(&name);

    if (!sf_sdp_wants(r, known == SF_WORDS_NONE ? SF_FOR_MARK : attributes[known].purpose)) {
        return;
    }
    sf_slice value = sf_slice_trim(sf_slice_skip(line, colon + 1));
    if (known != SF_WORDS_NONE) {
        attributes[known].read(r, line, value);
    } else {
        read_microsoft(r, line, name, value);
    }
}
