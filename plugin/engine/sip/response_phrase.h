/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Names of SIP response codes.
 */
#ifndef SF_ENGINE_SIP_RESPONSE_PHRASE_H
#define SF_ENGINE_SIP_RESPONSE_PHRASE_H

#include <stdint.h>

/**
 * The name of a response that refuses a request, 400 to 699 (registry "SIP Parameters: Response Codes" of IANA).
 * @return a literal, or NULL for a code that is not registered
 */
const char *sf_response_phrase(uint32_t status);

#endif
