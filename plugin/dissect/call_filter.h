/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Analyze > Conversation Filter > SkypeFed call: from a message to all of its
 * call.
 */
#ifndef SF_DISSECT_CALL_FILTER_H
#define SF_DISSECT_CALL_FILTER_H

/** Registers the entry of the menu. Called once. */
void sf_call_filter_register(void);

#endif
