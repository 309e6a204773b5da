/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Base64 in the letters of RFC 4648 and in Microsoft's.
 */
#include "base64.h"

#include "limits.h"

#include <glib.h>

enum { BITS_OF_LETTER = 6, IS_LETTER = 1 << BITS_OF_LETTER, GROUP_LETTERS = 4, GROUP_BYTES = 3 };

/* What IS_LETTER of its last three letters adds to the 24 bits of a group. */
enum { BITS_OF_MARKS = IS_LETTER << 2 * BITS_OF_LETTER | IS_LETTER << BITS_OF_LETTER | IS_LETTER };

#define LETTER(letter, value) [letter] = IS_LETTER | (value)

/* RFC 4648 4 and 5; 0 for what is no letter */
static const uint8_t alphabet[UINT8_MAX + 1] = {
    LETTER('A', 0),  LETTER('B', 1),  LETTER('C', 2),  LETTER('D', 3),  LETTER('E', 4),  LETTER('F', 5),
    LETTER('G', 6),  LETTER('H', 7),  LETTER('I', 8),  LETTER('J', 9),  LETTER('K', 10), LETTER('L', 11),
    LETTER('M', 12), LETTER('N', 13), LETTER('O', 14), LETTER('P', 15), LETTER('Q', 16), LETTER('R', 17),
    LETTER('S', 18), LETTER('T', 19), LETTER('U', 20), LETTER('V', 21), LETTER('W', 22), LETTER('X', 23),
    LETTER('Y', 24), LETTER('Z', 25), LETTER('a', 26), LETTER('b', 27), LETTER('c', 28), LETTER('d', 29),
    LETTER('e', 30), LETTER('f', 31), LETTER('g', 32), LETTER('h', 33), LETTER('i', 34), LETTER('j', 35),
    LETTER('k', 36), LETTER('l', 37), LETTER('m', 38), LETTER('n', 39), LETTER('o', 40), LETTER('p', 41),
    LETTER('q', 42), LETTER('r', 43), LETTER('s', 44), LETTER('t', 45), LETTER('u', 46), LETTER('v', 47),
    LETTER('w', 48), LETTER('x', 49), LETTER('y', 50), LETTER('z', 51), LETTER('0', 52), LETTER('1', 53),
    LETTER('2', 54), LETTER('3', 55), LETTER('4', 56), LETTER('5', 57), LETTER('6', 58), LETTER('7', 59),
    LETTER('8', 60), LETTER('9', 61), LETTER('+', 62), LETTER('/', 63), LETTER('-', 62), LETTER('_', 63),
};

static unsigned letter_at(const char *at)
{
    return alphabet[(uint8_t)*at];
}

static bool all_letters(sf_slice text)
{
    const char *at = text.text;
    unsigned all = IS_LETTER;

    for (size_t groups = text.length / GROUP_LETTERS; groups > 0; groups--, at += GROUP_LETTERS) {
        all &= letter_at(at) & letter_at(at + 1) & letter_at(at + 2) & letter_at(at + 3);
    }
    for (size_t i = 0; i < text.length % GROUP_LETTERS; i++) {
        all &= letter_at(at + i);
    }
    return all != 0;
}

/** Decodes whole groups of four letters. False if there is another byte among them. */
static bool decode_groups(const char *at, size_t groups, uint8_t *out)
{
    unsigned all = IS_LETTER;

    for (; groups > 0; groups--, at += GROUP_LETTERS, out += GROUP_BYTES) {
        unsigned a = letter_at(at), b = letter_at(at + 1), c = letter_at(at + 2), d = letter_at(at + 3);
        all &= a & b & c & d;
        unsigned bits = (((a << BITS_OF_LETTER) + b) << BITS_OF_LETTER) + c;
        bits = (bits << BITS_OF_LETTER) + d - BITS_OF_MARKS;
        out[0] = (uint8_t)(bits >> 16);
        out[1] = (uint8_t)(bits >> 8);
        out[2] = (uint8_t)bits;
    }
    return all != 0;
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
