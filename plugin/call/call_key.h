/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which call a message belongs to: its Call-ID, and its two parties by address
 * and by tag.
 */
#ifndef SF_CALL_CALL_KEY_H
#define SF_CALL_CALL_KEY_H

#include "call.h"
#include "keyed_hash.h"

enum { SF_MAX_HASHED = 127 };

/** A text and its hash, kept for the next question: it is often the same. All zero before the first. */
typedef struct {
    uint64_t hash;
    uint8_t length;
    char text[SF_MAX_HASHED];
} sf_hashed;

/** The last ones of a kind each. */
typedef struct {
    sf_hashed call_id, from_tag, to_tag;
} sf_call_hashes;

/** One of the two parties. */
typedef struct {
    sf_slice address;        /**< escapes undone, cut at its limit; in the message, or in `room` */
    uint64_t tag;            /**< hash, 0 without one */
    char room[SF_MAX_PARTY]; /**< for an address that the message does not have in one piece */
} sf_call_key_party;

/** What From, To and Call-ID of a message say. Lives where it was read, and as long as the message. */
typedef struct {
    uint64_t call_id; /**< hash, 0 without one */
    sf_call_key_party from, to;
} sf_call_key;

/** The hash that represents a Call-ID or a tag; 0 for an empty one. */
uint64_t sf_call_key_hash(const sf_hash_key *hash_key, sf_slice text);

/** The same, of a text that was often asked for last. @param last  of the same hash key */
uint64_t sf_call_key_hash_again(const sf_hash_key *hash_key, sf_slice text, sf_hashed *last);

/**
 * Reads From and To.
 * @param call_id  hash of the Call-ID
 * @param hashes   of the same hash key
 * @param key      filled from scratch
 */
void sf_call_key_read(const sf_message *message, const sf_hash_key *hash_key, uint64_t call_id, sf_call_hashes *hashes,
                      sf_call_key *key);

/**
 * True if a message belongs to a call of the same Call-ID.
 * @param begins_dialog  the message is an INVITE without a To tag
 */
bool sf_call_key_is_of(const sf_call_key *key, const sf_call *call, bool begins_dialog);

/** True if the message that begins a call has the caller of another one, by tag or by address. */
bool sf_call_key_is_of_caller(const sf_call_key *key, const sf_call *call);

/** True if the request was sent by the call's caller; of a response, the request that it responds to. */
bool sf_call_key_is_by_caller(const sf_call_key *key, const sf_call *call);

#endif
