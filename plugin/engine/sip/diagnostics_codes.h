/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the numbers in ms-diagnostics, ms-diagnostics-public and
 * ms-client-diagnostics mean ([MS-OCER] 2.2.1 calls them ErrorId).
 */
#ifndef SF_ENGINE_SIP_DIAGNOSTICS_CODES_H
#define SF_ENGINE_SIP_DIAGNOSTICS_CODES_H

#include <stdint.h>

/**
 * What a code means, for a reader who does not know the product: what happened
 * and, where that is known, what to check.
 * @return a literal that begins with a capital and has no final stop, and ends
 *         with "(unconfirmed)" if nothing confirms the meaning; or NULL if the
 *         code has no row in diagnostics_codes.inc
 */
const char *sf_diagnostics_meaning(uint32_t code);

/**
 * The component that owns the range in which a code lies ([MS-OCER] 7 and 8).
 * It shows which side produced a code that has no meaning of its own here.
 * @return a literal, or NULL if the code lies in no known range
 */
const char *sf_diagnostics_component(uint32_t code);

#endif
