/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A byte may be the first letter of a pair if both of its halves have the pair's bit in their tables, and the byte after
 * it may be the second one. Processors look up 16 halves in one instruction.
 */
#include "letter_pairs.h"

#include <stdbool.h>
#include <string.h>

enum { LETTER_CASE = 'a' - 'A', FIRST_LOW = 0, FIRST_HIGH, SECOND_LOW, SECOND_HIGH };

static void add_letter(sf_letter_pairs *pairs, unsigned table, char letter, uint8_t bit)
{
    unsigned char c = (unsigned char)letter;

    pairs->nibbles[table][c & 15] |= bit;
    pairs->nibbles[table + 1][c >> 4] |= bit;
    if (letter >= 'a' && letter <= 'z') {
        pairs->nibbles[table + 1][(c ^ LETTER_CASE) >> 4] |= bit;
    }
}

void sf_letter_pairs_add(sf_letter_pairs *pairs, const char *pair, unsigned group)
{
    uint8_t bit = (uint8_t)(1u << group);

    add_letter(pairs, FIRST_LOW, pair[0], bit);
    add_letter(pairs, SECOND_LOW, pair[1], bit);
}

/** The bits of the pairs that a letter may be in. */
static inline unsigned bits_of(const sf_letter_pairs *pairs, unsigned table, char letter)
{
    unsigned char c = (unsigned char)letter;

    return pairs->nibbles[table][c & 15] & pairs->nibbles[table + 1][c >> 4];
}

/** Takes SF_PAIRS_CHUNK + 1 bytes. */
static uint32_t find_in_chunk(const sf_letter_pairs *pairs, const char *text)
{
    uint32_t marks = 0;

    for (unsigned i = 0; i < SF_PAIRS_CHUNK; i++) {
        unsigned bits = bits_of(pairs, FIRST_LOW, text[i]);
        if (bits != 0 && (bits & bits_of(pairs, SECOND_LOW, text[i + 1])) != 0) {
            marks |= UINT32_C(1) << i;
        }
    }
    return marks;
}

/** Goes on to the first chunk with a mark, to `until`, or to the last bytes, one chunk at most. Returns the marks. */
static uint32_t skip_chunks(const sf_letter_pairs *pairs, const char **at, const char *until, const char *end)
{
    uint32_t marks = 0;

    for (; *at < until && end - *at > SF_PAIRS_CHUNK; *at += SF_PAIRS_CHUNK) {
        marks = find_in_chunk(pairs, *at);
        if (marks != 0) {
            break;
        }
    }
    return marks;
}

#if defined(__x86_64__) && defined(__GNUC__)

#include <immintrin.h>

/** Marks 16 places. Takes 17 bytes. */
__attribute__((target("ssse3"))) static inline unsigned find_in_half(const __m128i tables[4], const char *text)
{
    const __m128i half = _mm_set1_epi8(15);
    __m128i first = _mm_loadu_si128((const __m128i *)(const void *)text);
    __m128i second = _mm_loadu_si128((const __m128i *)(const void *)(text + 1));
    __m128i bits = _mm_and_si128(
        _mm_and_si128(_mm_shuffle_epi8(tables[FIRST_LOW], _mm_and_si128(first, half)),
                      _mm_shuffle_epi8(tables[FIRST_HIGH], _mm_and_si128(_mm_srli_epi16(first, 4), half))),
        _mm_and_si128(_mm_shuffle_epi8(tables[SECOND_LOW], _mm_and_si128(second, half)),
                      _mm_shuffle_epi8(tables[SECOND_HIGH], _mm_and_si128(_mm_srli_epi16(second, 4), half))));

    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bits, _mm_setzero_si128())) ^ 0xffff;
}

/** As skip_chunks(). */
__attribute__((target("ssse3"))) static uint32_t skip_by_shuffling(const sf_letter_pairs *pairs, const char **at,
                                                                   const char *until, const char *end)
{
    const char *chunk = *at;
    uint32_t marks = 0;
    __m128i tables[4];

    for (unsigned i = 0; i < 4; i++) {
        tables[i] = _mm_loadu_si128((const __m128i *)(const void *)pairs->nibbles[i]);
    }
    for (; chunk < until && end - chunk > SF_PAIRS_CHUNK; chunk += SF_PAIRS_CHUNK) {
        marks = find_in_half(tables, chunk) | find_in_half(tables, chunk + 16) << 16;
        if (marks != 0) {
            break;
        }
    }
    *at = chunk;
    return marks;
}

