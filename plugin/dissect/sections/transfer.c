/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Transfer and forwarding": Refer-To, Referred-By, Replaces, the
 * result of a transfer, redirects, History-Info and Diversion.
 */
#include "sections.h"

#include "dissect/view/label.h"
#include "dissect/view/why.h"
#include "engine/sip/response_phrase.h"

static int hf_section = -1;
static int hf_target = -1;
static int hf_referrer = -1;
static int hf_replaces = -1;
static int hf_replaces_to_tag = -1;
static int hf_replaces_from_tag = -1;
static int hf_result = -1;
static int hf_redirect = -1;
static int hf_forwarding = -1;
static int hf_forwarding_header = -1;
static int hf_forwarding_index = -1;
static int hf_forwarding_cause = -1;
static int hf_forwarding_reason = -1;
static int hf_forwarding_privacy = -1;

static expert_field ei_failed = EI_INIT;
static expert_field ei_not_taken = EI_INIT;

static int ett_section = -1;
static int ett_reference = -1;
static int ett_replaces = -1;

/** A derived row that reads as the address would be written by a person; what it comes from is in parentheses. */
static proto_tree *address_row(const sf_view *view, proto_tree *tree, int hf, const sf_reference *reference,
                               proto_item **item)
{
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add_identity(&label, &reference->identity);
    *item = sf_derived(sf_view_words(view, tree, hf, reference->text, label.text));
    if (view->is_visible) {
        sf_label_begin(&label, view);
        sf_label_add_part(&label, " (", reference->header, ")");
        sf_label_append(&label, *item);
    }
    return proto_item_add_subtree(*item, ett_reference);
}

static void show_replaced(const sf_view *view, proto_tree *tree, const sf_replaced *replaced)
{
    if (!sf_slice_present(replaced->call_id)) {
        return;
    }
    proto_item *item = replaced->is_escaped ? sf_view_unescaped(view, tree, hf_replaces, replaced->call_id, false)
                                            : sf_view_text(view, tree, hf_replaces, replaced->call_id);
    proto_tree *below = proto_item_add_subtree(item, ett_replaces);

    sf_view_text(view, below, hf_replaces_to_tag, replaced->to_tag);
    sf_view_text(view, below, hf_replaces_from_tag, replaced->from_tag);
}

static void show_target(const sf_view *view, proto_tree *tree, const sf_reference *reference)
{
    proto_item *item;
    proto_tree *below = address_row(view, tree, hf_target, reference, &item);

    show_replaced(view, below, &reference->replaced);
}

static void show_referrer(const sf_view *view, proto_tree *tree, const sf_reference *reference)
{
    proto_item *item;

    address_row(view, tree, hf_referrer, reference, &item);
}

static void show_replaces(const sf_view *view, proto_tree *tree, const sf_reference *reference)
{
    show_replaced(view, tree, &reference->replaced);
}

/** What a cause says of a forwarded call (RFC 4458 2); of any other, the name of the response. */
static const char *cause_words(uint32_t cause)
{
    static const value_string diversions[] = {
        { 302, "unconditional forwarding" },
        { 404, "unknown or unavailable number" },
        { 408, "no answer" },
        { 480, "deflected at once" },
        { 486, "busy" },
        { 487, "deflected while ringing" },
        { 503, "not reachable" },
        { 0, NULL },
    };
    const char *words = try_val_to_str(cause, diversions);

    return words ? words : sf_response_phrase(cause);
}

static void show_forwarding(const sf_view *view, proto_tree *tree, const sf_reference *reference)
{
    proto_item *item;
    proto_tree *below = address_row(view, tree, hf_forwarding, reference, &item);

    sf_implied(
        sf_view_words(view, below, hf_forwarding_header, reference->text, sf_view_string(view, reference->header)));
    sf_view_text(view, below, hf_forwarding_index, reference->index);
    proto_item *cause = sf_view_number(view, below, hf_forwarding_cause, reference->cause);
    sf_label_explain(view, cause, cause_words((uint32_t)reference->cause.value));
    sf_view_unescaped(view, below, hf_forwarding_reason, reference->reason, false);
    sf_view_unescaped(view, below, hf_forwarding_privacy, reference->privacy, false);
}

