/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The calls of a capture. Messages are given in the order of the capture, once
 * each; time and memory are linear in their number.
 */
#ifndef SF_CALL_CALLS_H
#define SF_CALL_CALLS_H

#include "call.h"
#include "engine/glance.h"

typedef struct sf_calls sf_calls;

/**
 * An empty set of calls.
 * @param memory    where the set, its calls and all notes live; copied
 * @param hash_key  copied
 */
sf_calls *sf_calls_new(const sf_memory *memory, const sf_hash_key *hash_key);

/**
 * Takes in one message.
 * @param message  its facts; nothing of them is kept by reference
 * @param frame    number of its frame
 * @param time     microseconds since 1970
 * @param note     set to what holds at this message; what it points at lives as long as the set
 * @return the call or other conversation it belongs to; NULL if it belongs to none and has no mark.
 *         note->call is NULL unless that is a call
 */
sf_call *sf_calls_take(sf_calls *calls, const sf_message *message, uint32_t frame, int64_t time, sf_call_note *note);

/**
 * True if Teams is at no end of a message that only names it, as far as its call tells: what was seen of that before, if
 * anything was, named Teams no more than this.
 */
bool sf_calls_is_past_teams(sf_calls *calls, const sf_message *message);

/**
 * Notes of a call that Teams is at neither end, or, once a message shows better, that it is.
 * @param message  of the call, as it was taken in
 * @param note     as sf_calls_take() set it, and whether the message is past Teams
 * @param has_end  Teams may be at an end of the message
 */
void sf_call_settle_teams(sf_call *call, const sf_message *message, const sf_call_note *note, bool has_end);

/**
 * Sets a message aside that has no mark, of a call that has none so far: in place of sf_message_read() and
 * sf_calls_take(), and at a fraction of their cost. Should its call be asked for later, it is taken in then, as of its
 * own time.
 * @param glance     as sf_glance_begin() left it, when it returned true; its text is set if this returns true, and
 *                   nothing of it is kept by reference
 * @param knowledge  must outlive the set
 * @return false if the message is to be read and taken in
 */
bool sf_calls_set_aside(sf_calls *calls, sf_glance *glance, const sf_knowledge *knowledge, uint32_t frame,
                        int64_t time);

/**
 * Gives the call its number if it has none, and its conversation: call it for each message that is shown.
 * @param note  as sf_calls_take() set it; the numbers are added
 */
void sf_calls_number(sf_calls *calls, sf_call *call, sf_call_note *note);

/**
 * The call that ids name which come from elsewhere than the message.
 * @param from_tag, to_tag  one of them must be the caller's, in either order; if both are empty, only one call may have
 *                          the Call-ID
 * @return NULL if there is none
 */
sf_call *sf_calls_of_dialog(sf_calls *calls, sf_slice call_id, sf_slice from_tag, sf_slice to_tag);

/** Where the set and its calls live; as long as the set. */
const sf_memory *sf_calls_memory(const sf_calls *calls);

#endif
