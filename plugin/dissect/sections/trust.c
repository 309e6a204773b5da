/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ms-edge-proxy-message-trust and ms-asserted-verification-level, in words.
 */
#include "parts.h"

#include "dissect/view/label.h"
#include "dissect/view/problems.h"

static int hf_trust = -1;
static int hf_trust_asserted = -1;
static int hf_trust_source_type = -1;
static int hf_trust_source_network = -1;
static int hf_trust_edge = -1;
static int hf_trust_remote = -1;
static int hf_trust_verified = -1;

static int ett_trust = -1;

static expert_field ei_unverified = EI_INIT;

static void warn_of_trust(const sf_view *view, proto_item *item)
{
    const sf_trust *trust = &view->message->trust;

    if (sf_number_is_present(trust->verified) && trust->verified.value == 0) {
        expert_add_info(view->pinfo, item, &ei_unverified);
    }
}

/** `The Edge says: from the Edge itself, user verified (...)`, with all of it as written, known or not, at the end. */
static void label_trust(const sf_view *view, proto_item *item, const sf_trust *trust)
{
    const char *source = sf_trust_source_in_words(trust);
    sf_label label;

    sf_label_begin(&label, view);
    if (source) {
        sf_label_add(&label, ": from ");
        sf_label_add(&label, source);
    }
    if (sf_number_is_present(trust->verified)) {
        sf_label_add(&label, source ? ", " : ": ");
        sf_label_add(&label, trust->verified.value ? "user verified" : "user not verified");
    }
    sf_label_add(&label, " (");
    sf_label_add_slice(&label, trust->text.length > 0 ? trust->text : SF_LITERAL("nothing"));
    sf_label_add(&label, ")");
    sf_label_append(&label, item);
}

static void show_trust(sf_view *view, proto_tree *tree, int hf, const sf_trust *trust)
{
    proto_item *item;

    if (!sf_slice_present(trust->text)) {
        return;
    }
    proto_tree *below = sf_view_titled(view, tree, hf, ett_trust, trust->text, NULL, &item);
    if (view->is_visible) {
        label_trust(view, item, trust);
    }
    sf_label_explain(view, sf_view_text(view, below, hf_trust_source_type, trust->source_type),
                     sf_trust_source_in_words(trust));
    sf_label_explain(view, sf_view_text(view, below, hf_trust_source_network, trust->source_network),
                     sf_trust_network_in_words(trust));
    sf_view_text(view, below, hf_trust_edge, trust->edge);
    sf_view_text(view, below, hf_trust_remote, trust->remote);
    sf_view_flag(view, below, hf_trust_verified, trust->verified.text, trust->verified.value);
    /* What another header asserts is known from no document: it names, and warns of nothing. */
    if (trust == &view->message->trust) {
        warn_of_trust(view, item);
    }
    sf_view_problems(view, item, trust->text);
}

void sf_trust_show(sf_view *view, proto_tree *tree)
{
    if (!tree) {
        warn_of_trust(view, NULL);
        return;
    }
    show_trust(view, tree, hf_trust, &view->message->trust);
    show_trust(view, tree, hf_trust_asserted, &view->message->asserted);
}

void sf_trust_register(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_trust,
          { "Reported by the Edge", "skypefed.trust", FT_NONE, BASE_NONE, NULL, 0, "ms-edge-proxy-message-trust",
            HFILL } },
        { &hf_trust_asserted,
          { "Asserted by a server", "skypefed.trust.asserted", FT_NONE, BASE_NONE, NULL, 0,
            "ms-asserted-verification-level", HFILL } },
        { &hf_trust_source_type,
          { "Source", "skypefed.trust.source_type", FT_STRING, BASE_NONE, NULL, 0,
            "Kind of source that the Edge accepted the message from (ms-source-type)", HFILL } },
        { &hf_trust_source_network,
          { "Source network", "skypefed.trust.source_network", FT_STRING, BASE_NONE, NULL, 0, "ms-source-network",
            HFILL } },
        { &hf_trust_edge,
          { "Own Edge", "skypefed.trust.edge", FT_STRING, BASE_NONE, NULL, 0,
            "Edge that accepted the message (ms-ep-fqdn)", HFILL } },
        { &hf_trust_remote,
          { "Remote Edge", "skypefed.trust.remote", FT_STRING, BASE_NONE, NULL, 0,
            "Edge of the partner or provider (ms-remote-fqdn)", HFILL } },
        { &hf_trust_verified,
          { "User verified", "skypefed.trust.verified", FT_BOOLEAN, BASE_NONE, NULL, 0, "ms-source-verified-user",
            HFILL } },
    };
    static int *ett[] = { &ett_trust };
    static ei_register_info ei[] = {
        { &ei_unverified,
          { "skypefed.expert.unverified", PI_SECURITY, PI_NOTE, "The Edge could not verify the user", EXPFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    expert_register_field_array(expert, ei, G_N_ELEMENTS(ei));
}
