/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The numbers are those of RFC 3550 A.1. Its probation is left out: the packets are known to be of a call. A mirror port
 * or a relay shows a packet twice within few others, so that 64 numbers are enough to know it again; the window is that
 * of replay protection (RFC 3711 3.3.2).
 */
#include "sequence.h"

#include <string.h>

enum { MAX_DROPOUT = 3000, MAX_MISORDER = 100, NUMBERS = 65536, WINDOW = 64 };

sf_sequence sf_sequence_of(uint16_t first)
{
    return (sf_sequence){ .base = first, .highest = first, .restart = first };
}

static void set_seen(sf_sequence *sequence, uint64_t bits)
{
    memcpy(sequence->seen, &bits, sizeof bits);
}

static uint64_t seen_of(const sf_sequence *sequence)
{
    uint64_t bits;

    memcpy(&bits, sequence->seen, sizeof bits);
    return bits;
}

/** Numbers of the present run, from its first to its highest. */
static uint32_t run_length(const sf_sequence *sequence)
{
    return (uint32_t)sequence->roll_overs * NUMBERS + sequence->highest - sequence->base + 1;
}

/** A number that is not above the highest one; false if it came before. */
static bool take_late(sf_sequence *sequence, unsigned back)
{
    if (back < WINDOW) {
        uint64_t bit = UINT64_C(1) << back, seen = seen_of(sequence);
        if (seen & bit) {
            return false;
        }
        set_seen(sequence, seen | bit);
    }
    sequence->others += back >= run_length(sequence);
    return true;
}

/** A number far from the others: a stray, unless the next packet follows it. False if it is the stray once more. */
static bool take_far(sf_sequence *sequence, uint16_t number)
{
    enum { THIS_AND_ITS_PREDECESSOR = 3 };

    if (number == (uint16_t)(sequence->restart - 1)) {
        return false;
    }
    if (number != sequence->restart) {
        sequence->restart = (uint16_t)(number + 1);
        sequence->others++;
        return true;
    }
    sequence->others += run_length(sequence) - 1; /* less the one before, which looked like a stray */
    sequence->base = (uint16_t)(number - 1);
    sequence->highest = number;
    sequence->roll_overs = sequence->base > number;
    set_seen(sequence, THIS_AND_ITS_PREDECESSOR);
    return true;
}

bool sf_sequence_take(sf_sequence *sequence, uint16_t number)
{
    unsigned step = (uint16_t)(number - sequence->highest), back = (uint16_t)(sequence->highest - number);
    bool is_new = true;

    if (step > 0 && step < MAX_DROPOUT) {
        set_seen(sequence, (step < WINDOW ? seen_of(sequence) << step : 0) | 1);
        sequence->roll_overs = (uint16_t)(sequence->roll_overs + (number < sequence->highest));
        sequence->highest = number;
        sequence->restart = number;
    } else {
        is_new = back < MAX_MISORDER ? take_late(sequence, back) : take_far(sequence, number);
    }
    if (is_new) {
        sequence->packets++;
    } else {
        sequence->duplicates++;
    }
    return is_new;
}

uint32_t sf_sequence_lost(const sf_sequence *sequence)
{
    uint32_t lost = sequence->others + run_length(sequence) - sequence->packets;

    return lost <= INT32_MAX ? lost : 0; /* below 0 if packets came twice, but further apart than is noticed */
}
