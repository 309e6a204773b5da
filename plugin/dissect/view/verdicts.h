/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of verdicts, and of what a stream announces.
 */
#ifndef SF_DISSECT_VIEW_VERDICTS_H
#define SF_DISSECT_VIEW_VERDICTS_H

#include "compat.h"

#include "call/call.h"
#include "engine/sdp/security.h"

/** Names of sf_verdict, for fields and statistics. */
extern const value_string sf_verdict_names[];

/** Name of one verdict. */
const char *sf_verdict_name(unsigned verdict);

/**
 * Adds of what a mixed verdict is, with a separator before each: `audio: SRTP agreed; video: Clear RTP agreed`.
 * Nothing for streams without media.
 * @param where  what is added to the kind of each stream: ` in call 2`, or nothing
 */
void sf_verdict_add_parts(GString *text, const sf_agreement *agreed, const char *where);

/** Names of sf_security, for fields. */
extern const value_string sf_security_names[];

/** Name of one sf_security. */
const char *sf_security_name(unsigned security);

#endif
