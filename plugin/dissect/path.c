/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Which way".
 */
#include "path.h"

#include <wsutil/nstime.h>

#include "../engine/ms_base64.h"

static int hf_via = -1;
static int hf_via_index = -1;
static int hf_via_sent_by = -1;
static int hf_via_branched = -1;
static int hf_via_received_port = -1;
static int hf_via_received_cid = -1;
static int hf_via_connection = -1;
static int hf_via_translated = -1;
static int hf_via_internal_info = -1;
static int hf_via_stack = -1;
static int hf_token = -1;
static int hf_token_mac = -1;
static int hf_token_branch_id = -1;
static int hf_token_key_id = -1;
static int hf_token_matches_branch = -1;
static int hf_route = -1;
static int hf_route_header = -1;
static int hf_route_index = -1;
static int hf_route_host = -1;
static int hf_route_provider = -1;
static int hf_route_front_end = -1;
static int hf_route_tag = -1;
static int hf_route_state = -1;
static int hf_route_state_cid = -1;
static int hf_route_role = -1;
static int hf_route_enterprise_destination = -1;
static int hf_route_sig = -1;
static int hf_route_rr_sig = -1;
static int hf_route_identity_sig = -1;
static int hf_route_key_info = -1;
static int hf_route_key_info_version = -1;
static int hf_route_key_info_created = -1;

static int ett_way = -1;
static int ett_via = -1;
static int ett_signature = -1;
static int ett_token = -1;
static int ett_route = -1;
static int ett_key_info = -1;

static const value_string stack_names[] = {
    { SF_STACK_OTHER, "Other" },
    { SF_STACK_RTC_SERVER_2010, "RTC server, Lync 2010 or later" },
    { SF_STACK_RTC_SERVER_2007, "RTC server, OCS 2007" },
    { SF_STACK_RTCC_UCMA, "RTCC or UCMA" },
    { SF_STACK_UCCAPI, "UCCAPI client" },
    { 0, NULL },
};

/** The letters of a base64 text that hold `count` bytes from the byte `first` on. */
static sf_slice letters_of(sf_slice base64, size_t first, size_t count)
{
    enum { BITS_OF_BYTE = 8, BITS_OF_LETTER = 6 };
    size_t begin = first * BITS_OF_BYTE / BITS_OF_LETTER;
    size_t end = ((first + count) * BITS_OF_BYTE + BITS_OF_LETTER - 1) / BITS_OF_LETTER;

    return sf_slice_head(sf_slice_skip(base64, begin), end - begin);
}

static void show_token(const sf_view *view, proto_tree *tree, const sf_signed_token *token)
{
    enum { PREFIX_LETTERS = 2, ID_BYTES = 4 };
    sf_slice base64 = sf_slice_skip(token->text, PREFIX_LETTERS);
    sf_slice mac = letters_of(base64, 0, token->mac_length);
    sf_slice branch_id = letters_of(base64, token->mac_length, ID_BYTES);
    sf_slice key_id = letters_of(base64, token->mac_length + ID_BYTES, ID_BYTES);
    proto_item *item;

    if (token->mac_length == 0) {
        return;
    }
    proto_tree *below = sf_view_row(view, tree, hf_token, ett_token, token->text, &item);
    if (view->is_visible) {
        proto_item_set_text(item, "Signed token of branch %08X%s", token->branch_id,
                            token->matches_branch ? ", which is in this message" : "");
    }
    sf_view_bytes(view, below, hf_token_mac, mac, token->bytes, token->mac_length);
    sf_derived(sf_view_number(view, below, hf_token_branch_id, branch_id, token->branch_id));
    sf_view_bytes(view, below, hf_token_key_id, key_id, token->bytes + token->mac_length + ID_BYTES, ID_BYTES);
    sf_derived(sf_view_flag(view, below, hf_token_matches_branch, branch_id, token->matches_branch));
}

static void show_signature(const sf_view *view, proto_tree *tree, int hf, sf_slice text, const sf_signed_token *token)
{
    if (sf_slice_present(text)) {
        proto_item *item;
        show_token(view, sf_view_row(view, tree, hf, ett_signature, text, &item), token);
    }
}

