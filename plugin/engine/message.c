/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From the bytes of a message to its facts: start line, headers by table,
 * bodies, and what only shows when all of them are known.
 */
#include "message.h"

#include "param_table.h"

#include <glib.h>

/** A message being read. */
typedef struct {
    sf_message *message;
    const sf_knowledge *knowledge;
    sf_slice content_type;
    sf_slice disposition;
    bool has_content_length;
    uint64_t content_length;
    bool has_contact_endpoint;
    sf_guid contact_endpoint;
    sf_slice contact_host;
    bool has_request_endpoint;
    sf_guid request_endpoint;
} reader;

typedef void read_header(reader *r, const sf_header *header);

static void clear(sf_message *message)
{
    message->text = message->start_line = (sf_slice){ NULL, 0 };
    message->is_request = false;
    message->method = message->call_id = message->cseq = (sf_slice){ NULL, 0 };
    message->request_uri = (sf_uri){ .port = 0 };
    message->status_code = 0;
    message->from.present = message->to.present = false;
    message->from.epid = message->from.tag = message->to.epid = message->to.tag = (sf_slice){ NULL, 0 };
    message->identity_count = message->epid_count = 0;
    message->origin.count = 0;
    message->product = (sf_product){ .name = NULL };
    message->via_count = message->route_count = message->gruu_count = 0;
    message->microsoft = message->crosses_federation = false;
    sf_media_clear(&message->media);
    sf_problems_clear(&message->problems);
}

static void note_mark(reader *r, bool is_mark)
{
    r->message->microsoft = r->message->microsoft || is_mark;
}

/* ---- addresses ---- */

/** Looks for the marks of a URI and keeps its GRUU, if it is one. Returns that, or NULL. */
static const sf_gruu *read_uri(reader *r, const sf_uri *uri)
{
    sf_message *message = r->message;
    sf_gruu gruu;

    note_mark(r, sf_host_is_microsoft(uri->host));
    if (uri->parameters.length == 0) {
        return NULL;
    }
    sf_status status = sf_gruu_read(uri, &message->problems, &gruu);
    note_mark(r, gruu.microsoft);
    if (status == SF_ABSENT) {
        return NULL;
    }
    if (message->gruu_count == SF_MAX_GRUUS) {
        sf_problems_limit(&message->problems, SF_LIMIT_GRUUS, uri->text);
        return NULL;
    }
    message->gruus[message->gruu_count] = gruu;
    return &message->gruus[message->gruu_count++];
}

static bool is_user_endpoint(const sf_gruu *gruu)
{
    return gruu && gruu->kind == SF_GRUU_USER_ENDPOINT && sf_slice_present(gruu->id_text);
}

static void keep_epid(reader *r, sf_slice text, sf_slice header)
{
    sf_message *message = r->message;

    if (text.length == 0) {
        sf_problems_malformed(&message->problems, text, text, "epid", "is empty");
        return;
    }
    if (message->epid_count == SF_MAX_EPIDS) {
        sf_problems_limit(&message->problems, SF_LIMIT_EPIDS, text);
        return;
    }
    message->epids[message->epid_count++] = (sf_epid){ .text = text, .header = header };
}

static void note_network_mark(reader *r, sf_network network)
{
    note_mark(r, network == SF_NETWORK_SKYPE || network == SF_NETWORK_TEAMS);
}

static void read_party(reader *r, const sf_header *header, sf_party *party)
{
    enum { EPID, TAG };
    static const sf_param_row parameters[] = {
        [EPID] = { SF_LITERAL("epid"), true, false },
        [TAG] = { SF_LITERAL("tag"), false, false },
    };
    sf_problems *problems = &r->message->problems;
    sf_param param;
    int id;

    if (party->present) {
        sf_problems_malformed(problems, header->text, header->text, "The header", "came before; the first one counts");
        return;
    }
    party->present = true;
    sf_address_read(header->value, problems, &party->address);
    sf_identity_read(&party->address.uri, r->knowledge, header->canonical, header->value, problems, &party->identity);
    note_network_mark(r, party->identity.network);
    read_uri(r, &party->address.uri);

    sf_param_walk walk = sf_param_walk_over(party->address.parameters, header->value, problems, parameters,
                                            G_N_ELEMENTS(parameters));
    while (sf_param_walk_next(&walk, &id, &param)) {
        if (id == EPID) {
            party->epid = param.value;
            keep_epid(r, param.value, header->canonical);
        } else if (id == TAG) {
            party->tag = param.value;
        }
    }
    note_mark(r, walk.microsoft);
}

