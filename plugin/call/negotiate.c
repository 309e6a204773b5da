/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The rules of offers and answers in a call. Requests bring offers and
 * responses answer them, but for an INVITE without a session: its response
 * brings the offer, and PRACK or ACK the answer (RFC 6337 2.2).
 */
#include "negotiation.h"

#include "agreement.h"
#include "negotiation_state.h"

static bool has_session(const sf_step *step)
{
    return step->message->media.sdp_count > 0;
}

static bool is_final(const sf_step *step)
{
    return step->message->is_request || step->message->status_code >= 200;
}

static bool is_success(const sf_step *step)
{
    return step->message->status_code >= 200 && step->message->status_code < 300;
}

/* ---- which transaction ---- */

/** The request that this message is, repeats, acknowledges or responds to. */
static sf_transaction *request_of(const sf_negotiation *negotiation, const sf_step *step)
{
    sf_method method = step->method == SF_METHOD_ACK ? SF_METHOD_INVITE : step->method;
    sf_transaction *t = negotiation ? negotiation->open : NULL;

    while (t && (t->in_response || t->method != method || t->by_caller != step->by_caller || t->cseq != step->cseq ||
                 (t->fork != 0 && t->fork != step->fork))) {
        t = t->next;
    }
    return t;
}

/** The offer that a response of this fork brought: to the request of this CSeq, or any that awaits its answer. */
static sf_transaction *responded_offer(const sf_negotiation *negotiation, const sf_step *step, bool any_unanswered)
{
    sf_transaction *t = negotiation ? negotiation->open : NULL;

    while (t && (!t->in_response || t->by_caller != step->by_caller || t->fork != step->fork ||
                 (any_unanswered ? t->is_answered : t->cseq != step->cseq))) {
        t = t->next;
    }
    return t;
}

/* ---- offers ---- */

static sf_exchange *new_exchange(const sf_step *step)
{
    sf_exchange *exchange = (sf_exchange *)sf_memory_allocate(step->memory, sizeof *exchange);

    *exchange = (sf_exchange){ .offer_in = step->frame };
    return exchange;
}

static sf_transaction *open_offer(sf_call *call, const sf_step *step, bool in_response)
{
    sf_negotiation *negotiation = sf_negotiation_of(call, step->memory);
    sf_transaction like = {
        .offer = sf_offer_of(step->message, step->hash_key, step->memory),
        .exchange = new_exchange(step),
        .fork = step->fork,
        .cseq = step->cseq,
        .ordinal = ++negotiation->offers,
        .method = step->method,
        .by_caller = step->by_caller,
        .in_response = in_response,
        .is_early = in_response && !is_final(step),
    };

    sf_agreement_name_offered(call, &step->message->media);
    return sf_transaction_open(negotiation, &like, step->memory);
}

static void take_request_offer(sf_call *call, const sf_step *step, sf_call_note *note)
{
    sf_transaction *t = request_of(call->negotiation, step);

    if (!t || !t->offer) {
        t = open_offer(call, step, false);
    }
    note->role = SF_ROLE_OFFER;
    note->exchange = t->exchange;
}

/** An offer in a provisional response may come again, and may have changed, in the final one. */
static void take_response_offer(sf_call *call, const sf_step *step, sf_call_note *note)
{
    sf_transaction *t = responded_offer(call->negotiation, step, false);

    if (!t) {
        t = open_offer(call, step, true);
    } else if (t->is_early && !t->is_answered && is_final(step)) {
        sf_memory_release(step->memory, t->offer);
        t->offer = sf_offer_of(step->message, step->hash_key, step->memory);
        t->exchange->offer_in = step->frame;
        t->is_early = false;
    }
    note->role = SF_ROLE_OFFER;
    note->exchange = t->exchange;
}

/** An INVITE without a session asks for an offer. */
static void await_offer(sf_call *call, const sf_step *step)
{
    sf_negotiation *negotiation = sf_negotiation_of(call, step->memory);

    if (!request_of(negotiation, step)) {
        sf_transaction like = {
            .fork = step->fork,
            .cseq = step->cseq,
            .method = step->method,
            .by_caller = step->by_caller,
        };
        sf_transaction_open(negotiation, &like, step->memory);
    }
}

/* ---- answers ---- */

/** What the row of the call is to say: that of all confirmed dialogs, else of the newest. */
static void settle(sf_call *call, const sf_dialog *newest)
{
    sf_agreement joined = { .verdict = SF_VERDICT_NO_MEDIA };
    bool any = false;

    for (const sf_dialog *d = call->negotiation->dialogs; d; d = d->next) {
        if (d->is_confirmed && !d->is_ended && d->has_agreement) {
            sf_verdict verdict = any ? sf_verdict_join(joined.verdict, d->agreed.verdict) : d->agreed.verdict;
            joined = any ? joined : d->agreed;
            joined.verdict = (uint8_t)verdict;
            any = true;
        }
    }
    if (any) {
        call->agreed = joined;
    } else if (newest && newest->has_agreement && !newest->is_ended) {
        call->agreed = newest->agreed;
    }
}

static void link_answer(sf_transaction *t, const sf_step *step)
{
    sf_exchange *exchange = t->exchange;

    if (!exchange->answer_in || (!exchange->is_settled && is_final(step))) {
        exchange->answer_in = step->frame;
        exchange->is_settled = is_final(step);
    }
    t->is_answered = true;
}

