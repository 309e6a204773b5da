/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A look ahead for a rare letter, for who asks of one part of a text after the
 * other whether it has the letter: one search answers for many short parts.
 */
#ifndef SF_ENGINE_TEXT_AHEAD_H
#define SF_ENGINE_TEXT_AHEAD_H

#include "slice.h"

typedef struct {
    const char *at;  /**< the letter is not between the part that was asked for last and here */
    const char *end; /**< of the text */
    char letter;
    bool is_hit; /**< it is at `at` */
} sf_ahead;

/** Nothing is looked at before it is asked for. */
static inline sf_ahead sf_ahead_over(sf_slice text, char letter)
{
    return (sf_ahead){ text.text, sf_slice_end(text), letter, false };
}

/** True if the letter is in a part of the text; parts are asked for in their order. */
static inline bool sf_ahead_is_in(sf_ahead *ahead, sf_slice part)
{
    enum { STEP = 2048 }; /* what is looked at in vain costs no more than a few headers do */
    const char *const end = sf_slice_end(part);

    if (ahead->at < part.text) {
        ahead->at = part.text;
        ahead->is_hit = false;
    }
    while (ahead->at < end && !ahead->is_hit) {
        sf_slice step = sf_slice_head(sf_slice_between(ahead->at, ahead->end), STEP);
        size_t found = sf_slice_find(step, ahead->letter);
        ahead->is_hit = found < step.length;
        ahead->at += found;
    }
    return ahead->at < end;
}

#endif
