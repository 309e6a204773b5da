/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Analyze > Conversation Filter > SkypeFed call: from a message to all of its
 * call.
 */
#ifndef SF_DISSECT_CALL_FILTER_H
#define SF_DISSECT_CALL_FILTER_H

#include "dissect/view/compat.h"

/** A display filter for all messages of the calls that a frame has messages of; to be freed with g_free(), NULL if none. */
char *sf_call_filter_of_call(uint32_t frame);

/** The same for all calls of their conversations. */
char *sf_call_filter_of_conversation(uint32_t frame);

/** The first frame of the first call that a frame has a message of; 0 if it has none. */
uint32_t sf_call_filter_first_frame(uint32_t frame);

/** Registers the entries of the menu. Called once. */
void sf_call_filter_register(void);

#endif
