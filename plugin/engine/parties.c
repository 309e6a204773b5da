/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Headers that name somebody: From, To, Contact and their kin, the endpoints
 * and decorated addresses in them.
 */
#include "message_reader.h"

#include "engine/text/param_table.h"

/** `ms-received-cid` in the address of a client; what is no number is passed over, as of other stacks. */
static void keep_connection(sf_message *message, const sf_uri *uri)
{
    sf_number cid = { { NULL, 0 }, 0 };
    sf_param param;

    if (message->bound_count < SF_MAX_BOUND_ADDRESSES &&
        sf_parameter_find(uri->parameters, SF_LITERAL("ms-received-cid"), &param) &&
        sf_number_read_hex32(param.value, &cid) == SF_OK) {
        message->bound[message->bound_count++] = (sf_bound_address){ message->problems.context, uri->host, cid };
    }
}

/** The URIs of Refer-To and Referred-By have ids of other calls. */
static bool names_own_call(sf_slice header)
{
    return sf_slice_equals(header, SF_LITERAL("Contact")) || sf_slice_equals(header, SF_LITERAL("Request-URI"));
}

const sf_gruu *sf_message_read_uri(sf_message_reader *r, const sf_uri *uri)
{
    sf_message *message = r->message;
    sf_gruu gruu;

    sf_note_mark(r, sf_host_is_microsoft(uri->host));
    if (names_own_call(message->problems.context)) {
        sf_teams_take_ids(&message->teams, uri);
    }
    if (sf_message_wants(r, SF_FOR_DETAIL)) {
        sf_teams_take_host(&message->teams, uri->host, message->problems.context);
        sf_teams_take_party(&message->teams, uri, message->problems.context);
    }
    if (uri->parameters.length == 0) {
        return NULL;
    }
    if (sf_message_wants(r, SF_FOR_DETAIL)) {
        keep_connection(message, uri);
    }
    bool is_gruu = sf_gruu_read(uri, &message->problems, &gruu);
    sf_note_mark(r, gruu.is_microsoft);
    if (!is_gruu ||
        !sf_problems_room(&message->problems, message->gruu_count, SF_MAX_GRUUS, SF_LIMIT_GRUUS, uri->text)) {
        return NULL;
    }
    message->gruus[message->gruu_count] = gruu;
    return &message->gruus[message->gruu_count++];
}

static bool is_user_endpoint(const sf_gruu *gruu)
{
    return gruu && gruu->kind == SF_GRUU_USER_ENDPOINT && sf_slice_present(gruu->id_text);
}

enum { MAX_EPID_LETTERS = 16 }; /* [MS-SIPRE] 2.2.7 */

sf_epid *sf_message_keep_epid(sf_message_reader *r, sf_slice text, sf_slice header)
{
    sf_message *message = r->message;

    if (text.length > MAX_EPID_LETTERS) {
        sf_problems_malformed(&message->problems, text, text, "epid", "is longer than 16 characters");
    }
    if (!sf_problems_room(&message->problems, message->epid_count, SF_MAX_EPIDS, SF_LIMIT_EPIDS, text)) {
        return NULL;
    }
    sf_epid *epid = &message->epids[message->epid_count++];
    *epid = (sf_epid){ .text = text, .header = header };
    return epid;
}

static void note_network_mark(sf_message_reader *r, sf_network network)
{
    sf_note_mark(r, network == SF_NETWORK_SKYPE || network == SF_NETWORK_TEAMS);
}

/** What follows the address; if its `>` is missing, that is among the parameters of its URI. */
static sf_slice parameters_of(const sf_address *address)
{
    return sf_slice_present(address->parameters) ? address->parameters : address->uri.parameters;
}

