/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Who sent what, in words: of media that is not all of one kind, or not all proved to be.
 */
#ifndef SF_DISSECT_STATISTICS_MEDIA_PARTS_H
#define SF_DISSECT_STATISTICS_MEDIA_PARTS_H

#include "call/call.h"
#include "media/stream_sum.h"

enum { SF_MEDIA_PLACE_BYTES = 64 };

/** `the caller` or `the callee`. */
const char *sf_media_sender(const sf_stream_sum *sum);

/**
 * In which stream of which call something was sent, such as ` in stream 2 of call 3`; empty where there is but one.
 * @param session  number of the session with media; 0 for the call itself
 * @param count    sums of it
 */
void sf_media_place(const sf_stream_sum *sum, uint32_t session, unsigned count, char place[SF_MEDIA_PLACE_BYTES]);

/**
 * Appends to what is said of a call and its sessions what each side sent, if that is mixed or partly undetermined:
 * ` (from the caller: SRTP, authenticated; from the callee: Undetermined)`. Nothing happens for any other call.
 */
void sf_media_add_parts(GString *text, const sf_call *call);

#endif
