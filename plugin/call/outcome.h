/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How a call went, as far as its signaling shows it.
 */
#ifndef SF_CALL_OUTCOME_H
#define SF_CALL_OUTCOME_H

#include "call.h"
#include "step.h"

/** The values of skypefed.call.outcome. New ones come at the end: the numbers are part of filters. */
typedef enum {
    SF_OUTCOME_UNKNOWN = 0, /**< no final response, or one that asks for another attempt */
    SF_OUTCOME_ANSWERED = 1,
    SF_OUTCOME_REFUSED = 2,
    SF_OUTCOME_CANCELED = 3,     /**< by the caller, before an answer */
    SF_OUTCOME_FAILED_MEDIA = 4, /**< a 2xx or a BYE hides it: no media path, or the path was lost */
    SF_OUTCOME_NO_ANSWER = 5,
    SF_OUTCOME_TRANSFERRED = 6, /**< answered, then transferred: a NOTIFY says that it worked */
    SF_OUTCOME_REDIRECTED = 7,
    SF_OUTCOME_FAILED_LATER = 8, /**< answered, and ended by another failure than one of media */
    SF_OUTCOME_TRANSFER_FAILED =
        9 /**< answered; the newest transfer in it was refused, or a NOTIFY says that it failed */
} sf_outcome;

/** A new attempt begins: what came of the last one does not count. */
void sf_outcome_begin(sf_call *call);

/** Takes in one message of a call, after sf_negotiate() has. */
void sf_outcome_take(sf_call *call, const sf_step *step);

/** The outcome as far as it is known. */
sf_outcome sf_outcome_of(const sf_call *call);

#endif
