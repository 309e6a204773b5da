/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What offers name and answers agree, for one message and for the whole call.
 */
#ifndef SF_CALL_AGREEMENT_H
#define SF_CALL_AGREEMENT_H

#include "negotiation.h"

/** The body that the peer will read: the first that is not the fallback for OCS 2007 ([MS-SIPRE] 3.15); NULL for none. */
const sf_sdp *sf_agreement_body(const sf_media *media);

/** Adds a stream of an answer, and what was agreed for it. */
void sf_agreement_add(sf_agreement *agreement, const sf_stream *stream, sf_verdict verdict);

/** Until something is agreed, the row of the call names the streams of this offer. */
void sf_agreement_name_offered(sf_call *call, const sf_media *media);

/**
 * Judges every stream of every body of an answer.
 * @param offer  what it answers, NULL if that was not seen
 * @param note   its streams are set
 * @return the agreement of the body that the peer reads
 */
sf_agreement sf_agreement_judge(const sf_offer *offer, const sf_step *step, sf_call_note *note);

/** Adds to the agreement of one hop what another hop of the same path has agreed on the same offer. */
void sf_agreement_join_hop(sf_agreement *agreement, const sf_agreement *hop);

/**
 * Sets what the row of the call says: the agreements of all confirmed dialogs together, else that of the newest.
 * @param newest  the dialog that has changed, or NULL
 */
void sf_agreement_settle(sf_call *call, const sf_dialog *newest);

#endif
