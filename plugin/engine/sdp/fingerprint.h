/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Fingerprints of certificates: a=fingerprint (RFC 8122 5).
 */
#ifndef SF_ENGINE_SDP_FINGERPRINT_H
#define SF_ENGINE_SDP_FINGERPRINT_H

#include "engine/text/problem.h"

/**
 * Notes a fingerprint that no certificate can have: one that is empty, is no hexadecimal number in pairs with colons,
 * or is longer or shorter than its hash function gives. Of a function that is not known the length is not held against
 * it.
 * @param line   the whole a= line
 * @param value  what follows the colon: `sha-256 4A:AD:B9:...`
 */
void sf_fingerprint_check(sf_slice line, sf_slice value, sf_problems *problems);

#endif
