/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The key of a crypto line, with its lifetime and its MKI.
 */
#include "crypto_reader.h"

#include "engine/text/base64.h"

#include <glib.h>

/** Packets: a decimal number, or `2^` and an exponent (RFC 4568 6.1); 1 to 2^48 (RFC 3711 9.2). */
static bool read_lifetime(sf_slice text, sf_number *lifetime)
{
    enum { LAST_EXPONENT = 48 };
    bool is_power = sf_slice_starts_nocase(text, SF_LITERAL("2^"));
    uint64_t number = 0;

    if (is_power) {
        number = sf_slice_decimal(sf_slice_skip(text, 2), LAST_EXPONENT, &number) == SF_OK ? UINT64_C(1) << number : 0;
    } else {
        (void)sf_slice_decimal(text, UINT64_C(1) << LAST_EXPONENT, &number);
    }
    if (number > 0) {
        *lifetime = (sf_number){ text, number };
    }
    return number > 0;
}

/** Gives why the MKI could not be read, or NULL. */
static const char *read_mki(sf_slice part, size_t colon, sf_crypto *crypto)
{
    enum { LAST_LENGTH = 128 };
    sf_number mki = { .value = 0 };
    sf_number length = { .value = 0 };

    if (sf_number_read(sf_slice_head(part, colon), UINT64_MAX, &mki) != SF_OK ||
        sf_number_read(sf_slice_skip(part, colon + 1), LAST_LENGTH, &length) != SF_OK || length.value == 0) {
        return "is not of the form value:length with a length of 1 to 128";
    }
    crypto->mki = mki;
    crypto->mki_length = length;
    return length.value < 8 && mki.value >> 8 * length.value ? "does not fit its length" : NULL;
}

/** A part after the key: the lifetime, or the MKI with its length. Gives why it could not be read, or NULL. */
static const char *read_part(sf_slice part, bool is_mki, size_t colon, sf_crypto *crypto)
{
    if (sf_number_is_present(is_mki ? crypto->mki : crypto->lifetime)) {
        return "is repeated; the first value is used";
    }
    if (is_mki) {
        return read_mki(part, colon, crypto);
    }
    return read_lifetime(part, &crypto->lifetime) ? NULL : "is not a number of packets from 1 to 2^48";
}

/** Where a part ends: at a bar, or with the text. Gives its first colon as well, or that place again. Parts are short. */
static size_t end_of_part(sf_slice text, size_t *colon)
{
    size_t first_colon = text.length;
    size_t end = 0;

    for (; end < text.length && text.text[end] != '|'; end++) {
        if (text.text[end] == ':' && first_colon == text.length) {
            first_colon = end;
        }
    }
    *colon = MIN(first_colon, end);
    return end;
}

/**
 * The parts after the key, each after a bar. Lifetime and MKI get one note each, however often they are wrong.
 * @param bar  index of the first one, or the length of the text
 */
static void read_parts(const sf_crypto_reader *r, sf_slice rest, size_t bar)
{
    static const char *const names[] = { "The lifetime", "The MKI" };
    bool is_noted[G_N_ELEMENTS(names)] = { false, false };

    while (bar < rest.length) {
        rest = sf_slice_skip(rest, bar + 1);
        size_t colon;
        bar = end_of_part(rest, &colon);
        sf_slice part = sf_slice_head(rest, bar);
        bool is_mki = colon < part.length;
        const char *fault = read_part(part, is_mki, colon, r->crypto);
        if (fault && !is_noted[is_mki]) {
            is_noted[is_mki] = true;
            sf_crypto_note(r, part, names[is_mki], fault);
        }
    }
}

/* `inline:` key-and-salt [`|` lifetime] [`|` MKI `:` length]; of several keys the first one is read. */
void sf_crypto_read_key(const sf_crypto_reader *r, sf_slice text)
{
    sf_crypto *crypto = r->crypto;
    sf_slice rest = sf_slice_skip(text, sizeof SF_KEY_METHOD - 1);

    size_t end = sf_slice_find(rest, ';');
    if (end + 1 < rest.length) {
        crypto->has_more_keys = true;
        sf_problems_limit(r->problems, SF_LIMIT_KEYS, crypto->text);
    }
    rest.length = end;
    crypto->key_text = sf_slice_head(rest, sf_slice_find(rest, '|'));
    if (sf_base64_decode(crypto->key_text, crypto->key, sizeof crypto->key, &crypto->key_length) != SF_OK) {
        sf_crypto_note(r, crypto->key_text, "The key",
                       crypto->key_text.length > SF_MAX_BASE64 ? "is too long" : "is not base64");
    }
    read_parts(r, rest, crypto->key_text.length);
}