/** `t` is the transaction whose offer this answers, or NULL if that was not seen. */
static void take_answer(sf_call *call, sf_transaction *t, const sf_step *step, sf_call_note *note)
{
    sf_negotiation *negotiation = sf_negotiation_of(call, step->memory);
    sf_dialog *dialog = sf_dialog_of(negotiation, step->fork, step->memory);
    sf_agreement agreement = sf_agreement_judge(t ? t->offer : NULL, step, note);
    uint32_t ordinal = t ? t->ordinal : negotiation->offers;

    note->role = SF_ROLE_ANSWER;
    note->offer_not_seen = !t;
    if (t) {
        note->exchange = t->exchange;
        link_answer(t, step);
    }
    if (!dialog) {
        call->agreed = agreement;
    } else if (!dialog->has_agreement || ordinal >= dialog->ordinal) {
        dialog->agreed = agreement;
        dialog->ordinal = ordinal;
        dialog->has_agreement = true;
        settle(call, dialog);
    }
}

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
    }
    return true;
}

static void take_invite(sf_call *call, const sf_step *step, sf_call_note *note)
{
    if (step->by_caller && step->fork == 0) {
        if (!begin_attempt(call, step)) {
            note->role = has_session(step) ? SF_ROLE_OFFER : SF_ROLE_UNKNOWN;
            return;
        }
    } else {
        /* Inside a dialog, which is thus confirmed, whether its 2xx was seen or not. */
        sf_dialog *dialog = sf_dialog_of(sf_negotiation_of(call, step->memory), step->fork, step->memory);
        if (dialog) {
            dialog->is_confirmed = true;
        }
    }
    if (has_session(step)) {
        take_request_offer(call, step, note);
    } else {
        await_offer(call, step);
    }
}

/** A session in an ACK answers the offer of the 2xx. Where the INVITE had made the offer it is neither. */
static void take_ack(sf_call *call, const sf_step *step, sf_call_note *note)
{
    sf_transaction *t = responded_offer(call->negotiation, step, false);

    if (t || !request_of(call->negotiation, step)) {
        take_answer(call, t, step, note);
    }
}

static void take_prack(sf_call *call, const sf_step *step, sf_call_note *note)
{
    sf_transaction *t = responded_offer(call->negotiation, step, true);

    if (t) {
        take_answer(call, t, step, note);
    } else {
        take_request_offer(call, step, note);
    }
}

static void take_bye(sf_call *call, const sf_step *step)
{
    sf_dialog *dialog = sf_dialog_find(call->negotiation, step->fork);

    if (dialog) {
        dialog->is_ended = true;
        settle(call, NULL);
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
    } else if (!has_session(step)) {
        return;
    } else if (method == SF_METHOD_ACK) {
        take_ack(call, step, note);
    } else if (method == SF_METHOD_PRACK) {
        take_prack(call, step, note);
    } else if (method == SF_METHOD_UPDATE) {
        take_request_offer(call, step, note);
    }
}

/* ---- responses ---- */

static void take_response_session(sf_call *call, const sf_step *step, sf_call_note *note)
{
    sf_transaction *t = request_of(call->negotiation, step);
    bool is_invite = step->method == SF_METHOD_INVITE;

    if (is_invite && ((t && !t->offer) || (!t && responded_offer(call->negotiation, step, false)))) {
        take_response_offer(call, step, note);
    } else {
        take_answer(call, t, step, note);
    }
}

/** A 2xx confirms its dialog; the first one of all answers the call. */
static void take_acceptance(sf_call *call, const sf_step *step)
{
    sf_negotiation *negotiation = sf_negotiation_of(call, step->memory);
    sf_dialog *dialog = sf_dialog_of(negotiation, step->fork, step->memory);
    const sf_transaction *t = request_of(negotiation, step);

    if (!dialog || dialog->is_confirmed) {
        return;
    }
    dialog->is_confirmed = true;
    if (!call->answered) {
        call->answered = step->time;
        call->final_response = step->message->status_code;
    }
    if (t && !t->offer && !dialog->has_agreement && !responded_offer(negotiation, step, false)) {
        /* Neither side spoke of media: a conference's control channel, say. */
        dialog->agreed = (sf_agreement){ .verdict = SF_VERDICT_NO_MEDIA };
        dialog->has_agreement = true;
    }
    settle(call, dialog);
}

/** A refusal ends the fork that it came from; without other forks it ends the attempt. */
static void take_refusal(sf_call *call, const sf_step *step)
{
    sf_dialog *dialog = sf_dialog_find(call->negotiation, step->fork);
    bool is_in_dialog = !step->by_caller || (dialog && dialog->is_confirmed);

    if (is_in_dialog) {
        sf_transaction_refused(call->negotiation, step->method, step->by_caller, step->cseq, step->memory);
        return;
    }
    if (call->answered || (call->has_attempt && step->cseq < call->attempt)) {
        return;
    }
    call->final_response = step->message->status_code;
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
    } else if (is_success(step)) {
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

static void take_response(sf_call *call, const sf_step *step, sf_call_note *note)
{
    sf_method method = step->method;
    uint16_t code = step->message->status_code;
    bool may_answer = method == SF_METHOD_INVITE ? code > 100 && code < 300
                                                 : (method == SF_METHOD_UPDATE || method == SF_METHOD_PRACK) &&
                                                       is_success(step);

    if (has_session(step) && may_answer) {
        take_response_session(call, step, note);
    }
    if (method == SF_METHOD_INVITE) {
        take_invite_response(call, step);
    } else if (method == SF_METHOD_BYE) {
        take_bye_response(call, step);
    } else if ((method == SF_METHOD_UPDATE || method == SF_METHOD_PRACK) && code >= 300) {
        sf_transaction_refused(call->negotiation, method, step->by_caller, step->cseq, step->memory);
    }
}

void sf_negotiate(sf_call *call, const sf_step *step, sf_call_note *note)
{
    uint8_t guess = has_session(step) ? (uint8_t)step->message->media.sdps[0].role : (uint8_t)SF_ROLE_UNKNOWN;

    note->role = SF_ROLE_UNKNOWN;
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
