/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Comparing, trimming and reading numbers from slices.
 */
#include "slice.h"

#include "block.h"

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
static unsigned decimal_digit(char c)
{
    return (unsigned char)c - (unsigned)'0';
}

sf_status sf_slice_decimal(sf_slice s, uint64_t max, uint64_t *value)
{
    enum { DIGITS_WITHOUT_OVERFLOW = 19 };
    const char *at = s.text;
    const char *const end = sf_slice_end(s);
    const char *const safe = s.length > DIGITS_WITHOUT_OVERFLOW ? at + DIGITS_WITHOUT_OVERFLOW : end;
    uint64_t sum = 0;
    unsigned digit;

    if (s.length == 0) {
        return SF_ABSENT;
    }
    for (; at < safe; at++) {
        if ((digit = decimal_digit(*at)) > 9) {
            return SF_MALFORMED;
        }
        sum = sum * 10 + digit;
    }
    for (; at < end; at++) {
        if ((digit = decimal_digit(*at)) > 9 || sum > (UINT64_MAX - digit) / 10) {
            return SF_MALFORMED;
        }
        sum = sum * 10 + digit;
    }
    if (sum > max) {
        return SF_MALFORMED;
    }
    *value = sum;
    return SF_OK;
}

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
