/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The calls of a capture. Messages are given in the order of the capture, once
 * each; time and memory are linear in their number.
 */
#ifndef SF_CALL_CALLS_H
#define SF_CALL_CALLS_H

#include "call.h"

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
 * Gives the call its number if it has none, and its conversation: call it for each message that is shown.
 * @param note  as sf_calls_take() set it; the numbers are added
 */
void sf_calls_number(sf_calls *calls, sf_call *call, sf_call_note *note);

/**
 * The newest call of that Call-ID.
 * @param call_id  hash
 * @param tags     hashes of two tags: a call that has one of them goes before; 0 for a tag that is not known
 * @return NULL if there is none
 */
sf_call *sf_calls_find(const sf_calls *calls, uint64_t call_id, const uint64_t tags[2]);

#endif
