/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of verdicts, and of what a stream announces.
 */
#ifndef SF_DISSECT_VIEW_VERDICTS_H
#define SF_DISSECT_VIEW_VERDICTS_H

#include "compat.h"

#include "call/verdict.h"
#include "engine/sdp/security.h"

/** Names of sf_verdict, for fields and statistics. */
extern const value_string sf_verdict_names[];

/** Name of one verdict. */
const char *sf_verdict_name(unsigned verdict);

/** Names of sf_security, for fields. */
extern const value_string sf_security_names[];

/** Name of one sf_security. */
const char *sf_security_name(unsigned security);

#endif
