/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Offers and their answers.
 */
#include "exchange.h"

#include "agreement.h"
#include "hold.h"

/*
 * The same offer or answer is often seen several times. A request is repeated,
 * or captured on more than one hop, and an SDP body may come in a provisional
 * response and again in the final one. A repetition must not count as a new
 * offer: it would have no answer, and the answer that follows would be judged
 * against the wrong one. So the first copy opens the exchange, and later
 * copies find it. What an early response says is still open, though: the final
 * response may say something else, and its word holds.
 */

/* ---- offers ---- */

static sf_exchange *new_exchange(const sf_step *step)
{
    sf_exchange *exchange = sf_memory_allocate(step->memory, sizeof *exchange);

    *exchange = (sf_exchange){ .offer_in = step->frame };
    return exchange;
}

/**
 * Opens an exchange.
 * @param is_in_dialog  the request had a tag of the callee, and did not begin the call
 */
static sf_transaction *open_offer(sf_call *call, const sf_step *step, bool is_in_response, bool is_in_dialog)
{
    sf_negotiation *negotiation = sf_negotiation_of(call, step->memory);
    const sf_dialog *dialog = is_in_dialog ? sf_dialog_of(negotiation, step->fork, step->memory) : NULL;
    sf_transaction like = {
        .offer = sf_offer_of(step->message, step->hash_key, step->memory),
        .exchange = new_exchange(step),
        .fork = step->fork,
        .cseq = step->cseq,
        .ordinal = ++negotiation->offers,
        .method = step->method,
        .is_by_caller = step->is_by_caller,
        .is_in_response = is_in_response,
        .is_early = is_in_response && !sf_step_is_final(step),
    };

    /* The request is the caller's or not; an offer in a response is of the other side. */
    sf_hold_offer(dialog, step->is_by_caller != is_in_response, &step->message->media, &like);
    sf_agreement_name_offered(call, &step->message->media);
    return sf_transaction_open(negotiation, &like, step->memory);
}

void sf_exchange_offer_in_request(sf_call *call, const sf_step *step, sf_call_note *note)
{
    sf_transaction *t = sf_transaction_of_request(call->negotiation, step);

    if (!t || !t->offer) {
        t = open_offer(call, step, false, step->fork != 0);
    }
    note->role = SF_ROLE_OFFER;
    note->exchange = t->exchange;
    note->hold = t->hold;
}

void sf_exchange_offer_in_response(sf_call *call, const sf_step *step, sf_call_note *note)
{
    sf_transaction *t = sf_transaction_of_response(call->negotiation, step);
    const sf_transaction *request = sf_transaction_of_request(call->negotiation, step);

    if (!t) {
        t = open_offer(call, step, true, request && request->fork != 0);
    } else if (t->is_early && !t->is_answered && sf_step_is_final(step)) {
        sf_memory_release(step->memory, t->offer);
        t->offer = sf_offer_of(step->message, step->hash_key, step->memory);
        t->exchange->offer_in = step->frame;
        t->is_early = false;
    }
    note->role = SF_ROLE_OFFER;
    note->exchange = t->exchange;
    note->hold = t->hold;
}

void sf_exchange_await_offer(sf_call *call, const sf_step *step)
{
    sf_negotiation *negotiation = sf_negotiation_of(call, step->memory);

    if (!sf_transaction_of_request(negotiation, step)) {
        sf_transaction like = {
            .fork = step->fork,
            .cseq = step->cseq,
            .method = step->method,
            .is_by_caller = step->is_by_caller,
        };
        sf_transaction_open(negotiation, &like, step->memory);
    }
}

/* ---- answers ---- */

static void link_answer(sf_transaction *answered, const sf_step *step)
{
    sf_exchange *exchange = answered->exchange;

    if (!exchange->answer_in || (!exchange->is_settled && sf_step_is_final(step))) {
        exchange->answer_in = step->frame;
        exchange->is_settled = sf_step_is_final(step);
    }
    answered->is_answered = true;
}

void sf_exchange_answer(sf_call *call, sf_transaction *answered, const sf_step *step, sf_call_note *note)
{
    sf_negotiation *negotiation = sf_negotiation_of(call, step->memory);
    sf_dialog *dialog = sf_dialog_of(negotiation, step->fork, step->memory);
    sf_agreement agreement = sf_agreement_judge(answered ? answered->offer : NULL, step, note);
    uint32_t ordinal = answered ? answered->ordinal : negotiation->offers;

    note->role = SF_ROLE_ANSWER;
    note->lacks_offer = !answered;
    if (answered) {
        note->exchange = answered->exchange;
        note->hold = (uint8_t)sf_hold_answer(dialog, answered, &step->message->media);
        link_answer(answered, step);
    }
    if (!dialog) {
        call->agreed = agreement;
    } else if (!dialog->has_agreement || ordinal >= dialog->ordinal) {
        dialog->agreed = agreement;
        dialog->ordinal = ordinal;
        dialog->has_agreement = true;
        sf_agreement_settle(call, dialog);
    }
}
