/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of verdicts.
 */
#ifndef SF_DISSECT_VIEW_VERDICTS_H
#define SF_DISSECT_VIEW_VERDICTS_H

#include "compat.h"

#include "call/verdict.h"

/** Names of sf_verdict, for fields and statistics. */
extern const value_string sf_verdict_names[];

/** Name of one verdict. */
const char *sf_verdict_name(unsigned verdict);

#endif
