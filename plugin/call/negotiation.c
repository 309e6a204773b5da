/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Keeping and releasing the parts of a negotiation. The lists are short: their
 * limits bound every walk.
 */
#include "negotiation.h"

#include <glib.h>

G_STATIC_ASSERT(SF_MAX_OPEN_OFFERS < UINT8_MAX); /* one more is kept for a moment */
G_STATIC_ASSERT(SF_MAX_DIALOGS <= UINT8_MAX);

sf_negotiation *sf_negotiation_of(sf_call *call, const sf_memory *memory)
{
    if (!call->negotiation) {
        call->negotiation = sf_memory_allocate(memory, sizeof *call->negotiation);
        *call->negotiation = (sf_negotiation){ .offers = 0 };
    }
    return call->negotiation;
}

static void release_transaction(sf_transaction *transaction, const sf_memory *memory)
{
    sf_memory_release(memory, transaction->offer);
    sf_memory_release(memory, transaction);
}

void sf_negotiation_release(sf_call *call, const sf_memory *memory)
{
    sf_negotiation *negotiation = call->negotiation;

    if (!negotiation) {
        return;
    }
    while (negotiation->open) {
        sf_transaction *first = negotiation->open;
        negotiation->open = first->next;
        release_transaction(first, memory);
    }
    while (negotiation->dialogs) {
        sf_dialog *first = negotiation->dialogs;
        negotiation->dialogs = first->next;
        sf_memory_release(memory, first);
    }
    sf_memory_release(memory, negotiation);
    call->negotiation = NULL;
}

sf_dialog *sf_dialog_find(const sf_negotiation *negotiation, uint64_t fork)
{
    sf_dialog *dialog = negotiation ? negotiation->dialogs : NULL;

    while (dialog && dialog->fork != fork) {
        dialog = dialog->next;
    }
    return dialog;
}

sf_dialog *sf_dialog_of(sf_negotiation *negotiation, uint64_t fork, const sf_memory *memory)
{
    sf_dialog *dialog = sf_dialog_find(negotiation, fork);

    if (dialog || negotiation->dialog_count == SF_MAX_DIALOGS) {
        return dialog;
    }
    dialog = sf_memory_allocate(memory, sizeof *dialog);
    *dialog = (sf_dialog){ .next = negotiation->dialogs, .fork = fork };
    negotiation->dialogs = dialog;
    negotiation->dialog_count++;
    return dialog;
}

bool sf_dialog_lives(const sf_negotiation *negotiation, const sf_dialog *except, bool is_confirmed)
{
    const sf_dialog *dialog = negotiation ? negotiation->dialogs : NULL;

    for (; dialog; dialog = dialog->next) {
        if (dialog != except && !dialog->is_ended && dialog->is_confirmed == is_confirmed) {
            return true;
        }
    }
    return false;
}

/*
 * Which transaction a message belongs to.
 *
 * SIP pairs a response with its request by the branch of the topmost Via. That
 * alone does not work here: each proxy adds a Via of its own, so one INVITE
 * that is captured on two hops has two branches, yet it is one offer. What all
 * hops have in common is the method, the CSeq, which party sent the request,
 * and the tag of the callee, which names the fork.
 *
 * A proxy with a media relay writes its own addresses into the SDP that it
 * passes on, and often its own keys: then each hop has an offer of its own, and
 * the answer to it has the branch of that hop.
 *
 * An INVITE outside a dialog has no such tag yet. Its fork is 0, and responses
 * of every fork belong to it. An ACK has a method of its own but the CSeq of
 * the INVITE that it acknowledges.
 *
 * An offer in a response is the offer of that fork alone, so its fork has to
 * match. An ACK answers it under the same CSeq. A PRACK has a CSeq of its own
 * and takes the newest offer of the fork that has no answer yet.
 */

