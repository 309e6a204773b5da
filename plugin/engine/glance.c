/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The glance takes what is usual. Whatever is not leaves the message to the readers, which know all of SIP.
 */
#include "glance.h"

#include "engine/sip/mark_scan.h"
#include "engine/sip/microsoft_header.h"
#include "engine/text/key_mark.h"
#include "engine/text/limits.h"

#include <glib.h>

/** What a header is to the glance. */
typedef enum {
    CLOSER,  /**< a closer look is due */
    NOTHING, /**< it says nothing without a mark in its value */
    KEPT,    /**< the call needs it */
    FROM,
    TO,
    CALL_ID,
    CSEQ,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    VIA
} header_use;

static const uint8_t uses[] = {
    [SF_HEADER_OTHER] = NOTHING,
    [SF_HEADER_ALLOW] = NOTHING,
    [SF_HEADER_ASSERTED] = NOTHING,
    [SF_HEADER_AUTHENTICATION] = NOTHING,
    [SF_HEADER_CALL_ID] = CALL_ID,
    [SF_HEADER_CONTACT] = KEPT,
    [SF_HEADER_CONTENT_LENGTH] = CONTENT_LENGTH,
    [SF_HEADER_CONTENT_TYPE] = CONTENT_TYPE,
    [SF_HEADER_CSEQ] = CSEQ,
    [SF_HEADER_FROM] = FROM,
    [SF_HEADER_GEOLOCATION] = NOTHING,
    [SF_HEADER_IDENTITY] = NOTHING,
    [SF_HEADER_PRIORITY] = NOTHING,
    [SF_HEADER_PRIVACY] = NOTHING,
    [SF_HEADER_REASON] = KEPT,
    [SF_HEADER_RECORD_ROUTE] = NOTHING,
    [SF_HEADER_ROUTE] = NOTHING,
    [SF_HEADER_SERVER] = NOTHING,
    [SF_HEADER_TO] = TO,
    [SF_HEADER_USER_AGENT] = NOTHING,
    [SF_HEADER_VERIFICATION] = CLOSER, /* the last one: the table has all */
    [SF_HEADER_VIA] = VIA,
};

static const sf_slice version = SF_LITERAL_INIT("SIP/2.0");

/** `SIP/2.0 200 OK`, or `INVITE sip:b@example.com SIP/2.0` with one blank between the words. */
static bool read_start_line(sf_glance *g)
{
    sf_slice line = g->start_line;
    size_t blank = sf_slice_find(line, ' ');
    sf_slice first = sf_slice_head(line, blank), rest = sf_slice_skip(line, blank + 1);
    uint64_t code;

    g->is_request = !sf_slice_equals(first, version);
    if (!g->is_request) {
        size_t end = sf_slice_find(rest, ' ');
        return end == 3 && sf_slice_decimal(sf_slice_head(rest, end), 699, &code) == SF_OK && code >= 100 &&
               !sf_has_key_mark(line);
    }
    size_t target = sf_slice_find(rest, ' ');
    g->method = first;
    return first.length > 0 && target > 0 && sf_slice_equals(sf_slice_skip(rest, target + 1), version) &&
           sf_slice_find(line, '\t') == line.length && sf_slice_find(line, '\r') == line.length &&
           !sf_has_key_mark(line);
}

/** Keeps a line; false if it is one too many. */
static bool keep(sf_glance *g, sf_slice line)
{
    if (g->line_count == SF_MAX_GLANCE_LINES) {
        return false;
    }
    g->lines[g->line_count++] = line;
    return true;
}

/** Keeps a line that a message has once. @param value  where its value goes */
static bool keep_once(sf_glance *g, sf_slice line, sf_slice *value, sf_slice read)
{
    if (sf_slice_present(*value) || read.length == 0) {
        return false;
    }
    *value = read;
    return keep(g, line);
}

static bool take_content_length(sf_glance *g, sf_slice value)
{
    return !g->content_length.is_there && sf_content_length_take(&g->content_length, value) == SF_OK;
}

