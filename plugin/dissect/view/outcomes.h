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

#endif
