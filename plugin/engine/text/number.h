/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A number together with the digits that it was read from.
 */
#ifndef SF_ENGINE_TEXT_NUMBER_H
#define SF_ENGINE_TEXT_NUMBER_H

#include "slice.h"

typedef struct {
    sf_slice text;  /**< the digits; absent if there is no number, or it could not be read */
    uint64_t value; /**< 0 without text */
} sf_number;

/** True if a number was read. */
static inline bool sf_number_is_present(sf_number number)
{
    return sf_slice_present(number.text);
}

/**
 * Reads a decimal number, as sf_slice_decimal() does.
 * @param number  set on SF_OK only
 * @return SF_ABSENT for an empty slice; SF_MALFORMED for any other byte than a digit, or a value above max
 */
static inline sf_status sf_number_read(sf_slice text, uint64_t max, sf_number *number)
{
    sf_status status = sf_slice_decimal(text, max, &number->value);

    number->text = status == SF_OK ? text : number->text;
    return status;
}

/**
 * Reads 1 to 8 hexadecimal digits, as sf_slice_hex32() does.
 * @param number  set on SF_OK only
 * @return SF_ABSENT for an empty slice; SF_MALFORMED for anything else
 */
static inline sf_status sf_number_read_hex32(sf_slice text, sf_number *number)
{
    uint32_t value;
    sf_status status = sf_slice_hex32(text, &value);

    if (status == SF_OK) {
        *number = (sf_number){ text, value };
    }
    return status;
}

#endif
