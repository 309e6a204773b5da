/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Who has put the call on hold, by the directions that offers and answers
 * inside a dialog give their audio, or their video if there is no audio
 * (RFC 3264 8.4, RFC 6337 5.3, [MS-SDPEXT] 3.1.5.23).
 */
#ifndef SF_CALL_HOLD_H
#define SF_CALL_HOLD_H

#include "negotiation.h"

/** What an offer or an answer says of hold, as seen by its sender. */
typedef enum {
    SF_HOLD_NONE,        /**< nothing */
    SF_HOLD_BY_SENDER,   /**< the sender holds the call */
    SF_HOLD_BY_OTHER,    /**< the other side does */
    SF_HOLD_BY_SOMEBODY, /**< both sides are silent, and either may have begun it */
    SF_HOLD_RESUMED      /**< who held the call holds it no longer */
} sf_hold;

/**
 * What an offer says; sets what its answer will need.
 * @param dialog         of the offer; NULL for none, and for an offer outside of any
 * @param is_by_caller   the offer is the caller's
 * @param transaction    the offer's: its `wish`, `hold` and what was held before are set
 */
void sf_hold_offer(const sf_dialog *dialog, bool is_by_caller, const sf_media *offer, sf_transaction *transaction);

/**
 * What an answer says, and what it leaves in force. A repeated answer says the same again.
 * @param dialog    of the answer, or NULL
 * @param answered  the offer's transaction
 */
sf_hold sf_hold_answer(sf_dialog *dialog, const sf_transaction *answered, const sf_media *answer);

/** What an offer or an answer inside a dialog is for, a literal: `hold`, `resume`; NULL if it is about neither. */
const char *sf_hold_purpose(sf_hold hold);

#endif
