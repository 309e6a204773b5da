/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Who".
 */
#include "sections.h"

#include "dissect/view/carrier.h"
#include "dissect/view/identity.h"
#include "dissect/view/networks.h"

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

static int ett_who = -1;
static int ett_party = -1;
static int ett_identity = -1;
static int ett_origin = -1;
static int ett_epid = -1;
static int ett_product = -1;

static void show_party(sf_view *view, proto_tree *tree, const sf_party *party, int hf, int hf_network)
{
    if (!party->is_present || !sf_slice_present(party->identity.text)) {
        return;
    }
    const sf_identity *identity = &party->identity;
    proto_item *item = sf_view_derived_string(view, tree, hf, identity->text, sf_view_identity(view, identity));
    proto_tree *below = proto_item_add_subtree(item, ett_party);

    if (view->is_visible) {
        proto_item_append_text(item, " (%s)", sf_network_name(identity->network));
    }
    sf_derived(sf_view_number(view, below, hf_network, identity->text, identity->network));
    sf_view_problems(view, item, party->address.text);
}

static void show_decorated(const sf_view *view, proto_tree *tree, const sf_identity *identity)
{
    proto_item *item = sf_view_derived_string(view, tree, hf_identity, identity->text,
                                              sf_view_identity(view, identity));
    proto_tree *below = proto_item_add_subtree(item, ett_identity);
    const char *header = sf_view_string(view, identity->header);

    if (view->is_visible) {
        proto_item_append_text(item, " (in %s)", header);
    }
    sf_view_text(view, below, hf_identity_decorated, identity->text);
    sf_implied(sf_view_derived_string(view, below, hf_identity_header, identity->text, header));
}

static const char *const evidence_formats[SF_EVIDENCE_KINDS] = {
    [SF_EVIDENCE_ADDRESS] = "%s: the address %s belongs to: %s",
    [SF_EVIDENCE_DECORATION] = "%s: the address %s is decorated, as is done for: %s",
    [SF_EVIDENCE_ROUTE] = "%s: the host %s is the Edge of: %s",
    [SF_EVIDENCE_MEDIA_GATEWAY] = "%s: a MediationServer at %s is the media gateway of: %s",
    [SF_EVIDENCE_HOST] = "%s: the host %s belongs to: %s",
    [SF_EVIDENCE_LOGON] = "%s: %s stands for a user outside the own network, but of: %s",
};

/** `SIP domain` says that nothing more is known; who names the own domains knows that any other is a partner's. */
static const char sip_domain_format[] = "%s: the address %s is an ordinary one: %s";
static const char elimination_format[] = "%s: the address %s is of none of the own domains: %s";

/** Here the value is no address, but a reason. */
static const char trust_format[] = "%s: the Edge vouches for: %s (by %s)";

static const char *evidence_string(const sf_view *view, const sf_evidence *evidence)
{
    const char *header = sf_view_string(view, evidence->header);
    const char *value = sf_view_string(view, evidence->value);
    const char *network = sf_network_name(evidence->network);
    const char *format = evidence_formats[evidence->kind];

    if (evidence->kind == SF_EVIDENCE_TRUST) {
        return wmem_strdup_printf(view->pinfo->pool, trust_format, header, network, value);
    }
    if (evidence->kind == SF_EVIDENCE_ORDINARY) {
        format = evidence->network == SF_NETWORK_SIP_DOMAIN ? sip_domain_format : elimination_format;
    }
    /* The formats are the constants above; each takes three strings. */
    return wmem_strdup_printf(view->pinfo->pool, format, header, value, network);
}

static void show_origin(const sf_view *view, proto_tree *tree)
{
    const sf_origin *origin = &view->message->origin;

    if (origin->count == 0) {
        return;
    }
    proto_item *item = sf_derived(sf_view_number(view, tree, hf_origin, origin->items[0].value, origin->network));
    proto_tree *below = proto_item_add_subtree(item, ett_origin);
    for (unsigned i = 0; i < origin->count; i++) {
        sf_view_derived_string(view, below, hf_origin_evidence, origin->items[i].value,
                               evidence_string(view, &origin->items[i]));
    }
}