static bool is_of_request(const sf_transaction *t, const sf_step *step)
{
    sf_method method = step->method == SF_METHOD_ACK ? SF_METHOD_INVITE : step->method;

    return !t->is_in_response && t->method == method && t->is_by_caller == step->is_by_caller &&
           t->cseq == step->cseq && (t->fork == 0 || t->fork == step->fork);
}

bool sf_transaction_has_hop(const sf_transaction *transaction, uint64_t hop)
{
    bool has = hop == 0 || transaction->hop_count == 0 || transaction->hop_count == SF_MAX_HOPS;

    for (unsigned i = 0; i < transaction->hop_count && !has; i++) {
        has = transaction->hops[i] == hop;
    }
    return has;
}

void sf_transaction_add_hop(sf_transaction *transaction, uint64_t hop)
{
    if (hop != 0 && transaction->hop_count < SF_MAX_HOPS) {
        transaction->hops[transaction->hop_count++] = hop;
    }
}

sf_transaction *sf_transaction_of_request(const sf_negotiation *negotiation, const sf_step *step)
{
    sf_transaction *oldest = NULL;

    for (sf_transaction *t = negotiation ? negotiation->open : NULL; t; t = t->next) {
        if (is_of_request(t, step)) {
            if (sf_transaction_has_hop(t, step->hop)) {
                return t;
            }
            oldest = t;
        }
    }
    return oldest;
}

sf_transaction *sf_transaction_with_offer(const sf_negotiation *negotiation, const sf_step *step, const sf_offer *offer)
{
    sf_transaction *t = negotiation->open;

    while (t && !(is_of_request(t, step) && t->offer && sf_offers_are_same(t->offer, offer))) {
        t = t->next;
    }
    return t;
}

unsigned sf_transaction_others(const sf_negotiation *negotiation, const sf_transaction *answered)
{
    const sf_transaction *t = negotiation->open;

    while (t && !(t->ordinal == answered->ordinal && t->place == 0)) {
        t = t->next;
    }
    return t ? t->others : answered->place;
}

static bool is_response_of_fork(const sf_transaction *t, const sf_step *step)
{
    return t->is_in_response && t->is_by_caller == step->is_by_caller && t->fork == step->fork;
}

sf_transaction *sf_transaction_of_response(const sf_negotiation *negotiation, const sf_step *step)
{
    sf_transaction *t = negotiation ? negotiation->open : NULL;

    while (t && !(is_response_of_fork(t, step) && t->cseq == step->cseq)) {
        t = t->next;
    }
    return t;
}

sf_transaction *sf_transaction_unanswered(const sf_negotiation *negotiation, const sf_step *step)
{
    sf_transaction *t = negotiation ? negotiation->open : NULL;

    while (t && !(is_response_of_fork(t, step) && !t->is_answered)) {
        t = t->next;
    }
    return t;
}

/** Takes one transaction out of the list and releases it. */
static void close_at(sf_negotiation *negotiation, sf_transaction **place, const sf_memory *memory)
{
    sf_transaction *closed = *place;

    *place = closed->next;
    negotiation->open_count--;
    release_transaction(closed, memory);
}

sf_transaction *sf_transaction_open(sf_negotiation *negotiation, const sf_transaction *like, const sf_memory *memory)
{
    sf_transaction *opened = sf_memory_allocate(memory, sizeof *opened);

    *opened = *like;
    opened->next = negotiation->open;
    negotiation->open = opened;
    if (++negotiation->open_count > SF_MAX_OPEN_OFFERS) {
        sf_transaction **last = &opened->next;
        while ((*last)->next) {
            last = &(*last)->next;
        }
        close_at(negotiation, last, memory);
    }
    return opened;
}

void sf_transaction_refuse(sf_negotiation *negotiation, const sf_step *step)
{
    if (!negotiation) {
        return;
    }
    for (sf_transaction **place = &negotiation->open; *place;) {
        const sf_transaction *t = *place;
        if (t->method == step->method && t->is_by_caller == step->is_by_caller && t->cseq == step->cseq) {
            close_at(negotiation, place, step->memory);
        } else {
            place = &(*place)->next;
        }
    }
}
