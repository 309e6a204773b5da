/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Entries of Record-Route and Route.
 */
#include "parts.h"

#include "dissect/view/label.h"
#include "dissect/view/problems.h"
#include "engine/text/base64.h"
#include "engine/text/bytes.h"

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
static int hf_route_edge_route = -1;
static int hf_route_sig = -1;
static int hf_route_rr_sig = -1;
static int hf_route_identity_sig = -1;
static int hf_route_key_info = -1;
static int hf_route_key_info_version = -1;
static int hf_route_key_info_key_length = -1;
static int hf_route_key_info_signature_length = -1;
static int hf_route_key_info_created = -1;
static int hf_route_key_info_algorithm = -1;

static int ett_route = -1;
static int ett_key_info = -1;

/** `Triple DES, wrapped with RSA-1024` */
static void show_algorithm(const sf_view *view, proto_tree *tree, const sf_key_info *info)
{
    sf_label label;

    if (!info->algorithm) {
        return;
    }
    sf_label_begin(&label, view);
    sf_label_add(&label, info->algorithm);
    sf_label_add(&label, ", wrapped with RSA-");
    sf_label_add_number(&label, info->wrapping_bits);
    sf_slice front = sf_base64_letters_of(info->text, SF_KEY_INFO_KEY_AT, SF_KEY_BLOB_FRONT_BYTES);
    sf_derived(sf_view_words(view, tree, hf_route_key_info_algorithm, front, label.text));
}

static void show_key_info(const sf_view *view, proto_tree *tree, const sf_key_info *info)
{
    sf_slice key_length = sf_base64_letters_of(info->text, SF_KEY_INFO_KEY_LENGTH_AT, sizeof info->key_length);
    sf_slice signature_length = sf_base64_letters_of(info->text, SF_KEY_INFO_SIGNATURE_LENGTH_AT,
                                                     sizeof info->signature_length);
    sf_slice created = sf_base64_letters_of(info->text, SF_KEY_INFO_CREATED_AT, sizeof info->created);
    sf_slice version = sf_base64_letters_of(info->text, 0, sizeof(uint32_t));
    size_t length;

    if (!info->is_decoded) {
        return;
    }
    uint8_t *bytes = wmem_alloc(view->pinfo->pool, info->text.length);
    sf_base64_decode(info->text, bytes, info->text.length, &length);
    proto_item *item = sf_view_bytes(view, tree, hf_route_key_info, info->text, bytes, length);
    proto_tree *below = proto_item_add_subtree(item, ett_key_info);
    item = sf_view_integer(view, below, hf_route_key_info_version, version,
                           (uint32_t)sf_big_endian(bytes, sizeof(uint32_t)));
    if (item) {
        proto_item_set_hidden(item);
    }
    sf_view_integer(view, below, hf_route_key_info_key_length, key_length, info->key_length);
    sf_view_integer(view, below, hf_route_key_info_signature_length, signature_length, info->signature_length);
    if (info->created > 0) {
        sf_view_time(view, below, hf_route_key_info_created, created, info->created);
    }
    show_algorithm(view, below, info);
}

static void show_state_cid(const sf_view *view, proto_tree *tree, const sf_route *route)
{
    proto_item *item = sf_derived(sf_view_number(view, tree, hf_route_state_cid, route->state_cid));
    sf_label label;

    if (view->is_visible && item) {
        sf_label_begin(&label, view);
        sf_label_add(&label, " (connection ");
        sf_label_add_number(&label, sf_connection_number(route->state_cid.value));
        sf_label_add(&label, ")");
        sf_label_append(&label, item);
    }
}

static void label_route(const sf_view *view, proto_item *item, const sf_route *route, const char *header,
                        unsigned index)
{
    sf_slice host = route->address.uri.host;
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, header);
    sf_label_add(&label, " ");
    sf_label_add_number(&label, index);
    sf_label_add(&label, ": ");
    if (host.length > 0) {
        sf_label_add_slice(&label, host);
    } else {
        sf_label_add(&label, "unreadable");
    }
    sf_label_add_part(&label, ", front end ", route->front_end, "");
    sf_label_add(&label, route->is_provider ? ", the Edge of a public IM provider" : "");
    sf_label_set(&label, item);
}

void sf_route_show(sf_view *view, proto_tree *tree, const sf_route *route, unsigned index)
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
        label_route(view, item, route, header, index);
    }
    sf_implied(sf_view_words(view, below, hf_route_header, route->text, header));
    sf_implied(sf_view_integer(view, below, hf_route_index, route->text, index));
    if (host.length > 0) {
        sf_view_text(view, below, hf_route_host, host);
        sf_derived(sf_view_flag(view, below, hf_route_provider, host, route->is_provider));
    }
    sf_view_text(view, below, hf_route_front_end, route->front_end);
    sf_view_text(view, below, hf_route_tag, route->tag);
    sf_view_text(view, below, hf_route_state, route->state);
    show_state_cid(view, below, route);
    sf_label_explain(view, sf_view_text(view, below, hf_route_role, route->role_from), "likely serves the From party");
    sf_label_explain(view, sf_view_text(view, below, hf_route_role, route->role_to), "likely serves the To party");
    sf_derived(sf_view_flag(view, below, hf_route_enterprise_destination, route->enterprise_destination, true));
    sf_derived(sf_view_flag(view, below, hf_route_edge_route, route->edge_route, true));
    for (int kind = 0; kind < SF_ROUTE_SIGNATURES; kind++) {
        sf_signed_token_show(view, below, *signatures[kind], route->signature[kind], &route->token[kind]);
    }
    show_key_info(view, below, &route->key_info);
    sf_view_problems(view, item, route->text);
}