static void show_redirect(const sf_view *view, proto_tree *tree, const sf_reference *reference)
{
    const sf_product *product = &view->message->product;
    proto_item *item;

    address_row(view, tree, hf_redirect, reference, &item);
    if (product->is_microsoft && sf_redirect_is_to_worker(reference)) {
        sf_label_explain(view, item, "likely a worker process of Exchange voice mail, by its port: a normal step");
    }
}

static void (*const shows[])(const sf_view *, proto_tree *, const sf_reference *) = {
    [SF_REFERENCE_TARGET] = show_target,     [SF_REFERENCE_REFERRER] = show_referrer,
    [SF_REFERENCE_REPLACED] = show_replaces, [SF_REFERENCE_FORWARDING] = show_forwarding,
    [SF_REFERENCE_REDIRECT] = show_redirect,
};

/** 1xx: the transfer goes on; 2xx: it worked; else it failed (RFC 3515 2.4.5). */
static const char *result_words(uint64_t status)
{
    if (status < 200) {
        return "the transfer is in progress";
    }
    return status < 300 ? "the transfer succeeded" : "the transfer failed";
}

static void summarize(const sf_view *view, proto_item *section, const char *words)
{
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, ": ");
    sf_label_add(&label, words);
    sf_label_append(&label, section);
}

/** True for a response by which nobody takes the call to the target: no fault of a system. */
static bool is_not_taken(unsigned status)
{
    static const uint16_t responses[] = { 408, 480, 486, 487, 600, 603 };

    for (size_t i = 0; i < G_N_ELEMENTS(responses); i++) {
        if (responses[i] == status) {
            return true;
        }
    }
    return false;
}

static void warn_with(const sf_view *view, proto_item *item, unsigned status, const char *begin, const char *end)
{
    const char *phrase = sf_response_phrase(status);

    expert_add_info_format(view->pinfo, item, is_not_taken(status) ? &ei_not_taken : &ei_failed, "%s %u%s%s%s", begin,
                           status, phrase ? " " : "", phrase ? phrase : "", is_not_taken(status) ? "" : end);
}

/** A transfer that a NOTIFY says failed, or that the response to the REFER refuses. */
static void warn_of_failure(const sf_view *view, proto_item *item)
{
    bool is_refused = false;
    unsigned failure = sf_why_transfer_failure(view->message, &is_refused);

    if (failure && is_refused) {
        warn_with(view, item, failure, "The transfer was refused:", "; nobody was called");
    } else if (failure) {
        warn_with(view, item, failure, "The transfer failed: the call to its target was answered with",
                  "; look for the reason in that call, which the sender of this message made");
    }
}

static void warn(sf_view *view)
{
    warn_of_failure(view, NULL);
}

static void show(sf_view *view)
{
    const sf_message *message = view->message;
    bool has_result = sf_slice_present(message->transfer_result.text);
    proto_item *section;

    if (!has_result) {
        /* Of the message as a whole; our item has a title only where somebody sees it. */
        warn_of_failure(view, view->tree ? proto_tree_get_parent(view->tree) : NULL);
    }
    if (message->reference_count == 0 && !has_result) {
        return;
    }
    proto_tree *tree = sf_view_section(view, hf_section, ett_section, &section);
    if (has_result) {
        proto_item *item = sf_view_number(view, tree, hf_result, message->transfer_result);
        warn_of_failure(view, item);
        sf_label_explain(view, item, result_words(message->transfer_result.value));
        if (view->is_visible) {
            summarize(view, section, result_words(message->transfer_result.value));
        }
    }
    for (unsigned i = 0; i < message->reference_count; i++) {
        shows[message->references[i].kind](view, tree, &message->references[i]);
    }
}

