/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Comparing, trimming and reading numbers from slices.
 */
#include "slice.h"

#include <glib.h>

bool sf_slice_equals_nocase(sf_slice a, sf_slice b)
{
    return a.length == b.length && sf_slice_starts_nocase(a, b);
}

bool sf_slice_starts_nocase(sf_slice s, sf_slice prefix)
{
    if (prefix.length > s.length) {
        return false;
    }
    for (size_t i = 0; i < prefix.length; i++) {
        if (sf_lower(s.text[i]) != sf_lower(prefix.text[i])) {
            return false;
        }
    }
    return true;
}

bool sf_slice_ends_nocase(sf_slice s, sf_slice suffix)
{
    return suffix.length <= s.length &&
           sf_slice_starts_nocase(sf_slice_skip(s, s.length - suffix.length), suffix);
}

bool sf_slice_in_domain(sf_slice host, sf_slice domain)
{
    if (domain.length == 0 || !sf_slice_ends_nocase(host, domain)) {
        return false;
    }
    return host.length == domain.length || host.text[host.length - domain.length - 1] == '.';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

sf_slice sf_slice_trim(sf_slice s)
{
    while (s.length > 0 && is_blank(s.text[0])) {
        s.text++;
        s.length--;
    }
    while (s.length > 0 && is_blank(s.text[s.length - 1])) {
        s.length--;
    }
    return s;
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

sf_status sf_slice_decimal(sf_slice s, uint64_t max, uint64_t *value)
{
    uint64_t sum = 0;

    if (s.length == 0) {
        return SF_ABSENT;
    }
    for (size_t i = 0; i < s.length; i++) {
        if (!g_ascii_isdigit(s.text[i])) {
            return SF_MALFORMED;
        }
        uint64_t digit = (uint64_t)(s.text[i] - '0');
        if (sum > (max - digit) / 10 || digit > max) {
            return SF_MALFORMED;
        }
        sum = sum * 10 + digit;
    }
    *value = sum;
    return SF_OK;
}

int sf_hex_digit(char c)
{
    return g_ascii_xdigit_value(c);
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
