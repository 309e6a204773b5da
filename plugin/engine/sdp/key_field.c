/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * k= lines.
 */
#include "key_field.h"

#include <glib.h>

static const struct {
    sf_slice word;
    bool holds_key;
} methods[] = {
    { SF_LITERAL("base64"), true },
    { SF_LITERAL("clear"), true },
    { SF_LITERAL("uri"), false },
};

bool sf_key_field_is_filled(sf_slice line)
{
    return sf_slice_trim(sf_slice_skip(line, sf_slice_find(line, ':') + 1)).length > 0;
}

sf_key_field sf_key_field_of(sf_slice line)
{
    const size_t front = sizeof "k=" - 1;
    size_t colon = sf_slice_find(line, ':');
    sf_slice method = sf_slice_skip(sf_slice_head(line, colon), front);
    sf_key_field field = {
        .safe_text = sf_slice_head(line, front),
        .length = sf_slice_trim(sf_slice_skip(line, colon + 1)).length,
        .holds_key = true,
    };

    for (size_t i = 0; i < G_N_ELEMENTS(methods); i++) {
        if (sf_slice_equals_nocase(sf_slice_trim(method), methods[i].word)) {
            field.safe_text = sf_slice_head(line, colon + 1);
            field.method = methods[i].word.text;
            field.holds_key = methods[i].holds_key;
        }
    }
    return field;
}
