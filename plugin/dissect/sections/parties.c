/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Parties": identities, networks, origin, endpoint ids, product.
 */
#include "sections.h"

#include "parts.h"

#include "dissect/view/carrier.h"
#include "dissect/view/label.h"
#include "dissect/view/networks.h"
#include "dissect/view/problems.h"

static int hf_section = -1;
static int hf_caller = -1;
static int hf_caller_network = -1;
static int hf_callee = -1;
static int hf_callee_network = -1;
static int hf_identity = -1;
static int hf_identity_decorated = -1;
static int hf_identity_header = -1;
static int hf_epid = -1;
static int hf_epid_guid = -1;
static int hf_epid_matches_gruu = -1;
static int hf_from_log = -1;
static int hf_product = -1;
static int hf_product_version = -1;
static int hf_product_application = -1;

static int ett_section = -1;
static int ett_party = -1;
static int ett_identity = -1;
static int ett_epid = -1;
static int ett_product = -1;

/** A derived row that reads as the address would be written by a person. */
static proto_tree *identity_row(const sf_view *view, proto_tree *tree, int hf, int ett, const sf_identity *identity,
                                proto_item **item)
{
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add_identity(&label, identity);
    *item = sf_derived(sf_view_words(view, tree, hf, identity->text, label.text));
    return proto_item_add_subtree(*item, ett);
}

/** Adds to the label of the row the header that it comes from. */
static void append_header(const sf_view *view, proto_item *item, sf_slice header)
{
    sf_label label;

    if (view->is_visible) {
        sf_label_begin(&label, view);
        sf_label_add_part(&label, " (in ", header, ")");
        sf_label_append(&label, item);
    }
}

static proto_item *show_party(sf_view *view, proto_tree *tree, const sf_party *party, const sf_identity *identity,
                              int hf, int hf_network)
{
    if (!party->is_present || !sf_slice_present(identity->text)) {
        return NULL;
    }
    proto_item *item;
    proto_tree *below = identity_row(view, tree, hf, ett_party, identity, &item);

    sf_label_explain(view, item, sf_network_name(identity->network));
    sf_derived(sf_view_integer(view, below, hf_network, identity->text, identity->network));
    sf_view_problems(view, item, party->address.text);
    return item;
}

static void show_decorated(const sf_view *view, proto_tree *tree, const sf_identity *identity)
{
    proto_item *item;
    proto_tree *below = identity_row(view, tree, hf_identity, ett_identity, identity, &item);

    append_header(view, item, identity->header);
    sf_view_text(view, below, hf_identity_decorated, identity->text);
    sf_implied(sf_view_words(view, below, hf_identity_header, identity->text, sf_view_string(view, identity->header)));
}

static void show_epid(sf_view *view, proto_tree *tree, const sf_epid *epid)
{
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_epid, ett_epid, epid->text, &item);
    sf_guid guid = sf_guid_of_epid(epid->text);

    append_header(view, item, epid->header);
    sf_derived(sf_view_guid(view, below, hf_epid_guid, epid->text, &guid));
    if (epid->has_endpoint) {
        sf_derived(sf_view_flag(view, below, hf_epid_matches_gruu, epid->text, sf_guid_equals(&guid, &epid->endpoint)));
    }
    sf_view_problems(view, item, epid->text);
}

static void show_product(const sf_view *view, proto_tree *tree)
{
    const sf_product *product = &view->message->product;

    if (!product->name) {
        return;
    }
    proto_item *item = sf_view_words(view, tree, hf_product, product->token, product->name);
    proto_tree *below = proto_item_add_subtree(item, ett_product);
    sf_label_explain(view, item, product->platform);
    sf_view_text(view, below, hf_product_application, product->application);
    sf_view_text(view, below, hf_product_version, product->version);
}

static void summarize(const sf_view *view, proto_item *section)
{
    const sf_identity *from = &view->message->from.identity;
    const sf_identity *to = &view->message->callee;
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, sf_emergency_is_present(&view->message->emergency) ? ": emergency call, " : ": ");
    sf_label_add_identity(&label, from);
    sf_label_add(&label, " (");
    sf_label_add(&label, sf_network_name(from->network));
    sf_label_add(&label, ") to ");
    sf_label_add_identity(&label, to);
    sf_label_add(&label, " (");
    sf_label_add(&label, sf_network_name(to->network));
    sf_label_add(&label, ")");
    sf_label_append(&label, section);
}

