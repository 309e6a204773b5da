/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Parties": identities, networks, origin, endpoint ids, product.
 */
#include "sections.h"

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
static int hf_origin = -1;
static int hf_origin_evidence = -1;
static int hf_epid = -1;
static int hf_epid_guid = -1;
static int hf_epid_matches_gruu = -1;
static int hf_from_log = -1;
static int hf_product = -1;
static int hf_product_version = -1;

static int ett_section = -1;
static int ett_party = -1;
static int ett_identity = -1;
static int ett_origin = -1;
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

static void show_party(sf_view *view, proto_tree *tree, const sf_party *party, int hf, int hf_network)
{
    if (!party->is_present || !sf_slice_present(party->identity.text)) {
        return;
    }
    const sf_identity *identity = &party->identity;
    proto_item *item;
    proto_tree *below = identity_row(view, tree, hf, ett_party, identity, &item);

    sf_label_explain(view, item, sf_network_name(identity->network));
    sf_derived(sf_view_integer(view, below, hf_network, identity->text, identity->network));
    sf_view_problems(view, item, party->address.text);
}

static void show_decorated(const sf_view *view, proto_tree *tree, const sf_identity *identity)
{
    proto_item *item;
    proto_tree *below = identity_row(view, tree, hf_identity, ett_identity, identity, &item);

    append_header(view, item, identity->header);
    sf_view_text(view, below, hf_identity_decorated, identity->text);
    sf_implied(sf_view_words(view, below, hf_identity_header, identity->text, sf_view_string(view, identity->header)));
}

/** What is said of the evidence in front of its value, and between that and the network. */
typedef struct {
    const char *subject;
    const char *verb;
} evidence_words;

static const evidence_words words_of_kind[SF_EVIDENCE_KINDS] = {
    [SF_EVIDENCE_ADDRESS] = { ": the address ", " belongs to: " },
    [SF_EVIDENCE_DECORATION] = { ": the address ", " has the form used for: " },
    [SF_EVIDENCE_ROUTE] = { ": the host ", " is the Edge of: " },
    [SF_EVIDENCE_MEDIA_GATEWAY] = { ": a MediationServer at ", " is the media gateway of: " },
    [SF_EVIDENCE_HOST] = { ": the host ", " belongs to: " },
    [SF_EVIDENCE_LOGON] = { ": ", " indicates a remote user of: " },
    [SF_EVIDENCE_ORDINARY] = { ": the address ", " is in none of your own domains: " },
};

/** `SIP domain` says that nothing more is known; who names the own domains knows that any other is a partner's. */
static const evidence_words words_of_sip_domain = { ": the address ", " is an ordinary SIP address: " };

static void write_evidence(sf_label *label, const sf_evidence *evidence)
{
    bool is_sip_domain = evidence->kind == SF_EVIDENCE_ORDINARY && evidence->network == SF_NETWORK_SIP_DOMAIN;
    const evidence_words *words = is_sip_domain ? &words_of_sip_domain : &words_of_kind[evidence->kind];
    const char *network = sf_network_name(evidence->network);

    sf_label_add_slice(label, evidence->header);
    if (evidence->kind == SF_EVIDENCE_TRUST) { /* its value is no address, but a reason */
        sf_label_add(label, ": the Edge reports: ");
        sf_label_add(label, network);
        sf_label_add(label, " (by ");
        sf_label_add_slice(label, evidence->value);
        sf_label_add(label, ")");
    } else {
        sf_label_add(label, words->subject);
        sf_label_add_slice(label, evidence->value);
        sf_label_add(label, words->verb);
        sf_label_add(label, network);
    }
}

static void show_origin(const sf_view *view, proto_tree *tree)
{
    const sf_origin *origin = &view->message->origin;

    if (origin->count == 0) {
        return;
    }
    proto_item *item = sf_derived(sf_view_integer(view, tree, hf_origin, origin->items[0].value, origin->network));
    proto_tree *below = proto_item_add_subtree(item, ett_origin);
    for (unsigned i = 0; i < origin->count; i++) {
        sf_label label;
        sf_label_begin(&label, view);
        write_evidence(&label, &origin->items[i]);
        sf_derived(sf_view_words(view, below, hf_origin_evidence, origin->items[i].value, label.text));
    }
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
    sf_view_text(view, below, hf_product_version, product->version);
}

static void summarize(const sf_view *view, proto_item *section)
{
    const sf_identity *from = &view->message->from.identity;
    const sf_identity *to = &view->message->to.identity;
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, ": ");
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

    show_party(view, tree, &message->from, hf_caller, hf_caller_network);
    show_party(view, tree, &message->to, hf_callee, hf_callee_network);
    for (unsigned i = 0; i < message->identity_count; i++) {
        show_decorated(view, tree, &message->identities[i]);
    }
    if (sf_carrier_is_log(view->pinfo)) {
        sf_derived(sf_view_flag(view, tree, hf_from_log, message->start_line, true));
    }
    show_origin(view, tree);
    for (unsigned i = 0; i < message->epid_count; i++) {
        show_epid(view, tree, &message->epids[i]);
    }
    show_product(view, tree);

    if (view->is_visible && message->from.is_present && message->to.is_present) {
        summarize(view, section);
    }
}

static void register_fields(int proto, expert_module_t *expert _U_)
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
        { &hf_origin,
          { "Origin", "skypefed.origin", FT_UINT8, BASE_DEC, VALS(sf_network_names), 0,
            "Where the message came from, judged from all the evidence", HFILL } },
        { &hf_origin_evidence,
          { "Evidence", "skypefed.origin.evidence", FT_STRING, BASE_NONE, NULL, 0,
            "One piece of evidence for the origin", HFILL } },
        { &hf_epid,
          { "Endpoint id", "skypefed.epid", FT_STRING, BASE_NONE, NULL, 0, "epid: identifies one endpoint of the user",
            HFILL } },
        { &hf_epid_guid,
          { "Endpoint GUID (inferred)", "skypefed.epid.guid", FT_GUID, BASE_NONE, NULL, 0,
            "Endpoint GUID derived from this epid, in a way inferred from traces", HFILL } },
        { &hf_epid_matches_gruu,
          { "Matches GRUU", "skypefed.epid.matches_gruu", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The GUID is the one in the same party's GRUU or +sip.instance", HFILL } },
        { &hf_from_log,
          { "Read from a log", "skypefed.from_log", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The message comes from a log, not from the wire: how it was carried is not known", HFILL } },
        { &hf_product,
          { "Product", "skypefed.product", FT_STRING, BASE_NONE, NULL, 0, "Product name, from User-Agent or Server",
            HFILL } },
        { &hf_product_version,
          { "Version", "skypefed.product.version", FT_STRING, BASE_NONE, NULL, 0, "Version of the product", HFILL } },
    };
    static int *ett[] = { &ett_section, &ett_party, &ett_identity, &ett_origin, &ett_epid, &ett_product };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}

const sf_section sf_section_parties = { register_fields, show, NULL };
