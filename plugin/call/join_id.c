/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * An id that was made at random has many different letters.
 */
#include "join_id.h"

#include <string.h>

bool sf_is_join_id(sf_slice text, size_t fewest_letters)
{
    enum { FEWEST_DIFFERENT = 4 };
    char seen[FEWEST_DIFFERENT] = { 0 };
    size_t different = 0;

    for (size_t i = 0; i < text.length && different < FEWEST_DIFFERENT; i++) {
        if (!memchr(seen, text.text[i], different)) {
            seen[different++] = text.text[i];
        }
    }
    return different == FEWEST_DIFFERENT && text.length >= fewest_letters;
}
