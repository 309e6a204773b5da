/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The rules of a call, by method and status.
 */
#include "negotiate.h"

#include "agreement.h"
#include "exchange.h"
#include "outcome.h"

/*
 * An SDP body does not say whether it is an offer or an answer. Only its place
 * in the call does (RFC 6337 2.2):
 *
 *     offer in                                answer in
 *     INVITE                                  its 1xx or 2xx
 *     1xx or 2xx to an INVITE without SDP     PRACK or ACK
 *     PRACK, UPDATE                           their 2xx
 *
 * A forked INVITE has many responses. Each fork (each tag of the callee) makes
 * a dialog with an agreement of its own, and the call shows what its confirmed
 * dialogs have agreed. A refusal therefore ends its own fork only, as long as
 * another one may still be accepted. Inside a confirmed dialog a refusal
 * withdraws the offer that it refuses, and what was agreed before holds
 * (RFC 3261 14.1).
 *
 * A capture may begin in the middle of a call or miss messages. Where the
 * rules find nothing to hold a message against, it is judged alone.
 */

/* ---- requests ---- */

/** An INVITE outside a dialog begins the call, tries again after a refusal, or repeats itself. False if it is stale. */
static bool begin_attempt(sf_call *call, const sf_step *step)
{
    if (call->has_attempt && step->cseq <= call->attempt) {
        return step->cseq == call->attempt && call->negotiation;
    }
    call->has_attempt = true;
    call->attempt = step->cseq;
    if (!call->answered) {
        sf_negotiation_release(call, step->memory);
        call->agreed = (sf_agreement){ .verdict = SF_VERDICT_NOT_NEGOTIATED };
        call->final_response = 0;
        call->refusal_cause = 0;
        sf_outcome_begin(call);
    }
    return true;
}

static void take_invite(sf_call *call, const sf_step *step, sf_call_note *note)
{
    if (step->is_by_caller && step->fork == 0) {
        if (!begin_attempt(call, step)) {
            note->role = sf_step_has_sdp(step) ? SF_ROLE_OFFER : SF_ROLE_UNKNOWN;
            return;
        }
    } else {
        /* Inside a dialog, which is thus confirmed, whether its 2xx was seen or not. */
        sf_dialog *dialog = sf_dialog_of(sf_negotiation_of(call, step->memory), step->fork, step->memory);
        if (dialog) {
            dialog->is_confirmed = true;
        }
    }
    if (sf_step_has_sdp(step)) {
        sf_exchange_offer_in_request(call, step, note);
    } else if (!sf_step_may_have_sdp(step)) {
        sf_exchange_await_offer(call, step);
    }
}

/** SDP in an ACK answers the offer of the 2xx. If the INVITE had made the offer, it is neither offer nor answer. */
static void take_ack(sf_call *call, const sf_step *step, sf_call_note *note)
{
    sf_transaction *t = sf_transaction_of_response(call->negotiation, step);

    if (t || !sf_transaction_of_request(call->negotiation, step)) {
        sf_exchange_answer(call, t, step, note);
    }
}

static void take_prack(sf_call *call, const sf_step *step, sf_call_note *note)
{
    sf_transaction *t = sf_transaction_unanswered(call->negotiation, step);

    if (t) {
        sf_exchange_answer(call, t, step, note);
    } else {
        sf_exchange_offer_in_request(call, step, note);
    }
}

static void take_bye(sf_call *call, const sf_step *step)
{
    sf_dialog *dialog = sf_dialog_find(call->negotiation, step->fork);

    if (dialog) {
        dialog->is_ended = true;
        sf_agreement_settle(call, NULL);
    }
    if (!call->ended && !sf_dialog_lives(call->negotiation, dialog, true)) {
        call->ended = step->time;
    }
}

static void take_request(sf_call *call, const sf_step *step, sf_call_note *note)
{
    sf_method method = step->method;

    if (method == SF_METHOD_INVITE) {
        take_invite(call, step, note);
    } else if (method == SF_METHOD_BYE) {
        take_bye(call, step);
    } else if (!sf_step_has_sdp(step)) {
        return;
    } else if (method == SF_METHOD_ACK) {
        take_ack(call, step, note);
    } else if (method == SF_METHOD_PRACK) {
        take_prack(call, step, note);
    } else if (method == SF_METHOD_UPDATE) {
        sf_exchange_offer_in_request(call, step, note);
    }
}

/* ---- responses ---- */

static void take_response_sdp(sf_call *call, const sf_step *step, sf_call_note *note)
{
    sf_transaction *t = sf_transaction_of_request(call->negotiation, step);
    bool is_invite = step->method == SF_METHOD_INVITE;

    if (is_invite && ((t && !t->offer) || (!t && sf_transaction_of_response(call->negotiation, step)))) {
        sf_exchange_offer_in_response(call, step, note);
    } else {
        sf_exchange_answer(call, t, step, note);
    }
}

