/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The numbers are those of RFC 3550 A.1. Its probation is left out: the packets are known to be of a call.
 */
#include "sequence.h"

enum { MAX_DROPOUT = 3000, MAX_MISORDER = 100, NUMBERS = 65536 };

sf_sequence sf_sequence_of(uint16_t first)
{
    return (sf_sequence){ .base = first, .highest = first, .restart = first };
}

/** Numbers of the present run, from its first to its highest. */
static uint32_t run_length(const sf_sequence *sequence)
{
    return sequence->cycles + sequence->highest - sequence->base + 1;
}

void sf_sequence_take(sf_sequence *sequence, uint16_t number)
{
    uint16_t step = (uint16_t)(number - sequence->highest);

    if (step < MAX_DROPOUT) {
        sequence->cycles += number < sequence->highest ? NUMBERS : 0;
        sequence->highest = number;
        sequence->restart = number;
    } else if (step <= NUMBERS - MAX_MISORDER) {
        if (number != sequence->restart) {
            sequence->restart = (uint16_t)(number + 1);
            return; /* a stray, unless the next packet follows it */
        }
        sequence->missing += run_length(sequence);
        sequence->base = (uint16_t)(number - 1);
        sequence->highest = number;
        sequence->cycles = sequence->base > number ? NUMBERS : 0;
        sequence->restart = number;
        sequence->missing--; /* the one before, which looked like a stray */
    }
    sequence->missing--;
}

uint32_t sf_sequence_lost(const sf_sequence *sequence)
{
    uint32_t lost = sequence->missing + run_length(sequence);

    return lost <= INT32_MAX ? lost : 0; /* below 0 with more packets than numbers */
}
