/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * That no key is shown where a user who hides keys would still read it.
 */
#ifndef SF_TESTS_KEY_LEAK_H
#define SF_TESTS_KEY_LEAK_H

#include "engine/sdp/sdp.h"

/** Where the keys of a text are: from after the method of a key line to the end of that line, or of the key's letters. */
typedef struct {
    struct {
        size_t begin, end;
    } items[64];
    unsigned count;
} sf_key_places;

/** Finds the keys of a text; those beyond the room in the table are left out. */
sf_key_places sf_key_places_of(sf_slice text);

/** True if the slice, a part of the input or a literal, has a letter of a key. */
bool sf_key_places_overlap(sf_slice input, const sf_key_places *places, sf_slice s);

/**
 * Looks for keys in what problems quote, and in whatever is shown though keys are hidden: parts of key lines,
 * streams, candidates, codecs and attributes.
 * @param places  of the input, or of the text that the input was made from without moving a byte
 * @return NULL if there is none; else where it is
 */
const char *sf_key_leak(sf_slice input, const sf_key_places *places, const sf_media *media,
                        const sf_problems *problems);

#endif
