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

static void mix(sip_state *s, unsigned rounds)
{
    while (rounds-- > 0) {
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
}

static void take_word(sip_state *s, uint64_t word)
{
    s->d ^= word;
    mix(s, 2);
    s->a ^= word;
}

sf_hash_key sf_hash_key_random(void)
{
    return (sf_hash_key){ { (uint64_t)g_random_int() << 32 | g_random_int(),
                            (uint64_t)g_random_int() << 32 | g_random_int() } };
}

uint64_t sf_keyed_hash(const sf_hash_key *key, const void *bytes, size_t length)
{
    const uint8_t *next = bytes;
    size_t left = length;
    sip_state s = {
        key->words[0] ^ UINT64_C(0x736f6d6570736575),
        key->words[1] ^ UINT64_C(0x646f72616e646f6d),
        key->words[0] ^ UINT64_C(0x6c7967656e657261),
        key->words[1] ^ UINT64_C(0x7465646279746573),
    };

    for (; left >= 8; left -= 8, next += 8) {
        uint64_t word;
        memcpy(&word, next, sizeof word);
        take_word(&s, GUINT64_FROM_LE(word));
    }
    take_word(&s, (uint64_t)length << 56 | sf_little_endian(next, left));
    s.c ^= 0xff;
    mix(&s, 4);
    return s.a ^ s.b ^ s.c ^ s.d;
}