static void show_via(sf_view *view, proto_tree *tree, const sf_via *via, unsigned index)
{
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_via, ett_via, via->text, &item);

    if (view->is_visible) {
        proto_item_set_text(item, "Via %u: %s", index,
                            via->sent_by.length > 0 ? sf_view_string(view, via->sent_by) : "unreadable");
        if (via->stack != SF_STACK_OTHER) {
            proto_item_append_text(item, ", written by: %s", val_to_str_const(via->stack, stack_names, "Other"));
        }
        if (sf_slice_present(via->received_cid_text)) {
            proto_item_append_text(item, ", connection %u", sf_connection_number(via->received_cid));
        }
    }
    sf_implied(sf_view_number(view, below, hf_via_index, via->text, index));
    if (via->sent_by.length > 0) {
        sf_view_text(view, below, hf_via_sent_by, via->sent_by);
    }
    sf_derived(sf_view_number(view, below, hf_via_stack, via->text, via->stack));
    if (sf_slice_present(via->branched)) {
        sf_view_flag(view, below, hf_via_branched, via->branched, via->is_branched);
    }
    sf_view_number(view, below, hf_via_received_port, via->received_port_text, via->received_port);
    if (sf_via_has_source(via)) {
        sf_slice source = via->received.length ? via->received : via->received_port_text;
        sf_derived(sf_view_flag(view, below, hf_via_translated, source, sf_via_is_translated(via)));
    }
    if (sf_slice_present(via->received_cid_text)) {
        sf_view_number(view, below, hf_via_received_cid, via->received_cid_text, via->received_cid);
        sf_derived(sf_view_number(view, below, hf_via_connection, via->received_cid_text,
                                  sf_connection_number(via->received_cid)));
    }
    show_signature(view, below, hf_via_internal_info, via->internal_info, &via->token);
    sf_view_problems(view, item, via->text);
}

static void show_key_info(const sf_view *view, proto_tree *tree, const sf_key_info *info)
{
    sf_slice version_letters = letters_of(info->text, SF_KEY_INFO_VERSION_AT, sizeof info->version);
    sf_slice created_letters = letters_of(info->text, SF_KEY_INFO_CREATED_AT, sizeof info->created);
    nstime_t created;
    size_t length;

    if (!info->decoded) {
        return;
    }
    uint8_t *bytes = (uint8_t *)wmem_alloc(view->pinfo->pool, info->text.length);
    sf_base64_decode(info->text, bytes, info->text.length, &length);
    proto_item *item = sf_view_bytes(view, tree, hf_route_key_info, info->text, bytes, length);
    proto_tree *below = proto_item_add_subtree(item, ett_key_info);
    sf_view_number(view, below, hf_route_key_info_version, version_letters, info->version);
    if (filetime_to_nstime(&created, info->created)) {
        proto_tree_add_time(below, hf_route_key_info_created, view->tvb, sf_view_offset(view, created_letters),
                            (int)created_letters.length, &created);
    }
}

static void show_state_cid(const sf_view *view, proto_tree *tree, const sf_route *route)
{
    proto_item *item = sf_view_number(view, tree, hf_route_state_cid, route->state_cid_text, route->state_cid);

    sf_derived(item);
    if (view->is_visible && item) {
        proto_item_append_text(item, " (connection %u)", sf_connection_number(route->state_cid));
    }
}

