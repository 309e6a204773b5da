/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Comparing, trimming and reading numbers from slices.
 */
#include "slice.h"

#include "block.h"

#include <glib.h>

static inline bool is_same_half_block(const char *a, const char *b)
{
    return memcmp(a, b, SF_BLOCK / 2) == 0; /* of a fixed length: no call */
}

/** Same bytes. Names are short: this costs less than a call of memcmp(). */
static inline bool is_same(const char *a, const char *b, size_t length)
{
    enum { HALF = SF_BLOCK / 2 };

    if (length >= SF_BLOCK) {
        for (size_t i = 0; i + SF_BLOCK < length; i += SF_BLOCK) {
            if (sf_block_at(a + i) != sf_block_at(b + i)) {
                return false;
            }
        }
        return sf_block_at(a + length - SF_BLOCK) == sf_block_at(b + length - SF_BLOCK);
    }
    if (length >= HALF) {
        return is_same_half_block(a, b) && is_same_half_block(a + length - HALF, b + length - HALF);
    }
    /* Up to three bytes: the first, the middle and the last are all of them. */
    return length == 0 || (a[0] == b[0] && a[length / 2] == b[length / 2] && a[length - 1] == b[length - 1]);
}

bool sf_same_nocase(const char *a, const char *b, size_t length)
{
    if (is_same(a, b, length)) { /* what is compared at all is nearly always written alike */
        return true;
    }
    for (size_t i = 0; i < length; i++) {
        if (a[i] != b[i] && sf_lower(a[i]) != sf_lower(b[i])) {
            return false;
        }
    }
    return true;
}

bool sf_slice_in_domain(sf_slice host, sf_slice domain)
{
    if (domain.length == 0 || !sf_slice_ends_nocase(host, domain)) {
        return false;
    }
    return host.length == domain.length || host.text[host.length - domain.length - 1] == '.';
}

size_t sf_slice_find_last(sf_slice s, char c)
{
    for (size_t i = s.length; i > 0; i--) {
        if (s.text[i - 1] == c) {
            return i - 1;
        }
    }
    return s.length;
}

/** Value of a decimal digit; above 9 for any other byte. */
static inline unsigned decimal_digit(char c)
{
    return (unsigned char)c - (unsigned)'0';
}

enum { FOUR_DIGITS = 4, ABOVE_FOUR_DIGITS = 10000 };

/** Value of four decimal digits at once; ABOVE_FOUR_DIGITS if there is another byte among them. */
static inline unsigned four_digits(const char *at)
{
    uint32_t digits;

    memcpy(&digits, at, sizeof digits);
    digits = GUINT32_FROM_LE(digits) ^ UINT32_C(0x30303030); /* the first digit is the lowest byte */
    if (((digits + UINT32_C(0x76767676)) | digits) & UINT32_C(0x80808080)) {
        return ABOVE_FOUR_DIGITS;
    }
    uint32_t pairs = (digits * 10 + (digits >> 8)) & UINT32_C(0x00ff00ff);
    return (pairs * 100 + (pairs >> 16)) & UINT16_MAX;
}

/** Reads a number of so many digits that it may not fit. False if it does not, or is none. */
static bool read_long_decimal(sf_slice s, uint64_t *value)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < s.length; i++) {
        unsigned digit = decimal_digit(s.text[i]);
        if (digit > 9 || sum > (UINT64_MAX - digit) / 10) {
            return false;
        }
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}

/** Reads a number of digits that surely fit. False if there is another byte among them. */
static inline bool read_short_decimal(sf_slice s, uint64_t *value)
{
    const char *at = s.text;
    const char *const end = at + s.length;
    uint64_t sum = 0;

    for (; end - at >= FOUR_DIGITS; at += FOUR_DIGITS) {
        unsigned number = four_digits(at);
        if (number == ABOVE_FOUR_DIGITS) {
            return false;
        }
        sum = sum * ABOVE_FOUR_DIGITS + number;
    }
    for (; at < end; at++) {
        unsigned digit = decimal_digit(*at);
        if (digit > 9) {
            return false;
        }
        sum = sum * 10 + digit;
    }
    *value = sum;
    return true;
}

sf_status sf_slice_decimal(sf_slice s, uint64_t max, uint64_t *value)
{
    enum { DIGITS_WITHOUT_OVERFLOW = 19 };
    uint64_t number;

    if (s.length == 0) {
        return SF_ABSENT;
    }
    bool is_number = s.length <= DIGITS_WITHOUT_OVERFLOW ? read_short_decimal(s, &number)
                                                         : read_long_decimal(s, &number);
    if (!is_number || number > max) {
        return SF_MALFORMED;
    }
    *value = number;
    return SF_OK;
}

const uint8_t sf_hex_digits[] = {
    ['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,       ['7'] = 8,
    ['8'] = 9,  ['9'] = 10, ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14, ['E'] = 15,      ['F'] = 16,
    ['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15, ['f'] = 16, [UINT8_MAX] = 0,
};

sf_status sf_slice_hex32(sf_slice s, uint32_t *value)
{
    uint32_t sum = 0;

    if (s.length == 0) {
        return SF_ABSENT;
    }
    if (s.length > 8) {
        return SF_MALFORMED;
    }
    for (size_t i = 0; i < s.length; i++) {
        int digit = sf_hex_digit(s.text[i]);
        if (digit < 0) {
            return SF_MALFORMED;
        }
        sum = sum << 4 | (uint32_t)digit;
    }
    *value = sum;
    return SF_OK;
}
