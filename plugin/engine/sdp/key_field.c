/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * k= lines.
 */
#include "key_field.h"

#include "engine/text/words.h"

static const struct {
    sf_slice word;
    bool holds_key;
} methods[] = {
    { SF_LITERAL_INIT("base64"), true },
    { SF_LITERAL_INIT("clear"), true },
    { SF_LITERAL_INIT("uri"), false },
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

    int known = SF_WORDS_FIND(methods, sf_slice_trim(method));
    if (known != SF_WORDS_NONE) {
        field.safe_text = sf_slice_head(line, colon + 1);
        field.method = methods[known].word.text;
        field.holds_key = methods[known].holds_key;
    }
    return field;
}
