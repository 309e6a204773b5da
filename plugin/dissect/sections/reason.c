/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reason headers: why a call was refused or ended.
 */
#include "parts.h"

#include "dissect/view/coded_expert.h"
#include "dissect/view/diagnosis.h"
#include "dissect/view/label.h"
#include "dissect/view/problems.h"

static int hf_reason = -1;
static int hf_protocol = -1;
static int hf_cause = -1;
static int hf_text = -1;
static int hf_guid = -1;
static int hf_phrase = -1;
static int hf_code = -1;
static int hf_meaning = -1;
static int hf_side = -1;

static int ett_reason = -1;

static sf_coded_expert coded[SF_SEVERITY_UNKNOWN];

static const value_string side_names[] = {
    { SF_SIDE_UNKNOWN, "Unknown" },
    { SF_SIDE_MICROSOFT, "Microsoft" },
    { SF_SIDE_SBC, "Session border controller, or what is beyond it" },
    { 0, NULL },
};

/** `Reason: Q.850 cause 16, normal call clearing: The Teams user ended the call`; a text that only repeats the cause is left out. */
static void label_reason(const sf_view *view, proto_item *item, const sf_reason *reason)
{
    const char *words = sf_reason_cause_in_words(reason);
    const char *meaning = sf_reason_meaning(reason);
    sf_slice phrase = reason->phrase.length > 0 ? reason->phrase : reason->reason_text;
    bool is_repeated = words && sf_slice_equals_nocase(phrase, (sf_slice){ words, strlen(words) });
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, "Reason: ");
    sf_label_add_slice(&label, reason->protocol);
    sf_label_add_part(&label, " cause ", reason->cause.text, "");
    if (words) {
        sf_label_add(&label, ", ");
        sf_label_add(&label, words);
    }
    if (meaning) {
        sf_label_add(&label, ": ");
        sf_label_add(&label, meaning);
    } else if (!is_repeated) {
        sf_label_add_part(&label, ": ", phrase, "");
    }
    sf_label_set(&label, item);
}

/** `511404 The number belongs to no user or resource account`. */
static const char *heading_of(const sf_view *view, const sf_reason *reason)
{
    const char *words = sf_view_reason_brief(view, reason);

    return sf_number_is_present(reason->code)
               ? wmem_strdup_printf(view->pinfo->pool, "%u %s", (uint32_t)reason->code.value, words)
               : words;
}

void sf_reason_warn(const sf_view *view, proto_item *item, const sf_reason *reason)
{
    sf_occasion occasion = sf_occasion_of(view->message->method, view->message->status_code);
    const char *meaning = sf_reason_meaning(reason);
    sf_label label;

    if (sf_reason_rank(reason, occasion) == SF_RANK_NOTHING) {
        return;
    }
    sf_label_begin(&label, view);
    if (sf_number_is_present(reason->code)) {
        sf_label_add_number(&label, (uint32_t)reason->code.value);
        sf_label_add(&label, ": ");
    }
    sf_label_add(&label, meaning ? meaning : sf_view_reason_brief(view, reason));
    sf_coded_expert_add(view, item, &coded[sf_reason_severity(reason, occasion)], heading_of(view, reason), label.text);
}

void sf_reason_show(sf_view *view, proto_tree *tree, const sf_reason *reason)
{
    const char *meaning = sf_reason_meaning(reason);
    sf_side side = sf_message_side_of_reason(view->message, reason);
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_reason, ett_reason, reason->text, &item);

    if (view->is_visible) {
        label_reason(view, item, reason);
    }
    sf_view_text(view, below, hf_protocol, reason->protocol);
    sf_label_explain(view, sf_view_number(view, below, hf_cause, reason->cause), sf_reason_cause_in_words(reason));
    sf_view_unescaped(view, below, hf_text, reason->reason_text, true);
    sf_view_guid(view, below, hf_guid, reason->guid_text, &reason->guid);
    sf_view_unescaped(view, below, hf_phrase, reason->phrase, true);
    sf_view_number(view, below, hf_code, reason->code);
    if (meaning) {
        sf_derived(sf_view_words(view, below, hf_meaning, reason->phrase, meaning));
    }
    if (side != SF_SIDE_UNKNOWN) {
        sf_slice said = sf_slice_present(reason->guid_text) ? reason->guid_text : reason->text;
        sf_derived(sf_view_integer(view, below, hf_side, said, side));
    }
    sf_reason_warn(view, item, reason);
    sf_view_problems(view, item, reason->text);
}

void sf_reason_register(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_reason,
          { "Reason", "skypefed.reason", FT_STRING, BASE_NONE, NULL, 0, "Why a call was refused or ended (Reason)",
            HFILL } },
        { &hf_protocol,
          { "Protocol", "skypefed.reason.protocol", FT_STRING, BASE_NONE, NULL, 0, "Protocol that defines the cause",
            HFILL } },
        { &hf_cause,
          { "Cause", "skypefed.reason.cause", FT_UINT32, BASE_DEC, NULL, 0, "Cause code of that protocol", HFILL } },
        { &hf_text, { "Text", "skypefed.reason.text", FT_STRING, BASE_NONE, NULL, 0, "Text as written", HFILL } },
        { &hf_guid,
          { "Teams trace id", "skypefed.reason.guid", FT_GUID, BASE_NONE, NULL, 0,
            "Id of the call leg in Teams, the same as x-i in its Contact, for Microsoft support", HFILL } },
        { &hf_phrase,
          { "Teams phrase", "skypefed.reason.phrase", FT_STRING, BASE_NONE, NULL, 0,
            "Reason that Teams gives, in its own words", HFILL } },
        { &hf_code,
          { "Microsoft response code", "skypefed.reason.code", FT_UINT32, BASE_DEC, NULL, 0,
            "Response code of Direct Routing in the phrase", HFILL } },
        { &hf_meaning,
          { "Meaning", "skypefed.reason.meaning", FT_STRING, BASE_NONE, NULL, 0,
            "What the code or the phrase means, and what to do", HFILL } },
        { &hf_side,
          { "Refused or ended by (inferred)", "skypefed.reason.side", FT_UINT8, BASE_DEC, VALS(side_names), 0,
            "Which side refused or ended the call; inferred from who wrote the reason, and from the code", HFILL } },
    };
    static int *ett[] = { &ett_reason };
    static const struct {
        int severity;
        const char *rest;
    } groups[] = {
        [SF_SEVERITY_INFORMATION] = { PI_CHAT, "Teams says why a call ended" },
        [SF_SEVERITY_NOTE] = { PI_NOTE, "Teams says why a call failed" },
        [SF_SEVERITY_FAILURE] = { PI_WARN, "A Direct Routing response code" },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    for (size_t i = 0; i < G_N_ELEMENTS(groups); i++) {
        sf_coded_expert_register(expert, &coded[i], "skypefed.expert.reason", PI_RESPONSE_CODE, groups[i].severity,
                                 groups[i].rest);
    }
}
