/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Where a message came from, with the evidence in words.
 */
#include "parts.h"

#include "dissect/view/label.h"
#include "dissect/view/networks.h"

static int hf_origin = -1;
static int hf_origin_likely = -1;
static int hf_origin_evidence = -1;

static int ett_origin = -1;

/** What is said of the evidence in front of its value, and between that and the network. */
typedef struct {
    const char *subject;
    const char *verb;
} evidence_words;

static const evidence_words words_of_kind[SF_EVIDENCE_KINDS] = {
    [SF_EVIDENCE_ADDRESS] = { ": the address ", " belongs to: " },
    [SF_EVIDENCE_DECORATION] = { ": the address ", " has the form used for: " },
    [SF_EVIDENCE_ROUTE] = { ": the host ", " is the Edge of: " },
    [SF_EVIDENCE_MEDIA_GATEWAY] = { ": a MediationServer at ", " is likely the media gateway of: " },
    [SF_EVIDENCE_MEDIATION_SERVER] = { ": a MediationServer at ", " is likely the gateway to: " },
    [SF_EVIDENCE_GATEWAY] = { ": ", " indicates a gateway to: " },
    [SF_EVIDENCE_TRUNK] = { ": the gateway ", " connects to: " },
    [SF_EVIDENCE_SBC] = { ": ", " is a session border controller, and the address is a number of: " },
    [SF_EVIDENCE_BESIDE_TEAMS] = { ": the number is reached through Teams at ",
                                   " and a session border controller, so it belongs to: " },
    [SF_EVIDENCE_CONTROLLER] = { ": the host ", " sends to Teams, so it is a session border controller, not Teams: " },
    [SF_EVIDENCE_PRODUCT] = { ": ", " is the product of: " },
    [SF_EVIDENCE_NUMBER] = { ": the address ", " has the form of: " },
    [SF_EVIDENCE_HOST] = { ": the host ", " belongs to: " },
    [SF_EVIDENCE_CONFIRMATION] = { ": the Edge confirms a public provider (", ") without saying which: " },
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

void sf_origin_show(const sf_view *view, proto_tree *tree)
{
    const sf_origin *origin = &view->message->origin;

    if (origin->count == 0) {
        return;
    }
    proto_item *item = sf_derived(sf_view_integer(view, tree, hf_origin, origin->items[0].value, origin->network));
    proto_tree *below = proto_item_add_subtree(item, ett_origin);
    if (origin->likely != SF_NETWORK_UNKNOWN) {
        item = sf_derived(sf_view_integer(view, below, hf_origin_likely, origin->items[0].value, origin->likely));
        sf_label_explain(view, item, "a single hint, not enough to decide");
    }
    for (unsigned i = 0; i < origin->count; i++) {
        sf_label label;
        sf_label_begin(&label, view);
        write_evidence(&label, &origin->items[i]);
        sf_derived(sf_view_words(view, below, hf_origin_evidence, origin->items[i].value, label.text));
    }
}

void sf_origin_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_origin,
          { "Origin", "skypefed.origin", FT_UINT8, BASE_DEC, VALS(sf_network_names), 0,
            "Where the message came from, judged from all the evidence", HFILL } },
        { &hf_origin_likely,
          { "Likely origin", "skypefed.origin.likely", FT_UINT8, BASE_DEC, VALS(sf_network_names), 0,
            "Network that one weak piece of evidence points to; not enough to decide the origin", HFILL } },
        { &hf_origin_evidence,
          { "Evidence", "skypefed.origin.evidence", FT_STRING, BASE_NONE, NULL, 0,
            "One piece of evidence for the origin", HFILL } },
    };
    static int *ett[] = { &ett_origin };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}
