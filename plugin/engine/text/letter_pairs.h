/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The search for many pairs of letters at once, in any case: what begins a
 * search for words that are rare.
 */
#ifndef SF_ENGINE_TEXT_LETTER_PAIRS_H
#define SF_ENGINE_TEXT_LETTER_PAIRS_H

#include <stddef.h>
#include <stdint.h>

/** Places that are looked at together. */
enum { SF_PAIRS_CHUNK = 32 };

/** A set of pairs, empty while all is 0. */
typedef struct {
    uint8_t nibbles[4]
                   [16]; /**< bits of groups by the low and the high half of the first letter, and of the second one */
} sf_letter_pairs;

/**
 * Adds the pair of letters at `pair`, lower case.
 * @param group  0 to 7. Any first letter of a group is found before any second one of it, and also what has half of one
 *               letter and half of another: the more alike they are, the less is found beside the pairs
 */
void sf_letter_pairs_add(sf_letter_pairs *pairs, const char *pair, unsigned group);

/**
 * Looks for pairs.
 * @param at     where to begin; set to the place of the lowest bit, or if there are no more pairs to where it looked no more
 * @param until  where to stop looking, or a chunk further on; not behind `end`
 * @param end    of the text
 * @return a bit for each of SF_PAIRS_CHUNK places from there on, the lowest first, where a pair may begin; each is set
 *         where one does. 0 if there are no more
 */
uint32_t sf_letter_pairs_next(const sf_letter_pairs *pairs, const char **at, const char *until, const char *end);

/** How many bytes are looked at in one instruction: all ways find the same. */
typedef enum {
    SF_PAIRS_SINGLE,
    SF_PAIRS_16,
    SF_PAIRS_WIDE /**< 32, as far as the machine can */
} sf_pairs_way;

/** The same in one way, or in the next best that the machine has. */
uint32_t sf_letter_pairs_next_by(sf_pairs_way way, const sf_letter_pairs *pairs, const char **at, const char *until,
                                 const char *end);

/** Index of the first bit that is set. Takes marks != 0. */
static inline unsigned sf_first_pair(uint32_t marks)
{
#ifdef __GNUC__
    return (unsigned)__builtin_ctz(marks);
#else
    unsigned index = 0;
    for (; !(marks & 1); marks >>= 1) {
        index++;
    }
    return index;
#endif
}

#endif
