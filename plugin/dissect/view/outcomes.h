/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of outcomes.
 */
#ifndef SF_DISSECT_VIEW_OUTCOMES_H
#define SF_DISSECT_VIEW_OUTCOMES_H

#include "compat.h"

#include "call/outcome.h"

/** Names of sf_outcome, for fields and statistics. */
extern const value_string sf_outcome_names[];

/** Name of one outcome. */
const char *sf_outcome_name(unsigned outcome);

/**
 * Who refused a call on the leg between Teams and a session border controller: who was called there, or whom Teams' code
 * names. NULL if the call was not refused, or is on no such leg.
 */
const char *sf_outcome_refuser(const sf_call *call);

#endif
