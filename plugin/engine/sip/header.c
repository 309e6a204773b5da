/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of header names, and the iterator over header lines.
 */
#include "header.h"

#include "engine/text/key_mark.h"
#include "engine/text/words.h"

#include <glib.h>

#define ROW(name, id)             \
    {                             \
        SF_LITERAL_INIT(name), id \
    }

/* RFC 3261 section 20 and the IANA registry of SIP header fields; compact names are in the next table, Microsoft's in
 * microsoft_header.c. */
static const struct {
    sf_slice name;
    sf_header_id id;
} header_names[] = {
    ROW("Allow", SF_HEADER_ALLOW),
    ROW("Via", SF_HEADER_VIA),
    ROW("From", SF_HEADER_FROM),
    ROW("To", SF_HEADER_TO),
    ROW("Call-ID", SF_HEADER_CALL_ID),
    ROW("CSeq", SF_HEADER_CSEQ),
    ROW("Contact", SF_HEADER_CONTACT),
    ROW("Record-Route", SF_HEADER_RECORD_ROUTE),
    ROW("Route", SF_HEADER_ROUTE),
    ROW("Content-Type", SF_HEADER_CONTENT_TYPE),
    ROW("Content-Length", SF_HEADER_CONTENT_LENGTH),
    ROW("Content-Disposition", SF_HEADER_CONTENT_DISPOSITION),
    ROW("Content-Encoding", SF_HEADER_CONTENT_ENCODING),
    ROW("Content-Transfer-Encoding", SF_HEADER_CONTENT_ENCODING), /* of MIME parts: RFC 2045 6 */
    ROW("User-Agent", SF_HEADER_USER_AGENT),
    ROW("Server", SF_HEADER_SERVER),
    ROW("P-Asserted-Identity", SF_HEADER_ASSERTED),
    ROW("Privacy", SF_HEADER_PRIVACY),
    ROW("Priority", SF_HEADER_PRIORITY),
    ROW("Geolocation", SF_HEADER_GEOLOCATION),
    ROW("Reason", SF_HEADER_REASON),
    ROW("Session-ID", SF_HEADER_SESSION_ID),
    ROW("P-Preferred-Identity", SF_HEADER_IDENTITY),
    ROW("Remote-Party-ID", SF_HEADER_IDENTITY),
    ROW("Referred-By", SF_HEADER_REFERENCE),
    ROW("Refer-To", SF_HEADER_REFERENCE),
    ROW("Reply-To", SF_HEADER_IDENTITY),
    ROW("History-Info", SF_HEADER_REFERENCE),
    ROW("Diversion", SF_HEADER_REFERENCE),
    ROW("Replaces", SF_HEADER_REFERENCE),
    ROW("WWW-Authenticate", SF_HEADER_AUTHENTICATION),
    ROW("Authorization", SF_HEADER_AUTHENTICATION),
    ROW("Proxy-Authenticate", SF_HEADER_AUTHENTICATION),
    ROW("Proxy-Authorization", SF_HEADER_AUTHENTICATION),
    ROW("Authentication-Info", SF_HEADER_AUTHENTICATION),
    ROW("Proxy-Authentication-Info", SF_HEADER_AUTHENTICATION),
};

static sf_word_index header_index = SF_WORD_INDEX_INIT(header_names);

static const struct {
    char letter;
    sf_slice name;
    sf_header_id id;
} compact_names[] = {
    { 'v', SF_LITERAL_INIT("Via"), SF_HEADER_VIA },
    { 'f', SF_LITERAL_INIT("From"), SF_HEADER_FROM },
    { 't', SF_LITERAL_INIT("To"), SF_HEADER_TO },
    { 'i', SF_LITERAL_INIT("Call-ID"), SF_HEADER_CALL_ID },
    { 'm', SF_LITERAL_INIT("Contact"), SF_HEADER_CONTACT },
    { 'l', SF_LITERAL_INIT("Content-Length"), SF_HEADER_CONTENT_LENGTH },
    { 'c', SF_LITERAL_INIT("Content-Type"), SF_HEADER_CONTENT_TYPE },
    { 'e', SF_LITERAL_INIT("Content-Encoding"), SF_HEADER_CONTENT_ENCODING },
    { 'b', SF_LITERAL_INIT("Referred-By"), SF_HEADER_REFERENCE },
    { 'r', SF_LITERAL_INIT("Refer-To"), SF_HEADER_REFERENCE },
};

static bool identify_compact(sf_header *header)
{
    for (size_t i = 0; i < G_N_ELEMENTS(compact_names); i++) {
        if (sf_lower(header->name.text[0]) == compact_names[i].letter) {
            header->canonical = compact_names[i].name;
            header->id = compact_names[i].id;
            return true;
        }
    }
    return false;
}

/** Sets the id and the canonical name of a header by its name as it is. Returns false for one that is not known. */
static inline bool identify(sf_header *header)
{
    header->canonical = header->name;
    header->id = SF_HEADER_OTHER;
    if (header->name.length == 1) {
        return identify_compact(header);
    }
    int row = sf_words_look_up(&header_index, header->name);
    if (row == SF_WORDS_NONE) {
        return false;
    }
    header->canonical = header_names[row].name;
    header->id = header_names[row].id;
    return true;
}

/** Takes the blanks around the name off it, which hardly any has, and looks it up anew. */
static void identify_trimmed(sf_header *header)
{
    sf_slice name = sf_slice_trim(header->name);

    if (name.length < header->name.length) {
        header->name = name;
        identify(header);
    }
}

static bool is_fold(const sf_cursor *cursor)
{
    return cursor->at < cursor->end && (*cursor->at == ' ' || *cursor->at == '\t');
}

/** A body that lost the blank line in front of it: SDP begins with `v=`, or as a stub with `o=`. */
static bool begins_sdp(sf_slice line)
{
    return line.length >= 2 && line.text[1] == '=' && (line.text[0] == 'v' || line.text[0] == 'o');
}

sf_headers_state sf_header_next(sf_cursor *cursor, sf_header *header)
{
    sf_slice line;

    if (!sf_line_next(cursor, &line)) {
        return SF_HEADERS_UNTERMINATED;
    }
    if (begins_sdp(line)) {
        cursor->at = line.text;
        return SF_HEADERS_UNTERMINATED;
    }
    if (line.length == 0) {
        return SF_HEADERS_END;
    }
    const char *begin = line.text;
    while (is_fold(cursor)) {
        sf_line_next(cursor, &line);
    }
    const char *const end = line.text + line.length;
    const char *colon = memchr(begin, ':', (size_t)(end - begin));
    header->text = sf_slice_between(begin, end);
    header->name = sf_slice_between(begin, colon ? colon : begin);
    header->value = sf_trim_between(colon ? colon + 1 : begin, end);
    if (!identify(header)) {
        identify_trimmed(header);
    }
    return SF_HEADERS_MORE;
}

void sf_header_identify(sf_header *header)
{
    identify(header);
}

bool sf_header_cut_at_key(sf_header *header)
{
    size_t mark = sf_key_mark_at(header->text);
    size_t value_at = (size_t)(header->value.text - header->text.text);

    if (mark == header->text.length) {
        return false;
    }
    sf_slice front = mark > value_at ? sf_slice_head(header->value, mark - value_at) : sf_slice_head(header->value, 0);
    size_t semicolon = sf_slice_find_last(front, ';');
    header->value = sf_slice_trim(sf_slice_head(front, semicolon < front.length ? semicolon : 0));
    header->text = sf_slice_head(header->text, MIN(mark, value_at + header->value.length));
    return true;
}