static void show_epid(sf_view *view, proto_tree *tree, const sf_epid *epid)
{
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_epid, ett_epid, epid->text, &item);
    sf_guid guid = sf_guid_of_epid(epid->text);

    if (view->is_visible) {
        proto_item_append_text(item, " (in %s)", sf_view_string(view, epid->header));
    }
    sf_derived(sf_view_guid(view, below, hf_epid_guid, epid->text, &guid));
    if (epid->has_endpoint) {
        sf_derived(sf_view_flag(view, below, hf_epid_matches_gruu, epid->text,
                                sf_guid_equals(&guid, &epid->endpoint)));
    }
    sf_view_problems(view, item, epid->text);
}

static void show_product(const sf_view *view, proto_tree *tree)
{
    const sf_product *product = &view->message->product;

    if (!product->name) {
        return;
    }
    proto_item *item = proto_tree_add_string(tree, hf_product, view->tvb, sf_view_offset(view, product->token),
                                             (int)product->token.length, product->name);
    proto_tree *below = proto_item_add_subtree(item, ett_product);
    if (view->is_visible && product->platform) {
        proto_item_append_text(item, " (on %s)", product->platform);
    }
    sf_view_text(view, below, hf_product_version, product->version);
}

static void show(sf_view *view)
{
    const sf_message *message = view->message;
    proto_item *section;
    proto_tree *tree = sf_view_section(view, ett_who, "Who", &section);

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
        proto_item_append_text(section, ": %s (%s) to %s (%s)", sf_view_identity(view, &message->from.identity),
                               sf_network_name(message->from.identity.network),
                               sf_view_identity(view, &message->to.identity),
                               sf_network_name(message->to.identity.network));
    }
}

static void register_fields(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_caller,
          { "Caller", "skypefed.caller", FT_STRING, BASE_NONE, NULL, 0,
            "Address of the From party as a person would write it", HFILL } },
        { &hf_caller_network,
          { "Caller's network", "skypefed.caller.network", FT_UINT8, BASE_DEC, VALS(sf_network_names), 0,
            "Network that the From party's address belongs to", HFILL } },
        { &hf_callee,
          { "Callee", "skypefed.callee", FT_STRING, BASE_NONE, NULL, 0,
            "Address of the To party as a person would write it", HFILL } },
        { &hf_callee_network,
          { "Callee's network", "skypefed.callee.network", FT_UINT8, BASE_DEC, VALS(sf_network_names), 0,
            "Network that the To party's address belongs to", HFILL } },
        { &hf_identity,
          { "Real address", "skypefed.identity", FT_STRING, BASE_NONE, NULL, 0,
            "Real address behind a decorated one", HFILL } },
        { &hf_identity_decorated,
          { "Decorated address", "skypefed.identity.decorated", FT_STRING, BASE_NONE, NULL, 0,
            "The address as it stands in the message", HFILL } },
        { &hf_identity_header,
          { "Header", "skypefed.identity.header", FT_STRING, BASE_NONE, NULL, 0,
            "Header that the decorated address stands in", HFILL } },
        { &hf_origin,
          { "Origin", "skypefed.origin", FT_UINT8, BASE_DEC, VALS(sf_network_names), 0,
            "Where the message came from, judged from all evidence together", HFILL } },
        { &hf_origin_evidence,
          { "Evidence", "skypefed.origin.evidence", FT_STRING, BASE_NONE, NULL, 0,
            "What speaks for the origin", HFILL } },
        { &hf_epid,
          { "Endpoint id", "skypefed.epid", FT_STRING, BASE_NONE, NULL, 0,
            "epid: names one endpoint of the user", HFILL } },
        { &hf_epid_guid,
          { "Endpoint GUID", "skypefed.epid.guid", FT_GUID, BASE_NONE, NULL, 0,
            "The endpoint GUID that this epid derives to", HFILL } },
        { &hf_epid_matches_gruu,
          { "Matches GRUU", "skypefed.epid.matches_gruu", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The GUID equals the one in the same party's GRUU or +sip.instance", HFILL } },
        { &hf_from_log,
          { "Read from a log", "skypefed.from_log", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The message was logged, not captured: nothing is known of what carried it", HFILL } },
        { &hf_product,
          { "Product", "skypefed.product", FT_STRING, BASE_NONE, NULL, 0,
            "Product in words, from User-Agent or Server", HFILL } },
        { &hf_product_version,
          { "Version", "skypefed.product.version", FT_STRING, BASE_NONE, NULL, 0,
            "Version of the product", HFILL } },
    };
    static int *ett[] = { &ett_who, &ett_party, &ett_identity, &ett_origin, &ett_epid, &ett_product };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}

const sf_section sf_section_parties = { register_fields, show, NULL };
