/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Both lines are made of what is read of every message, also while a capture is
 * only being loaded: so they are the same on every pass.
 */
#include "headline.h"

#include "call/hold.h"
#include "call/outcome.h"
#include "dissect/view/label.h"
#include "dissect/view/preferences.h"
#include "dissect/view/verdicts.h"
#include "dissect/view/why.h"

#include <epan/column-utils.h>

/** True for the message that makes a call one of failed media. */
static bool ends_for_media(const sf_view *view, const sf_why *why)
{
    return view->note->outcome == SF_OUTCOME_FAILED_MEDIA && sf_why_is_media_failure(why);
}

/* ---- the title ---- */

/** What a re-INVITE or its answer is for, as far as it is about hold. */
static void add_purpose(sf_label *label, const sf_call_note *note)
{
    const char *purpose = note->is_change ? sf_hold_purpose(note->hold) : NULL;

    if (purpose) {
        sf_label_add(label, " (");
        sf_label_add(label, purpose);
        sf_label_add(label, ")");
    }
}

void sf_headline_title(const sf_view *view, proto_item *item)
{
    const sf_message *message = view->message;
    sf_why why = sf_why_of(view);
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, ": ");
    if (message->status_code >= 100 && message->status_code < 200) { /* no answer yet */
        sf_label_add_number(&label, message->status_code);
        sf_label_add(&label, " to ");
    }
    sf_label_add(&label, view->note->is_change ? "re-" : "");
    sf_label_add_slice(&label, message->method);
    if (message->status_code >= 200) {
        sf_label_add(&label, " answered with ");
        sf_label_add_number(&label, message->status_code);
    }
    add_purpose(&label, view->note);
    if (ends_for_media(view, &why)) {
        sf_label_add(&label, " after failed media");
    }
    sf_label_add(&label, sf_emergency_is_present(&message->emergency) ? ", emergency call" : "");
    if (message->from.is_present && message->to.is_present) {
        sf_label_add(&label, ", ");
        sf_label_add_identity(&label, &message->from.identity);
        sf_label_add(&label, " to ");
        sf_label_add_identity(&label, &message->callee);
    }
    if (sf_why_is_known(&why)) {
        sf_label_add(&label, ": ");
        sf_why_add(&label, &why);
    }
    sf_label_append(&label, item);
}

/* ---- the Info column ---- */

/** What is added for an answer. */
static const char *agreed(const sf_call_note *note)
{
    bool is_agreed = note->role == SF_ROLE_ANSWER && note->verdict != SF_VERDICT_NOT_NEGOTIATED;

    return is_agreed ? sf_verdict_name(note->verdict) : NULL;
}

/** A network as the list has room for it; NULL for one that tells nothing. */
static const char *network_word(const sf_party *party)
{
    static const struct {
        sf_network network;
        const char *word;
    } words[] = {
        { SF_NETWORK_FEDERATED, "partner" },   { SF_NETWORK_SKYPE, "Skype" },
        { SF_NETWORK_PUBLIC_IM, "public IM" }, { SF_NETWORK_TELEPHONE, "telephone network" },
        { SF_NETWORK_TEAMS, "Teams" },         { SF_NETWORK_PUBLIC, "public IM" },
    };

    for (size_t i = 0; party->is_present && i < G_N_ELEMENTS(words); i++) {
        if (party->identity.network == words[i].network) {
            return words[i].word;
        }
    }
    return NULL;
}

static void add_part(sf_label *label, const char *text)
{
    if (text) {
        sf_label_add(label, label->length > 0 ? "; " : "");
        sf_label_add(label, text);
    }
}

static void add_networks(sf_label *label, const sf_message *message)
{
    const char *from = network_word(&message->from);
    const char *to = network_word(&message->to);

    if (from) {
        add_part(label, "from ");
        sf_label_add(label, from);
    }
    if (to) {
        if (from) {
            sf_label_add(label, " to ");
        } else {
            add_part(label, "to ");
        }
        sf_label_add(label, to);
    }
}

/** True if a column ends with a separator of the SIP dissector, or is empty. */
static bool is_separated(const char *text)
{
    return !text || !*text || g_str_has_suffix(text, "| ");
}

void sf_headline_column(const sf_view *view)
{
    column_info *columns = view->pinfo->cinfo;
    const sf_message *message = view->message;
    sf_label label;

    if (!sf_preferences_info_column()) {
        return;
    }
    sf_why why = sf_why_of(view);
    sf_label_begin(&label, view);
    if (sf_why_is_known(&why)) {
        sf_label_add(&label, ends_for_media(view, &why) ? "Failed media: " : "");
        sf_why_add(&label, &why);
    }
    add_part(&label, agreed(view->note));
    if (message->is_request && message->to.tag.length == 0) {
        add_networks(&label, message);
    }
    if (label.length > 0 && col_get_writable(columns, COL_INFO)) {
        col_append_str(columns, COL_INFO, is_separated(col_get_text(columns, COL_INFO)) ? "" : " | ");
        col_append_str(columns, COL_INFO, label.text);
    }
}
