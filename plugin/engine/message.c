/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From the bytes of a message to its facts: start line, headers by table,
 * and bodies.
 */
#include "message_reader.h"

#include <glib.h>

static void clear(sf_message *message)
{
    message->text = message->start_line = (sf_slice){ NULL, 0 };
    message->is_request = false;
    message->method = message->call_id = message->cseq = (sf_slice){ NULL, 0 };
    message->request_uri = (sf_uri){ .port = 0 };
    message->status_code = 0;
    message->from = message->to = (sf_party){ .present = false };
    message->identity_count = message->epid_count = 0;
    message->origin.count = 0;
    message->product = (sf_product){ .name = NULL };
    message->diagnostics.count = message->diagnostics.param_count = message->diagnostics.media_debug_count = 0;
    message->trust = message->asserted = (sf_trust){ .verified = false };
    message->compression = (sf_slice){ NULL, 0 };
    message->ms_header_count = message->authentication_count = 0;
    message->skype_uris.count = message->skype_uris.participant_count = 0;
    message->via_count = message->route_count = message->gruu_count = 0;
    message->microsoft = message->crosses_federation = false;
    sf_media_clear(&message->media);
    sf_problems_clear(&message->problems);
}

static void read_call_id(sf_message_reader *r, const sf_header *header)
{
    r->message->call_id = header->value;
}

static void read_cseq(sf_message_reader *r, const sf_header *header)
{
    sf_cursor words = sf_cursor_over(header->value);
    sf_slice number, method;

    r->message->cseq = header->value;
    if (sf_word_next(&words, &number) && sf_word_next(&words, &method) && !r->message->is_request) {
        r->message->method = method;
    }
}

/** Of several the last one counts; one that is no number is passed over. */
static void read_content_length(sf_message_reader *r, const sf_header *header)
{
    sf_problems *problems = &r->message->problems;

    if (sf_slice_decimal(header->value, UINT32_MAX, &r->content_length) != SF_OK) {
        sf_problems_malformed(problems, header->text, header->value, "The header", "is not a number of bytes");
    } else if (r->has_content_length) {
        sf_problems_malformed(problems, header->text, header->text, "The header", "came before; the last one counts");
    } else {
        r->has_content_length = true;
    }
}

static void read_body_header(sf_message_reader *r, const sf_header *header)
{
    sf_body_headers_keep(&r->body_headers, header);
}

static void read_product(sf_message_reader *r, const sf_header *header)
{
    if (!r->message->product.name && sf_product_read(header->value, &r->message->product) == SF_OK) {
        sf_note_mark(r, r->message->product.microsoft);
    }
}

#define STANDARD(id, purpose, read) [SF_HEADER_##id] = { read, purpose, false }
#define MICROSOFT(id, purpose, read) [SF_HEADER_##id] = { read, purpose, true }

/* What reads a header, what for, and whether its name may stand in the table of Microsoft's as well. */
static const struct {
    sf_header_reader *read;
    sf_purpose purpose;
    bool may_be_microsofts;
} header_readers[] = {
    MICROSOFT(OTHER, SF_FOR_CALL, NULL),
    STANDARD(AUTHENTICATION, SF_FOR_MARK, sf_message_read_authentication),
    STANDARD(CALL_ID, SF_FOR_CALL, read_call_id),
    STANDARD(CONTACT, SF_FOR_MARK, sf_message_read_contact),
    STANDARD(CONTENT_DISPOSITION, SF_FOR_CALL, read_body_header),
    STANDARD(CONTENT_ENCODING, SF_FOR_CALL, read_body_header),
    STANDARD(CONTENT_LENGTH, SF_FOR_CALL, read_content_length),
    STANDARD(CONTENT_TYPE, SF_FOR_CALL, read_body_header),
    STANDARD(CSEQ, SF_FOR_CALL, read_cseq),
    MICROSOFT(DIAGNOSTICS, SF_FOR_CALL, sf_message_read_diagnostics),
    STANDARD(FROM, SF_FOR_CALL, sf_message_read_from),
    MICROSOFT(IDENTITY, SF_FOR_MARK, sf_message_read_identity_header),
    STANDARD(RECORD_ROUTE, SF_FOR_MARK, sf_message_read_routes),
    STANDARD(ROUTE, SF_FOR_MARK, sf_message_read_routes),
    STANDARD(SERVER, SF_FOR_MARK, read_product),
    STANDARD(TO, SF_FOR_CALL, sf_message_read_to),
    MICROSOFT(TRUST, SF_FOR_CALL, sf_message_read_trust),
    STANDARD(USER_AGENT, SF_FOR_MARK, read_product),
    MICROSOFT(VERIFICATION, SF_FOR_CALL, sf_message_read_verification),
    STANDARD(VIA, SF_FOR_MARK, sf_message_read_via),
};

