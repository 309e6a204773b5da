/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Lines that lost their line end.
 */
#include "lost_line.h"

#include <glib.h>

/* What must not be taken for a part of another line: a crypto line, a candidate with its password, a key alone. */
static const sf_slice secret_names[] = {
    SF_LITERAL_INIT("a=crypto"), SF_LITERAL_INIT("a=cryptoscale"), SF_LITERAL_INIT("a=candidate"),
    SF_LITERAL_INIT("k=base64"), SF_LITERAL_INIT("k=clear"),       SF_LITERAL_INIT("inline"),
};

/** False for most names, at the cost of two letters. */
static bool may_end_alike(sf_slice a, sf_slice b)
{
    return sf_may_be_same_letter(a.text[a.length - 1], b.text[b.length - 1]) &&
           sf_may_be_same_letter(a.text[a.length - 2], b.text[b.length - 2]);
}

/** Index of a secret name that follows something else at the end of `front`; else its length. */
static size_t secret_name_at(sf_slice front)
{
    for (size_t i = 0; i < G_N_ELEMENTS(secret_names); i++) {
        sf_slice name = secret_names[i];
        if (front.length > name.length && may_end_alike(front, name) && sf_slice_ends_nocase(front, name)) {
            return front.length - name.length;
        }
    }
    return front.length;
}

static bool is_crypto(sf_slice line, size_t colon)
{
    sf_slice name = sf_slice_trim(sf_slice_skip(sf_slice_head(line, colon), sizeof "a=" - 1));

    return sf_slice_starts_nocase(name, SF_LITERAL("crypto"));
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
