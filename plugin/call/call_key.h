/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which call a message belongs to: its Call-ID, and its two parties by address
 * and by tag.
 */
#ifndef SF_CALL_CALL_KEY_H
#define SF_CALL_CALL_KEY_H

#include "call.h"
#include "keyed_hash.h"

/** One of the two parties. */
typedef struct {
    char text[SF_MAX_PARTY]; /**< the address, escapes undone, cut at its limit */
    uint8_t length;
    uint64_t tag; /**< hash, 0 without one */
} sf_call_key_party;

/** What From, To and Call-ID of a message say. */
typedef struct {
    uint64_t call_id; /**< hash, 0 without one */
    sf_call_key_party from, to;
} sf_call_key;

/** The hash that represents a Call-ID or a tag; 0 for an empty one. */
uint64_t sf_call_key_hash(const sf_hash_key *hash_key, sf_slice text);

/**
 * Reads Call-ID, From and To.
 * @return false if there is no Call-ID; the parties are not set then
 */
bool sf_call_key_read(const sf_message *message, const sf_hash_key *hash_key, sf_call_key *key);

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