/** `application/sdp`, with parameters or without. */
static bool take_content_type(sf_glance *g, sf_slice line, sf_slice value)
{
    sf_slice type = sf_slice_trim(sf_slice_head(value, sf_slice_find(value, ';')));
    bool is_first = !g->has_content_type;

    g->has_content_type = true;
    return is_first && sf_slice_equals_nocase(type, SF_LITERAL("application/sdp")) && keep(g, line);
}

/** False for a header that no media key has run into; most have no colon in their value. */
static bool may_have_key(const sf_header *header)
{
    sf_slice value = header->value;

    return (sf_slice_find(value, ':') < value.length || sf_slice_find(value, '%') < value.length ||
            sf_slice_find(value, '\\') < value.length) &&
           sf_has_key_mark(header->text);
}

/** False if a long message shows by its sender that it has a mark, as most that have one do: no other line is read. */
static bool may_be_plain(const sf_glance *g, sf_slice from)
{
    enum { LONG = 2048 }; /* bytes; of a shorter message all lines are read in little more than the time of this look */

    if (g->range.length < LONG) {
        return true;
    }
    sf_mark_scan marks = sf_mark_scan_over(from);
    return !sf_mark_scan_may_be_in(&marks, from);
}

static bool take_header(sf_glance *g, sf_header *header)
{
    const sf_ms_header_row *row;

    sf_header_identify(header);
    if (header->id == SF_HEADER_OTHER && sf_ms_header_identify(header, &row)) {
        return false;
    }
    switch ((header_use)uses[header->id]) {
    case NOTHING:
        return true;
    case KEPT:
        return keep(g, header->text);
    case FROM:
        return may_be_plain(g, header->value) && keep_once(g, header->text, &g->from, header->value);
    case TO:
        return keep_once(g, header->text, &g->to, header->value);
    case CALL_ID:
        return header->value.text == g->call_id.text && !may_have_key(header) && keep(g, header->text);
    case CSEQ:
        return (g->is_request || !may_have_key(header)) && keep_once(g, header->text, &g->cseq, header->value);
    case CONTENT_LENGTH:
        return take_content_length(g, header->value);
    case CONTENT_TYPE:
        return take_content_type(g, header->text, header->value);
    case VIA:
        g->via = g->via.length > 0 ? g->via : header->text;
        return true;
    case CLOSER:
        break;
    }
    return false;
}

/** Takes a line `Name: value` that is not folded. */
static bool take_line(sf_glance *g, sf_slice line)
{
    size_t colon = sf_slice_find(line, ':');
    sf_header header;

    if (colon == 0 || colon == line.length || sf_is_blank(line.text[0]) || sf_is_blank(line.text[colon - 1]) ||
        line.text[1] == '=') {
        return false;
    }
    header.text = line;
    header.name = sf_slice_head(line, colon);
    header.value = sf_trim_between(line.text + colon + 1, sf_slice_end(line));
    return take_header(g, &header);
}

/** The value of a line `Call-ID: value` or `i: value`; absent for any other. */
static sf_slice call_id_in(sf_slice line)
{
    static const sf_slice name = SF_LITERAL_INIT("Call-ID:");
    char letter = sf_lower(line.text[0]);
    size_t length = letter == 'i' && line.text[1] == ':'                  ? 2
                    : letter == 'c' && sf_slice_starts_nocase(line, name) ? name.length
                                                                          : 0;

    return length > 0 ? sf_slice_trim(sf_slice_skip(line, length)) : (sf_slice){ NULL, 0 };
}

bool sf_glance_begin(sf_slice range, sf_glance *glance)
{
    sf_cursor cursor = sf_cursor_over(range);
    sf_slice line;

    glance->range = range;
    glance->call_id = (sf_slice){ NULL, 0 };
    sf_line_next(&cursor, &line);
    while (!sf_slice_present(glance->call_id) && sf_line_next(&cursor, &line) && line.length >= 2) {
        glance->call_id = call_id_in(line);
    }
    return glance->call_id.length > 0;
}

