/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Base64 in the letters of RFC 4648 and in Microsoft's.
 */
#include "base64.h"

#include "limits.h"

#include <glib.h>

enum { BITS_OF_LETTER = 6, IS_LETTER = 1 << BITS_OF_LETTER, GROUP_LETTERS = 4, GROUP_BYTES = 3 };

#define LETTER(letter, value) [letter] = IS_LETTER | (value)

/* RFC 4648 4 and 5; 0 for what is no letter */
static const uint8_t alphabet[UINT8_MAX + 1] = {
    LETTER('A', 0),  LETTER('B', 1),  LETTER('C', 2),  LETTER('D', 3),  LETTER('E', 4),  LETTER('F', 5),
    LETTER('G', 6),  LETTER('H', 7),  LETTER('I', 8),  LETTER('J', 9),  LETTER('K', 10), LETTER('L', 11),
    LETTER('M', 12), LETTER('N', 13), LETTER('O', 14), LETTER('P', 15), LETTER('Q', 16), LETTER('R', 17),
    LETTER('S', 18), LETTER('T', 19), LETTER('U', 20), LETTER('V', 21), LETTER('W', 22), LETTER('X', 23),
    LETTER('Y', 24), LETTER('Z', 25), LETTER('a', 26), LETTER('b', 27), LETTER('c', 28), LETTER('d', 29),
    LETTER('e', 30), LETTER('f', 31), LETTER('g', 32), LETTER('h', 33), LETTER('i', 34), LETTER('j', 35),
    LETTER('k', 36), LETTER('l', 37), LETTER('m', 38), LETTER('n', 39), LETTER('o', 40), LETTER('p', 41),
    LETTER('q', 42), LETTER('r', 43), LETTER('s', 44), LETTER('t', 45), LETTER('u', 46), LETTER('v', 47),
    LETTER('w', 48), LETTER('x', 49), LETTER('y', 50), LETTER('z', 51), LETTER('0', 52), LETTER('1', 53),
    LETTER('2', 54), LETTER('3', 55), LETTER('4', 56), LETTER('5', 57), LETTER('6', 58), LETTER('7', 59),
    LETTER('8', 60), LETTER('9', 61), LETTER('+', 62), LETTER('/', 63), LETTER('-', 62), LETTER('_', 63),
};

static unsigned letter_at(const char *at)
{
    return alphabet[(uint8_t)*at];
}

/* Keys and signatures are most of what is decoded, and processors decode 16 letters in the time of four. */
#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

#define HAS_WIDE_DECODING (__builtin_cpu_supports("ssse3") != 0)

enum { WIDE_GROUPS = 4 };

/** What letters of one upper half are, by their lower half. */
enum { SIGNS = 1, DIGITS = 2, FROM_A = 4, FROM_P = 8, TO_Z = 16 };

/** Marks 16 bytes that are letters of the alphabet. */
__attribute__((target("ssse3"))) static inline __m128i letters_of(__m128i lower, __m128i upper)
{
    const __m128i by_upper = _mm_setr_epi8(0, 0, SIGNS, DIGITS, FROM_A, FROM_P, FROM_A, TO_Z, 0, 0, 0, 0, 0, 0, 0, 0);
    enum { INSIDE = DIGITS | FROM_A | FROM_P | TO_Z, NO_DIGIT = FROM_A | FROM_P | TO_Z };
    const __m128i by_lower = _mm_setr_epi8(DIGITS | FROM_P | TO_Z, INSIDE, INSIDE, INSIDE, INSIDE, INSIDE, INSIDE,
                                           INSIDE, INSIDE, INSIDE, NO_DIGIT, FROM_A | SIGNS, FROM_A, FROM_A | SIGNS,
                                           FROM_A, FROM_A | FROM_P | SIGNS);

    return _mm_and_si128(_mm_shuffle_epi8(by_lower, lower), _mm_shuffle_epi8(by_upper, upper));
}

