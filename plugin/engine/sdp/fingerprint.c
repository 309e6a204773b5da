/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Fingerprints of certificates.
 */
#include "fingerprint.h"

#include "engine/text/token.h"
#include "engine/text/words.h"

#include <glib.h>

/** Hash functions and the bytes that they give (RFC 8122 5). */
static const struct {
    sf_slice name;
    unsigned bytes;
} functions[] = {
    { SF_LITERAL_INIT("sha-256"), 32 }, { SF_LITERAL_INIT("sha-1"), 20 },   { SF_LITERAL_INIT("sha-384"), 48 },
    { SF_LITERAL_INIT("sha-512"), 64 }, { SF_LITERAL_INIT("sha-224"), 28 }, { SF_LITERAL_INIT("md5"), 16 },
    { SF_LITERAL_INIT("md2"), 16 },
};

/** Number of bytes in `4A:AD:B9`; 0 if it is anything else. */
static size_t count_bytes(sf_slice text)
{
    enum { PAIR = 3 }; /* with its colon */

    if (text.length % PAIR != PAIR - 1) {
        return 0;
    }
    for (size_t i = 0; i < text.length; i++) {
        bool is_right = i % PAIR == PAIR - 1 ? text.text[i] == ':' : g_ascii_isxdigit(text.text[i]);
        if (!is_right) {
            return 0;
        }
    }
    return (text.length + 1) / PAIR;
}

bool sf_fingerprint_is_sound(sf_slice value)
{
    sf_cursor words = sf_cursor_over(value);
    sf_slice name = { NULL, 0 };
    sf_slice hash = { NULL, 0 };

    sf_word_next(&words, &name);
    sf_word_next(&words, &hash);
    size_t bytes = count_bytes(hash);
    int row = SF_WORDS_FIND(functions, name);
    return bytes > 0 && (row == SF_WORDS_NONE || bytes == functions[row].bytes);
}
