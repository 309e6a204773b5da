/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The hash function of a GHashTable has no context: all tables have one key.
 */
#include "secret_hash.h"

#include <stdbool.h>
#include <string.h>

#include "call/keyed_hash.h"

static sf_hash_key hash_key;
static bool has_key;

unsigned sf_secret_hash(const void *bytes, size_t length)
{
    if (!has_key) {
        hash_key = sf_hash_key_random();
        has_key = true;
    }
    return (unsigned)sf_keyed_hash(&hash_key, bytes, length);
}

unsigned sf_host_hash(const void *address)
{
    return sf_secret_hash(address, SF_HOST_BYTES);
}

gboolean sf_host_is_same(const void *one, const void *other)
{
    return memcmp(one, other, SF_HOST_BYTES) == 0;
}
