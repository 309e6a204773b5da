/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Fingerprints of certificates: a=fingerprint (RFC 8122 5).
 */
#ifndef SF_ENGINE_SDP_FINGERPRINT_H
#define SF_ENGINE_SDP_FINGERPRINT_H

#include "engine/text/slice.h"

/**
 * False for a fingerprint that no certificate can have: one that lacks a part, is no hexadecimal number in pairs with
 * colons, or is longer or shorter than its hash function gives. Of a function that is not known the length may be any.
 * @param value  what follows the colon: `sha-256 4A:AD:B9:...`
 */
bool sf_fingerprint_is_sound(sf_slice value);

#endif
