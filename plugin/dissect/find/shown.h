/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The messages that we show, by frame: where each lies, and what its call made
 * of it. Written on the first pass, read on every later one. Rows of a table,
 * since this is what a large capture costs in memory.
 */
#ifndef SF_DISSECT_FIND_SHOWN_H
#define SF_DISSECT_FIND_SHOWN_H

#include "ranges.h"

#include "call/call.h"
#include "media/flows.h"

typedef struct {
    sf_call_note note;
    sf_range range;
    uint32_t frame;
    sf_media_note media;
} sf_shown;

/** Registers the table, which empties itself with the capture. */
void sf_shown_register(void);

/** Adds a row. Takes frames in ascending order, as the first pass comes to them. */
void sf_shown_add(const sf_shown *row);

/** Index of the first row of a frame; what is there belongs to a later frame if this one has none. */
unsigned sf_shown_first(uint32_t frame);

/** The row at an index, if it belongs to the frame; else NULL. */
const sf_shown *sf_shown_at(unsigned index, uint32_t frame);

#endif
