/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What says most about how a call went: a diagnostics code, or a reason of
 * Teams.
 */
#ifndef SF_CALL_CALL_DIAGNOSIS_H
#define SF_CALL_CALL_DIAGNOSIS_H

#include "call.h"
#include "step.h"

/** True for a re-INVITE, and for a response to one: it changes a call that goes on, whatever comes of it. */
bool sf_call_is_change(const sf_call *call, const sf_step *step);

/** True for what refuses or cancels a change of a call that goes on: a re-INVITE, an UPDATE or a PRACK. */
bool sf_call_refuses_change(const sf_call *call, const sf_step *step);

/**
 * Keeps the diagnosis of a message, if it says more than the call's.
 * What an attempt was refused for says nothing about a call that another attempt brought about, and what a change was
 * refused for nothing about the call.
 */
void sf_call_take_diagnosis(sf_call *call, const sf_step *step);

#endif