/** True if what serves that purpose is to be read of the message. */
static bool wants(const sf_message_reader *r, sf_purpose purpose)
{
    return sf_extent_wants(r->extent, purpose, r->message->microsoft);
}

static void report_text_fault(const sf_header *header, sf_problems *problems)
{
    sf_slice fault = sf_text_fault(header->value);

    if (sf_slice_present(fault)) {
        sf_problems_malformed(problems, header->text, fault, "The header", sf_text_fault_reason(fault));
    }
}

static void read_one_header(sf_message_reader *r, const sf_header *header)
{
    sf_problems *problems = &r->message->problems;

    problems->context = header->canonical;
    if (header->name.length == 0) {
        /* Not quoted: the line may be the rest of a key line, or of what proves an identity. */
        sf_problems_malformed(problems, header->text, sf_slice_head(header->text, 0), "The header line",
                              "has no colon");
        return;
    }
    sf_header_reader *read = header_readers[header->id].read;
    bool is_microsoft = header_readers[header->id].may_be_microsofts && sf_ms_header_is_one(header->name);
    unsigned known_problems = problems->count;
    if (read && wants(r, header_readers[header->id].purpose)) {
        read(r, header);
    }
    if (is_microsoft) {
        sf_message_read_microsoft(r, header);
    }
    // cppcheck-suppress knownConditionTrueFalse ; the readers note problems
    if (r->extent == SF_READ_ALL && (read || is_microsoft) && problems->count == known_problems) {
        report_text_fault(header, problems); /* a header that could not be read has its note already */
    }
    if (wants(r, SF_FOR_MARK)) {
        sf_message_keep_identities(r, header->value, header->canonical);
        sf_message_find_skype_uris(r, header->value);
    }
}

static void read_headers(sf_message_reader *r, sf_cursor *cursor)
{
    sf_problems *problems = &r->message->problems;
    sf_header header;
    sf_headers_state state;
    unsigned count = 0;

    while ((state = sf_header_next(cursor, &header)) == SF_HEADERS_MORE) {
        if (count++ < SF_MAX_HEADERS) {
            read_one_header(r, &header);
        } else {
            sf_problems_limit(problems, SF_LIMIT_HEADERS, header.text);
        }
    }
    problems->context = (sf_slice){ NULL, 0 };
    if (state == SF_HEADERS_UNTERMINATED) {
        sf_problems_malformed(problems, r->message->start_line, sf_slice_head(r->message->start_line, 0),
                              "The header block", "has no blank line behind it");
    }
}

static bool read_start_line(sf_message_reader *r, sf_slice line)
{
    static const sf_slice version = SF_LITERAL("SIP/2.0");
    sf_message *message = r->message;
    sf_cursor words = sf_cursor_over(line);
    sf_slice first, second, third;
    uint64_t code;

    message->start_line = line;
    if (!sf_word_next(&words, &first) || !sf_word_next(&words, &second)) {
        return false;
    }
    if (sf_slice_equals_nocase(first, version)) {
        if (second.length != 3 || sf_slice_decimal(second, 699, &code) != SF_OK || code < 100) {
            return false;
        }
        message->status_code = (uint16_t)code;
        return true;
    }
    if (!sf_word_next(&words, &third) || !sf_slice_equals_nocase(third, version)) {
        return false;
    }
    message->is_request = true;
    message->method = first;
    sf_message_read_request_uri(r, second);
    return true;
}

