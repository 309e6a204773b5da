/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What shows only when the whole message is known: tokens that match a branch,
 * endpoints that match an epid, where the message came from, what was agreed.
 */
#include "message_reader.h"

#include "engine/text/bytes.h"

#include <glib.h>

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
    sf_token_part id = sf_signed_token_branch(token);
    const uint32_t ids[] = { (uint32_t)sf_big_endian(id.bytes, id.length),
                             (uint32_t)sf_little_endian(id.bytes, id.length) };
    for (size_t i = 0; i < G_N_ELEMENTS(ids) && !token->matches_branch; i++) {
        if (is_via_branch(message, ids[i])) {
            token->branch_id = ids[i];
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

static bool is_product(const sf_message *message, sf_slice start)
{
    return sf_slice_starts_nocase(message->product.token, start);
}

/** True if the Contact is a server's GRUU: `opaque=srvr:MediationServer:...`. */
static bool has_server_contact(const sf_message *message)
{
    for (unsigned i = 0; i < message->gruu_count; i++) {
        const sf_gruu *gruu = &message->gruus[i];
        if (gruu->kind == SF_GRUU_SERVER && sf_slice_equals(gruu->header, SF_LITERAL("Contact"))) {
            return true;
        }
    }
    return false;
}

/**
 * The branch of RTCC has the form of Asterisk's, Cisco's and Teams' as well, so a second mark decides: of a request,
 * its header in capitals, its product, or the GRUU in its Contact; the host of the entry, or of who sent the request.
 */
static sf_stack stack_of_short_branch(const sf_message *message, const sf_via *via, bool is_first_hop)
{
    bool is_senders_via = is_first_hop && message->is_request;
    bool is_teams_product = sf_product_is_of_teams(message->product.token);
    bool was_sent_to_teams = message->is_request ? sf_message_goes_to_teams(message) : is_teams_product;
    bool is_of_teams = (!message->is_past_teams && sf_host_is_teams(message->from.address.uri.host)) ||
                       (message->is_request && is_teams_product);

    if (sf_host_is_teams(via->host) || (is_first_hop && is_of_teams && !was_sent_to_teams)) {
        return SF_STACK_TEAMS_PROXY;
    }
    bool is_confirmed = (message->is_request && via->has_upper_case_name) ||
                        (is_senders_via && (is_product(message, SF_LITERAL("RTCC/")) || has_server_contact(message)));
    return is_confirmed ? SF_STACK_RTCC_UCMA : SF_STACK_OTHER;
}

static void confirm_stacks(sf_message *message)
{
    for (unsigned i = 0; i < message->via_count; i++) {
        sf_via *via = &message->vias[i];
        if (via->stack == SF_STACK_RTCC_UCMA) {
            via->stack = stack_of_short_branch(message, via, i + 1 == message->via_count);
        }
    }
}

/** Of the endpoints of an answer to REGISTER, which lists all of the user's, the one that the epid derives to. */
static bool find_registered(const sf_message *message, sf_slice epid, sf_guid *endpoint)
{
    sf_guid guid = sf_guid_of_epid(epid);

    for (unsigned i = 0; i < message->gruu_count; i++) {
        const sf_gruu *gruu = &message->gruus[i];
        if (gruu->kind == SF_GRUU_USER_ENDPOINT && sf_slice_present(gruu->id_text) &&
            sf_slice_equals(gruu->header, SF_LITERAL("Contact")) && sf_guid_equals(&gruu->guid, &guid)) {
            *endpoint = gruu->guid;
            return true;
        }
    }
    return false;
}

static bool is_answer_to_register(const sf_message *message)
{
    return !message->is_request && message->status_code >= 200 && message->status_code < 300 &&
           sf_slice_equals_nocase(message->method, SF_LITERAL("REGISTER"));
}

/**
 * If not in the epid's own header, the sender's endpoint is in the Contact; the receiver's, of a request, in the
 * Request-URI.
 */
static void give_endpoints(sf_message_reader *r)
{
    sf_message *message = r->message;
    sf_slice sender = message->is_request ? SF_LITERAL("From") : SF_LITERAL("To");
    sf_slice receiver = message->is_request ? SF_LITERAL("To") : SF_LITERAL("From");
    bool knows_sender = r->has_contact_endpoint && sf_message_contact_is_sender(message);

    for (unsigned i = 0; i < message->epid_count; i++) {
        sf_epid *epid = &message->epids[i];
        if (epid->has_endpoint) {
            continue;
        }
        if (is_answer_to_register(message)) {
            epid->has_endpoint = find_registered(message, epid->text, &epid->endpoint);
        } else if (sf_slice_equals(epid->header, sender) && knows_sender) {
            epid->has_endpoint = true;
            epid->endpoint = r->contact_endpoint;
        } else if (sf_slice_equals(epid->header, receiver) && r->has_request_endpoint) {
            epid->has_endpoint = true;
            epid->endpoint = r->request_endpoint;
        }
    }
}

/** A 2xx to NEGOTIATE settles what its Compression header says ([MS-SIPCOMP]), before or after CSeq. */
static void settle_compression(sf_message *message)
{
    bool is_success = message->status_code >= 200 && message->status_code <= 299;

    if (!is_success || !sf_slice_equals_nocase(message->method, SF_LITERAL("NEGOTIATE"))) {
        return;
    }
    for (unsigned i = 0; i < message->ms_header_count; i++) {
        if (message->ms_headers[i].kind == SF_MS_COMPRESSION) {
            message->compression = message->ms_headers[i].value;
        }
    }
}

static bool crosses_federation(const sf_message *message)
{
    for (unsigned i = 0; i < message->route_count; i++) {
        if (message->routes[i].is_provider) {
            return true;
        }
    }
    return sf_network_is_outside(message->origin.network) ||
           (message->from.is_present && sf_network_is_outside(message->from.identity.network)) ||
           (message->to.is_present && sf_network_is_outside(message->to.identity.network));
}

void sf_message_cross_check(sf_message_reader *r)
{
    match_tokens(r->message);
    confirm_stacks(r->message);
    give_endpoints(r);
    sf_message_find_origin(r);
    sf_message_find_emergency(r->message);
    settle_compression(r->message);
    r->message->crosses_federation = crosses_federation(r->message);
}
