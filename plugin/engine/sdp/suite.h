/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Cipher suites of SRTP.
 */
#ifndef SF_ENGINE_SDP_SUITE_H
#define SF_ENGINE_SDP_SUITE_H

#include "engine/text/slice.h"

/** What a cipher suite asks of its key. */
typedef struct {
    sf_slice name; /**< of a literal: NUL-terminated */
    uint8_t key_bytes;
    uint8_t salt_bytes;
} sf_suite;

/** The suite of that name, in any case; NULL if it is not known. */
const sf_suite *sf_suite_find(sf_slice name);

/** A small number that represents the suite, the same for equal ones; 0 for NULL. */
uint8_t sf_suite_number(const sf_suite *suite);

#endif
