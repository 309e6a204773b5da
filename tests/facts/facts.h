/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What must hold for the facts of any input whatsoever: the unit tests over all
 * prefixes and the fuzzer call it. It walks over all facts: facts.c over those of
 * a message, walk_headers.c and walk_media.c over their parts, with the steps of
 * walk.h. A new member of the engine's facts is visited in one of them.
 */
#ifndef SF_TESTS_FACTS_H
#define SF_TESTS_FACTS_H

#include "engine/message.h"
#include "key_leak.h"

/**
 * Reads every byte of every slice and checks that it lies within the input (or is a literal of
 * ours, where that is allowed), that counts are within their limits, that each run lies in its
 * table, and that numbers are within the ranges that the headers of the engine promise.
 * @param input    what sf_message_read was given
 * @param places   where the keys are in it: no slice that is shown may hold a part of one; NULL: nowhere
 * @param message  what it made of it
 * @return NULL if all holds; else what does not, in a few words
 */
const char *sf_facts_fault(sf_slice input, const sf_key_places *places, const sf_message *message);

/**
 * Reads a message anew without the bytes that follow it in the input, as a later pass of Wireshark does.
 * @param message  what SF_READ_ALL made of the input
 * @param alone    room for what it makes of the message alone
 * @return NULL if that is the same; else what is not
 */
const char *sf_alone_fault(const sf_knowledge *knowledge, const sf_message *message, sf_message *alone);

/**
 * Reads a message anew as while a capture is loaded. That skips most that could be a mark; still it has to find that a
 * message is Microsoft's if any mark says so.
 * @param whole  what SF_READ_ALL made of the same input
 * @param brief  room for what SF_READ_FOR_CALL makes of it
 * @return NULL if all holds; else what does not
 */
const char *sf_extent_fault(sf_slice input, const sf_knowledge *knowledge, const sf_message *whole, sf_message *brief);

/**
 * Looks at a message at a glance. One that is plain has no mark, ends where its readers find its end, connects no calls,
 * and says the same to its call in short.
 * @param whole  room for two messages
 * @return NULL if all holds, or the message is not plain; else what does not hold
 */
const char *sf_glance_fault(sf_slice input, const sf_knowledge *knowledge, sf_message *whole, sf_message *brief);

/** What sf_facts_fault() checks, for what sf_sdp_read made of `input`. */
const char *sf_media_fault(sf_slice input, const sf_key_places *places, const sf_media *media,
                           const sf_problems *problems);

#endif