static void show_route(sf_view *view, proto_tree *tree, const sf_route *route, unsigned index)
{
    static const int *const signatures[SF_ROUTE_SIGNATURES] = {
        [SF_ROUTE_SIG] = &hf_route_sig,
        [SF_ROUTE_RR_SIG] = &hf_route_rr_sig,
        [SF_ROUTE_IDENTITY] = &hf_route_identity_sig,
    };
    const char *header = route->is_record_route ? "Record-Route" : "Route";
    sf_slice host = route->address.uri.host;
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_route, ett_route, route->text, &item);

    if (view->is_visible) {
        proto_item_set_text(item, "%s %u: %s", header, index,
                            host.length > 0 ? sf_view_string(view, host) : "unreadable");
        if (sf_slice_present(route->front_end)) {
            proto_item_append_text(item, ", front end %s", sf_view_string(view, route->front_end));
        }
        if (route->is_provider) {
            proto_item_append_text(item, ", the Edge of a public IM provider");
        }
    }
    sf_implied(sf_view_derived_string(view, below, hf_route_header, route->text, header));
    sf_implied(sf_view_number(view, below, hf_route_index, route->text, index));
    if (host.length > 0) {
        sf_view_text(view, below, hf_route_host, host);
        sf_derived(sf_view_flag(view, below, hf_route_provider, host, route->is_provider));
    }
    sf_view_text(view, below, hf_route_front_end, route->front_end);
    sf_view_text(view, below, hf_route_tag, route->tag);
    sf_view_text(view, below, hf_route_state, route->state);
    show_state_cid(view, below, route);
    sf_view_words(view, sf_view_text(view, below, hf_route_role, route->role_from), "serves the From party");
    sf_view_words(view, sf_view_text(view, below, hf_route_role, route->role_to), "serves the To party");
    if (sf_slice_present(route->enterprise_destination)) {
        sf_derived(sf_view_flag(view, below, hf_route_enterprise_destination, route->enterprise_destination, true));
    }
    for (int kind = 0; kind < SF_ROUTE_SIGNATURES; kind++) {
        show_signature(view, below, *signatures[kind], route->signature[kind], &route->token[kind]);
    }
    show_key_info(view, below, &route->key_info);
    sf_view_problems(view, item, route->text);
}

void sf_path_show(sf_view *view)
{
    const sf_message *message = view->message;
    unsigned record_routes = 0;
    unsigned routes = 0;
    proto_item *section;

    if (message->via_count == 0 && message->route_count == 0) {
        return;
    }
    proto_tree *tree = sf_view_section(view, ett_way, "Which way", &section);
    for (unsigned i = 0; i < message->via_count; i++) {
        show_via(view, tree, &message->vias[i], i + 1);
    }
    for (unsigned i = 0; i < message->route_count; i++) {
        const sf_route *route = &message->routes[i];
        show_route(view, tree, route, route->is_record_route ? ++record_routes : ++routes);
    }
    if (view->is_visible) {
        const struct {
            unsigned count;
            const char *header;
        } counts[] = {
            { message->via_count, "Via" },
            { record_routes, "Record-Route" },
            { routes, "Route" },
        };
        const char *separator = ": ";
        for (size_t i = 0; i < array_length(counts); i++) {
            if (counts[i].count > 0) {
                proto_item_append_text(section, "%s%u %s", separator, counts[i].count, counts[i].header);
                separator = ", ";
            }
        }
    }
}