/** A 2xx confirms its dialog; the first one of all answers the call. */
static void take_acceptance(sf_call *call, const sf_step *step)
{
    sf_negotiation *negotiation = sf_negotiation_of(call, step->memory);
    sf_dialog *dialog = sf_dialog_of(negotiation, step->fork, step->memory);
    const sf_transaction *t = sf_transaction_of_request(negotiation, step);

    if (!dialog || dialog->is_confirmed) {
        return;
    }
    dialog->is_confirmed = true;
    call->callee_tag = call->answered ? 0 : step->fork;
    if (!call->answered) {
        call->answered = step->time;
        call->final_response = step->message->status_code;
    }
    if (t && !t->offer && !dialog->has_agreement && !sf_step_may_have_sdp(step) &&
        !sf_transaction_of_response(negotiation, step)) {
        /* Neither side spoke of media: a conference's control channel, say. */
        dialog->agreed = (sf_agreement){ .verdict = SF_VERDICT_NO_MEDIA };
        dialog->has_agreement = true;
    }
    sf_agreement_settle(call, dialog);
}

/** A refusal ends the fork that it came from; without other forks it ends the attempt. */
static void take_refusal(sf_call *call, const sf_step *step)
{
    sf_dialog *dialog = sf_dialog_find(call->negotiation, step->fork);
    bool is_in_dialog = !step->is_by_caller || (dialog && dialog->is_confirmed);

    if (is_in_dialog) {
        sf_transaction_refuse(call->negotiation, step);
        return;
    }
    if (call->answered || (call->has_attempt && step->cseq < call->attempt)) {
        return;
    }
    call->final_response = step->message->status_code;
    call->refusal_cause = sf_reason_network_cause(step->message->reasons, step->message->reason_count);
    if (dialog && sf_dialog_lives(call->negotiation, dialog, false)) {
        dialog->is_ended = true;
    } else {
        sf_negotiation_release(call, step->memory);
    }
}

static void take_invite_response(sf_call *call, const sf_step *step)
{
    if (step->message->status_code >= 300) {
        take_refusal(call, step);
    } else if (sf_step_is_success(step)) {
        take_acceptance(call, step);
    } else if (step->fork) {
        sf_dialog_of(sf_negotiation_of(call, step->memory), step->fork, step->memory);
    }
}

/** 401 and 407 ask for the BYE once more; any other final response ends the matter. */
static void take_bye_response(sf_call *call, const sf_step *step)
{
    uint16_t code = step->message->status_code;

    if (code >= 200 && code != 401 && code != 407 && !sf_dialog_lives(call->negotiation, NULL, true)) {
        call->is_over = true;
    }
}

/** True for a response that offers or answers if it has SDP. */
static bool may_answer(const sf_step *step)
{
    uint16_t code = step->message->status_code;

    return step->method == SF_METHOD_INVITE
               ? code > 100 && code < 300
               : (step->method == SF_METHOD_UPDATE || step->method == SF_METHOD_PRACK) && sf_step_is_success(step);
}

static void take_response(sf_call *call, const sf_step *step, sf_call_note *note)
{
    sf_method method = step->method;
    uint16_t code = step->message->status_code;

    if (sf_step_has_sdp(step) && may_answer(step)) {
        take_response_sdp(call, step, note);
    }
    if (method == SF_METHOD_INVITE) {
        take_invite_response(call, step);
    } else if (method == SF_METHOD_BYE) {
        take_bye_response(call, step);
    } else if ((method == SF_METHOD_UPDATE || method == SF_METHOD_PRACK) && code >= 300) {
        sf_transaction_refuse(call->negotiation, step);
    }
}

/** True if the message offers or answers if it has SDP; an ACK only where the 2xx may have made the offer. */
static bool may_negotiate(const sf_call *call, const sf_step *step)
{
    if (!step->message->is_request) {
        return may_answer(step);
    }
    switch (step->method) {
    case SF_METHOD_INVITE:
    case SF_METHOD_PRACK:
    case SF_METHOD_UPDATE:
        return true;
    case SF_METHOD_ACK:
        return sf_transaction_of_response(call->negotiation, step) ||
               !sf_transaction_of_request(call->negotiation, step);
    default:
        return false;
    }
}

void sf_negotiate(sf_call *call, const sf_step *step, sf_call_note *note)
{
    uint8_t guess = sf_step_has_sdp(step) ? (uint8_t)step->message->media.sdps[0].role : (uint8_t)SF_ROLE_UNKNOWN;

    note->role = SF_ROLE_UNKNOWN;
    if (sf_message_lacks_end(step->message) && may_negotiate(call, step)) {
        call->cut_in = step->frame;
    }
    if (call->is_over) {
        note->role = guess; /* a straggler; there is nothing left to hold it against */
    } else if (step->message->is_request) {
        take_request(call, step, note);
    } else {
        take_response(call, step, note);
    }
    const sf_dialog *dialog = sf_dialog_find(call->negotiation, step->fork);
    note->verdict = dialog && dialog->has_agreement ? dialog->agreed.verdict : call->agreed.verdict;
    if (call->is_over) {
        sf_negotiation_release(call, step->memory);
    }
}
