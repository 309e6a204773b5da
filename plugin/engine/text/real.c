/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Decimal fractions.
 */
#include "real.h"

enum { MAX_LETTERS = 32 };

sf_status sf_real_read(sf_slice text, double max, sf_real *real)
{
    double digits = 0;
    double unit = 1;
    bool is_fraction = false;
    bool has_digit = false;

    if (text.length == 0) {
        return SF_ABSENT;
    }
    if (text.length > MAX_LETTERS) {
        return SF_MALFORMED;
    }
    for (size_t i = 0; i < text.length; i++) {
        char c = text.text[i];
        if (c >= '0' && c <= '9') {
            has_digit = true;
            digits = digits * 10 + (c - '0');
            unit = is_fraction ? unit * 10 : unit;
        } else if (c == '.' && !is_fraction) {
            is_fraction = true;
        } else {
            return SF_MALFORMED;
        }
    }
    if (!has_digit || digits / unit > max) {
        return SF_MALFORMED;
    }
    *real = (sf_real){ text, digits / unit };
    return SF_OK;
}