static const sf_slice sdp_types[] = {
    SF_LITERAL("application/sdp"),
    SF_LITERAL("application/gw-sdp"),      /* media bypass */
    SF_LITERAL("application/sdp-ngc-1.0"), /* Teams */
};

static const sf_slice text_types[] = {
    SF_LITERAL("text/plain"),
    SF_LITERAL("text/html"),
};

static bool is_one_of(sf_slice content_type, const sf_slice *types, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (sf_slice_equals_nocase(content_type, types[i])) {
            return true;
        }
    }
    return false;
}

/** The role that a body has if nothing but this message is known. */
static sf_sdp_role role_of(const sf_message *message)
{
    static const struct {
        sf_slice method;
        sf_sdp_role in_request, in_response;
    } roles[] = {
        { SF_LITERAL("INVITE"), SF_ROLE_OFFER, SF_ROLE_ANSWER },
        { SF_LITERAL("UPDATE"), SF_ROLE_OFFER, SF_ROLE_ANSWER },
        { SF_LITERAL("ACK"), SF_ROLE_ANSWER, SF_ROLE_UNKNOWN },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(roles); i++) {
        if (sf_slice_equals_nocase(message->method, roles[i].method)) {
            return message->is_request ? roles[i].in_request : roles[i].in_response;
        }
    }
    return SF_ROLE_UNKNOWN;
}

static void read_sdp(sf_message_reader *r, const sf_body *body)
{
    sf_message *message = r->message;
    bool is_encoded = sf_slice_present(body->encoding);

    message->problems.context = SF_LITERAL("SDP");
    sf_sdp *sdp = sf_sdp_read(sf_slice_head(body->text, is_encoded ? 0 : body->text.length), r->extent,
                              message->microsoft, &message->problems, &message->media);
    if (!sdp) {
        return;
    }
    if (is_encoded) {
        sdp->text = body->text;
        sf_problems_malformed(&message->problems, body->text, body->encoding, "The SDP body", SF_BODY_IS_ENCODED);
    }
    sdp->content_type = body->content_type;
    sdp->fallback = body->fallback;
    sdp->role = role_of(message);
    sf_note_mark(r, sdp->microsoft);
}

static void read_bodies(sf_message_reader *r, sf_slice text)
{
    sf_message *message = r->message;
    sf_bodies bodies;

    if (text.length == 0) {
        return;
    }
    message->problems.context = SF_LITERAL("Body");
    sf_bodies_read(text, &r->body_headers, &message->problems, &bodies);
    for (unsigned i = 0; i < bodies.count; i++) {
        const sf_body *body = &bodies.items[i];
        sf_note_mark(r, body->fallback);
        if (is_one_of(body->content_type, sdp_types, G_N_ELEMENTS(sdp_types))) {
            read_sdp(r, body);
        } else if (wants(r, SF_FOR_MARK) &&
                   is_one_of(body->content_type, text_types, G_N_ELEMENTS(text_types))) {
            sf_message_find_skype_uris(r, body->text);
        }
    }
}

sf_status sf_message_read(sf_slice range, const sf_knowledge *knowledge, sf_extent extent, sf_message *message)
{
    sf_message_reader r = { .message = message, .knowledge = knowledge, .extent = extent };
    sf_cursor cursor = sf_cursor_over(range);
    sf_slice line = { NULL, 0 };

    clear(message);
    while (sf_line_next(&cursor, &line) && line.length == 0) {
    }
    if (line.length == 0 || !read_start_line(&r, line)) {
        return SF_ABSENT;
    }
    read_headers(&r, &cursor);

    sf_slice body = sf_cursor_rest(&cursor);
    if (r.has_content_length) {
        body = sf_slice_head(body, (size_t)r.content_length);
    }
    message->text = sf_slice_between(line.text, body.text + body.length);
    read_bodies(&r, body);

    sf_message_cross_check(&r);
    return SF_OK;
}
