/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which SIP messages a frame holds. Only the first pass can tell, so what we
 * show of them is kept (shown.h) and found again on every later pass.
 */
#ifndef SF_DISSECT_FIND_MESSAGES_H
#define SF_DISSECT_FIND_MESSAGES_H

#include "ranges.h"

/**
 * Takes a message.
 * @param located  where it begins, and the most that it can fill; what follows it may be in there too
 * @param sources  of the frame, the same for all of its messages
 * @return its length, or 0 if none begins there
 */
typedef unsigned sf_messages_taker(void *context, const sf_located *located, sf_data_sources *sources);

/** Registers what finds messages. Called once, when dissectors are registered. */
void sf_messages_register(void);

/**
 * Asks for the wanted field if nothing else finds messages. Called once, when all dissectors are registered.
 * @param handle  of our post-dissector
 */
void sf_messages_prepare(dissector_handle_t handle);

/** False if this frame, on the first pass over it, holds no SIP message: most frames are without SIP. */
bool sf_messages_may_be_in(packet_info *pinfo);

/**
 * Gives each SIP message that Wireshark found in this frame to `take`, on the first pass over it. Called for
 * each frame that may hold one.
 * @param tree  the frame's tree, or NULL
 */
void sf_messages_find(packet_info *pinfo, proto_tree *tree, sf_messages_taker *take, void *context);

#endif
