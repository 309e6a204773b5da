/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How many packets of a source came, came twice, or were lost, by their sequence numbers (RFC 3550 A.1 and A.3).
 */
#ifndef SF_MEDIA_SEQUENCE_H
#define SF_MEDIA_SEQUENCE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/** The sequence numbers of a source, whose sender may begin anew at any number. */
typedef struct {
    uint32_t seen[2];    /**< 64 bits as in memory: bit n is set if `highest` - n came */
    uint32_t packets;    /**< each number once */
    uint32_t duplicates; /**< packets whose number had come */
    uint32_t others; /**< numbers that count beside those of this run: of earlier runs, of strays, and before `base` */
    uint16_t roll_overs; /**< of this run */
    uint16_t restart;    /**< the number that would prove that a new run has begun; `highest` if none would */
    uint16_t base;       /**< first of this run */
    uint16_t highest;    /**< of this run */
} sf_sequence;

/** The numbers of a source that begins with `first`, which sf_sequence_take() has still to take. */
sf_sequence sf_sequence_of(uint16_t first);

/**
 * Takes a packet, in the order of the capture.
 * @return false for a duplicate: its number is one of the 64 up to the highest, and has come before
 */
bool sf_sequence_take(sf_sequence *sequence, uint16_t number);

/** Does the same in few steps for a number that is the next after the highest; false, and nothing, for any other. */
static inline bool sf_sequence_take_next(sf_sequence *sequence, uint16_t number)
{
    uint64_t seen;

    if (number != (uint16_t)(sequence->highest + 1)) {
        return false;
    }
    memcpy(&seen, sequence->seen, sizeof seen);
    seen = seen << 1 | 1;
    memcpy(sequence->seen, &seen, sizeof seen);
    sequence->roll_overs = (uint16_t)(sequence->roll_overs + (number == 0));
    sequence->highest = number;
    sequence->restart = number;
    sequence->packets++;
    return true;
}

/** Packets that are missing among the numbers so far. A gap of 3000 numbers or more is a new beginning, no loss. */
uint32_t sf_sequence_lost(const sf_sequence *sequence);

#endif
