/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Decoding of signed tokens.
 */
#include "signed_token.h"

#include "engine/text/base64.h"

enum { PREFIX_LETTERS = 2, ID_BYTES = 4 };

/* Length on the wire tells the kind: 2 + 40 letters hold 28 bytes, 2 + 56 letters hold 40. */
static const struct {
    size_t letters;
    size_t mac_length;
    bool little_endian;
} kinds[] = {
    { 42, 20, false },
    { 58, 32, true },
};

uint32_t sf_signed_token_branch_id(const sf_signed_token *token, bool little_endian)
{
    const uint8_t *id = token->bytes + token->mac_length;

    if (little_endian) {
        return (uint32_t)id[3] << 24 | (uint32_t)id[2] << 16 | (uint32_t)id[1] << 8 | id[0];
    }
    return (uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 | (uint32_t)id[2] << 8 | id[3];
}

sf_status sf_signed_token_read(sf_slice text, sf_slice element, const char *what,
                               sf_problems *problems, sf_signed_token *token)
{
    token->text = text;
    token->mac_length = 0;
    token->branch_id = 0;
    token->matches_branch = false;

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (text.length != kinds[i].letters) {
            continue;
        }
        size_t bytes = kinds[i].mac_length + 2 * ID_BYTES;
        if (sf_ms_base64_decode(sf_slice_skip(text, PREFIX_LETTERS), bytes, token->bytes) != SF_OK) {
            sf_problems_malformed(problems, element, text, what, "is not Microsoft base64");
            return SF_MALFORMED;
        }
        token->mac_length = kinds[i].mac_length;
        token->branch_id = sf_signed_token_branch_id(token, kinds[i].little_endian);
        return SF_OK;
    }
    sf_problems_malformed(problems, element, text, what, "is not a signed token of 42 or 58 letters");
    return SF_MALFORMED;
}
