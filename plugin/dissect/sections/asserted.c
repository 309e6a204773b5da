/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * P-Asserted-Identity and Privacy: who the network says is calling, beside who is shown.
 */
#include "parts.h"

#include "dissect/view/label.h"
#include "dissect/view/networks.h"

static int hf_asserted = -1;
static int hf_asserted_network = -1;
static int hf_privacy = -1;

static int ett_asserted = -1;

static expert_field ei_caller_differs = EI_INIT;

/** Of the two that Teams sends, the number is the one that is charged, the address is the user's. */
static const char *role_of(const sf_message *message, const sf_identity *identity)
{
    if (message->origin.network != SF_NETWORK_TEAMS || !message->is_request) {
        return NULL;
    }
    return sf_identity_is_number(identity) ? "usually the number that is charged" : "usually the Teams user";
}

static void show_identity(const sf_view *view, proto_tree *tree, const sf_identity *identity)
{
    proto_item *item;
    proto_tree *below;
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add_identity(&label, identity);
    item = sf_derived(sf_view_words(view, tree, hf_asserted, identity->text, label.text));
    below = proto_item_add_subtree(item, ett_asserted);
    sf_label_explain(view, item, role_of(view->message, identity));
    sf_derived(sf_view_integer(view, below, hf_asserted_network, identity->text, identity->network));
}

/** True for who forwarded the call: History-Info or Diversion names them, and the network vouches for them. */
static bool has_forwarded(const sf_message *message, const sf_identity *identity)
{
    for (unsigned i = 0; i < message->reference_count; i++) {
        const sf_reference *reference = &message->references[i];
        if (reference->kind == SF_REFERENCE_FORWARDING && sf_identity_is_same(&reference->identity, identity)) {
            return true;
        }
    }
    return false;
}

/** Names the asserted identity that can be held against the caller. */
static void warn_of_caller(const sf_view *view, proto_item *item)
{
    const sf_message *message = view->message;
    const sf_identity *caller = &message->from.identity;
    const sf_asserted *asserted = &message->caller_asserted;
    const sf_identity *other = NULL;
    sf_label shown, said;

    if (asserted->identity_count == 0 || !message->is_request || !message->from.is_present ||
        !sf_asserted_differs(asserted, caller)) {
        return;
    }
    for (unsigned i = 0; i < asserted->identity_count && !other; i++) {
        bool is_alike = sf_identity_is_number(&asserted->identities[i]) == sf_identity_is_number(caller);
        other = is_alike ? &asserted->identities[i] : NULL;
    }
    if (other && (has_forwarded(message, other) || message->cut == SF_CUT_HEADERS)) {
        return;
    }
    sf_label_begin(&shown, view);
    sf_label_add_identity(&shown, caller);
    sf_label_begin(&said, view);
    if (other) {
        sf_label_add_identity(&said, other);
    }
    expert_add_info_format(view->pinfo, item, &ei_caller_differs,
                           "From names %s as the caller, P-Asserted-Identity %s: the called party sees the first, the "
                           "network vouches for the second",
                           shown.text, said.text);
}

void sf_asserted_show(const sf_view *view, proto_tree *tree, proto_item *caller)
{
    const sf_asserted *asserted = &view->message->caller_asserted;

    for (unsigned i = 0; i < asserted->identity_count; i++) {
        show_identity(view, tree, &asserted->identities[i]);
    }
    for (unsigned i = 0; i < asserted->privacy_count; i++) {
        proto_item *item = sf_view_text(view, tree, hf_privacy, asserted->privacy[i]);
        sf_label_explain(view, item, sf_privacy_in_words(asserted->privacy[i]));
    }
    warn_of_caller(view, caller);
}

void sf_asserted_register(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_asserted,
          { "Asserted identity", "skypefed.asserted", FT_STRING, BASE_NONE, NULL, 0,
            "Address that the network vouches for (P-Asserted-Identity), as a person would write it", HFILL } },
        { &hf_asserted_network,
          { "Network", "skypefed.asserted.network", FT_UINT8, BASE_DEC, VALS(sf_network_names), 0,
            "Network that the asserted address belongs to", HFILL } },
        { &hf_privacy,
          { "Privacy", "skypefed.privacy", FT_STRING, BASE_NONE, NULL, 0, "What the sender asks to be hidden (Privacy)",
            HFILL } },
    };
    static int *ett[] = { &ett_asserted };
    static ei_register_info ei[] = {
        { &ei_caller_differs,
          { "skypefed.expert.caller_differs", PI_SECURITY, PI_NOTE,
            "From and P-Asserted-Identity name different callers", EXPFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    expert_register_field_array(expert, ei, G_N_ELEMENTS(ei));
}
