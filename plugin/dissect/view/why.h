/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What says most in a message about why something failed or ended.
 */
#ifndef SF_DISSECT_VIEW_WHY_H
#define SF_DISSECT_VIEW_WHY_H

#include "label.h"

/** A diagnostics code, or a reason of Teams. Both are NULL if nothing says anything. */
typedef struct {
    const sf_diagnostics *code;
    const sf_reason *reason;
} sf_why;

/** What says most in a message. */
sf_why sf_why_of(const sf_message *message);

/** True if something does. */
static inline bool sf_why_is_known(const sf_why *why)
{
    return why->code || why->reason;
}

/** True if it says that media could not flow. */
bool sf_why_is_media_failure(const sf_why *why);

/** Adds it in brief: `1010 No TLS trust with the next server`. It has to be known. */
void sf_why_add(sf_label *label, const sf_why *why);

#endif
