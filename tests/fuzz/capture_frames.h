/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The frames that carry a message: in a datagram, or on a TCP connection in one segment, in many, or twice in one.
 */
#ifndef SF_TESTS_FUZZ_CAPTURE_FRAMES_H
#define SF_TESTS_FUZZ_CAPTURE_FRAMES_H

#include "engine/text/slice.h"

enum { CAPTURE_FRAMES_MAX = 128 };

typedef struct {
    sf_slice items[CAPTURE_FRAMES_MAX]; /**< Ethernet frames; owned */
    unsigned count;
    sf_slice message; /**< all that was sent; owned */
} capture_frames;

/** Makes the frames. @param choice  any number, which decides the way */
void capture_frames_make(capture_frames *frames, sf_slice message, unsigned choice);

/** Frees what the frames own. */
void capture_frames_clear(capture_frames *frames);

#endif
