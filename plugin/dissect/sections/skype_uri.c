/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Skype URIs": skype: URIs.
 */
#include "sections.h"

static int hf_section = -1;
static int hf_skype_uri = -1;
static int hf_skype_uri_participant = -1;
static int hf_skype_uri_network = -1;
static int hf_skype_uri_action = -1;

static int ett_section = -1;
static int ett_skype_uri = -1;
static int ett_participant = -1;

static void show_participant(const sf_view *view, proto_tree *tree, const sf_participant *participant)
{
    proto_item *item = sf_view_unescaped(view, tree, hf_skype_uri_participant, participant->name, false);

    if (participant->network) {
        sf_slice prefix = sf_slice_between(participant->text.text, participant->name.text);
        proto_tree *below = proto_item_add_subtree(item, ett_participant);
        sf_view_words(view, below, hf_skype_uri_network, prefix, participant->network);
    }
}

static void show_uri(const sf_view *view, proto_tree *tree, const sf_skype_uri *uri)
{
    const sf_skype_uris *uris = &view->message->skype_uris;
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_skype_uri, ett_skype_uri, uri->text, &item);

    for (unsigned i = 0; i < uri->participants.count; i++) {
        show_participant(view, below, &uris->participants[uri->participants.first + i]);
    }
    if (sf_slice_present(uri->action_text)) {
        sf_view_text(view, below, hf_skype_uri_action, uri->action_text);
    } else if (uri->participants.count > 0) {
        sf_derived(sf_view_words(view, below, hf_skype_uri_action, uri->text, "call"));
    }
}

static void show(sf_view *view)
{
    const sf_skype_uris *uris = &view->message->skype_uris;
    proto_item *section;

    if (uris->count == 0) {
        return;
    }
    proto_tree *tree = sf_view_section(view, hf_section, ett_section, &section);
    for (unsigned i = 0; i < uris->count; i++) {
        show_uri(view, tree, &uris->items[i]);
    }
}

static void register_fields(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_section,
          { "Skype URIs", "skypefed.section.skype_uris", FT_NONE, BASE_NONE, NULL, 0,
            "skype: URIs in headers and texts", HFILL } },
        { &hf_skype_uri,
          { "Skype URI", "skypefed.skype_uri", FT_STRING, BASE_NONE, NULL, 0,
            "skype: URI in a header or in the text of a message", HFILL } },
        { &hf_skype_uri_participant,
          { "Participant", "skypefed.skype_uri.participant", FT_STRING, BASE_NONE, NULL, 0,
            "Participant that the URI calls or names", HFILL } },
        { &hf_skype_uri_network,
          { "Network", "skypefed.skype_uri.network", FT_STRING, BASE_NONE, NULL, 0,
            "Network shown by the participant's prefix", HFILL } },
        { &hf_skype_uri_action,
          { "Action", "skypefed.skype_uri.action", FT_STRING, BASE_NONE, NULL, 0,
            "What the client should do; call if no action is given", HFILL } },
    };
    static int *ett[] = { &ett_section, &ett_skype_uri, &ett_participant };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}

const sf_section sf_section_skype_uris = { register_fields, show, NULL };
