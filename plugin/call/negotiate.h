/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What each message does to a call (RFC 3261 13 and 14, RFC 3262, RFC 3311,
 * RFC 6337): begins it, offers, answers, accepts, refuses, or ends it.
 */
#ifndef SF_CALL_NEGOTIATE_H
#define SF_CALL_NEGOTIATE_H

#include "call.h"
#include "step.h"

/**
 * Takes in one message of a call.
 * @param call  its negotiation, agreement, times and final response are brought up to date
 * @param note  its role, streams, exchange and verdict are set
 */
void sf_negotiate(sf_call *call, const sf_step *step, sf_call_note *note);

#endif