/** The values of 16 letters: each run of letters has its distance, and three signs are at another one. */
__attribute__((target("ssse3"))) static inline __m128i values_of(__m128i letters, __m128i upper)
{
    const __m128i distances = _mm_setr_epi8(0, 0, 62 - '+', 52 - '0', -'A', -'A', 26 - 'a', 26 - 'a', 0, 0, 0, 0, 0, 0,
                                            0, 0);
    __m128i values = _mm_add_epi8(letters, _mm_shuffle_epi8(distances, upper));
    __m128i dashes = _mm_and_si128(_mm_cmpeq_epi8(letters, _mm_set1_epi8('-')), _mm_set1_epi8('+' - '-'));
    __m128i slashes = _mm_and_si128(_mm_cmpeq_epi8(letters, _mm_set1_epi8('/')), _mm_set1_epi8('+' + 1 - '/'));
    __m128i underscores = _mm_and_si128(_mm_cmpeq_epi8(letters, _mm_set1_epi8('_')), _mm_set1_epi8(63 + 'A' - '_'));

    return _mm_add_epi8(_mm_add_epi8(values, dashes), _mm_add_epi8(slashes, underscores));
}

/** Decodes whole groups, WIDE_GROUPS at a time. False if there is another byte among them. */
__attribute__((target("ssse3"))) static bool decode_wide(const char *at, size_t groups, uint8_t *out)
{
    const __m128i half = _mm_set1_epi8(15);
    const __m128i bytes = _mm_setr_epi8(2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, -1, -1, -1, -1);
    __m128i others = _mm_setzero_si128();

    for (; groups > 0; groups -= WIDE_GROUPS, at += WIDE_GROUPS * GROUP_LETTERS, out += WIDE_GROUPS * GROUP_BYTES) {
        __m128i letters = _mm_loadu_si128((const __m128i *)(const void *)at);
        __m128i upper = _mm_and_si128(_mm_srli_epi16(letters, 4), half);
        __m128i known = letters_of(_mm_and_si128(letters, half), upper);
        others = _mm_or_si128(others, _mm_cmpeq_epi8(known, _mm_setzero_si128()));
        __m128i twelve_bits = _mm_maddubs_epi16(values_of(letters, upper), _mm_set1_epi32(0x01400140));
        __m128i triples = _mm_shuffle_epi8(_mm_madd_epi16(twelve_bits, _mm_set1_epi32(0x00011000)), bytes);
        memcpy(out, &triples, (size_t)WIDE_GROUPS * GROUP_BYTES);
    }
    return _mm_movemask_epi8(others) == 0;
}

/** True if there are only letters in whole groups, WIDE_GROUPS at a time. */
__attribute__((target("ssse3"))) static bool all_letters_wide(const char *at, size_t groups)
{
    const __m128i half = _mm_set1_epi8(15);
    __m128i others = _mm_setzero_si128();

    for (; groups > 0; groups -= WIDE_GROUPS, at += WIDE_GROUPS * GROUP_LETTERS) {
        __m128i letters = _mm_loadu_si128((const __m128i *)(const void *)at);
        __m128i upper = _mm_and_si128(_mm_srli_epi16(letters, 4), half);
        __m128i known = letters_of(_mm_and_si128(letters, half), upper);
        others = _mm_or_si128(others, _mm_cmpeq_epi8(known, _mm_setzero_si128()));
    }
    return _mm_movemask_epi8(others) == 0;
}

#else

#define HAS_WIDE_DECODING false
#define WIDE_GROUPS 1
#define decode_wide(at, groups, out) ((void)(at), (void)(groups), (void)(out), true)
#define all_letters_wide(at, groups) ((void)(at), (void)(groups), true)

#endif

/** How many of the groups are read the wide way. */
static size_t wide_groups(size_t groups)
{
    return groups >= WIDE_GROUPS && HAS_WIDE_DECODING ? groups - groups % WIDE_GROUPS : 0;
}

static bool all_letters(sf_slice text)
{
    size_t wide = wide_groups(text.length / GROUP_LETTERS);
    sf_slice rest = sf_slice_skip(text, wide * GROUP_LETTERS);
    unsigned all = IS_LETTER;

    for (size_t i = 0; i < rest.length; i++) {
        all &= letter_at(rest.text + i);
    }
    return all != 0 && (wide == 0 || all_letters_wide(text.text, wide));
}