static void read_from(reader *r, const sf_header *header)
{
    read_party(r, header, &r->message->from);
}

static void read_to(reader *r, const sf_header *header)
{
    read_party(r, header, &r->message->to);
}

/** `+sip.instance="<urn:uuid:...>"` (RFC 5626 4.1) */
static void read_instance(reader *r, const sf_address *contact)
{
    static const sf_slice prefix = SF_LITERAL("<urn:uuid:");
    sf_param param;

    if (r->has_contact_endpoint ||
        !sf_parameter_find(contact->parameters, SF_LITERAL("+sip.instance"), &param) ||
        !sf_slice_starts_nocase(param.value, prefix)) {
        return;
    }
    sf_slice guid = sf_slice_skip(param.value, prefix.length);
    guid.length = sf_slice_find(guid, '>');
    r->has_contact_endpoint = sf_guid_read(guid, &r->contact_endpoint) == SF_OK;
}

/** Reads the addresses of a list; each one's GRUU is kept. `is_contact` looks for the sender's endpoint as well. */
static void read_addresses(reader *r, const sf_header *header, bool is_contact)
{
    sf_problems *problems = &r->message->problems;
    sf_cursor cursor = sf_cursor_over(header->value);
    sf_address address;
    sf_slice element;

    while (sf_list_next(&cursor, problems, &element)) {
        if (sf_slice_equals(element, SF_LITERAL("*"))) {
            continue;
        }
        if (sf_address_read(element, problems, &address) != SF_OK && !sf_slice_present(address.uri.host)) {
            continue;
        }
        const sf_gruu *gruu = read_uri(r, &address.uri);
        if (!is_contact) {
            continue;
        }
        if (!sf_slice_present(r->contact_host)) {
            r->contact_host = address.uri.host;
        }
        if (is_user_endpoint(gruu) && !r->has_contact_endpoint) {
            r->has_contact_endpoint = true;
            r->contact_endpoint = gruu->guid;
        }
        read_instance(r, &address);
    }
}

static void read_contact(reader *r, const sf_header *header)
{
    read_addresses(r, header, true);
}

static void read_identity_header(reader *r, const sf_header *header)
{
    read_addresses(r, header, false);
}

/* ---- the way ---- */

static void read_via(reader *r, const sf_header *header)
{
    sf_message *message = r->message;
    sf_cursor cursor = sf_cursor_over(header->value);
    sf_slice element;

    while (sf_list_next(&cursor, &message->problems, &element)) {
        if (message->via_count == SF_MAX_VIAS) {
            sf_problems_limit(&message->problems, SF_LIMIT_VIAS, element);
            return;
        }
        sf_via *via = &message->vias[message->via_count++];
        sf_via_read(element, &message->problems, via);
        note_mark(r, via->microsoft || sf_host_is_microsoft(via->host));
    }
}

static void read_routes(reader *r, const sf_header *header)
{
    sf_message *message = r->message;
    sf_cursor cursor = sf_cursor_over(header->value);
    bool is_record_route = header->id == SF_HEADER_RECORD_ROUTE;
    sf_slice element;

    while (sf_list_next(&cursor, &message->problems, &element)) {
        if (message->route_count == SF_MAX_ROUTES) {
            sf_problems_limit(&message->problems, SF_LIMIT_ROUTES, element);
            return;
        }
        sf_route *route = &message->routes[message->route_count++];
        sf_route_read(element, is_record_route, &message->problems, route);
        route->is_provider = sf_provider_of_edge(r->knowledge, route->address.uri.host) != NULL;
        note_mark(r, route->microsoft || sf_host_is_microsoft(route->address.uri.host));
        if (route->may_be_gruu) {
            read_uri(r, &route->address.uri);
        }
        if (sf_slice_present(route->epid)) {
            keep_epid(r, route->epid, header->canonical);
        }
    }
}

/* ---- the rest of the headers ---- */

static void read_call_id(reader *r, const sf_header *header)
{
    r->message->call_id = header->value;
}

static void read_cseq(reader *r, const sf_header *header)
{
    sf_cursor words = sf_cursor_over(header->value);
    sf_slice number, method;

    r->message->cseq = header->value;
    if (sf_word_next(&words, &number) && sf_word_next(&words, &method) && !r->message->is_request) {
        r->message->method = method;
    }
}

static void read_content_length(reader *r, const sf_header *header)
{
    r->has_content_length = sf_slice_decimal(header->value, UINT32_MAX, &r->content_length) == SF_OK;
}

static void read_content_type(reader *r, const sf_header *header)
{
    r->content_type = header->value;
}

