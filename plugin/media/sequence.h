/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * How many packets of a source were lost, by their sequence numbers (RFC 3550 A.1 and A.3).
 */
#ifndef SF_MEDIA_SEQUENCE_H
#define SF_MEDIA_SEQUENCE_H

#include <stdint.h>

/** The sequence numbers of a source, whose sender may begin anew at any number. */
typedef struct {
    uint32_t cycles;  /**< 65536 for each roll-over of this run */
    uint32_t missing; /**< packets of the runs before, by their numbers, less those of all runs that came */
    uint16_t restart; /**< the number that would prove that a new run has begun; `highest` if none would */
    uint16_t base;    /**< first of this run */
    uint16_t highest; /**< of this run */
} sf_sequence;

/** The numbers of a source that begins with `first`, which sf_sequence_take() has still to take. */
sf_sequence sf_sequence_of(uint16_t first);

/** Takes a packet, in the order of the capture. */
void sf_sequence_take(sf_sequence *sequence, uint16_t number);

/**
 * Packets that are missing among the numbers so far. A duplicate makes up for one, as in a report of RTCP; 0 if there
 * are more packets than numbers. A gap of 3000 numbers or more is a new beginning, no loss.
 */
uint32_t sf_sequence_lost(const sf_sequence *sequence);

#endif
