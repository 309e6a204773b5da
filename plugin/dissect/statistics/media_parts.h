/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Who sent what, in words: of media that is not all of one kind, or not all proved to be.
 */
#ifndef SF_DISSECT_STATISTICS_MEDIA_PARTS_H
#define SF_DISSECT_STATISTICS_MEDIA_PARTS_H

#include "call/call.h"
#include "dissect/view/media_party.h"
#include "media/stream_sum.h"

enum { SF_MEDIA_PLACE_BYTES = 128 };

/** Who sends, or gets, the packets of a sum: `the caller`, or on a hop of several `192.0.2.1`. */
sf_media_party sf_media_sender(const sf_stream_sum *sum);
sf_media_party sf_media_receiver(const sf_stream_sum *sum);

/**
 * Where something was sent, such as ` in stream 2 of call 3`, or ` to 192.0.2.2` on a hop of several; empty where there
 * is but one.
 * @param sums     those of the session
 * @param session  number of the session with media; 0 for the call itself
 */
void sf_media_place(const sf_stream_sum *sum, const GArray *sums, uint32_t session, char place[SF_MEDIA_PLACE_BYTES]);

/**
 * Appends to what is said of a call and its sessions what each side sent, if that is mixed or partly undetermined:
 * ` (from the caller: SRTP, authenticated; from the callee: Undetermined)`. Nothing happens for any other call.
 */
void sf_media_add_parts(GString *text, const sf_call *call);

#endif
