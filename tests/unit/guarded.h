/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Test input right before a page that cannot be read: whoever looks one byte
 * too far crashes, with or without a sanitizer.
 */
#ifndef SF_TESTS_GUARDED_H
#define SF_TESTS_GUARDED_H

#include "engine/text/slice.h"

#include <glib.h>

typedef struct {
    char *pages;     /**< owned; the last page is the guard */
    size_t capacity; /**< bytes in front of the guard */
    size_t count;    /**< of the pages, the guard included */
    sf_slice text;   /**< what was put there last; ends where the guard begins */
} sf_guarded;

/** Room for texts of up to `capacity` bytes, one at a time. Aborts when memory cannot be mapped. */
sf_guarded sf_guarded_new(size_t capacity);

/** Moves a copy of `text` (at most `capacity` bytes) in front of the guard, over the one before. */
sf_slice sf_guarded_put(sf_guarded *guarded, sf_slice text);

/** A guarded copy of one text. An absent slice stays absent. */
sf_guarded sf_guarded_of(sf_slice text);

/** Frees the pages; the slice given out is gone. */
void sf_guarded_clear(sf_guarded *guarded);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(sf_guarded, sf_guarded_clear)

#endif
