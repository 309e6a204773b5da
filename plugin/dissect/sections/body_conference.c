/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A participant of a conference in one row: role, connections, media, and
 * whether the lobby is where they are.
 */
#include "body_field.h"
#include "parts.h"

#include "dissect/view/label.h"

static int hf_lobby = -1;

static bool is_word(const sf_fact *fact, sf_slice word)
{
    return sf_slice_equals_nocase(fact->text, word);
}

/** True for a participant whose connections are all to the focus: what Lync shows of one who is not let in yet. */
static bool may_be_in_lobby(const sf_document *document, unsigned index)
{
    bool has_focus = false;

    for (unsigned i = index + 1; i < sf_document_group_end(document, index); i++) {
        const sf_fact *fact = &document->facts[i];
        if (fact->id == SF_FACT_CONFERENCE_USER_STATE && !is_word(fact, SF_LITERAL("full"))) {
            return false; /* only what changed: there may be other connections */
        }
        if (fact->id == SF_FACT_CONFERENCE_ENDPOINT && !is_word(fact, SF_LITERAL("focus"))) {
            return false;
        }
        has_focus |= fact->id == SF_FACT_CONFERENCE_ENDPOINT;
    }
    return has_focus;
}

/** `audio sendrecv, muted by the conference`. */
static void add_media(sf_label *label, const sf_document *document, unsigned index)
{
    const char *before = " (";

    for (unsigned i = index + 1; i < sf_document_group_end(document, index); i++) {
        const sf_fact *fact = &document->facts[i];
        if (fact->id == SF_FACT_CONFERENCE_MEDIA_TYPE) {
            sf_label_add(label, before);
            sf_label_add_slice(label, fact->text);
            before = ", ";
        } else if (fact->id == SF_FACT_CONFERENCE_MEDIA_STATUS) {
            sf_label_add_part(label, " ", fact->text, "");
        } else if (fact->id == SF_FACT_CONFERENCE_MEDIA_FILTER && is_word(fact, SF_LITERAL("block"))) {
            sf_label_add(label, ", muted by the conference");
        }
    }
    sf_label_add(label, before[0] == ',' ? ")" : "");
}

/** `audio-video connected (audio sendrecv)`. */
static void add_connection(sf_label *label, const sf_document *document, unsigned index)
{
    sf_label_add_slice(label, document->facts[index].text);
    for (unsigned i = index + 1; i < sf_document_group_end(document, index); i++) {
        const sf_fact *fact = &document->facts[i];
        if (fact->id == SF_FACT_CONFERENCE_ENDPOINT_STATE && is_word(fact, SF_LITERAL("deleted"))) {
            sf_label_add(label, " ended");
        } else if (fact->id == SF_FACT_CONFERENCE_ENDPOINT_STATUS) {
            sf_label_add_part(label, " ", fact->text, "");
        }
    }
    add_media(label, document, index);
}

static void add_user(sf_label *label, const sf_document *document, unsigned index)
{
    const char *before = ": ";

    for (unsigned i = index + 1; i < sf_document_group_end(document, index); i++) {
        const sf_fact *fact = &document->facts[i];
        if (fact->id == SF_FACT_CONFERENCE_USER_STATE && is_word(fact, SF_LITERAL("deleted"))) {
            sf_label_add(label, ": left");
            return;
        }
        if (fact->id == SF_FACT_CONFERENCE_ROLE || fact->id == SF_FACT_CONFERENCE_ENDPOINT) {
            sf_label_add(label, before);
            before = "; ";
        }
        if (fact->id == SF_FACT_CONFERENCE_ROLE) {
            sf_label_add_slice(label, fact->text);
        } else if (fact->id == SF_FACT_CONFERENCE_ENDPOINT) {
            add_connection(label, document, i);
        }
    }
}

void sf_body_conference_show_user(const sf_view *view, proto_tree *tree, proto_item *item, const sf_document *document,
                                  unsigned index)
{
    bool is_waiting = may_be_in_lobby(document, index);
    sf_label label;

    if (is_waiting) {
        sf_derived(sf_view_flag(view, tree, hf_lobby, document->facts[index].text, true));
    }
    if (view->is_visible && item) {
        sf_label_begin(&label, view);
        add_user(&label, document, index);
        sf_label_add(&label, is_waiting ? "; likely in the lobby, or still joining" : "");
        sf_label_append(&label, item);
    }
}

void sf_body_conference_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_lobby,
          { "Likely in the lobby, or still joining", "skypefed.conference.user.lobby", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The participant is connected to the focus alone (inferred: no document says how the lobby is shown)",
            HFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
}
