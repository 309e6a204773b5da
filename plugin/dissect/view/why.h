/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What says most in a message about why something failed or ended.
 */
#ifndef SF_DISSECT_VIEW_WHY_H
#define SF_DISSECT_VIEW_WHY_H

#include "label.h"

/** A diagnostics code or a reason of Teams, and what the message does. All are NULL if nothing says anything. */
typedef struct {
    const sf_diagnostics *code;
    const sf_reason *reason;
    const char *deed; /**< `Refused by Teams`, `Transfer failed: 486 Busy Here`; it lives as long as the packet */
    bool is_change;   /**< the deed is that a change of the call was refused, for what the others say */
} sf_why;

/** What says most in a message. */
sf_why sf_why_of(const sf_view *view);

/**
 * Whose side refused the call, if the message is the response that does, and nothing from Microsoft says why.
 * @return as sf_outcome_refusal() has it, living as long as the packet; else NULL
 */
const char *sf_why_refusal(const sf_view *view);

/** True if the message refuses a change of a call, which goes on: a re-INVITE or an UPDATE. */
bool sf_why_refuses_change(const sf_view *view);

/**
 * The response with which a transfer failed, as a NOTIFY reports it, or as a response refuses the REFER. A 401 or a 407
 * asks for the REFER once more (RFC 3515 2.4.2).
 * @param is_refused  set to whether the REFER was refused, if there is such a response
 * @return 0 if the message tells of no such failure
 */
unsigned sf_why_transfer_failure(const sf_message *message, bool *is_refused);

/** True if something does. */
static inline bool sf_why_is_known(const sf_why *why)
{
    return why->code || why->reason || why->deed;
}

/** True if it says that media could not flow. */
bool sf_why_is_media_failure(const sf_why *why);

/** Adds it in brief: `1010 No TLS trust with the next server`; the deed first. It has to be known. */
void sf_why_add(sf_label *label, const sf_why *why);

#endif
