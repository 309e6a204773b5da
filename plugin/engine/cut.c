/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A message whose end the capture does not have: what of it is whole.
 */
#include "message_reader.h"

#include <glib.h>

#include "engine/body/document_kind.h"

const char *sf_message_cut_line(sf_slice text)
{
    const char *at = sf_slice_end(text);

    while (at > text.text && at[-1] != '\n') {
        at--;
    }
    return at;
}

/** What separates whole parts of a header's value. Of a few headers nothing is whole before the line ends. */
enum { BY_SEMICOLON = 1, BY_COMMA = 2, BY_BRACKET = 4, BY_ALL = BY_SEMICOLON | BY_COMMA | BY_BRACKET };

static unsigned separators_of(sf_header_id id)
{
    switch (id) {
    case SF_HEADER_CALL_ID:
    case SF_HEADER_CONTENT_LENGTH:
    case SF_HEADER_CSEQ:
    case SF_HEADER_SERVER: /* a semicolon is in a comment */
    case SF_HEADER_USER_AGENT:
        return 0;
    case SF_HEADER_ASSERTED:
    case SF_HEADER_CONTACT:
    case SF_HEADER_FROM:
    case SF_HEADER_IDENTITY:
    case SF_HEADER_MS_IDENTITY:
    case SF_HEADER_RECORD_ROUTE:
    case SF_HEADER_REFERENCE:
    case SF_HEADER_ROUTE:
    case SF_HEADER_TO:
        return BY_ALL;
    case SF_HEADER_AUTHENTICATION:
    case SF_HEADER_REASON:
    case SF_HEADER_VIA:
        return BY_SEMICOLON | BY_COMMA;
    default:
        return BY_SEMICOLON;
    }
}

/** The user of a SIP URI may have semicolons of its own (RFC 3261 25.1): only behind an @ is it known where it ends. */
static bool has_host(sf_slice uri)
{
    return !sf_slice_starts_nocase(uri, SF_LITERAL("sip")) || sf_slice_find(uri, '@') < uri.length;
}

/** Index of the quote that ends the string that begins here; the length of the text if none does. */
static size_t end_of_quotes(sf_slice text, size_t at)
{
    for (at++; at < text.length && text.text[at] != '"'; at++) {
        at += text.text[at] == '\\';
    }
    return MIN(at, text.length);
}

/** How much of a value is whole: up to its last separator, but for those in quotes, or the quotes of a parameter. */
static size_t whole_length(sf_slice value, unsigned separators)
{
    size_t whole = 0;
    size_t bracket = SIZE_MAX; /* of the URI that is open */

    for (size_t i = 0; i < value.length; i++) {
        bool is_open = bracket != SIZE_MAX;
        switch (value.text[i]) {
        case '"':
            if (!is_open) {
                bool is_of_parameter = i > 0 && value.text[i - 1] == '=';
                i = end_of_quotes(value, i);
                whole = separators && is_of_parameter && i < value.length ? i + 1 : whole;
            }
            break;
        case '<':
            bracket = i;
            break;
        case '>':
            bracket = SIZE_MAX;
            whole = separators & BY_BRACKET ? i + 1 : whole;
            break;
        case ',':
            whole = separators & BY_COMMA && !is_open ? i : whole;
            break;
        case ';':
            if (separators & BY_SEMICOLON &&
                (!is_open || has_host(sf_slice_head(sf_slice_skip(value, bracket + 1), i - bracket - 1)))) {
                whole = i;
            }
            break;
        default:
            break;
        }
    }
    return whole;
}

bool sf_message_shorten_cut(sf_header *header, sf_problems *problems)
{
    problems->cut = header->text.text;
    header->value = sf_slice_trim(sf_slice_head(header->value, whole_length(header->value, separators_of(header->id))));
    return header->value.length > 0;
}

void sf_message_find_cut(const sf_message_reader *r, sf_slice range, sf_slice body)
{
    const sf_content_length *length = &r->content_length;
    sf_message *message = r->message;
    bool is_there = length->is_number ? body.length >= length->bytes : sf_slice_end(body) < sf_slice_end(range);

    if (message->cut == SF_CUT_NOTHING && !is_there) {
        message->cut = SF_CUT_BODY;
    }
    if (message->cut == SF_CUT_NOTHING) {
        message->problems.cut = NULL;
    }
}

void sf_message_leave_half_line_out(const sf_message *message, sf_body *body)
{
    const sf_document_type *type = message->problems.cut ? sf_document_type_of(body->content_type) : NULL;

    if (!type || !type->is_xml) { /* XML is whole up to its last tag, wherever its lines end */
        body->text = sf_message_whole_lines(message, body->text);
    }
}

sf_slice sf_message_whole_lines(const sf_message *message, sf_slice text)
{
    const char *cut = message->problems.cut;
    bool is_cut = cut && cut >= text.text && cut < sf_slice_end(text);

    return is_cut ? sf_slice_between(text.text, cut) : text;
}