/** True if an address is no mark: of one user at one host, which is that of no provider. */
static bool is_plain_party(sf_slice value, const sf_knowledge *providers)
{
    sf_slice host = sf_slice_skip(value, sf_slice_find(value, '@') + 1);
    size_t end = 0;

    while (end < host.length && (g_ascii_isalnum(host.text[end]) || host.text[end] == '.' || host.text[end] == '-')) {
        end++;
    }
    sf_slice rest = sf_slice_skip(host, end);
    bool is_host = end > 0 && (rest.length == 0 || rest.text[0] == '>' || rest.text[0] == ':' || rest.text[0] == ';');

    return is_host && sf_slice_find(rest, '@') == rest.length && sf_slice_find(rest, '<') == rest.length &&
           !sf_provider_of_domain(providers, sf_slice_head(host, end));
}

/** Reads the start line and the headers, and finds the body. */
static bool read_all(sf_glance *g)
{
    sf_cursor cursor = sf_cursor_over(g->range);
    sf_slice line, number;
    unsigned headers = 0;

    g->method = g->cseq = g->from = g->to = g->via = (sf_slice){ NULL, 0 };
    g->line_count = 0;
    g->content_length = (sf_content_length){ .bytes = 0 };
    g->has_content_type = false;
    if (!sf_line_next(&cursor, &g->start_line) || !read_start_line(g)) {
        return false;
    }
    do {
        if (!sf_line_next(&cursor, &line) || line.length == 1 ||
            (line.length > 0 && (headers++ == SF_MAX_HEADERS || !take_line(g, line)))) {
            return false;
        }
    } while (line.length > 0);
    if (!sf_slice_present(g->from) || !sf_slice_present(g->to) || !sf_slice_present(g->cseq)) {
        return false;
    }
    g->body = sf_content_length_body(&g->content_length, sf_cursor_rest(&cursor));
    if (g->content_length.is_there && g->body.length < g->content_length.bytes) {
        return false; /* the body is cut, of which its readers say less */
    }
    if (g->body.length > 0 && g->via.length > 0 && !keep(g, g->via)) {
        return false;
    }
    g->text = sf_slice_between(g->start_line.text, g->body.text + g->body.length);
    sf_cursor words = sf_cursor_over(g->cseq);
    return (g->body.length == 0 || g->has_content_type) &&
           (g->is_request || (sf_word_next(&words, &number) && sf_word_next(&words, &g->method)));
}

/** True if the letters of the message have no mark. */
static bool has_no_mark(const sf_glance *g)
{
    sf_slice headers = sf_slice_between(g->start_line.text, g->body.text);
    sf_mark_scan marks = sf_mark_scan_over(headers), sdp_marks = sf_mark_scan_over_sdp(g->body);

    return !sf_mark_scan_may_be_in(&marks, headers) && !sf_mark_scan_may_be_in(&sdp_marks, g->body);
}

bool sf_glance_is_plain(sf_glance *glance, const sf_knowledge *providers)
{
    return read_all(glance) && has_no_mark(glance) &&
           (!providers || (is_plain_party(glance->from, providers) && is_plain_party(glance->to, providers)));
}

/* ---- the message in short ---- */

static const sf_slice new_line = SF_LITERAL_INIT("\r\n"); /* both: a line may have a carriage return of its own */

size_t sf_glance_length(const sf_glance *glance)
{
    size_t length = glance->start_line.length + new_line.length;

    for (unsigned i = 0; i < glance->line_count; i++) {
        length += glance->lines[i].length + new_line.length;
    }
    return length + new_line.length + glance->body.length;
}

/** Appends a piece. Returns where the next one goes. */
static inline char *append(char *at, sf_slice piece)
{
    if (piece.length > 0) {
        memcpy(at, piece.text, piece.length);
    }
    return at + piece.length;
}

void sf_glance_write(const sf_glance *glance, unsigned left, char *text)
{
    text = append(append(text, glance->start_line), new_line);
    for (unsigned i = 0; i < glance->line_count; i++) {
        text = left >> i & 1 ? text : append(append(text, glance->lines[i]), new_line);
    }
    append(append(text, new_line), glance->body);
}
