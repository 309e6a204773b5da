/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The calls of the capture, and which messages are ours to show: those with a
 * Microsoft mark, and those of a call in which one was seen.
 */
#ifndef SF_DISSECT_CAPTURE_CALLS_H
#define SF_DISSECT_CAPTURE_CALLS_H

#include "dissect/view/compat.h"

#include "call/call.h"
#include "engine/glance.h"

/** Registers the table, which empties itself with the capture. */
void sf_capture_calls_register(void);

/**
 * Sets a message aside on its first pass that has no mark, and none in its call so far: there is nothing to show of it.
 * @param range      begins with the message, and may have more after it
 * @param knowledge  the user's own domains and providers
 * @return the length of the message; 0 if it is to be read, and taken in
 */
size_t sf_capture_calls_set_aside(const packet_info *pinfo, sf_slice range, const sf_knowledge *knowledge);

/**
 * True if Teams is only named in From or To of a message: both ends of its packet are elsewhere, and neither the message nor
 * its call so far says more of Teams. Such is what a session border controller sends on to a carrier.
 * @param message  on its first pass, before it is taken in, as read without that knowledge
 */
bool sf_capture_calls_is_past_teams(const packet_info *pinfo, const sf_message *message);

/**
 * Takes in a message on its first pass.
 * @param shows_all  messages of calls, and those with SDP, are to be shown also without a mark
 * @param note       set to what its call made of it; what it points at lives as long as the capture
 * @return true if the message is to be shown; its call has a number then
 */
bool sf_capture_calls_take(const packet_info *pinfo, const sf_message *message, bool shows_all, sf_call_note *note);

/**
 * Takes in, for those who list calls, what a message reports on one and its first pass has left unread.
 * @param message  read with SF_READ_ALL, on a later pass
 * @param note     what sf_capture_calls_take() made of it
 */
void sf_capture_calls_take_late(const packet_info *pinfo, const sf_message *message, const sf_call_note *note);

#endif