static void read_disposition(reader *r, const sf_header *header)
{
    r->disposition = header->value;
}

static void read_product(reader *r, const sf_header *header)
{
    if (!r->message->product.name && sf_product_read(header->value, &r->message->product) == SF_OK) {
        note_mark(r, r->message->product.microsoft);
    }
}

static void read_microsoft(reader *r, const sf_header *header)
{
    (void)header;
    note_mark(r, true);
}

static read_header *const header_readers[] = {
    [SF_HEADER_MICROSOFT] = read_microsoft,
    [SF_HEADER_CALL_ID] = read_call_id,
    [SF_HEADER_CONTACT] = read_contact,
    [SF_HEADER_CONTENT_DISPOSITION] = read_disposition,
    [SF_HEADER_CONTENT_LENGTH] = read_content_length,
    [SF_HEADER_CONTENT_TYPE] = read_content_type,
    [SF_HEADER_CSEQ] = read_cseq,
    [SF_HEADER_FROM] = read_from,
    [SF_HEADER_IDENTITY] = read_identity_header,
    [SF_HEADER_RECORD_ROUTE] = read_routes,
    [SF_HEADER_ROUTE] = read_routes,
    [SF_HEADER_SERVER] = read_product,
    [SF_HEADER_TO] = read_to,
    [SF_HEADER_USER_AGENT] = read_product,
    [SF_HEADER_VIA] = read_via,
};

static void keep_identities(reader *r, sf_slice text, sf_slice header)
{
    sf_message *message = r->message;
    sf_cursor cursor = sf_cursor_over(text);
    sf_identity identity;

    while (sf_identity_find(&cursor, r->knowledge, header, &identity)) {
        if (message->identity_count == SF_MAX_IDENTITIES) {
            sf_problems_limit(&message->problems, SF_LIMIT_IDENTITIES, identity.text);
            return;
        }
        message->identities[message->identity_count++] = identity;
        note_mark(r, true);
    }
}

static void read_one_header(reader *r, const sf_header *header)
{
    sf_problems *problems = &r->message->problems;

    problems->context = header->canonical;
    if (header->name.length == 0) {
        sf_problems_malformed(problems, header->text, header->text, "The header line", "has no colon");
        return;
    }
    read_header *read = header->id < G_N_ELEMENTS(header_readers) ? header_readers[header->id] : NULL;
    if (read) {
        sf_slice fault = sf_text_fault(header->value);
        if (sf_slice_present(fault)) {
            sf_problems_malformed(problems, header->text, fault, "The header", "is not UTF-8 text");
        }
        read(r, header);
    }
    keep_identities(r, header->value, header->canonical);
}

static void read_headers(reader *r, sf_cursor *cursor)
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

/* ---- start line and bodies ---- */

static bool read_start_line(reader *r, sf_slice line)
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
    message->problems.context = SF_LITERAL("Request-URI");
    sf_uri_read(second, second, &message->problems, &message->request_uri);
    const sf_gruu *gruu = read_uri(r, &message->request_uri);
    if (is_user_endpoint(gruu)) {
        r->has_request_endpoint = true;
        r->request_endpoint = gruu->guid;
    }
    keep_identities(r, second, SF_LITERAL("Request-URI"));
    return true;
}