#ifndef _WIN32 /* where compilers do not align 32 bytes on the stack */

/** As skip_chunks(). */
__attribute__((target("avx2"))) static uint32_t skip_by_wide_shuffling(const sf_letter_pairs *pairs, const char **at,
                                                                       const char *until, const char *end)
{
    const __m256i half = _mm256_set1_epi8(15);
    const char *chunk = *at;
    uint32_t marks = 0;
    __m256i tables[4];

    for (unsigned i = 0; i < 4; i++) {
        tables[i] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)pairs->nibbles[i]));
    }
    for (; chunk < until && end - chunk > SF_PAIRS_CHUNK; chunk += SF_PAIRS_CHUNK) {
        __m256i first = _mm256_loadu_si256((const __m256i *)(const void *)chunk);
        __m256i second = _mm256_loadu_si256((const __m256i *)(const void *)(chunk + 1));
        __m256i bits = _mm256_and_si256(
            _mm256_and_si256(_mm256_shuffle_epi8(tables[FIRST_LOW], _mm256_and_si256(first, half)),
                             _mm256_shuffle_epi8(tables[FIRST_HIGH],
                                                 _mm256_and_si256(_mm256_srli_epi16(first, 4), half))),
            _mm256_and_si256(_mm256_shuffle_epi8(tables[SECOND_LOW], _mm256_and_si256(second, half)),
                             _mm256_shuffle_epi8(tables[SECOND_HIGH],
                                                 _mm256_and_si256(_mm256_srli_epi16(second, 4), half))));
        int empty = _mm256_movemask_epi8(_mm256_cmpeq_epi8(bits, _mm256_setzero_si256()));
        marks = ~(uint32_t)empty;
        if (empty != -1) {
            break;
        }
    }
    *at = chunk;
    return marks;
}

#define HAS_WIDE_SHUFFLING (__builtin_cpu_supports("avx2") != 0)

#else

#define HAS_WIDE_SHUFFLING false
#define skip_by_wide_shuffling skip_by_shuffling

#endif

#define HAS_SHUFFLING (__builtin_cpu_supports("ssse3") != 0)

#else

#define HAS_SHUFFLING false
#define skip_by_shuffling skip_chunks
#define HAS_WIDE_SHUFFLING false
#define skip_by_wide_shuffling skip_chunks

#endif

typedef uint32_t skip_to_pairs(const sf_letter_pairs *pairs, const char **at, const char *until, const char *end);

static inline uint32_t next(skip_to_pairs *skip, const sf_letter_pairs *pairs, const char **at, const char *until,
                            const char *end)
{
    char room[SF_PAIRS_CHUNK + 1] = { 0 };
    const char *in_room = room;
    uint32_t marks = skip(pairs, at, until, end);
    size_t left = (size_t)(end - *at);

    if (marks != 0 || *at >= until) {
        return marks;
    }
    memcpy(room, *at, left); /* a chunk at most */
    marks = skip(pairs, &in_room, room + sizeof room, room + sizeof room);
    *at = marks == 0 ? end : *at;
    return marks;
}

uint32_t sf_letter_pairs_next_by(sf_pairs_way way, const sf_letter_pairs *pairs, const char **at, const char *until,
                                 const char *end)
{
    if (way == SF_PAIRS_WIDE && HAS_WIDE_SHUFFLING) {
        return next(skip_by_wide_shuffling, pairs, at, until, end);
    }
    if (way != SF_PAIRS_SINGLE && HAS_SHUFFLING) {
        return next(skip_by_shuffling, pairs, at, until, end);
    }
    return next(skip_chunks, pairs, at, until, end);
}

uint32_t sf_letter_pairs_next(const sf_letter_pairs *pairs, const char **at, const char *until, const char *end)
{
    return sf_letter_pairs_next_by(SF_PAIRS_WIDE, pairs, at, until, end);
}
