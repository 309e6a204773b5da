/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The outcome follows from the final response (RFC 3261 21), from a CANCEL, and
 * from the diagnostics of the message that ends the call.
 */
#include "outcome.h"

#include <glib.h>

#include "call_diagnosis.h"

/* ---- what a response means ---- */

/** The first row that has the response counts. */
static const struct {
    uint16_t first, last;
    uint8_t outcome; /**< sf_outcome */
} responses[] = {
    { 200, 299, SF_OUTCOME_ANSWERED }, { 300, 399, SF_OUTCOME_REDIRECTED },
    { 401, 401, SF_OUTCOME_UNKNOWN }, /* 401, 407 and 422 ask for another attempt */
    { 407, 407, SF_OUTCOME_UNKNOWN },  { 408, 408, SF_OUTCOME_NO_ANSWER },
    { 422, 422, SF_OUTCOME_UNKNOWN },  { 487, 487, SF_OUTCOME_CANCELED },
    { 400, 699, SF_OUTCOME_REFUSED },
};

/** True if a diagnosis says something else than that nobody took the call. */
static bool is_declined(const sf_call *call)
{
    return call->diagnosis && (!call->diagnosis->is_of_teams || call->diagnosis->rank > SF_RANK_NO_FAILURE);
}

static sf_outcome outcome_of_response(const sf_call *call)
{
    /* 480 after ringing is how many user agents end a call that nobody takes (RFC 3398 7.2.4.1: cause 19). With a
     * diagnosis it has another reason, often a user who declines. */
    if (call->final_response == 480 && call->has_rung && !is_declined(call)) {
        return SF_OUTCOME_NO_ANSWER;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(responses); i++) {
        if (call->final_response >= responses[i].first && call->final_response <= responses[i].last) {
            return (sf_outcome)responses[i].outcome;
        }
    }
    return SF_OUTCOME_UNKNOWN;
}

sf_outcome sf_outcome_of(const sf_call *call)
{
    if (call->has_failed_media) {
        return SF_OUTCOME_FAILED_MEDIA;
    }
    if (call->answered) {
        if (call->has_failed_later) {
            return SF_OUTCOME_FAILED_LATER;
        }
        if (call->transfer_failure) {
            return SF_OUTCOME_TRANSFER_FAILED;
        }
        return call->is_transferred ? SF_OUTCOME_TRANSFERRED : SF_OUTCOME_ANSWERED;
    }
    if (call->final_response) {
        return outcome_of_response(call);
    }
    return call->is_canceled ? SF_OUTCOME_CANCELED : SF_OUTCOME_UNKNOWN;
}

/* ---- what the messages say ---- */

void sf_outcome_begin(sf_call *call)
{
    call->is_canceled = call->has_rung = call->has_failed_media = call->has_failed_later = false;
    call->is_transferred = call->is_transfer_refused = false;
    call->transfer_failure = 0;
}

/** True for a message that ends the call, or ends it before it began. */
static bool is_end(const sf_call *call, const sf_step *step)
{
    const sf_message *message = step->message;

    if (sf_call_refuses_change(call, step)) {
        return false;
    }
    return step->method == SF_METHOD_BYE || (step->method == SF_METHOD_CANCEL && message->is_request) ||
           (step->method == SF_METHOD_INVITE && message->status_code >= 300 && !call->answered);
}

static void take_failure(sf_call *call, const sf_step *step)
{
    const sf_message *message = step->message;
    sf_occasion occasion = sf_occasion_of(message->method, message->status_code);

    for (unsigned i = 0; i < message->reason_count; i++) {
        const sf_reason *reason = &message->reasons[i];
        if (sf_reason_is_media_failure(reason)) {
            call->has_failed_media = true;
        } else if (sf_reason_severity(reason, occasion) == SF_SEVERITY_FAILURE) {
            call->has_failed_later |= step->method == SF_METHOD_BYE;
        }
    }
    for (unsigned i = 0; i < message->diagnostics.count; i++) {
        const sf_diagnostics *item = &message->diagnostics.items[i];
        if (!sf_diagnostics_has_code(item)) {
            continue;
        }
        if (sf_diagnosis_is_media_failure(item)) {
            call->has_failed_media = true;
        } else if (sf_diagnosis_of((uint32_t)item->code.value, occasion).severity == SF_SEVERITY_FAILURE) {
            call->has_failed_later |= step->method == SF_METHOD_BYE;
        }
    }
}

/**
 * What came of a transfer: of several the newest counts. A 1xx says nothing yet, and 401 and 407 ask for the REFER once
 * more (RFC 3515 2.4.2, 2.4.5).
 */
static void take_transfer(sf_call *call, const sf_step *step)
{
    const sf_message *message = step->message;
    bool is_refer = sf_slice_equals(message->method, SF_LITERAL("REFER"));
    uint16_t refusal = is_refer ? message->status_code : 0;
    uint16_t result = (uint16_t)message->transfer_result.value;

    if (refusal >= 300 && refusal != 401 && refusal != 407) {
        call->is_transferred = false;
        call->transfer_failure = refusal;
        call->is_transfer_refused = true;
    } else if (result >= 200) {
        call->is_transferred = result < 300;
        call->transfer_failure = result < 300 ? 0 : result;
        call->is_transfer_refused = false;
    }
}

void sf_outcome_take(sf_call *call, const sf_step *step)
{
    const sf_message *message = step->message;
    bool is_of_attempt = !call->has_attempt || step->cseq == call->attempt;

    if (step->method == SF_METHOD_CANCEL && message->is_request && is_of_attempt) {
        call->is_canceled = true;
    }
    if (step->method == SF_METHOD_INVITE && message->status_code == 180 && is_of_attempt) {
        call->has_rung = true;
    }
    take_transfer(call, step);
    if (message->diagnostics.count + message->reason_count > 0 && is_end(call, step)) {
        take_failure(call, step);
    }
}
