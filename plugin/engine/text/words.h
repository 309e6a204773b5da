/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The one look-up in a table of words: an array of sf_slice, or of structures
 * whose first member is one. ASCII letters count in any case.
 */
#ifndef SF_ENGINE_TEXT_WORDS_H
#define SF_ENGINE_TEXT_WORDS_H

#include "slice.h"

#include <glib.h>

/** What a look-up gives if no row fits. */
#define SF_WORDS_NONE (-1)

/** The word at the beginning of a row; `size` is the size of a row. */
static inline sf_slice sf_words_at(const void *rows, size_t size, size_t index)
{
    sf_slice word;

    memcpy(&word, (const char *)rows + index * size, sizeof word);
    return word;
}

/**
 * The first row of exactly this word. Inline, so that a table in a hot place costs what its own loop would.
 * @param count  number of rows
 * @param size   size of a row in bytes
 * @return its index, or SF_WORDS_NONE
 */
static inline int sf_words_find(const void *rows, size_t count, size_t size, sf_slice word)
{
    for (size_t i = 0; i < count; i++) {
        if (sf_slice_equals_nocase(word, sf_words_at(rows, size, i))) {
            return (int)i;
        }
    }
    return SF_WORDS_NONE;
}

/**
 * The first row whose word the text begins with.
 * @return its index, or SF_WORDS_NONE
 */
static inline int sf_words_find_start(const void *rows, size_t count, size_t size, sf_slice text)
{
    for (size_t i = 0; i < count; i++) {
        if (sf_slice_starts_nocase(text, sf_words_at(rows, size, i))) {
            return (int)i;
        }
    }
    return SF_WORDS_NONE;
}

/** sf_words_find() in an array (not in a pointer to one). */
#define SF_WORDS_FIND(table, word) sf_words_find(table, G_N_ELEMENTS(table), sizeof(table)[0], word)

/** sf_words_find_start() in an array (not in a pointer to one). */
#define SF_WORDS_FIND_START(table, text) sf_words_find_start(table, G_N_ELEMENTS(table), sizeof(table)[0], text)

#endif
