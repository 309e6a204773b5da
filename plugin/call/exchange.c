/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Offers and their answers.
 */
#include "exchange.h"

#include "agreement.h"
#include "hold.h"

#include <glib.h>

/*
 * The same offer or answer is often seen several times. A request is repeated,
 * or captured on more than one hop, and an SDP body may come in a provisional
 * response and again in the final one. A repetition must not count as a new
 * offer: it would have no answer, and the answer that follows would be judged
 * against the wrong one. So the first copy opens the exchange, and later
 * copies find it. What an early response says is still open, though: the final
 * response may say something else, and its word holds.
 *
 * A copy on another hop may have other SDP, that of a proxy with a media relay.
 * Then it is an offer of that hop, whose answer is that of the same hop: what
 * one hop says is never held against what another one does.
 */

/* ---- offers ---- */

static sf_exchange *new_exchange(const sf_step *step)
{
    sf_exchange *exchange = sf_memory_allocate(step->memory, sizeof *exchange);

    *exchange = (sf_exchange){ .offer_in = step->frame };
    return exchange;
}

/** What an offer has of its own; an offer inside a dialog may hold the call. */
typedef struct {
    sf_offer *offer;
    uint32_t ordinal;
    uint8_t place;
    bool is_in_response;
    bool is_in_dialog; /**< the request had a tag of the callee, and did not begin the call */
} new_offer;

static sf_transaction *open_offer(sf_call *call, const sf_step *step, const new_offer *fresh)
{
    sf_negotiation *negotiation = sf_negotiation_of(call, step->memory);
    const sf_dialog *dialog = fresh->is_in_dialog ? sf_dialog_of(negotiation, step->fork, step->memory) : NULL;
    sf_transaction like = {
        .offer = fresh->offer,
        .exchange = new_exchange(step),
        .fork = step->fork,
        .cseq = step->cseq,
        .ordinal = fresh->ordinal,
        .place = fresh->place,
        .method = step->method,
        .is_by_caller = step->is_by_caller,
        .is_in_response = fresh->is_in_response,
        .is_early = fresh->is_in_response && !sf_step_is_final(step),
    };

    sf_transaction_add_hop(&like, step->hop);
    /* The request is the caller's or not; an offer in a response is of the other side. */
    sf_hold_offer(dialog, step->is_by_caller != fresh->is_in_response, &step->message->media, &like);
    sf_agreement_name_offered(call, &step->message->media);
    return sf_transaction_open(negotiation, &like, step->memory);
}

static sf_transaction *open_first(sf_call *call, const sf_step *step, bool is_in_response, bool is_in_dialog)
{
    const new_offer fresh = {
        .offer = sf_offer_of(step->message, step->hash_key, step->memory),
        .ordinal = ++sf_negotiation_of(call, step->memory)->offers,
        .is_in_response = is_in_response,
        .is_in_dialog = is_in_dialog,
    };

    return open_offer(call, step, &fresh);
}

/** The transaction of a request that was seen before, on another hop. @param first  on one of those hops */
static sf_transaction *offer_on_hop(sf_call *call, const sf_step *step, sf_transaction *first)
{
    sf_offer *offer = sf_offer_of(step->message, step->hash_key, step->memory);
    sf_transaction *same = sf_transaction_with_offer(call->negotiation, step, offer);

    if (same) {
        sf_memory_release(step->memory, offer);
        sf_transaction_add_hop(same, step->hop);
        return same;
    }
    const new_offer fresh = {
        .offer = offer,
        .ordinal = first->ordinal,
        .place = (uint8_t)MIN(first->others + 1, SF_MAX_OPEN_OFFERS - 1),
        .is_in_dialog = step->fork != 0,
    };
    first->others = fresh.place;
    return open_offer(call, step, &fresh);
}

void sf_exchange_offer_in_request(sf_call *call, const sf_step *step, sf_call_note *note)
{
    sf_transaction *t = sf_transaction_of_request(call->negotiation, step);

    if (!t || !t->offer) {
        t = open_first(call, step, false, step->fork != 0);
    } else if (!sf_transaction_has_hop(t, step->hop)) {
        t = offer_on_hop(call, step, t);
    }
    note->role = SF_ROLE_OFFER;
    note->exchange = t->exchange;
    note->hold = t->hold;
    note->place = t->place;
    note->is_of_proxy = t->place > 0; /* who makes the offer comes first */
}

/**
 * Another hop may have the response with other SDP. Which of them an ACK or PRACK answers does not show.
 * @return true if this one has
 */
