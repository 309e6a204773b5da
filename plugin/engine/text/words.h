/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The look-up in a table of words: an array of sf_slice, or of structures
 * whose first member is one. ASCII letters count in any case. A long table that
 * every line of a message is looked up in has an index.
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
    sf_slice at_front;

    memcpy(&at_front, (const char *)rows + index * size, sizeof at_front);
    return at_front;
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

enum { SF_WORD_BUCKETS = 128, SF_MAX_INDEXED_WORDS = 127 };

/** An index over a table of words, made when it is first used. The look-up never finds words that are empty. */
typedef struct {
    const void *rows;
    size_t count;                       /**< number of rows */
    size_t size;                        /**< of a row, in bytes */
    gsize is_made;                      /**< for g_once_init_enter() */
    uint8_t heads[SF_WORD_BUCKETS];     /**< the first row of each bucket, from 1; 0 if there is none */
    uint8_t next[SF_MAX_INDEXED_WORDS]; /**< for each row, the next one of its bucket, from 1; 0 if there is none */
    uint8_t empty;                      /**< the first row of an empty word, from 1; 0 if there is none */
} sf_word_index;

/** The initialiser of the index over an array. More than SF_MAX_INDEXED_WORDS do not compile. */
#define SF_WORD_INDEX_INIT(table)                                                                     \
    {                                                                                                 \
        .rows = (table), .count = G_N_ELEMENTS(table),                                                \
        .size = sizeof(table)[0] * sizeof(char[G_N_ELEMENTS(table) <= SF_MAX_INDEXED_WORDS ? 1 : -1]) \
    }

/** The bucket of a word that is not empty: first letter, last letter and length differ for most names. */
static inline unsigned sf_word_bucket(sf_slice word)
{
    enum { LETTER_CASE = 'a' - 'A' };
    unsigned first = (unsigned char)word.text[0] | LETTER_CASE;
    unsigned last = (unsigned char)word.text[word.length - 1] | LETTER_CASE;

    return (first + 5 * last + 11 * (unsigned)word.length) % SF_WORD_BUCKETS;
}

/** Fills the index in. */
void sf_word_index_make(sf_word_index *index);

/** Makes the index if it is not made yet. */
static inline void sf_word_index_use(sf_word_index *index)
{
    if (g_once_init_enter(&index->is_made)) {
        sf_word_index_make(index);
        g_once_init_leave(&index->is_made, 1);
    }
}

/**
 * The first row of exactly this word, as sf_words_find() gives it.
 * @return its index, or SF_WORDS_NONE
 */
static inline int sf_words_look_up(sf_word_index *index, sf_slice word)
{
    if (word.length == 0) {
        return SF_WORDS_NONE;
    }
    sf_word_index_use(index);
    for (unsigned row = index->heads[sf_word_bucket(word)]; row > 0; row = index->next[row - 1]) {
        if (sf_slice_equals_nocase(word, sf_words_at(index->rows, index->size, row - 1))) {
            return (int)row - 1;
        }
    }
    return SF_WORDS_NONE;
}

#endif
