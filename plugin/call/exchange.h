/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Offers and their answers (RFC 3264): keeping what was offered, and holding
 * each answer against it.
 */
#ifndef SF_CALL_EXCHANGE_H
#define SF_CALL_EXCHANGE_H

#include "negotiation.h"

/** Takes the SDP of a request as an offer. */
void sf_exchange_offer_in_request(sf_call *call, const sf_step *step, sf_call_note *note);

/** Takes the SDP of a response as the offer that an INVITE without SDP asked for. */
void sf_exchange_offer_in_response(sf_call *call, const sf_step *step, sf_call_note *note);

/** Remembers that an INVITE without SDP asks for an offer. */
void sf_exchange_await_offer(sf_call *call, const sf_step *step);

/**
 * Takes the SDP of a message as an answer.
 * @param answered  the transaction whose offer it answers, or NULL if that was not seen
 */
void sf_exchange_answer(sf_call *call, sf_transaction *answered, const sf_step *step, sf_call_note *note);

#endif