void sf_path_register(int proto)
{
    static hf_register_info hf[] = {
        { &hf_via,
          { "Via", "skypefed.via", FT_STRING, BASE_NONE, NULL, 0, "One hop that the message took", HFILL } },
        { &hf_via_index,
          { "Index", "skypefed.via.index", FT_UINT32, BASE_DEC, NULL, 0, "1 is the top Via, the last hop", HFILL } },
        { &hf_via_sent_by,
          { "Sent by", "skypefed.via.sent_by", FT_STRING, BASE_NONE, NULL, 0, "Host and port of the sender", HFILL } },
        { &hf_via_branched,
          { "Branched", "skypefed.via.branched", FT_BOOLEAN, BASE_NONE, NULL, 0, "This proxy forked the request",
            HFILL } },
        { &hf_via_received_port,
          { "Received port", "skypefed.via.received_port", FT_UINT16, BASE_DEC, NULL, 0,
            "Source port of the connection (ms-received-port)", HFILL } },
        { &hf_via_received_cid,
          { "Connection id", "skypefed.via.received_cid", FT_UINT32, BASE_HEX, NULL, 0,
            "Id of the connection on the server that received it (ms-received-cid)", HFILL } },
        { &hf_via_connection,
          { "Connection number", "skypefed.via.connection", FT_UINT32, BASE_DEC, NULL, 0,
            "Running number of the connection on that server", HFILL } },
        { &hf_via_translated,
          { "Address translated", "skypefed.via.translated", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The connection's source is not what sent-by says", HFILL } },
        { &hf_via_internal_info,
          { "Internal info", "skypefed.via.internal_info", FT_STRING, BASE_NONE, NULL, 0,
            "State that the proxy gets back with the response (ms-internal-info)", HFILL } },
        { &hf_via_stack,
          { "Written by", "skypefed.via.stack", FT_UINT8, BASE_DEC, VALS(stack_names), 0,
            "Who writes a Via of this form", HFILL } },
        { &hf_token,
          { "Signed token", "skypefed.token", FT_STRING, BASE_NONE, NULL, 0, "Token signed by a server", HFILL } },
        { &hf_token_mac,
          { "MAC", "skypefed.token.mac", FT_BYTES, BASE_NONE, NULL, 0, "Message authentication code", HFILL } },
        { &hf_token_branch_id,
          { "Branch id", "skypefed.token.branch_id", FT_UINT32, BASE_HEX, NULL, 0,
            "The id that the token shares with a Via branch", HFILL } },
        { &hf_token_key_id,
          { "Key id", "skypefed.token.key_id", FT_BYTES, BASE_NONE, NULL, 0,
            "Which key of that server signed the token", HFILL } },
        { &hf_token_matches_branch,
          { "Matches a Via branch", "skypefed.token.matches_branch", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "A Via branch of this message bears the id", HFILL } },
        { &hf_route,
          { "Route", "skypefed.route", FT_STRING, BASE_NONE, NULL, 0, "One entry of Record-Route or Route", HFILL } },
        { &hf_route_header,
          { "Header", "skypefed.route.header", FT_STRING, BASE_NONE, NULL, 0, "Record-Route or Route", HFILL } },
        { &hf_route_index,
          { "Index", "skypefed.route.index", FT_UINT32, BASE_DEC, NULL, 0, "1 is the first of its header", HFILL } },
        { &hf_route_host,
          { "Host", "skypefed.route.host", FT_STRING, BASE_NONE, NULL, 0, "Server that stays on the way", HFILL } },
        { &hf_route_provider,
          { "Public IM provider", "skypefed.route.provider", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The host is the Edge of a public IM provider", HFILL } },
        { &hf_route_front_end,
          { "Front end", "skypefed.route.front_end", FT_STRING, BASE_NONE, NULL, 0,
            "Exact server inside the pool (ms-fe)", HFILL } },
        { &hf_route_tag,
          { "Tag", "skypefed.route.tag", FT_STRING, BASE_NONE, NULL, 0, "Names the server that wrote the entry",
            HFILL } },
        { &hf_route_state,
          { "State", "skypefed.route.state", FT_STRING, BASE_NONE, NULL, 0, "State of the dialog on that server",
            HFILL } },
        { &hf_route_state_cid,
          { "Connection id in the state", "skypefed.route.state.cid", FT_UINT32, BASE_HEX, NULL, 0,
            "Connection that the route is bound to", HFILL } },
        { &hf_route_role,
          { "Role", "skypefed.route.role", FT_STRING, BASE_NONE, NULL, 0,
            "The server serves the From or the To user (ms-role-rs-from, ms-role-rs-to)", HFILL } },
        { &hf_route_enterprise_destination,
          { "Destination in the enterprise", "skypefed.route.enterprise_destination", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "ms-ent-dest is present", HFILL } },
        { &hf_route_sig,
          { "Route signature", "skypefed.route.sig", FT_STRING, BASE_NONE, NULL, 0, "ms-route-sig", HFILL } },
        { &hf_route_rr_sig,
          { "Record-Route signature", "skypefed.route.rr_sig", FT_STRING, BASE_NONE, NULL, 0, "ms-rrsig", HFILL } },
        { &hf_route_identity_sig,
          { "Identity signature", "skypefed.route.identity_sig", FT_STRING, BASE_NONE, NULL, 0, "ms-identity",
            HFILL } },
        { &hf_route_key_info,
          { "Key info", "skypefed.route.key_info", FT_BYTES, BASE_NONE, NULL, 0,
            "About the key of the route signatures (ms-key-info)", HFILL } },
        { &hf_route_key_info_version,
          { "Version", "skypefed.route.key_info.version", FT_UINT32, BASE_HEX, NULL, 0, NULL, HFILL } },
        { &hf_route_key_info_created,
          { "Created", "skypefed.route.key_info.created", FT_ABSOLUTE_TIME, ABSOLUTE_TIME_UTC, NULL, 0,
            "When the key info was made", HFILL } },
    };
    static int *ett[] = { &ett_way, &ett_via, &ett_signature, &ett_token, &ett_route, &ett_key_info };

    proto_register_field_array(proto, hf, array_length(hf));
    proto_register_subtree_array(ett, array_length(ett));
}