/** Decodes whole groups of four letters. False if there is another byte among them. */
static bool decode_groups(const char *at, size_t groups, uint8_t *out)
{
    unsigned all = IS_LETTER;
    size_t wide = wide_groups(groups);

    if (wide > 0 && !decode_wide(at, wide, out)) {
        return false;
    }
    at += wide * GROUP_LETTERS;
    out += wide * GROUP_BYTES;
    for (groups -= wide; groups > 0; groups--, at += GROUP_LETTERS, out += GROUP_BYTES) {
        unsigned a = letter_at(at), b = letter_at(at + 1), c = letter_at(at + 2), d = letter_at(at + 3);
        all &= a & b & c & d;
        out[0] = (uint8_t)(a << 2 | (b & 0x3f) >> 4);
        out[1] = (uint8_t)(b << 4 | (c & 0x3f) >> 2);
        out[2] = (uint8_t)(c << 6 | (d & 0x3f));
    }
    return all != 0;
}

static sf_slice without_padding(sf_slice text)
{
    for (int i = 0; i < 2 && text.length > 0 && text.text[text.length - 1] == '='; i++) {
        text.length--;
    }
    return text;
}

/** Decodes one more group of letters, the last one or one that does not fit. Gives how many bytes it put out. */
static size_t decode_last_group(sf_slice text, uint8_t *out, size_t room)
{
    char group[GROUP_LETTERS] = { 'A', 'A', 'A', 'A' };
    uint8_t bytes[GROUP_BYTES];

    text = sf_slice_head(text, GROUP_LETTERS);
    memcpy(group, text.text, text.length);
    decode_groups(group, 1, bytes);
    size_t count = MIN(text.length * GROUP_BYTES / GROUP_LETTERS, room);
    memcpy(out, bytes, count);
    return count;
}

sf_status sf_base64_decode(sf_slice text, uint8_t *out, size_t capacity, size_t *length)
{
    *length = 0;
    if (text.length == 0) {
        return SF_ABSENT;
    }
    text = without_padding(text);
    if (text.length == 0 || text.length > SF_MAX_BASE64 || text.length % GROUP_LETTERS == 1) {
        return SF_MALFORMED;
    }
    size_t groups = MIN(text.length / GROUP_LETTERS, capacity / GROUP_BYTES);
    size_t written = groups * GROUP_BYTES;
    sf_slice rest = sf_slice_skip(text, groups * GROUP_LETTERS);
    bool is_sound = decode_groups(text.text, groups, out) && all_letters(rest);
    if (!is_sound) {
        memset(out, 0, written); /* it may be of a key */
        return SF_MALFORMED;
    }
    if (rest.length > 0 && written < capacity) {
        written += decode_last_group(rest, out + written, capacity - written);
    }
    *length = written;
    return SF_OK;
}

sf_status sf_ms_base64_decode(sf_slice text, size_t expected, uint8_t *out)
{
    size_t groups = (expected + 2) / 3;
    size_t padding = groups * 3 - expected;
    size_t got;

    if (text.length == 0) {
        return SF_ABSENT;
    }
    sf_slice letters = without_padding(text);
    bool padding_written_as_letters = letters.length == groups * 4;
    if (!padding_written_as_letters && letters.length != groups * 4 - padding) {
        return SF_MALFORMED;
    }
    if (padding_written_as_letters) {
        for (size_t i = 1; i <= padding; i++) {
            if (letters.text[letters.length - i] != 'A') {
                return SF_MALFORMED;
            }
        }
    }
    return sf_base64_decode(sf_slice_head(letters, groups * 4 - padding), out, expected, &got);
}

sf_status sf_ms_base64_guid(sf_slice text, sf_guid *guid)
{
    uint8_t bytes[16];
    sf_status status = sf_ms_base64_decode(text, sizeof bytes, bytes);

    if (status == SF_OK) {
        *guid = sf_guid_from_windows(bytes);
    }
    return status;
}

sf_slice sf_base64_letters_of(sf_slice base64, size_t first, size_t count)
{
    enum { BITS_OF_BYTE = 8 };
    size_t begin = first * BITS_OF_BYTE / BITS_OF_LETTER;
    size_t end = ((first + count) * BITS_OF_BYTE + BITS_OF_LETTER - 1) / BITS_OF_LETTER;

    return sf_slice_head(sf_slice_skip(base64, begin), end - begin);
}
