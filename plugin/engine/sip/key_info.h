/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ms-key-info: what a federation Edge tells the far Edge about the key of its
 * route signatures. Layout inferred from the one public sample: version,
 * four unknown bytes, a FILETIME, and opaque blocks.
 */
#ifndef SF_ENGINE_SIP_KEY_INFO_H
#define SF_ENGINE_SIP_KEY_INFO_H

#include "engine/text/problem.h"

/** Bytes in front of the fields. */
enum { SF_KEY_INFO_VERSION_AT = 0, SF_KEY_INFO_CREATED_AT = 8 };

typedef struct {
    sf_slice text;    /**< as on the wire; absent if there is none */
    bool is_decoded;  /**< version is set, and created if it could be real */
    uint32_t version; /**< first four bytes, big-endian */
    uint64_t created; /**< FILETIME: 100 ns since 1601-01-01 UTC; 0 if there is none from 1829 to 2057 */
} sf_key_info;

/**
 * Reads the fields at the front of the value and checks that the rest is base64. Notes a value that is not base64,
 * shorter than 16 bytes, or of the known version without a possible time.
 * @param element  the element to report problems on
 */
void sf_key_info_read(sf_slice text, sf_slice element, sf_problems *problems, sf_key_info *info);

#endif
