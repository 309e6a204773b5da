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
 * @param outcome    sf_outcome, and @param diagnosis what says most, as known at the end or at a message
 */
const char *sf_outcome_refuser(const sf_call *call, unsigned outcome, const sf_call_diagnosis *diagnosis);

/**
 * Why a call was refused that no diagnosis explains: by whom, and what the telephone network said.
 * @param cause  of Q.850; 0 for none
 * @return allocated in scope; NULL if there is a diagnosis, or nobody is known to have refused the call
 */
char *sf_outcome_refusal(wmem_allocator_t *scope, const sf_call *call, unsigned outcome,
                         const sf_call_diagnosis *diagnosis, uint8_t cause);

#endif
