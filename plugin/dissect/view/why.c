/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A diagnostics code goes before a reason of Teams that says as much. What the message does to a call stands before both.
 */
#include "why.h"

#include "diagnosis.h"
#include "outcomes.h"

const char *sf_why_refusal(const sf_view *view)
{
    const sf_message *message = view->message;
    const sf_call_note *note = view->note;

    if (message->status_code < 300 || !note->call || message->status_code != note->final_response || note->is_change ||
        !sf_slice_equals(message->method, SF_LITERAL("INVITE"))) {
        return NULL;
    }
    const sf_outcome_story story = sf_outcome_story_at(note);
    return sf_outcome_refusal(view->pinfo->pool, &story);
}

unsigned sf_why_transfer_failure(const sf_message *message, bool *is_refused)
{
    unsigned result = (unsigned)message->transfer_result.value, status = message->status_code;

    if (result >= 300) {
        *is_refused = false;
        return result;
    }
    if (status >= 300 && status != 401 && status != 407 && sf_slice_equals(message->method, SF_LITERAL("REFER"))) {
        *is_refused = true;
        return status;
    }
    return 0;
}

bool sf_why_refuses_change(const sf_view *view)
{
    enum { UNAUTHORIZED = 401, PROXY_UNAUTHORIZED = 407, TERMINATED = 487 }; /* these ask again, or answer a CANCEL */
    const sf_message *message = view->message;
    unsigned status = message->status_code;
    bool is_change = view->note->is_change ||
                     (view->note->call && sf_slice_equals(message->method, SF_LITERAL("UPDATE")));

    return is_change && status >= 300 && status != UNAUTHORIZED && status != PROXY_UNAUTHORIZED && status != TERMINATED;
}

static const char *deed_of(const sf_view *view)
{
    bool is_refused = false;
    unsigned failure = sf_why_transfer_failure(view->message, &is_refused);

    if (failure) {
        const sf_outcome_story story = { .transfer_failure = (uint16_t)failure, .is_transfer_refused = is_refused };
        return sf_outcome_transfer_failure(view->pinfo->pool, &story);
    }
    return sf_why_refusal(view);
}

/** The code and the reason that say most. */
static void find_most_telling(const sf_message *message, sf_why *why)
{
    sf_occasion occasion = sf_occasion_of(message->method, message->status_code);

    why->code = sf_diagnosis_most_telling(&message->diagnostics, occasion);
    why->reason = sf_reason_most_telling(message->reasons, message->reason_count, occasion);
    if (why->code && why->reason &&
        sf_reason_rank(why->reason, occasion) > sf_diagnosis_rank((uint32_t)why->code->code.value, occasion)) {
        why->code = NULL;
    }
}

sf_why sf_why_of(const sf_view *view)
{
    const sf_message *message = view->message;
    sf_why why = { .is_change = sf_why_refuses_change(view) };

    if (message->diagnostics.count + message->reason_count > 0) { /* most messages have neither */
        find_most_telling(message, &why);
    }
    why.deed = why.is_change ? "Change refused" : deed_of(view);
    return why;
}

bool sf_why_is_media_failure(const sf_why *why)
{
    if (why->code) {
        return sf_diagnosis_is_media_failure(why->code);
    }
    return why->reason && sf_reason_is_media_failure(why->reason);
}

static void add_code(sf_label *label, const sf_why *why)
{
    const sf_number *code = why->code ? &why->code->code : &why->reason->code;

    if (sf_number_is_present(*code)) {
        sf_label_add_number(label, (uint32_t)code->value);
    }
    if (why->code && sf_number_is_present(why->code->subcode)) {
        sf_label_add(label, ".");
        sf_label_add_number(label, (uint32_t)why->code->subcode.value);
    }
    sf_label_add(label, sf_number_is_present(*code) ? " " : "");
    sf_label_add(label, why->code ? sf_view_diagnosis_brief(label->view, why->code)
                                  : sf_view_reason_brief(label->view, why->reason));
}

void sf_why_add(sf_label *label, const sf_why *why)
{
    sf_label_add(label, why->deed ? why->deed : "");
    if (why->code || why->reason) {
        sf_label_add(label, why->is_change ? ": " : why->deed ? "; " : "");
        add_code(label, why);
    }
}
