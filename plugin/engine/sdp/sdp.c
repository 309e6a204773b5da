/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SDP bodies, line by line.
 */
#include "sdp_reader.h"

#include "engine/text/key_mark.h"
#include "engine/text/plain_text.h"
#include "engine/text/token.h"
#include "key_field.h"
#include "lost_line.h"

#include <glib.h>

void sf_media_clear(sf_media *media)
{
    media->sdp_count = 0;
    media->stream_count = 0;
    media->crypto_count = 0;
    media->candidate_count = 0;
    media->remote_candidate_count = 0;
    media->codec_count = 0;
    media->attributes.count = 0;
    media->has_key_field = false;
    media->capability_key_count = 0;
    media->lacks_end = media->lacks_bodies = false;
}

/** Notes a line, of which nothing is quoted: it may be the rest of a key line. */
static void note_line(sf_sdp_reader *r, sf_slice line, const char *why)
{
    sf_problems_malformed(r->problems, line, sf_slice_head(line, 0), "The SDP line", why);
}

static bool has_form(sf_slice line)
{
    return line.length >= 2 && line.text[1] == '=';
}

/** Why a line is not of the form `x=value`. */
static const char *fault_of_form(sf_slice line)
{
    sf_slice after_letter = sf_slice_skip(line, 1);

    if (sf_is_blank(line.text[0])) {
        return "begins with a blank: SDP has no folded lines";
    }
    if (sf_slice_starts_nocase(sf_slice_trim(after_letter), SF_LITERAL("="))) {
        return "has a blank before its equals sign";
    }
    return "is not of the form letter=value";
}

/** `c=IN IP4 192.0.2.1/127`: network type, address type, address. */
static void read_connection(sf_sdp_reader *r, sf_slice line)
{
    enum { NETWORK_TYPE, ADDRESS_TYPE, ADDRESS, WORDS, ROOM = 8 };
    sf_stream *stream = sf_sdp_scope(r);
    sf_slice words[ROOM];

    if (!stream || sf_slice_present(stream->connection_line)) {
        return;
    }
    if (sf_has_key_mark(line)) { /* a key line has run into it */
        note_line(r, line, "contains a media key");
        return;
    }
    stream->connection_line = line;
    if (sf_words_split(sf_slice_skip(line, sizeof "c=" - 1), words, ROOM) >= WORDS) {
        sf_slice address = sf_slice_head(words[ADDRESS], sf_slice_find_near(words[ADDRESS], '/'));
        if (sf_transport_address_read(address, &stream->connection) == SF_ADDRESS_NONE) {
            stream->connection.family = SF_ADDRESS_HOST_NAME;
        }
    }
}

/** Reads a line that is no attribute. */
static void read_other_line(sf_sdp_reader *r, sf_slice line)
{
    switch (line.text[0]) {
    case 'm':
        sf_sdp_read_stream(r, line);
        break;
    case 'c':
        read_connection(r, line);
        break;
    case 'k':
        if (sf_sdp_scope(r) && sf_key_field_is_filled(line)) {
            sf_sdp_scope(r)->key_field = line;
            r->media->has_key_field = true;
        }
        break;
    default:
        break;
    }
}

/** Reads one line; `colon` is the index of its first colon, or the length of the line. */
static inline void read_line(sf_sdp_reader *r, sf_slice line, size_t colon)
{
    if (!has_form(line)) {
        note_line(r, line, fault_of_form(line));
    } else if (line.text[0] == 'a') { /* as most do */
        sf_sdp_read_attribute(r, line, colon);
    } else {
        read_other_line(r, line);
    }
}

/** Why no more of a line than its front can be read, up to a line that was lost or up to a key. */
static const char *fault_of_front(sf_slice line, bool is_line_after)
{
    if (sf_is_blank(line.text[0]) || !(is_line_after || has_form(line))) {
        return fault_of_form(line);
    }
    return is_line_after ? "runs into the next line: its line end is missing"
                         : "holds a key, but is not a known kind of key line";
}

/** Reads a line, and those that have run into it. */
static void read_lines(sf_sdp_reader *r, sf_slice line)
{
    size_t colon = sf_slice_find(line, ':');
    size_t at;

    while ((at = sf_lost_line_at(line, colon)) < line.length) {
        sf_slice front = sf_slice_trim(sf_slice_head(line, at));
        sf_slice after = sf_slice_skip(line, at);
        bool is_line_after = has_form(after);
        note_line(r, line, fault_of_front(line, is_line_after));
        if (front.length > 0) {
            read_line(r, front, sf_slice_find(front, ':'));
        }
        if (!is_line_after) {
            return;
        }
        line = after;
        colon = sf_slice_find(line, ':');
    }
    read_line(r, line, colon);
}

static void note_text_fault(sf_sdp_reader *r, sf_slice line)
{
    sf_slice fault = sf_text_fault(line);

    if (sf_slice_present(fault)) {
        sf_problems_malformed(r->problems, line, fault, "The SDP line", sf_text_fault_reason(fault));
    }
}

/** Teams may send a body as compressed data under the same content type. */
static bool is_text(sf_slice body)
{
    sf_slice trimmed = sf_slice_trim(body);

    return trimmed.length == 0 || (trimmed.length >= 2 && g_ascii_islower(trimmed.text[0]) && trimmed.text[1] == '=');
}

