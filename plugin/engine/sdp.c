/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SDP bodies, line by line.
 */
#include "sdp.h"

#include "security.h"
#include "token.h"

#include <glib.h>

enum { PAYLOAD_TYPES = 128 };

/** The body being read. `stream` is NULL above the first m= line, and for streams beyond the limit. */
typedef struct {
    sf_extent extent;
    bool is_marked;
    sf_media *media;
    sf_problems *problems;
    sf_sdp *sdp;
    sf_stream *stream;
    bool behind_m_line;
    bool is_bundled; /**< streams of the body share one transport */
    uint64_t mapped_types[PAYLOAD_TYPES / 64]; /**< of the stream, those that an a=rtpmap explains: one bit each */
    sf_stream session; /**< what session-level lines say for streams that do not say it themselves */
} reader;

typedef void read_attribute(reader *r, sf_slice line, sf_slice value);

void sf_media_clear(sf_media *media)
{
    media->sdp_count = 0;
    media->stream_count = 0;
    media->key_line_count = 0;
    media->candidate_count = 0;
    media->codec_count = 0;
    media->attributes.count = 0;
}

/** The stream that a line speaks of, or the session's defaults. */
static sf_stream *scope(reader *r)
{
    return r->behind_m_line ? r->stream : &r->session;
}

static void note_dialect(reader *r, sf_ice_dialect dialect)
{
    sf_stream *stream = scope(r);

    if (stream && stream->ice_dialect == SF_ICE_NONE) {
        stream->ice_dialect = dialect;
    }
    if (r->sdp->ice_dialect == SF_ICE_NONE) {
        r->sdp->ice_dialect = dialect;
    }
}

/** True if the line belongs to a stream that is kept; one above the first m= line is misplaced. */
static bool below_stream(reader *r, sf_slice line, const char *what)
{
    if (!r->behind_m_line) {
        sf_problems_malformed(r->problems, line, sf_slice_head(line, 0), what, "does not stand below an m= line");
    }
    return r->stream != NULL;
}

static void read_candidate(reader *r, sf_slice line, sf_slice value)
{
    sf_media *media = r->media;

    if (!below_stream(r, line, "The candidate")) {
        return;
    }
    if (media->candidate_count == SF_MAX_CANDIDATES) {
        sf_problems_limit(r->problems, SF_LIMIT_CANDIDATES, line);
        return;
    }
    sf_candidate *candidate = &media->candidates[media->candidate_count++];
    sf_candidate_read(line, value, r->problems, candidate);
    note_dialect(r, candidate->dialect);
    r->stream->candidates.count++;
}

static void read_ipv6_candidate(reader *r, sf_slice line, sf_slice value)
{
    r->sdp->microsoft = true;
    read_candidate(r, line, value);
}

static void read_key_line(reader *r, sf_slice line, sf_slice value, sf_key_scheme scheme)
{
    sf_media *media = r->media;

    if (!below_stream(r, line, "The key line")) {
        return;
    }
    r->stream->has_key_line = true;
    if (media->key_line_count == SF_MAX_KEY_LINES) {
        sf_problems_limit(r->problems, SF_LIMIT_KEY_LINES, line);
        return;
    }
    sf_key_line_read(line, value, scheme, r->problems, &media->key_lines[media->key_line_count++]);
    r->stream->key_lines.count++;
}

static void read_crypto(reader *r, sf_slice line, sf_slice value)
{
    read_key_line(r, line, value, SF_SCHEME_SDES);
}

static void read_cryptoscale(reader *r, sf_slice line, sf_slice value)
{
    r->sdp->microsoft = true;
    read_key_line(r, line, value, SF_SCHEME_SCALE);
}

static sf_codec *append_codec(reader *r, sf_slice line)
{
    if (r->media->codec_count == SF_MAX_CODECS) {
        sf_problems_limit(r->problems, SF_LIMIT_CODECS, line);
        return NULL;
    }
    r->stream->codecs.count++;
    return &r->media->codecs[r->media->codec_count++];
}

static void read_rtpmap(reader *r, sf_slice line, sf_slice value)
{
    sf_codec *codec = r->stream ? append_codec(r, line) : NULL;

    if (codec) {
        sf_codec_read(line, value, r->problems, codec);
        if (sf_slice_present(codec->payload_type_text)) {
            r->mapped_types[codec->payload_type / 64] |= UINT64_C(1) << codec->payload_type % 64;
        }
        r->sdp->microsoft = r->sdp->microsoft || codec->microsoft;
    }
}

/** True if a value of the stream came before, which counts then. */
static bool is_repeated(reader *r, sf_slice line, sf_slice earlier, const char *what)
{
    if (!sf_slice_present(earlier)) {
        return false;
    }
    sf_problems_malformed(r->problems, line, sf_slice_head(line, 0), what, "came before; the first one counts");
    return true;
}

