/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Base64 in the letters of RFC 4648 and in Microsoft's.
 */
#include "base64.h"

#include "limits.h"

#include <glib.h>

enum { BITS_OF_LETTER = 6, LETTERS = 1 << BITS_OF_LETTER, GROUP_LETTERS = 4, GROUP_BYTES = 3, NO = -1 };

#define NO_16 NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO
#define NO_128 NO_16, NO_16, NO_16, NO_16, NO_16, NO_16, NO_16, NO_16

/* The value of each letter of RFC 4648 4 and 5, NO of any other byte. A row is 16 bytes, from NUL on. */
/* clang-format off */
static const int8_t alphabet[UINT8_MAX + 1] = {
    NO_16,
    NO_16,
    NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, NO, 62, NO, 62, NO, 63, /* + - / */
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61, NO, NO, NO, NO, NO, NO, /* 0 to 9 */
    NO,  0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10, 11, 12, 13, 14, /* A to O */
    15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, NO, NO, NO, NO, 63, /* P to Z, _ */
    NO, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, /* a to o */
    41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, NO, NO, NO, NO, NO, /* p to z */
    NO_128,
};
/* clang-format on */

/** The value of a letter, or NO, which is negative: so is what it is joined with by `|`. */
static int letter_at(const char *at)
{
    return alphabet[(uint8_t)*at];
}

static bool all_letters(sf_slice text)
{
    enum { AT_ONCE = 8 };
    const char *at = text.text;
    int8_t all = 0;

    for (size_t rounds = text.length / AT_ONCE; rounds > 0; rounds--) {
        for (const char *const end = at + AT_ONCE; at < end; at++) {
            all |= alphabet[(uint8_t)*at];
        }
    }
    for (size_t i = 0; i < text.length % AT_ONCE; i++) {
        all |= alphabet[(uint8_t)at[i]];
    }
    return all >= 0;
}

/** Decodes whole groups of four letters. False if there is another byte among them. */
static bool decode_groups(const char *at, size_t groups, uint8_t *out)
{
    int all = 0;

    for (; groups > 0; groups--, at += GROUP_LETTERS, out += GROUP_BYTES) {
        int bits = letter_at(at);
        bits = bits * LETTERS | letter_at(at + 1);
        bits = bits * LETTERS | letter_at(at + 2);
        bits = bits * LETTERS | letter_at(at + 3);
        all |= bits;
        out[0] = (uint8_t)(bits >> 16);
        out[1] = (uint8_t)(bits >> 8);
        out[2] = (uint8_t)bits;
    }
    return all >= 0;
}

static sf_slice without_padding(sf_slice text)
{
    for (int i = 0; i < 2 && text.length > 0 && text.text[text.length - 1] == '='; i++) {
        text.length--;
    }
    return text;
}

/** Decodes one more group of letters, the last one or one that does not fit. Gives how many bytes it put out. */
static size_t decode_last_group(sf_slice text, uint8_t *out, size_t room)
{
    char group[GROUP_LETTERS] = { 'A', 'A', 'A', 'A' };
    uint8_t bytes[GROUP_BYTES];

    text = sf_slice_head(text, GROUP_LETTERS);
    memcpy(group, text.text, text.length);
    decode_groups(group, 1, bytes);
    size_t count = MIN(text.length * GROUP_BYTES / GROUP_LETTERS, room);
    memcpy(out, bytes, count);
    return count;
}

sf_status sf_base64_decode(sf_slice text, uint8_t *out, size_t capacity, size_t *length)
{
    *length = 0;
    if (text.length == 0) {
        return SF_ABSENT;
    }
    text = without_padding(text);
    if (text.length == 0 || text.length > SF_MAX_BASE64 || text.length % GROUP_LETTERS == 1) {
        return SF_MALFORMED;
    }
    size_t groups = MIN(text.length / GROUP_LETTERS, capacity / GROUP_BYTES);
    size_t written = groups * GROUP_BYTES;
    sf_slice rest = sf_slice_skip(text, groups * GROUP_LETTERS);
    bool is_sound = decode_groups(text.text, groups, out) && all_letters(rest);
    if (!is_sound) {
        memset(out, 0, written); /* it may be of a key */
        return SF_MALFORMED;
    }
    if (rest.length > 0 && written < capacity) {
        written += decode_last_group(rest, out + written, capacity - written);
    }
    *length = written;
    return SF_OK;
}

sf_status sf_ms_base64_decode(sf_slice text, size_t expected, uint8_t *out)
{
    size_t groups = (expected + 2) / 3;
    size_t padding = groups * 3 - expected;
    size_t got;

    if (text.length == 0) {
        return SF_ABSENT;
    }
    sf_slice letters = without_padding(text);
    bool padding_written_as_letters = letters.length == groups * 4;
    if (!padding_written_as_letters && letters.length != groups * 4 - padding) {
        return SF_MALFORMED;
    }
    if (padding_written_as_letters) {
        for (size_t i = 1; i <= padding; i++) {
            if (letters.text[letters.length - i] != 'A') {
                return SF_MALFORMED;
            }
        }
    }
    return sf_base64_decode(sf_slice_head(letters, groups * 4 - padding), out, expected, &got);
}

sf_status sf_ms_base64_guid(sf_slice text, sf_guid *guid)
{
    uint8_t bytes[16];
    sf_status status = sf_ms_base64_decode(text, sizeof bytes, bytes);

    if (status == SF_OK) {
        *guid = sf_guid_from_windows(bytes);
    }
    return status;
}

sf_slice sf_base64_letters_of(sf_slice base64, size_t first, size_t count)
{
    enum { BITS_OF_BYTE = 8 };
    size_t begin = first * BITS_OF_BYTE / BITS_OF_LETTER;
    size_t end = ((first + count) * BITS_OF_BYTE + BITS_OF_LETTER - 1) / BITS_OF_LETTER;

    return sf_slice_head(sf_slice_skip(base64, begin), end - begin);
}
