/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SipHash-2-4 (Aumasson and Bernstein, 2012): a 64-bit hash under a secret key.
 *
 * The model keeps it in place of Call-IDs, tags and master keys: short whatever
 * their length, not to be turned back into the key, and no sender of messages
 * can choose texts that fall together.
 */
#ifndef SF_CALL_KEYED_HASH_H
#define SF_CALL_KEYED_HASH_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t words[2];
} sf_hash_key;

/** A key of the present process: from GLib's random numbers. */
sf_hash_key sf_hash_key_random(void);

/** The hash of `length` bytes; bytes may be NULL if length is 0. */
uint64_t sf_keyed_hash(const sf_hash_key *key, const void *bytes, size_t length);

#endif