static bool is_rewritten(sf_transaction *t, const sf_step *step)
{
    if (sf_transaction_has_hop(t, step->hop)) {
        return false;
    }
    sf_offer *offer = sf_offer_of(step->message, step->hash_key, step->memory);
    bool is_other = !sf_offers_are_same(t->offer, offer);
    sf_memory_release(step->memory, offer);
    t->others |= is_other;
    return is_other;
}

void sf_exchange_offer_in_response(sf_call *call, const sf_step *step, sf_call_note *note)
{
    sf_transaction *t = sf_transaction_of_response(call->negotiation, step);
    const sf_transaction *request = sf_transaction_of_request(call->negotiation, step);

    if (!t) {
        t = open_first(call, step, true, request && request->fork != 0);
    } else if (t->is_early && !t->is_answered && sf_step_is_final(step)) {
        sf_memory_release(step->memory, t->offer);
        t->offer = sf_offer_of(step->message, step->hash_key, step->memory);
        t->exchange->offer_in = step->frame;
        t->is_early = false;
    } else {
        note->is_of_proxy = is_rewritten(t, step);
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

/** The place of an answer whose offer is not known: that of its hop, else the last one that is free. */
static unsigned place_of_hop(const sf_dialog *dialog, uint64_t hop)
{
    unsigned place = 0;

    for (unsigned i = 0; i < SF_MAX_OPEN_OFFERS; i++) {
        bool is_set = dialog->answered_hops >> i & 1;
        if (is_set && dialog->answer_hops[i] == hop) {
            return i;
        }
        place = is_set ? place : i;
    }
    return place;
}

/** Takes in what an answer agreed, beside what the answers of other hops did to the same offer. @return its place */
static unsigned agree(sf_dialog *dialog, uint32_t ordinal, const sf_transaction *answered, const sf_step *step,
                      const sf_agreement *agreement)
{
    bool is_first = true;

    if (!dialog->has_agreement || ordinal != dialog->ordinal) {
        dialog->answered_hops = 0;
    }
    unsigned place = answered ? answered->place : step->hop == 0 ? 0 : place_of_hop(dialog, step->hop);
    bool is_shared = place == SF_MAX_OPEN_OFFERS - 1 && dialog->answered_hops >> place & 1 &&
                     dialog->answer_hops[place] != step->hop; /* by all that have no place of their own */
    if (is_shared) {
        sf_agreement_join_hop(&dialog->hops[place], agreement);
    } else {
        dialog->hops[place] = *agreement;
    }
    dialog->answer_hops[place] = step->hop;
    dialog->answered_hops |= (uint8_t)(1u << place);
    for (unsigned i = 0; i < SF_MAX_OPEN_OFFERS; i++) {
        if (!(dialog->answered_hops >> i & 1)) {
            continue;
        }
        if (is_first) {
            dialog->agreed = dialog->hops[i];
        } else {
            sf_agreement_join_hop(&dialog->agreed, &dialog->hops[i]);
        }
        is_first = false;
    }
    dialog->ordinal = ordinal;
    dialog->has_agreement = true;
    return place;
}

/**
 * True if the offer that an answer may belong to is of another hop. Then the one of its own hop was not seen, and may
 * say something else. An ACK or PRACK has a branch of its own, so that its hop is known only if all have the same SDP.
 */
static bool is_of_other_hop(const sf_transaction *answered, const sf_step *step)
{
    return !sf_transaction_has_hop(answered, step->hop) && (!answered->is_in_response || answered->others > 0);
}

void sf_exchange_answer(sf_call *call, sf_transaction *answered, const sf_step *step, sf_call_note *note)
{
    sf_negotiation *negotiation = sf_negotiation_of(call, step->memory);
    sf_dialog *dialog = sf_dialog_of(negotiation, step->fork, step->memory);

    uint32_t ordinal = answered ? answered->ordinal : negotiation->offers;

    if (answered && is_of_other_hop(answered, step)) {
        answered = NULL;
        note->is_of_proxy = true; /* it may be */
    }
    sf_agreement agreement = sf_agreement_judge(answered ? answered->offer : NULL, step, note);

    note->role = SF_ROLE_ANSWER;
    note->lacks_offer = !answered;
    if (answered) {
        note->exchange = answered->exchange;
        note->hold = (uint8_t)sf_hold_answer(dialog, answered, &step->message->media);
        link_answer(answered, step);
        note->is_of_proxy = answered->place < sf_transaction_others(negotiation, answered); /* who answers comes last */
    }
    if (!dialog) {
        call->agreed = agreement;
    } else if (!dialog->has_agreement || ordinal >= dialog->ordinal) {
        note->place = (uint8_t)agree(dialog, ordinal, answered, step, &agreement);
        sf_agreement_settle(call, dialog);
    }
}