static void read_party(sf_message_reader *r, const sf_header *header, sf_party *party)
{
    enum { EPID, TAG };
    static const sf_param_row parameters[] = {
        [EPID] = { SF_LITERAL_INIT("epid"), SF_PARAM_MICROSOFT | SF_PARAM_VALUED },
        [TAG] = { SF_LITERAL_INIT("tag"), SF_PARAM_OF_ANYBODY },
    };
    sf_problems *problems = &r->message->problems;
    sf_param param;
    int id;

    if (party->is_present) {
        sf_note_repeated(header, problems);
        return;
    }
    party->is_present = true;
    sf_address_read(header->value, problems, &party->address);
    sf_identity_read(&party->address.uri, r->knowledge, header->canonical, header->value, problems, &party->identity);
    note_network_mark(r, party->identity.network);
    if (r->message->is_past_teams && party->identity.network == SF_NETWORK_TEAMS) {
        party->identity.network = sf_network_of_form(&party->address.uri);
    }
    const sf_gruu *gruu = sf_message_read_uri(r, &party->address.uri);

    sf_param_walk walk = SF_PARAM_WALK(parameters_of(&party->address), header->value, problems, parameters);
    while (sf_param_walk_next(&walk, &id, &param)) {
        if (id == EPID) {
            party->epid = param.value;
            sf_epid *epid = sf_message_keep_epid(r, param.value, header->canonical);
            if (epid && is_user_endpoint(gruu)) {
                epid->has_endpoint = true;
                epid->endpoint = gruu->guid;
            }
        } else if (id == TAG) {
            party->tag = param.value;
        }
    }
    sf_note_mark(r, walk.has_microsoft);
}

void sf_message_read_from(sf_message_reader *r, const sf_header *header)
{
    read_party(r, header, &r->message->from);
}

void sf_message_read_to(sf_message_reader *r, const sf_header *header)
{
    read_party(r, header, &r->message->to);
}

/** `+sip.instance="<urn:uuid:...>"` (RFC 5626 4.1) */
static void read_instance(sf_message_reader *r, const sf_address *contact)
{
    static const sf_slice prefix = SF_LITERAL_INIT("<urn:uuid:");
    sf_param param;

    if (r->has_contact_endpoint || !sf_parameter_find(contact->parameters, SF_LITERAL("+sip.instance"), &param) ||
        !sf_slice_starts_nocase(param.value, prefix)) {
        return;
    }
    sf_slice guid = sf_slice_skip(param.value, prefix.length);
    guid.length = sf_slice_find(guid, '>');
    r->has_contact_endpoint = sf_guid_read(guid, &r->contact_endpoint) == SF_OK;
}

/** `gruu="sip:..."`: an answer to REGISTER hands out the endpoint's GRUU ([MS-SIPRE], RFC 5627 5.4). */
static void read_assigned_gruu(sf_message_reader *r, const sf_address *contact)
{
    sf_param param;
    sf_uri uri;

    if (sf_parameter_find(contact->parameters, SF_LITERAL("gruu"), &param) && param.value.length > 0 &&
        sf_uri_read(param.value, param.value, &r->message->problems, &uri) == SF_OK) {
        sf_message_read_uri(r, &uri);
    }
}

/** `isGateway`: the Contact is a gateway to the telephone network ([MS-OCPSTN]). */
static void read_gateway_mark(sf_message_reader *r, const sf_address *contact)
{
    sf_param param;

    if (sf_parameter_find(contact->parameters, SF_LITERAL("isGateway"), &param)) {
        r->contact_gateway = param.name;
        sf_note_mark(r, true);
    }
}

static bool has_microsoft_parameter(sf_slice parameters)
{
    sf_cursor cursor = sf_cursor_over(parameters);
    sf_param param;

    while (sf_param_next(&cursor, ';', parameters, NULL, &param)) {
        if (sf_slice_starts_nocase(param.name, SF_LITERAL("ms-"))) {
            return true;
        }
    }
    return false;
}

/**
 * Reads the addresses of a list; each one's GRUU is kept.
 * @param problems    NULL if what is no address is no fault
 * @param is_contact  looks for the sender's endpoint as well
 */