static bool is_sdp(sf_slice content_type)
{
    static const sf_slice types[] = {
        SF_LITERAL("application/sdp"),
        SF_LITERAL("application/gw-sdp"),      /* media bypass */
        SF_LITERAL("application/sdp-ngc-1.0"), /* Teams */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(types); i++) {
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

static void read_bodies(reader *r, sf_slice text)
{
    sf_message *message = r->message;
    sf_bodies bodies;

    if (text.length == 0) {
        return;
    }
    message->problems.context = SF_LITERAL("Body");
    sf_bodies_read(text, r->content_type, r->disposition, &message->problems, &bodies);
    message->problems.context = SF_LITERAL("SDP");
    for (unsigned i = 0; i < bodies.count; i++) {
        note_mark(r, bodies.items[i].fallback);
        sf_sdp *sdp = is_sdp(bodies.items[i].content_type)
                          ? sf_sdp_read(bodies.items[i].text, &message->problems, &message->media)
                          : NULL;
        if (sdp) {
            sdp->fallback = bodies.items[i].fallback;
            sdp->role = role_of(message);
            note_mark(r, sdp->microsoft);
        }
    }
}

/* ---- what shows only when the whole message is known ---- */

static bool is_via_branch(const sf_message *message, uint32_t id)
{
    for (unsigned i = 0; i < message->via_count; i++) {
        if (message->vias[i].has_branch_id && message->vias[i].branch_id == id) {
            return true;
        }
    }
    return false;
}

/** The byte order of a token's id is the one that matches a Via branch; each kind has its usual one. */
static void match_token(const sf_message *message, sf_signed_token *token)
{
    if (token->mac_length == 0) {
        return;
    }
    for (int little_endian = 0; little_endian <= 1 && !token->matches_branch; little_endian++) {
        uint32_t id = sf_signed_token_branch_id(token, little_endian);
        if (is_via_branch(message, id)) {
            token->branch_id = id;
            token->matches_branch = true;
        }
    }
}

static void match_tokens(sf_message *message)
{
    for (unsigned i = 0; i < message->via_count; i++) {
        match_token(message, &message->vias[i].token);
    }
    for (unsigned i = 0; i < message->route_count; i++) {
        for (int kind = 0; kind < SF_ROUTE_SIGNATURES; kind++) {
            match_token(message, &message->routes[i].token[kind]);
        }
    }
}

/** The sender's endpoint is in the Contact; the receiver's, of a request, in the Request-URI. */
static void give_endpoints(reader *r)
{
    sf_message *message = r->message;
    sf_slice sender = message->is_request ? SF_LITERAL("From") : SF_LITERAL("To");
    sf_slice receiver = message->is_request ? SF_LITERAL("To") : SF_LITERAL("From");

    for (unsigned i = 0; i < message->epid_count; i++) {
        sf_epid *epid = &message->epids[i];
        if (sf_slice_equals(epid->header, sender) && r->has_contact_endpoint) {
            epid->has_endpoint = true;
            epid->endpoint = r->contact_endpoint;
        } else if (sf_slice_equals(epid->header, receiver) && r->has_request_endpoint) {
            epid->has_endpoint = true;
            epid->endpoint = r->request_endpoint;
        }
    }
}

/** The Skype cloud reaches a federated call through Mediation Servers of Lync Online. */
static void add_media_gateway_evidence(sf_message *message, sf_slice contact_host)
{
    for (unsigned i = 0; i < message->gruu_count; i++) {
        const sf_gruu *gruu = &message->gruus[i];
        if (gruu->kind == SF_GRUU_SERVER && gruu->host.text == contact_host.text &&
            sf_slice_equals_nocase(gruu->service, SF_LITERAL("MediationServer")) &&
            sf_slice_in_domain(gruu->host, SF_LITERAL("online.lync.com"))) {
            sf_origin_add(&message->origin,
                          (sf_evidence){ SF_EVIDENCE_MEDIA_GATEWAY, SF_LITERAL("Contact"), gruu->host,
                                         SF_NETWORK_SKYPE },
                          &message->problems);
        }
    }
}

/** A response came from the party in To. The routes of a response were recorded by its request. */
static void find_origin(reader *r)
{
    sf_message *message = r->message;
    const sf_party *sender = message->is_request ? &message->from : &message->to;

    if (sender->present && sender->identity.network != SF_NETWORK_UNKNOWN) {
        sf_origin_add(&message->origin,
                      (sf_evidence){ sender->identity.decorated ? SF_EVIDENCE_DECORATION : SF_EVIDENCE_ADDRESS,
                                     sender->identity.header, sender->identity.text, sender->identity.network },
                      &message->problems);
    }
    for (unsigned i = 0; message->is_request && i < message->route_count; i++) {
        const sf_route *route = &message->routes[i];
        if (route->is_record_route && route->is_provider) {
            sf_origin_add(&message->origin,
                          (sf_evidence){ SF_EVIDENCE_ROUTE, SF_LITERAL("Record-Route"), route->address.uri.host,
                                         sf_provider_of_edge(r->knowledge, route->address.uri.host)->network },
                          &message->problems);
        }
    }
    add_media_gateway_evidence(message, r->contact_host);
    sf_origin_judge(&message->origin);
}

static bool crosses_federation(const sf_message *message)
{
    for (unsigned i = 0; i < message->route_count; i++) {
        if (message->routes[i].is_provider) {
            return true;
        }
    }
    return sf_network_is_outside(message->origin.network) ||
           (message->from.present && sf_network_is_outside(message->from.identity.network)) ||
           (message->to.present && sf_network_is_outside(message->to.identity.network));
}

sf_status sf_message_read(sf_slice range, const sf_knowledge *knowledge, sf_message *message)
{
    reader r = { .message = message, .knowledge = knowledge };
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

    match_tokens(message);
    give_endpoints(&r);
    find_origin(&r);
    message->crosses_federation = crosses_federation(message);
    return SF_OK;
}