static void read_label(reader *r, sf_slice line, sf_slice value)
{
    if (r->stream && !is_repeated(r, line, r->stream->label, "The label")) {
        r->stream->label = value;
    }
}

static void read_encryption(reader *r, sf_slice line, sf_slice value)
{
    static const sf_slice words[] = { SF_LITERAL("required"), SF_LITERAL("optional"), SF_LITERAL("rejected") };
    sf_stream *stream = scope(r);

    if (!stream || is_repeated(r, line, stream->encryption_line, "a=encryption")) {
        return;
    }
    stream->encryption_line = line;
    stream->encryption = value;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        if (sf_slice_equals_nocase(value, words[i])) {
            return;
        }
    }
    sf_problems_malformed(r->problems, line, value, "a=encryption", "is none of required, optional and rejected");
}

static void read_fingerprint(reader *r, sf_slice line, sf_slice value)
{
    sf_stream *stream = scope(r);

    (void)line;
    if (stream) {
        stream->has_fingerprint = value.length > 0;
    }
}

/** `1 RTP/SAVP RTP/SAVPF`: profiles that the stream could also take (RFC 5939 3.4.1). */
static void read_transport_capability(reader *r, sf_slice line, sf_slice value)
{
    sf_cursor words = sf_cursor_over(value);
    sf_stream *stream = scope(r);
    sf_slice word;

    (void)line;
    while (stream && sf_word_next(&words, &word)) {
        sf_profile profile = sf_profile_of(word);
        stream->has_secure_capability = stream->has_secure_capability || profile == SF_PROFILE_SECURE ||
                                        profile == SF_PROFILE_DTLS;
    }
}

static void read_bundle_only(reader *r, sf_slice line, sf_slice value)
{
    (void)line;
    (void)value;
    if (r->stream) {
        r->stream->is_bundle_only = true;
    }
}

/** `BUNDLE 0 1`: the streams share one transport, and so its key (RFC 9143 7.1.3, RFC 8859 5.22). */
static void read_group(reader *r, sf_slice line, sf_slice value)
{
    (void)line;
    r->is_bundled = r->is_bundled || sf_slice_starts_nocase(value, SF_LITERAL("BUNDLE"));
}

static void read_ice_credentials(reader *r, sf_slice line, sf_slice value)
{
    (void)line;
    (void)value;
    note_dialect(r, SF_ICE_DRAFT_19);
}

/* What an attribute is good for, which decides whether it is read. */
typedef enum {
    PROTECTION, /* how streams are protected: always read */
    MARK,       /* for the call, only until the message is known as Microsoft's */
    DETAIL      /* not for the call */
} purpose;

static const struct {
    sf_slice name;
    purpose purpose;
    read_attribute *read;
} attributes[] = {
    { SF_LITERAL("candidate"), DETAIL, read_candidate },
    { SF_LITERAL("x-candidate-ipv6"), MARK, read_ipv6_candidate },
    { SF_LITERAL("rtpmap"), MARK, read_rtpmap },
    { SF_LITERAL("crypto"), PROTECTION, read_crypto },
    { SF_LITERAL("cryptoscale"), PROTECTION, read_cryptoscale },
    { SF_LITERAL("label"), PROTECTION, read_label },
    { SF_LITERAL("encryption"), PROTECTION, read_encryption },
    { SF_LITERAL("fingerprint"), PROTECTION, read_fingerprint },
    { SF_LITERAL("tcap"), PROTECTION, read_transport_capability },
    { SF_LITERAL("ice-ufrag"), DETAIL, read_ice_credentials },
    { SF_LITERAL("ice-pwd"), DETAIL, read_ice_credentials },
    { SF_LITERAL("bundle-only"), PROTECTION, read_bundle_only },
    { SF_LITERAL("group"), PROTECTION, read_group },
};

static bool is_wanted(const reader *r, purpose purpose)
{
    bool is_marked = r->is_marked || r->sdp->microsoft;

    return r->extent == SF_READ_ALL || purpose == PROTECTION || (purpose == MARK && !is_marked);
}

/** `a=name:value`; `colon` is the index of its colon, or the length of the line. */
static void read_attribute_line(reader *r, sf_slice line, size_t colon)
{
    sf_slice name = sf_slice_trim(sf_slice_skip(sf_slice_head(line, colon), sizeof "a=" - 1));
    sf_slice value = sf_slice_trim(sf_slice_skip(line, colon + 1));

    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        if (sf_slice_equals_nocase(name, attributes[i].name)) {
            if (is_wanted(r, attributes[i].purpose)) {
                attributes[i].read(r, line, value);
            }
            return;
        }
    }
    if ((r->behind_m_line && !r->stream) || !is_wanted(r, MARK)) {
        return;
    }
    sf_run *run = r->stream ? &r->stream->attributes : &r->sdp->attributes;
    if (sf_attribute_read(line, name, value, r->behind_m_line, r->problems, &r->media->attributes)) {
        run->count = r->media->attributes.count - run->first;
        r->sdp->microsoft = true;
    }
}

