/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Keeping and releasing the parts of a negotiation. The lists are short: their
 * limits bound every walk.
 */
#include "negotiation_state.h"

sf_negotiation *sf_negotiation_of(sf_call *call, const sf_memory *memory)
{
    if (!call->negotiation) {
        call->negotiation = (sf_negotiation *)sf_memory_allocate(memory, sizeof *call->negotiation);
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
    dialog = (sf_dialog *)sf_memory_allocate(memory, sizeof *dialog);
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
    sf_transaction *opened = (sf_transaction *)sf_memory_allocate(memory, sizeof *opened);

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

void sf_transaction_refused(sf_negotiation *negotiation, sf_method method, bool by_caller, uint32_t cseq,
                            const sf_memory *memory)
{
    if (!negotiation) {
        return;
    }
    for (sf_transaction **place = &negotiation->open; *place;) {
        const sf_transaction *t = *place;
        if (t->method == method && t->by_caller == by_caller && t->cseq == cseq) {
            close_at(negotiation, place, memory);
        } else {
            place = &(*place)->next;
        }
    }
}