static void register_fields(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_section,
          { "Transfer and forwarding", "skypefed.section.transfer", FT_NONE, BASE_NONE, NULL, 0,
            "Headers that connect this call with another, and the result of a transfer", HFILL } },
        { &hf_target,
          { "Transfer to", "skypefed.transfer.target", FT_STRING, BASE_NONE, NULL, 0,
            "Address that the receiver is asked to call (Refer-To)", HFILL } },
        { &hf_referrer,
          { "Transferred by", "skypefed.transfer.referrer", FT_STRING, BASE_NONE, NULL, 0,
            "Who asked for the transfer (Referred-By)", HFILL } },
        { &hf_replaces,
          { "Replaces the call with Call-ID", "skypefed.transfer.replaces", FT_STRING, BASE_NONE, NULL, 0,
            "Call-ID of the call that the new one takes over (Replaces)", HFILL } },
        { &hf_replaces_to_tag,
          { "To tag", "skypefed.transfer.replaces.to_tag", FT_STRING, BASE_NONE, NULL, 0,
            "To tag of the replaced call, as the receiver sees it", HFILL } },
        { &hf_replaces_from_tag,
          { "From tag", "skypefed.transfer.replaces.from_tag", FT_STRING, BASE_NONE, NULL, 0,
            "From tag of the replaced call, as the receiver sees it", HFILL } },
        { &hf_result,
          { "Result of the transfer", "skypefed.transfer.result", FT_UINT16, BASE_DEC, NULL, 0,
            "Response to the transferred call, as reported in a NOTIFY", HFILL } },
        { &hf_redirect,
          { "Redirected to", "skypefed.transfer.redirect", FT_STRING, BASE_NONE, NULL, 0,
            "Address that the caller is asked to call instead (Contact of a 3xx)", HFILL } },
        { &hf_forwarding,
          { "Call history", "skypefed.forwarding", FT_STRING, BASE_NONE, NULL, 0,
            "Address that the call was sent to before, or is sent to now (History-Info, Diversion)", HFILL } },
        { &hf_forwarding_header,
          { "Header", "skypefed.forwarding.header", FT_STRING, BASE_NONE, NULL, 0, "Header that holds the entry",
            HFILL } },
        { &hf_forwarding_index,
          { "Index", "skypefed.forwarding.index", FT_STRING, BASE_NONE, NULL, 0,
            "Place in the order of targets: 1.1 follows from 1", HFILL } },
        { &hf_forwarding_cause,
          { "Cause", "skypefed.forwarding.cause", FT_UINT16, BASE_DEC, NULL, 0,
            "SIP response, or cause of the diversion (RFC 4458), in the entry", HFILL } },
        { &hf_forwarding_reason,
          { "Reason", "skypefed.forwarding.reason", FT_STRING, BASE_NONE, NULL, 0, "Reason in the entry, as written",
            HFILL } },
        { &hf_forwarding_privacy,
          { "Privacy", "skypefed.forwarding.privacy", FT_STRING, BASE_NONE, NULL, 0,
            "Whether the address may be shown to the callee", HFILL } },
    };
    static ei_register_info ei[] = {
        { &ei_failed,
          { "skypefed.expert.transfer_failed", PI_RESPONSE_CODE, PI_WARN, "A transfer failed or was refused",
            EXPFILL } },
        { &ei_not_taken,
          { "skypefed.expert.transfer_failed", PI_RESPONSE_CODE, PI_NOTE, "The target did not take a transferred call",
            EXPFILL } },
    };
    static int *ett[] = { &ett_section, &ett_reference, &ett_replaces };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    expert_register_field_array(expert, ei, G_N_ELEMENTS(ei));
}

const sf_section sf_section_transfer = { register_fields, show, warn };