static void read_addresses(sf_message_reader *r, const sf_header *header, sf_problems *problems, bool is_contact)
{
    sf_cursor cursor = sf_cursor_over(header->value);
    sf_address address;
    sf_slice element;

    sf_note_empty(header, problems);
    while (sf_list_next(&cursor, &r->message->problems, &element)) {
        if (sf_slice_equals(element, SF_LITERAL("*"))) {
            continue;
        }
        if (sf_address_read(element, problems, &address) != SF_OK && !sf_slice_present(address.uri.host)) {
            continue;
        }
        const sf_gruu *gruu = sf_message_read_uri(r, &address.uri);
        sf_note_mark(r, !r->message->is_microsoft && has_microsoft_parameter(address.parameters));
        if (!is_contact) {
            continue;
        }
        if (!sf_slice_present(r->message->contact.host)) {
            r->message->contact = address.uri;
        }
        if (is_user_endpoint(gruu) && !r->has_contact_endpoint) {
            r->has_contact_endpoint = true;
            r->contact_endpoint = gruu->guid;
        }
        read_instance(r, &address);
        read_assigned_gruu(r, &address);
        read_gateway_mark(r, &address);
        sf_message_keep_redirect(r, header, element, &address.uri);
    }
}

bool sf_message_may_have_call(sf_slice value)
{
    static const sf_slice parameter = SF_LITERAL_INIT("x-c");

    for (size_t at; (at = sf_slice_find(value, '-')) < value.length; value = sf_slice_skip(value, at + 1)) {
        if (at > 0 && sf_slice_starts_nocase(sf_slice_skip(value, at - 1), parameter)) {
            return true;
        }
    }
    return false;
}

void sf_message_find_call(sf_message *message, sf_slice value)
{
    sf_cursor cursor = sf_cursor_over(value);
    sf_address address;
    sf_slice element;

    while (!sf_slice_present(message->contact_call) && sf_list_next(&cursor, NULL, &element)) {
        sf_teams ids = { .instance_count = 0 };
        if (sf_address_read(element, NULL, &address) == SF_OK) {
            sf_teams_take_ids(&ids, &address.uri);
            message->contact_call = ids.call;
        }
    }
}

void sf_message_read_contact(sf_message_reader *r, const sf_header *header)
{
    r->message->has_contact = true;
    read_addresses(r, header, &r->message->problems, true);
}

void sf_message_read_identity_header(sf_message_reader *r, const sf_header *header)
{
    read_addresses(r, header, &r->message->problems, false);
}

/** No grammar of these is published. */
void sf_message_read_ms_identity_header(sf_message_reader *r, const sf_header *header)
{
    read_addresses(r, header, NULL, false);
}

/** Keeps an identity and those that follow it. */
static void keep_identities_from(sf_message_reader *r, sf_identity *identity, sf_cursor *cursor)
{
    sf_message *message = r->message;

    do {
        if (!sf_problems_room(&message->problems, message->identity_count, SF_MAX_IDENTITIES, SF_LIMIT_IDENTITIES,
                              identity->text)) {
            return;
        }
        message->identities[message->identity_count++] = *identity;
        sf_note_mark(r, true);
    } while (sf_identity_find(cursor, r->knowledge, identity->header, identity));
}

/** A display name is what the sender likes to be called: an address in it is nobody's. */
void sf_message_keep_identities(sf_message_reader *r, sf_slice text, sf_slice header)
{
    sf_cursor cursor = sf_cursor_over(text);
    sf_cursor parts = cursor;
    sf_slice part;
    sf_identity identity;

    if (!sf_identity_find(&cursor, r->knowledge, header, &identity)) {
        return;
    }
    if (sf_slice_find(text, '"') == text.length) { /* without a display name in quotes there is one part */
        keep_identities_from(r, &identity, &cursor);
        return;
    }
    while (sf_unnamed_next(&parts, &part)) {
        cursor = sf_cursor_over(part);
        if (sf_identity_find(&cursor, r->knowledge, header, &identity)) {
            keep_identities_from(r, &identity, &cursor);
        }
    }
}

void sf_message_read_request_uri(sf_message_reader *r, sf_slice text)
{
    static const sf_slice name = SF_LITERAL_INIT("Request-URI");
    sf_message *message = r->message;

    message->problems.context = name;
    sf_uri_read(text, text, &message->problems, &message->request_uri);
    const sf_gruu *gruu = sf_message_read_uri(r, &message->request_uri);
    if (is_user_endpoint(gruu)) {
        r->has_request_endpoint = true;
        r->request_endpoint = gruu->guid;
    }
    sf_message_keep_identities(r, text, name);
}
