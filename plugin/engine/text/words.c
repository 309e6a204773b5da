/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Making the index over a table of words.
 */
#include "words.h"

void sf_word_index_make(sf_word_index *index)
{
    for (size_t row = index->count; row > 0; row--) { /* backwards: the first of equal words is found */
        sf_slice word = sf_words_at(index->rows, index->size, row - 1);
        uint8_t *head = word.length > 0 ? &index->heads[sf_word_bucket(word)] : &index->empty;
        index->next[row - 1] = *head;
        *head = (uint8_t)row;
    }
}
