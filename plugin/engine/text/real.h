/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A decimal fraction together with the digits that it was read from.
 */
#ifndef SF_ENGINE_TEXT_REAL_H
#define SF_ENGINE_TEXT_REAL_H

#include "slice.h"

typedef struct {
    sf_slice text; /**< absent if there is no number, or it could not be read */
    double value;  /**< 0 without text */
} sf_real;

/**
 * Reads digits with at most one decimal point, at most 32 bytes, in the C locale whatever the user's is. A sign or an
 * exponent is not a part of such a number.
 * @param real  set on SF_OK only
 * @return SF_ABSENT for an empty slice; SF_MALFORMED for anything else, or a value above max
 */
sf_status sf_real_read(sf_slice text, double max, sf_real *real);

#endif
