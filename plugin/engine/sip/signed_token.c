/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Decoding of signed tokens.
 */
#include "signed_token.h"

#include "engine/text/base64.h"
#include "engine/text/bytes.h"

#include <glib.h>

enum { PREFIX_LETTERS = 2, ID_BYTES = 4 };

/* The length on the wire gives the kind: 2 + 40 letters hold 28 bytes, 2 + 56 letters hold 40. */
static const struct {
    size_t letters;
    size_t mac_length;
    bool is_little_endian;
} kinds[] = {
    { 42, 20, false },
    { 58, 32, true },
};

static sf_token_part part_of(const sf_signed_token *token, size_t first, size_t length)
{
    sf_slice base64 = sf_slice_skip(token->text, PREFIX_LETTERS);

    return (sf_token_part){ token->bytes + first, length, sf_base64_letters_of(base64, first, length) };
}

sf_token_part sf_signed_token_mac(const sf_signed_token *token)
{
    return part_of(token, 0, token->mac_length);
}

sf_token_part sf_signed_token_branch(const sf_signed_token *token)
{
    return part_of(token, token->mac_length, ID_BYTES);
}

sf_token_part sf_signed_token_key(const sf_signed_token *token)
{
    return part_of(token, token->mac_length + ID_BYTES, ID_BYTES);
}

void sf_signed_token_read(sf_slice text, sf_slice element, const char *what, sf_problems *problems,
                          sf_signed_token *token)
{
    token->text = text;
    token->mac_length = 0;
    token->branch_id = 0;
    token->matches_branch = false;

    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (text.length != kinds[i].letters) {
            continue;
        }
        const uint8_t *id = token->bytes + kinds[i].mac_length;
        size_t bytes = kinds[i].mac_length + 2 * ID_BYTES;
        if (sf_ms_base64_decode(sf_slice_skip(text, PREFIX_LETTERS), bytes, token->bytes) != SF_OK) {
            sf_problems_malformed(problems, element, text, what, "is not Microsoft base64");
            return;
        }
        token->mac_length = kinds[i].mac_length;
        token->branch_id = (uint32_t)(kinds[i].is_little_endian ? sf_little_endian(id, ID_BYTES)
                                                                : sf_big_endian(id, ID_BYTES));
        return;
    }
    sf_problems_malformed(problems, element, text, what, "is not a signed token of 42 or 58 characters");
}
