/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SipHash with two rounds for each word and four at the end.
 */
#include "keyed_hash.h"

#include "engine/text/bytes.h"

#include <glib.h>
#include <string.h>

typedef struct {
    uint64_t a, b, c, d;
} sip_state;

static uint64_t rotate(uint64_t word, unsigned bits)
{
    return word << bits | word >> (64 - bits);
}

static inline void mix(sip_state *s)
{
    s->a += s->b;
    s->b = rotate(s->b, 13) ^ s->a;
    s->a = rotate(s->a, 32);
    s->c += s->d;
    s->d = rotate(s->d, 16) ^ s->c;
    s->a += s->d;
    s->d = rotate(s->d, 21) ^ s->a;
    s->c += s->b;
    s->b = rotate(s->b, 17) ^ s->c;
    s->c = rotate(s->c, 32);
}

static inline void take_word(sip_state *s, uint64_t word)
{
    s->d ^= word;
    mix(s);
    mix(s);
    s->a ^= word;
}

static inline uint64_t word_at(const uint8_t *bytes)
{
    uint64_t word;

    memcpy(&word, bytes, sizeof word);
    return GUINT64_FROM_LE(word);
}

/** The last bytes of a text, fewer than eight: of a longer one, without a look at each. */
static inline uint64_t last_bytes(const uint8_t *bytes, size_t length, size_t count)
{
    if (count == 0) {
        return 0; /* of an empty text there may be no bytes at all */
    }
    if (length < sizeof(uint64_t)) {
        return sf_little_endian(bytes + length - count, count);
    }
    return word_at(bytes + length - sizeof(uint64_t)) >> 8 * (sizeof(uint64_t) - count);
}

sf_hash_key sf_hash_key_random(void)
{
    return (sf_hash_key){ { (uint64_t)g_random_int() << 32 | g_random_int(),
                            (uint64_t)g_random_int() << 32 | g_random_int() } };
}

uint64_t sf_keyed_hash(const sf_hash_key *key, const void *bytes, size_t length)
{
    const uint8_t *const text = bytes;
    size_t done = 0;
    sip_state s = {
        key->words[0] ^ UINT64_C(0x736f6d6570736575),
        key->words[1] ^ UINT64_C(0x646f72616e646f6d),
        key->words[0] ^ UINT64_C(0x6c7967656e657261),
        key->words[1] ^ UINT64_C(0x7465646279746573),
    };

    for (; length - done >= sizeof(uint64_t); done += sizeof(uint64_t)) {
        take_word(&s, word_at(text + done));
    }
    take_word(&s, (uint64_t)length << 56 | last_bytes(text, length, length - done));
    s.c ^= 0xff;
    mix(&s);
    mix(&s);
    mix(&s);
    mix(&s);
    return s.a ^ s.b ^ s.c ^ s.d;
}