static bool is_blank_line(sf_slice line)
{
    return line.length == 0 || (sf_is_blank(line.text[0]) && sf_slice_trim(line).length == 0);
}

/** Reads what is between two line feeds where carriage returns alone may end lines. */
static void read_between_feeds(sf_sdp_reader *r, sf_slice line)
{
    for (;;) {
        size_t end = sf_slice_find(line, '\r');
        sf_slice after = sf_slice_skip(line, end + 1);
        if (!is_blank_line(sf_slice_head(line, end))) {
            read_lines(r, sf_slice_head(line, end));
        }
        if (is_blank_line(after)) {
            return;
        }
        if (!r->has_bare_return) {
            r->has_bare_return = true;
            sf_problems_malformed(r->problems, line, sf_slice_head(line, 0), "The SDP line",
                                  "ends with a carriage return alone");
        }
        line = after;
    }
}

/** The first colon from `at` on, or the end of the body. It may be of a later line, which need not look for it again. */
static inline const char *next_colon(sf_sdp_reader *r, const char *at)
{
    if (r->colon < at) {
        const char *hit = memchr(at, ':', (size_t)(r->end - at));
        r->colon = hit ? hit : r->end;
    }
    return r->colon;
}

/** True if a line of a secret has run into this one, at a colon from `colon` on. */
static inline bool may_hold_lost_line(sf_sdp_reader *r, sf_slice line, const char *colon)
{
    for (; colon < sf_slice_end(line); colon = next_colon(r, colon + 1)) {
        if (sf_is_secret_name_lost(sf_slice_between(line.text, colon))) {
            return true;
        }
    }
    return false;
}

/** True if the mark of a key may be hidden by escapes, which SDP does not have. */
static bool has_escape(sf_slice text)
{
    return sf_slice_find(text, '%') < text.length || sf_slice_find(text, '\\') < text.length;
}

/** What of a candidate comes before a key whose mark is hidden by escapes: the rest of it would be shown. */
static sf_slice before_hidden_key(sf_sdp_reader *r, sf_slice line)
{
    size_t mark = has_escape(line) ? sf_key_mark_at(line) : line.length;

    if (mark == line.length) {
        return line;
    }
    note_line(r, line, "contains a media key");
    return sf_slice_trim(sf_slice_head(line, mark));
}

/** Half of the lines of an offer are candidates, of which its call needs nothing. */
static inline void read_candidate(sf_sdp_reader *r, sf_slice line)
{
    const char *value = line.text + SF_CANDIDATE_LETTERS;

    if (may_hold_lost_line(r, line, next_colon(r, value))) {
        read_lines(r, line);
    } else if (sf_sdp_wants(r, SF_FOR_DETAIL)) {
        line = r->may_hide_key ? before_hidden_key(r, line) : line;
        sf_sdp_read_candidate(r, line, sf_trim_between(value, sf_slice_end(line)));
    }
}

/** Reads what is between two line feeds: one line, but for damaged bodies. */
static inline void read_fed_line(sf_sdp_reader *r, sf_slice line)
{
    if (line.length == 0) {
        return;
    }
    if (sf_is_blank(line.text[0]) || memchr(line.text, '\r', line.length)) {
        read_between_feeds(r, line);
    } else if (sf_begins_candidate(line)) {
        read_candidate(r, line);
    } else {
        const char *colon = next_colon(r, line.text);
        if (!sf_begins_crypto(line) && may_hold_lost_line(r, line, colon)) {
            read_lines(r, line);
        } else {
            read_line(r, line, MIN((size_t)(colon - line.text), line.length));
        }
    }
}

sf_sdp *sf_sdp_read(sf_slice body, sf_extent extent, bool is_marked, sf_problems *problems, sf_media *media)
{
    static const sf_slice byte_order_mark = SF_LITERAL_INIT("\xef\xbb\xbf");
    sf_sdp_reader r = { .extent = extent, .is_marked = is_marked, .media = media, .problems = problems };
    bool has_byte_order_mark = sf_slice_starts_nocase(body, byte_order_mark);
    sf_slice text = sf_slice_skip(body, has_byte_order_mark ? byte_order_mark.length : 0);
    sf_cursor lines = sf_cursor_over(text);
    sf_slice line;

    if (!sf_problems_room(problems, media->sdp_count, SF_MAX_SDPS, SF_LIMIT_SDPS, body)) {
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
    r.end = lines.end;
    r.colon = text.text + sf_slice_find(text, ':');
    bool has_fault = extent == SF_READ_ALL && sf_slice_present(sf_text_fault(text));
    r.may_hide_key = sf_sdp_wants(&r, SF_FOR_DETAIL) && has_escape(text);
    while (sf_line_next(&lines, &line)) {
        if (has_fault) {
            note_text_fault(&r, line);
        }
        read_fed_line(&r, line);
    }
    sf_sdp_end_stream(&r);
    sf_sdp_join_bundles(&r);
    sf_sdp_compare_streams(&r);
    r.sdp->key_field = r.session.key_field;
    return r.sdp;
}