static bool is_mapped(const reader *r, sf_slice payload_type)
{
    uint64_t number;

    return sf_slice_decimal(payload_type, PAYLOAD_TYPES - 1, &number) == SF_OK &&
           (r->mapped_types[number / 64] >> number % 64 & 1);
}

/** Codecs of payload types that the m= line names and no a=rtpmap explains. */
static void add_static_codecs(reader *r)
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
        sf_codec *added = append_codec(r, word);
        if (added) {
            *added = codec;
        }
    }
}

static void note_repeated_tags(reader *r)
{
    sf_run run = r->stream->key_lines;
    sf_key_line *lines = &r->media->key_lines[run.first];

    for (unsigned i = 1; i < run.count; i++) {
        for (unsigned j = 0; j < i && !lines[i].tag_used_before; j++) {
            lines[i].tag_used_before = sf_slice_present(lines[i].tag_text) &&
                                       sf_slice_present(lines[j].tag_text) && lines[i].tag == lines[j].tag;
        }
    }
}

/** True if a key line of the stream has the same key. */
static bool has_same_key(const sf_media *media, const sf_stream *stream, const sf_key_line *line)
{
    for (unsigned i = 0; i < stream->key_lines.count; i++) {
        if (sf_key_line_same_key(line, &media->key_lines[stream->key_lines.first + i])) {
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
static void note_repeated_key(reader *r)
{
    sf_stream *streams = &r->media->streams[r->sdp->streams.first];
    sf_run run = r->stream->key_lines;

    for (unsigned i = run.first; i < run.first + run.count && !is_refused(r->stream) && !r->is_bundled; i++) {
        sf_key_line *line = &r->media->key_lines[i];
        for (sf_stream *earlier = streams; earlier < r->stream && !line->key_used_before; earlier++) {
            line->key_used_before = !is_refused(earlier) && has_same_key(r->media, earlier, line);
        }
        if (line->key_used_before) {
            return;
        }
    }
}

static void end_stream(reader *r)
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
    if (is_wanted(r, DETAIL)) {
        add_static_codecs(r);
    }
    note_repeated_tags(r);
    sf_stream_judge(stream);
    note_repeated_key(r);
}

/** `m=audio 50018/2 RTP/AVP 0 8`; formats may be missing or no numbers at all. */
static void read_stream_line(reader *r, sf_slice line)
{
    sf_media *media = r->media;
    sf_cursor words = sf_cursor_over(sf_slice_skip(line, sizeof "m=" - 1));
    sf_slice port = { NULL, 0 };
    uint64_t number;

    end_stream(r);
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
        .key_lines = { media->key_line_count, 0 },
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

/** `k=base64:...`; `k=prompt` brings none (RFC 4566 5.12, [MS-SDP] 3.1.5.4). */
static bool has_key(sf_slice key_field)
{
    return sf_slice_find(key_field, ':') + 1 < key_field.length;
}

/** Reads one line; `colon` is the index of its first colon, or the length of the line. */
static void read_line(reader *r, sf_slice line, size_t colon)
{
    if (line.length < 2 || line.text[1] != '=') {
        bool is_folded = line.text[0] == ' ' || line.text[0] == '\t';
        /* The line may be the rest of a key line: it is not quoted. */
        sf_problems_malformed(r->problems, line, sf_slice_head(line, 0), "The SDP line",
                              is_folded ? "begins with a blank: SDP knows no folding" : "is not of the form letter=value");
        return;
    }
    switch (line.text[0]) {
    case 'm':
        read_stream_line(r, line);
        break;
    case 'a':
        read_attribute_line(r, line, colon);
        break;
    case 'k':
        if (scope(r) && has_key(line)) {
            scope(r)->key_field = line;
        }
        break;
    default:
        break;
    }
}

/* What must not be taken for a part of another line: a key line, a candidate with its password, a key alone. */
static const sf_slice secret_names[] = { SF_LITERAL("a=crypto"), SF_LITERAL("a=cryptoscale"),
                                         SF_LITERAL("a=candidate"), SF_LITERAL("inline") };

static char last_letter(sf_slice s)
{
    return s.text[s.length - 1];
}

/** Where, behind something else, a secret name stands at the end of `front`; else its length. */
static size_t secret_name_at(sf_slice front)
{
    for (size_t i = 0; i < G_N_ELEMENTS(secret_names); i++) {
        sf_slice name = secret_names[i];
        if (front.length > name.length && sf_may_be_same_letter(last_letter(front), last_letter(name)) &&
            sf_slice_ends_nocase(front, name)) {
            return front.length - name.length;
        }
    }
    return front.length;
}

static bool is_key_line(sf_slice line, size_t colon)
{
    sf_slice name = sf_slice_trim(sf_slice_skip(sf_slice_head(line, colon), sizeof "a=" - 1));

    return sf_slice_starts_nocase(name, SF_LITERAL("crypto"));
}

/** Where a line that lost its line end runs into a key line, a candidate or a key; else its length. */
static size_t lost_line_at(sf_slice line, size_t first_colon)
{
    for (size_t colon = first_colon; colon < line.length;) {
        size_t at = secret_name_at(sf_slice_head(line, colon));
        if (at < colon) {
            return is_key_line(line, first_colon) ? line.length : at;
        }
        colon += 1 + sf_slice_find(sf_slice_skip(line, colon + 1), ':');
    }
    return line.length;
}

/** Reads a line, and those that have run into it. */
static void read_lines(reader *r, sf_slice line)
{
    size_t colon = sf_slice_find(line, ':');
    size_t at;

    while ((at = lost_line_at(line, colon)) < line.length) {
        sf_slice front = sf_slice_trim(sf_slice_head(line, at));
        sf_problems_malformed(r->problems, line, sf_slice_head(line, 0), "The SDP line",
                              "has run into the next one: its line end is missing");
        read_line(r, front, sf_slice_find(front, ':'));
        line = sf_slice_skip(line, at);
        colon = sf_slice_find(line, ':');
        if (!sf_slice_starts_nocase(line, SF_LITERAL("a="))) {
            return;
        }
    }
    read_line(r, line, colon);
}

static void note_text_fault(reader *r, sf_slice line)
{
    sf_slice fault = sf_text_fault(line);

    if (sf_slice_present(fault)) {
        sf_problems_malformed(r->problems, line, fault, "The SDP line", "is not UTF-8 text");
    }
}

/** Teams may send a body as compressed data under the same content type. */
static bool is_text(sf_slice body)
{
    sf_slice trimmed = sf_slice_trim(body);

    return trimmed.length == 0 || (trimmed.length >= 2 && g_ascii_islower(trimmed.text[0]) && trimmed.text[1] == '=');
}

/** True if carriage returns alone end the lines: then the body is one line. */
static bool has_bare_returns(sf_slice body)
{
    sf_slice trimmed = sf_slice_trim(body);

    return sf_slice_find(trimmed, '\n') == trimmed.length && sf_slice_find(trimmed, '\r') < trimmed.length;
}

sf_sdp *sf_sdp_read(sf_slice body, sf_extent extent, bool is_marked, sf_problems *problems, sf_media *media)
{
    static const sf_slice byte_order_mark = SF_LITERAL("\xef\xbb\xbf");
    reader r = { .extent = extent, .is_marked = is_marked, .media = media, .problems = problems };
    bool has_byte_order_mark = sf_slice_starts_nocase(body, byte_order_mark);
    sf_slice text = sf_slice_skip(body, has_byte_order_mark ? byte_order_mark.length : 0);
    sf_cursor lines = sf_cursor_over(text);
    sf_slice line;

    if (media->sdp_count == SF_MAX_SDPS) {
        sf_problems_limit(problems, SF_LIMIT_SDPS, body);
        return NULL;
    }
    r.sdp = &media->sdps[media->sdp_count++];
    *r.sdp = (sf_sdp){
        .text = body,
        .streams = { media->stream_count, 0 },
        .attributes = { media->attributes.count, 0 },
    };
    if (!is_text(text)) {
        sf_problems_malformed(problems, body, sf_slice_head(body, 0), "The SDP body",
                              "is not SDP text; it may be compressed");
        return r.sdp;
    }
    if (has_byte_order_mark) {
        sf_problems_malformed(problems, body, sf_slice_head(body, 0), "The SDP body", "begins with a byte order mark");
    }
    bool has_fault = sf_slice_present(sf_text_fault(text));
    while (sf_line_next(&lines, &line)) {
        if (has_fault) {
            note_text_fault(&r, line);
        }
        bool is_empty = line.length == 0 || (sf_is_blank(line.text[0]) && sf_slice_trim(line).length == 0);
        if (!is_empty) {
            read_lines(&r, line);
        }
    }
    end_stream(&r);
    if (r.sdp->streams.count == 0 && has_bare_returns(text)) {
        sf_problems_malformed(problems, body, sf_slice_head(body, 0), "The SDP body",
                              "is one line: carriage returns alone end none");
    }
    return r.sdp;
}