static void show(sf_view *view)
{
    const sf_message *message = view->message;
    proto_item *section;
    proto_tree *tree = sf_view_section(view, hf_section, ett_section, &section);

    sf_emergency_show(view, tree);
    proto_item *caller = show_party(view, tree, &message->from, &message->from.identity, hf_caller, hf_caller_network);
    /* From is the caller of the request, which in a call may be the side that was called. */
    sf_label_explain(view, caller, view->note->is_by_callee ? "in From, but the callee of the call" : NULL);
    sf_asserted_show(view, tree, caller);
    show_party(view, tree, &message->to, &message->callee, hf_callee, hf_callee_network);
    for (unsigned i = 0; i < message->identity_count; i++) {
        show_decorated(view, tree, &message->identities[i]);
    }
    if (sf_carrier_is_log(view->pinfo)) {
        sf_derived(sf_view_flag(view, tree, hf_from_log, message->start_line, true));
    }
    sf_origin_show(view, tree);
    for (unsigned i = 0; i < message->epid_count; i++) {
        show_epid(view, tree, &message->epids[i]);
    }
    show_product(view, tree);
    sf_teams_show(view, tree);

    if (view->is_visible && message->from.is_present && message->to.is_present) {
        summarize(view, section);
    }
}

/** Without a tree, only what is to be noted. */
static void warn(sf_view *view)
{
    sf_asserted_show(view, NULL, NULL);
}

static void register_fields(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_section,
          { "Parties", "skypefed.section.parties", FT_NONE, BASE_NONE, NULL, 0,
            "Caller, callee and other addresses, their networks, the origin of the message, the product", HFILL } },
        { &hf_caller,
          { "Caller", "skypefed.caller", FT_STRING, BASE_NONE, NULL, 0,
            "Address of the From party, as a person would write it", HFILL } },
        { &hf_caller_network,
          { "Caller's network", "skypefed.caller.network", FT_UINT8, BASE_DEC, VALS(sf_network_names), 0,
            "Network that the From party's address belongs to", HFILL } },
        { &hf_callee,
          { "Callee", "skypefed.callee", FT_STRING, BASE_NONE, NULL, 0,
            "Address of the To party, as a person would write it", HFILL } },
        { &hf_callee_network,
          { "Callee's network", "skypefed.callee.network", FT_UINT8, BASE_DEC, VALS(sf_network_names), 0,
            "Network that the To party's address belongs to", HFILL } },
        { &hf_identity,
          { "Real address", "skypefed.identity", FT_STRING, BASE_NONE, NULL, 0,
            "The address that a decorated address encodes", HFILL } },
        { &hf_identity_decorated,
          { "Decorated address", "skypefed.identity.decorated", FT_STRING, BASE_NONE, NULL, 0,
            "The address as written in the message", HFILL } },
        { &hf_identity_header,
          { "Header", "skypefed.identity.header", FT_STRING, BASE_NONE, NULL, 0,
            "Header that holds the decorated address", HFILL } },
        { &hf_epid,
          { "Endpoint id", "skypefed.epid", FT_STRING, BASE_NONE, NULL, 0, "epid: identifies one endpoint of the user",
            HFILL } },
        { &hf_epid_guid,
          { "Endpoint GUID (inferred)", "skypefed.epid.guid", FT_GUID, BASE_NONE, NULL, 0,
            "Endpoint GUID derived from this epid, in a way inferred from traces", HFILL } },
        { &hf_epid_matches_gruu,
          { "Matches GRUU (inferred)", "skypefed.epid.matches_gruu", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The GUID is the one in the same party's GRUU or +sip.instance; how the GUID is derived from the epid is inferred from traces",
            HFILL } },
        { &hf_from_log,
          { "Read from a log", "skypefed.from_log", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The message comes from a log, not from the wire: how it was carried is not known", HFILL } },
        { &hf_product,
          { "Product", "skypefed.product", FT_STRING, BASE_NONE, NULL, 0, "Product name, from User-Agent or Server",
            HFILL } },
        { &hf_product_application,
          { "Application name", "skypefed.product.application", FT_STRING, BASE_NONE, NULL, 0,
            "Name that the application gives itself, if it is not a known product", HFILL } },
        { &hf_product_version,
          { "Version", "skypefed.product.version", FT_STRING, BASE_NONE, NULL, 0, "Version of the product", HFILL } },
    };
    static int *ett[] = { &ett_section, &ett_party, &ett_identity, &ett_epid, &ett_product };

    sf_teams_register(proto, expert);
    sf_emergency_register(proto, expert);
    sf_asserted_register(proto, expert);
    sf_origin_register(proto, expert);
    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}

const sf_section sf_section_parties = { register_fields, show, warn };
