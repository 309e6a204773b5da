/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a support ticket says of the media packets of a call.
 */
#ifndef SF_DISSECT_STATISTICS_TICKET_MEDIA_H
#define SF_DISSECT_STATISTICS_TICKET_MEDIA_H

#include <glib.h>

#include "call/call.h"

/**
 * Appends what was seen of the media of a call and its sessions, and of what that is if it is mixed or partly undetermined:
 * `Mixed (from the caller: Clear RTP; from the callee: SRTP, authenticated)`.
 * @param cell  what the table says
 */
void sf_ticket_write_seen(GString *text, const sf_call *call, const char *cell);

/**
 * Appends lines for the call and its sessions with media: media that should have been seen and was not; what passed
 * otherwise than the answer agreed, where packets prove it; codecs that the receiver did not list; packets that are missing,
 * and such as came again. Each has the side that sent them. No line for what did
 * not happen.
 */
void sf_ticket_write_media(GString *text, const sf_call *call);

#endif
