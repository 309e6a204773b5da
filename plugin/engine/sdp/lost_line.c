/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Lines that lost their line end.
 */
#include "lost_line.h"

#include <glib.h>

/* What must not be taken for a part of another line: a crypto line, a candidate with its password, a key alone. The
 * last two letters, in lower case, tell most other names from them. */
static const struct {
    sf_slice name;
    char last_but_one, last;
} secrets[] = {
    { SF_LITERAL_INIT("a=crypto"), 't', 'o' },    { SF_LITERAL_INIT("a=cryptoscale"), 'l', 'e' },
    { SF_LITERAL_INIT("a=candidate"), 't', 'e' }, { SF_LITERAL_INIT("k=base64"), '6', '4' },
    { SF_LITERAL_INIT("k=clear"), 'a', 'r' },     { SF_LITERAL_INIT("inline"), 'n', 'e' },
};

/** Index of a secret name that follows something else at the end of `front`; else its length. */
static size_t secret_name_at(sf_slice front)
{
    if (front.length < 2) {
        return front.length;
    }
    char last_but_one = sf_lower(front.text[front.length - 2]);
    char last = sf_lower(front.text[front.length - 1]);
    for (size_t i = 0; i < G_N_ELEMENTS(secrets); i++) {
        sf_slice name = secrets[i].name;
        if (last == secrets[i].last && last_but_one == secrets[i].last_but_one && front.length > name.length &&
            sf_slice_ends_nocase(front, name)) {
            return front.length - name.length;
        }
    }
    return front.length;
}

bool sf_ends_with_secret_name(sf_slice front)
{
    return secret_name_at(front) < front.length;
}

/** a=crypto, a=cryptoscale, and a=acap, which may repeat one of them (RFC 5939 3.4.2). */
static bool is_crypto(sf_slice line, size_t colon)
{
    static const sf_slice letter = SF_LITERAL_INIT("a=");
    sf_slice name = sf_slice_trim(sf_slice_skip(sf_slice_head(line, colon), letter.length));

    return sf_slice_starts_nocase(line, letter) && /* m=crypto: is a line that is shown */
           (sf_slice_starts_nocase(name, SF_LITERAL("crypto")) || sf_slice_equals_nocase(name, SF_LITERAL("acap")));
}

size_t sf_lost_line_at(sf_slice line, size_t first_colon)
{
    for (size_t colon = first_colon; colon < line.length;) {
        size_t at = secret_name_at(sf_slice_head(line, colon));
        if (at < colon) {
            return is_crypto(line, first_colon) ? line.length : at;
        }
        colon += 1 + sf_slice_find(sf_slice_skip(line, colon + 1), ':');
    }
    return line.length;
}