void sf_route_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_route,
          { "Route", "skypefed.route", FT_STRING, BASE_NONE, NULL, 0, "One entry of Record-Route or Route", HFILL } },
        { &hf_route_header,
          { "Header", "skypefed.route.header", FT_STRING, BASE_NONE, NULL, 0, "Record-Route or Route", HFILL } },
        { &hf_route_index,
          { "Index", "skypefed.route.index", FT_UINT32, BASE_DEC, NULL, 0, "1 is the first of its header", HFILL } },
        { &hf_route_host,
          { "Host", "skypefed.route.host", FT_STRING, BASE_NONE, NULL, 0, "Server that stays on the signaling path",
            HFILL } },
        { &hf_route_provider,
          { "Public IM provider", "skypefed.route.provider", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The host is the Edge of a public IM provider", HFILL } },
        { &hf_route_front_end,
          { "Front end", "skypefed.route.front_end", FT_STRING, BASE_NONE, NULL, 0, "Server within the pool (ms-fe)",
            HFILL } },
        { &hf_route_tag,
          { "Tag", "skypefed.route.tag", FT_STRING, BASE_NONE, NULL, 0, "Identifies the server that wrote the entry",
            HFILL } },
        { &hf_route_state,
          { "State", "skypefed.route.state", FT_STRING, BASE_NONE, NULL, 0, "State of the dialog on that server",
            HFILL } },
        { &hf_route_state_cid,
          { "Connection id in the state (inferred)", "skypefed.route.state.cid", FT_UINT32, BASE_DEC_HEX, NULL, 0,
            "Connection that the route uses; inferred from traces", HFILL } },
        { &hf_route_role,
          { "Role", "skypefed.route.role", FT_STRING, BASE_NONE, NULL, 0,
            "The server serves the From or the To user (ms-role-rs-from, ms-role-rs-to); inferred from the words",
            HFILL } },
        { &hf_route_enterprise_destination,
          { "Destination inside the enterprise (inferred)", "skypefed.route.enterprise_destination", FT_BOOLEAN,
            BASE_NONE, NULL, 0, "ms-ent-dest is present; inferred from the word", HFILL } },
        { &hf_route_edge_route,
          { "Sent through this Edge", "skypefed.route.edge_route", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "ms-edge-route is present: the request is to leave through this Edge, as Test-CsFederatedPartner asks; an "
            "Edge of OCS 2007 R2 answers 504",
            HFILL } },
        { &hf_route_sig,
          { "Route signature", "skypefed.route.sig", FT_STRING, BASE_NONE, NULL, 0, "ms-route-sig", HFILL } },
        { &hf_route_rr_sig,
          { "Record-Route signature", "skypefed.route.rr_sig", FT_STRING, BASE_NONE, NULL, 0, "ms-rrsig", HFILL } },
        { &hf_route_identity_sig,
          { "Identity signature", "skypefed.route.identity_sig", FT_STRING, BASE_NONE, NULL, 0, "ms-identity",
            HFILL } },
        { &hf_route_key_info,
          { "Key info", "skypefed.route.key_info", FT_BYTES, BASE_NONE, NULL, 0,
            "Key that signs the routes (ms-key-info); its layout is inferred from public samples", HFILL } },
        { &hf_route_key_info_version,
          { "First four bytes", "skypefed.route.key_info.version", FT_UINT32, BASE_DEC_HEX, NULL, 0,
            "Not a version, despite the filter name: the two lengths as one number", HFILL } },
        { &hf_route_key_info_key_length,
          { "Length of the key (inferred)", "skypefed.route.key_info.key_length", FT_UINT16, BASE_DEC, NULL, 0,
            "Bytes of the wrapped key; inferred from public samples", HFILL } },
        { &hf_route_key_info_signature_length,
          { "Length of the signature (inferred)", "skypefed.route.key_info.signature_length", FT_UINT16, BASE_DEC, NULL,
            0, "Bytes of the signature; inferred from public samples", HFILL } },
        { &hf_route_key_info_created,
          { "Created (inferred)", "skypefed.route.key_info.created", FT_ABSOLUTE_TIME, ABSOLUTE_TIME_UTC, NULL, 0,
            "Time in the key info, probably when it was created; inferred from public samples", HFILL } },
        { &hf_route_key_info_algorithm,
          { "Key algorithm (inferred)", "skypefed.route.key_info.algorithm", FT_STRING, BASE_NONE, NULL, 0,
            "Algorithm of the key and of its wrapping, read as a CryptoAPI key blob; inferred from public samples",
            HFILL } },
    };
    static int *ett[] = { &ett_route, &ett_key_info };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}
