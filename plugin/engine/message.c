/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From the bytes of a message to its facts: start line, headers by table, and
 * what other files make of them and of the bodies.
 */
#include "message_reader.h"

#include "engine/text/key_mark.h"
#include "engine/text/plain_text.h"

static void clear(sf_message *message)
{
    message->text = message->start_line = (sf_slice){ NULL, 0 };
    message->is_request = false;
    message->method = message->call_id = message->cseq = message->agent = (sf_slice){ NULL, 0 };
    message->session_id = (sf_session_id){ .local = { NULL, 0 } };
    message->request_uri = (sf_uri){ .text = { NULL, 0 } };
    message->status_code = 0;
    message->from = message->to = (sf_party){ .is_present = false };
    message->callee = (sf_identity){ .text = { NULL, 0 } };
    message->identity_count = message->epid_count = 0;
    message->origin.count = 0;
    message->caller_asserted.identity_count = message->caller_asserted.privacy_count = 0;
    message->emergency = (sf_emergency){ .priority = { NULL, 0 } };
    message->product = (sf_product){ .name = NULL };
    message->teams.instance_count = message->teams.party_count = 0;
    message->teams.trace_text = message->teams.call = (sf_slice){ NULL, 0 };
    sf_diagnostics_clear(&message->diagnostics);
    message->trust = message->asserted = (sf_trust){ .text = { NULL, 0 } };
    message->compression = (sf_slice){ NULL, 0 };
    message->ms_header_count = message->authentication_count = 0;
    message->skype_uris.count = message->skype_uris.participant_count = 0;
    message->reference_count = message->reason_count = 0;
    message->contact_call = (sf_slice){ NULL, 0 };
    message->contact = (sf_uri){ .text = { NULL, 0 } };
    message->has_contact = message->allows_refer = message->allows_notify = false;
    message->allow = (sf_slice){ NULL, 0 };
    message->transfer_result = (sf_number){ .text = { NULL, 0 } };
    message->via_count = message->route_count = message->gruu_count = message->bound_count = 0;
    message->is_microsoft = message->crosses_federation = false;
    message->cut = SF_CUT_NOTHING;
    message->bodies.count = 0;
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

static void read_content_length(sf_message_reader *r, const sf_header *header)
{
    sf_problems *problems = &r->message->problems;
    bool came_before = r->content_length.is_number;

    if (sf_content_length_take(&r->content_length, header->value) != SF_OK) {
        sf_problems_malformed(problems, header->text, header->value, "The header", "is not a number of bytes");
    } else if (came_before) {
        sf_problems_malformed(problems, header->text, header->text, "The header",
                              "is repeated; the last value is used");
    }
}

static void read_body_header(sf_message_reader *r, const sf_header *header)
{
    sf_body_headers_keep(&r->body_headers, header);
}

/**
 * Teams' goes before another, since it tells who is asked; then Microsoft's, since a message that is read for its call
 * alone has no other.
 */
static unsigned rank_of_product(const sf_product *product)
{
    if (sf_product_is_of_teams(product->token)) {
        return 3;
    }
    if (product->is_microsoft) {
        return 2;
    }
    return product->name ? 1 : 0;
}

static void read_product(sf_message_reader *r, const sf_header *header)
{
    if (!sf_slice_present(r->message->agent)) {
        r->message->agent = header->value;
    }
    if (!sf_message_wants(r, SF_FOR_MARK) && !sf_product_is_of_teams(header->value)) {
        return;
    }
    sf_message *message = r->message;
    sf_product product;
    if (sf_product_read(header->value, &product) == SF_OK &&
        rank_of_product(&product) > rank_of_product(&message->product)) {
        message->product = product;
        r->product_header = header->canonical;
        sf_teams_take_product(&r->message->teams, header->value, header->canonical);
        sf_note_mark(r, r->message->product.is_microsoft);
    }
}

#define ROW(id, purpose, read) [SF_HEADER_##id] = { read, purpose }

/* What reads a header, and what for. */
static const struct {
    sf_header_reader *read;
    sf_purpose purpose;
} header_readers[] = {
    ROW(OTHER, SF_FOR_CALL, NULL),
    ROW(ALLOW, SF_FOR_DETAIL, sf_message_read_allow),
    ROW(ASSERTED, SF_FOR_MARK, sf_message_read_asserted),
    ROW(AUTHENTICATION, SF_FOR_MARK, sf_message_read_authentication),
    ROW(CALL_ID, SF_FOR_CALL, read_call_id),
    ROW(CONTACT, SF_FOR_MARK, sf_message_read_contact),
    ROW(CONTENT_DISPOSITION, SF_FOR_CALL, read_body_header),
    ROW(CONTENT_ENCODING, SF_FOR_CALL, read_body_header),
    ROW(CONTENT_LENGTH, SF_FOR_CALL, read_content_length),
    ROW(CONTENT_TYPE, SF_FOR_CALL, read_body_header),
    ROW(CSEQ, SF_FOR_CALL, read_cseq),
    ROW(DIAGNOSTICS, SF_FOR_CALL, sf_message_read_diagnostics),
    ROW(FROM, SF_FOR_CALL, sf_message_read_from),
    ROW(GEOLOCATION, SF_FOR_DETAIL, sf_message_read_geolocation),
    ROW(IDENTITY, SF_FOR_MARK, sf_message_read_identity_header),
    ROW(MS_IDENTITY, SF_FOR_MARK, sf_message_read_ms_identity_header),
    ROW(PRIORITY, SF_FOR_DETAIL, sf_message_read_priority),
    ROW(PRIVACY, SF_FOR_DETAIL, sf_message_read_privacy),
    ROW(REFERENCE, SF_FOR_CALL, sf_message_read_references),
    ROW(REASON, SF_FOR_CALL, sf_message_read_reasons),
    ROW(RECORD_ROUTE, SF_FOR_MARK, sf_message_read_routes),
    ROW(ROUTE, SF_FOR_MARK, sf_message_read_routes),
    ROW(SERVER, SF_FOR_CALL, read_product),
    ROW(SESSION_ID, SF_FOR_CALL, sf_message_read_session_id),
    ROW(TO, SF_FOR_CALL, sf_message_read_to),
    ROW(TRUST, SF_FOR_CALL, sf_message_read_trust),
    ROW(USER_AGENT, SF_FOR_CALL, read_product),
    ROW(VERIFICATION, SF_FOR_CALL, sf_message_read_verification),
    ROW(VIA, SF_FOR_MARK, sf_message_read_via),
};

static void report_text_fault(const sf_header *header, sf_problems *problems)
{
    sf_slice fault = sf_text_fault(header->value);

    if (sf_slice_present(fault)) {
        sf_problems_malformed(problems, header->text, fault, "The header", sf_text_fault_reason(fault));
    }
}

/**
 * Cuts off the media key that has run into a header, if one has. Returns false if nothing is left to read.
 * @param may_have_key  false of nearly all
 */
static bool leave_key_out(sf_header *header, bool may_have_key, bool is_ours, sf_problems *problems)
{
    if (!may_have_key || header->id == SF_HEADER_CONTENT_LENGTH || !sf_header_cut_at_key(header)) {
        return true; /* a length is read as it is, so that the message ends where it did for whoever framed it */
    }
    if (is_ours) {
        sf_problems_malformed(problems, header->text, sf_slice_head(header->text, 0), "The header",
                              "runs into a media key: its line end may be missing");
    }
    return header->value.length > 0;
}

static bool is_of_path(const sf_header *header)
{
    return header->id == SF_HEADER_VIA || header->id == SF_HEADER_ROUTE || header->id == SF_HEADER_RECORD_ROUTE;
}

/**
 * Puts off the headers of the path, which come first, where they could tell no more than whether the message is
 * Microsoft's: most that are say it in From or User-Agent as well, which are read anyway and in less time.
 */
static bool put_off(sf_message_reader *r, const sf_header *header)
{
    if (r->extent == SF_READ_ALL || r->is_second_look || !is_of_path(header)) {
        return false;
    }
    if (!sf_slice_present(r->put_off)) {
        r->put_off = header->text;
        r->put_off_number = r->header_count;
    }
    return true;
}

/**
 * Reads the Contacts that were skipped, in their order, since the first of several counts most.
 * @param end  they begin before it
 */
static void read_skipped_contacts(sf_message_reader *r, const char *end)
{
    sf_cursor cursor = sf_cursor_over(sf_slice_between(r->skipped_contact.text.text, end));
    sf_header header;

    for (unsigned number = r->skipped_contact_number;
         number <= SF_MAX_HEADERS && sf_header_next(&cursor, &header) == SF_HEADERS_MORE; number++) {
        r->message->problems.context = header.canonical;
        if (header.id == SF_HEADER_CONTACT && sf_message_leave_cut_out(&header, &r->message->problems) &&
            leave_key_out(&header, true, false, &r->message->problems)) {
            sf_message_read_contact(r, &header);
        }
    }
    r->skipped_contact.text = (sf_slice){ NULL, 0 };
}

static void read_one_header(sf_message_reader *r, sf_header *header)
{
    sf_problems *problems = &r->message->problems;
    const sf_ms_header_row *row = NULL;
    bool is_microsoft = header->id == SF_HEADER_OTHER && sf_ms_header_identify(header, &row);

    problems->context = header->canonical;
    if (!sf_message_leave_cut_out(header, problems)) {
        return;
    }
    if (header->name.length == 0) {
        /* Not quoted: the line may be the rest of a key line, or of what proves an identity. */
        sf_problems_malformed(problems, header->text, sf_slice_head(header->text, 0), "The header line",
                              "has no colon");
        return;
    }
    sf_header_reader *read = header_readers[header->id].read;
    if (r->extent != SF_READ_ALL && !r->message->is_microsoft) {
        r->may_have_mark = sf_mark_scan_may_be_in(&r->marks, header->value);
    }
    unsigned known_problems = problems->count;
    bool is_wanted = read && sf_message_wants(r, header_readers[header->id].purpose);
    bool is_first_skipped_contact = !is_wanted && header->id == SF_HEADER_CONTACT &&
                                    !sf_slice_present(r->skipped_contact.text);
    bool has_call = header->id == SF_HEADER_CONTACT && sf_message_may_have_call(header->value);
    if (!is_wanted && !is_microsoft && !is_first_skipped_contact && !has_call && !sf_message_wants(r, SF_FOR_MARK)) {
        return;
    }
    if (is_wanted && put_off(r, header)) {
        return;
    }
    /* For its call, few headers are read: a scan over those between them would cost more than it saves. */
    bool may_have_word = r->extent != SF_READ_ALL || sf_colon_scan_may_be_in(&r->colons, header);
    if (!leave_key_out(header, may_have_word, read || is_microsoft, problems)) {
        return;
    }
    if (has_call) {
        sf_message_find_call(r->message, header->value);
    }
    if (is_wanted && header->id == SF_HEADER_CONTACT && sf_slice_present(r->skipped_contact.text)) {
        read_skipped_contacts(r, header->text.text);
        problems->context = header->canonical;
    }
    if (is_wanted) {
        read(r, header);
    } else if (is_first_skipped_contact) {
        r->skipped_contact = *header;
        r->skipped_contact_number = r->header_count;
    }
    if (is_microsoft) {
        sf_message_read_microsoft(r, header, row);
    }
    // cppcheck-suppress knownConditionTrueFalse ; the readers note problems
    if (r->extent == SF_READ_ALL && (read || is_microsoft) && problems->count == known_problems &&
        sf_may_have_text_fault(&r->ascii, header->value)) {
        report_text_fault(header, problems); /* a header that could not be read has its note already */
    }
    if (sf_message_wants(r, SF_FOR_MARK)) {
        /* A decorated address has a parenthesis, if not as an escape, of which the look at the colons tells. */
        bool may_be_decorated = may_have_word || sf_ahead_is_in(&r->parentheses, header->value);
        if (may_be_decorated && sf_slice_find(header->value, '@') < header->value.length) {
            sf_message_keep_identities(r, header->value, header->canonical);
        }
        if (may_have_word) {
            sf_message_find_skype_uris(r, header->value);
        }
    }
}

/** Reads the headers of the path that were put off, unless others have told what they could. */
static void read_put_off(sf_message_reader *r, const char *end)
{
    sf_header header;

    if (!sf_slice_present(r->put_off) || r->message->is_microsoft) {
        return;
    }
    sf_cursor cursor = sf_cursor_over(sf_slice_between(r->put_off.text, end));
    r->marks = sf_mark_scan_over(sf_cursor_rest(&cursor));
    r->is_second_look = true;
    for (unsigned number = r->put_off_number;
         number <= SF_MAX_HEADERS && sf_header_next(&cursor, &header) == SF_HEADERS_MORE; number++) {
        if (is_of_path(&header)) {
            read_one_header(r, &header);
        }
    }
}

static void read_headers(sf_message_reader *r, sf_cursor *cursor)
{
    sf_problems *problems = &r->message->problems;
    sf_header header;
    sf_headers_state state;

    r->marks = sf_mark_scan_over(sf_cursor_rest(cursor));
    r->colons = sf_colon_scan_over(sf_cursor_rest(cursor));
    r->parentheses = sf_ahead_over(sf_cursor_rest(cursor), ')');
    r->ascii = sf_ascii_ahead_over(sf_cursor_rest(cursor));
    while ((state = sf_header_next(cursor, &header)) == SF_HEADERS_MORE) {
        if (sf_problems_room(problems, r->header_count, SF_MAX_HEADERS, SF_LIMIT_HEADERS, header.text)) {
            r->header_count++;
            read_one_header(r, &header);
        }
    }
    r->headers_end = cursor->at;
    read_put_off(r, cursor->at);
    r->may_have_mark = true;
    problems->context = (sf_slice){ NULL, 0 };
    r->has_no_blank_line = state == SF_HEADERS_UNTERMINATED;
    if (r->has_no_blank_line && problems->cut && cursor->at == cursor->end) {
        r->message->cut = SF_CUT_HEADERS;
    } else if (r->has_no_blank_line) {
        sf_problems_malformed(problems, r->message->start_line, sf_slice_head(r->message->start_line, 0),
                              "The header block", "is not followed by a blank line");
    }
}

static bool is_of_conference(const sf_uri *uri)
{
    sf_param opaque;

    return uri->parameters.length > 0 && sf_parameter_find(uri->parameters, SF_LITERAL("opaque"), &opaque) &&
           sf_slice_starts_nocase(opaque.value, SF_LITERAL("app:conf:"));
}

/**
 * Of a number, and of a caller who withholds it, the Contact may tell who carries the call, and whether Teams is at an end
 * or only named; of who joins a conference, it tells the device.
 */
static void read_skipped_contact(sf_message_reader *r)
{
    const sf_message *message = r->message;
    sf_network from = message->from.identity.network, to = message->to.identity.network;
    bool is_open = from == SF_NETWORK_NUMBER || from == SF_NETWORK_UNKNOWN || to == SF_NETWORK_NUMBER ||
                   to == SF_NETWORK_UNKNOWN || from == SF_NETWORK_TEAMS || to == SF_NETWORK_TEAMS;

    if (sf_slice_present(r->skipped_contact.text) && (is_open || is_of_conference(&message->to.address.uri))) {
        read_skipped_contacts(r, r->headers_end);
        r->message->problems.context = (sf_slice){ NULL, 0 };
    }
}

static bool read_start_line(sf_message_reader *r, sf_slice line)
{
    static const sf_slice version = SF_LITERAL_INIT("SIP/2.0");
    sf_message *message = r->message;
    sf_cursor words = sf_cursor_over(line);
    sf_slice first, second, third;
    uint64_t code;

    if (sf_has_key_mark(line)) {
        return false;
    }
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

/** A body without a blank line in front of it is known by its first two letters: with fewer, there is none. */
static sf_slice body_of(const sf_message_reader *r, sf_slice rest)
{
    sf_slice body = sf_content_length_body(&r->content_length, rest);

    return r->has_no_blank_line && body.length < 2 ? sf_slice_head(body, 0) : body;
}

sf_status sf_message_read_captured(sf_slice range, sf_captured captured, const sf_knowledge *knowledge,
                                   sf_extent extent, sf_message *message)
{
    sf_message_reader r = { .message = message, .knowledge = knowledge, .extent = extent, .may_have_mark = true };
    sf_cursor cursor = sf_cursor_over(range);
    sf_slice line = { NULL, 0 };

    clear(message);
    message->is_whole = extent == SF_READ_ALL;
    message->is_past_teams = captured.is_past_teams;
    message->problems.text = range;
    message->problems.cut = captured.is_cut ? sf_message_cut_line(range) : NULL;
    while (sf_line_next(&cursor, &line) && line.length == 0) {
    }
    if (line.length == 0 || !read_start_line(&r, line)) {
        return SF_ABSENT;
    }
    read_headers(&r, &cursor);

    sf_slice body = body_of(&r, sf_cursor_rest(&cursor));
    message->text = sf_slice_between(line.text, body.text + body.length);
    /* What follows in the same packet is of no message: it must not decide what a note quotes. */
    message->problems.text = message->text;
    if (captured.is_cut) {
        sf_message_find_cut(&r, range, body);
    }
    sf_message_read_bodies(&r, body);
    read_skipped_contact(&r);

    sf_message_cross_check(&r);
    return SF_OK;
}

sf_status sf_message_read(sf_slice range, const sf_knowledge *knowledge, sf_extent extent, sf_message *message)
{
    return sf_message_read_captured(range, (sf_captured){ false, false }, knowledge, extent, message);
}
