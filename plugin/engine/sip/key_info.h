/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ms-key-info: what a federation Edge announces to the far Edge about the key of its
 * route signatures. Layout inferred from two public samples: two lengths, four
 * unknown bytes, a FILETIME, the wrapped key, a signature.
 */
#ifndef SF_ENGINE_SIP_KEY_INFO_H
#define SF_ENGINE_SIP_KEY_INFO_H

#include "engine/text/problem.h"

/** Bytes in front of the fields. */
enum {
    SF_KEY_INFO_KEY_LENGTH_AT = 0,
    SF_KEY_INFO_SIGNATURE_LENGTH_AT = 2,
    SF_KEY_INFO_CREATED_AT = 8,
    SF_KEY_INFO_KEY_AT = 16
};

/** Bytes at the front of a CryptoAPI key blob (wincrypt.h, SIMPLEBLOB): type, version, and two algorithms. */
enum { SF_KEY_BLOB_FRONT_BYTES = 12 };

typedef struct {
    sf_slice text;             /**< as on the wire; absent if there is none */
    bool is_decoded;           /**< the lengths are set, and created if it could be real */
    bool is_complete;          /**< the lengths are those of the bytes that follow the front */
    uint16_t key_length;       /**< bytes of the wrapped key */
    uint16_t signature_length; /**< bytes of the signature */
    uint64_t created;          /**< FILETIME: 100 ns since 1601-01-01 UTC; 0 if there is none from 1829 to 2057 */
    const char *algorithm;     /**< of the key, if it is a CryptoAPI SIMPLEBLOB of a known algorithm; else NULL */
    unsigned wrapping_bits;    /**< size of the RSA key that wraps it; set with algorithm */
} sf_key_info;

/**
 * Reads the fields at the front of the value and checks that the rest is base64 of the length that they give. Notes a
 * value that is not base64, shorter than 16 bytes, of another length than its lengths add up to, or without a possible
 * time.
 * @param element  the element to report problems on
 */
void sf_key_info_read(sf_slice text, sf_slice element, sf_problems *problems, sf_key_info *info);

#endif
