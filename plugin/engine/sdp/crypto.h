/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Crypto lines: a=crypto (RFC 4568, [MS-SDPEXT] 3.1.5.1) and a=cryptoscale
 * ([MS-SDPEXT] 3.1.5.2).
 */
#ifndef SF_ENGINE_SDP_CRYPTO_H
#define SF_ENGINE_SDP_CRYPTO_H

#include "engine/text/number.h"
#include "engine/text/problem.h"
#include "suite.h"

#define SF_MAX_KEY_BYTES 64 /* AES-256 with its salt takes 46 */

typedef enum {
    SF_SCHEME_SDES = 1, /**< a=crypto */
    SF_SCHEME_SCALE = 2 /**< a=cryptoscale */
} sf_crypto_scheme;

/** What is wrong with a line that could be read: any of these together. Each is a row in the section's table. */
typedef enum {
    SF_CRYPTO_UNENCRYPTED = 1 << 0,  /**< session parameter UNENCRYPTED_SRTP */
    SF_CRYPTO_REPEATED_KEY = 1 << 1, /**< an earlier stream of the body has this key; set on one line a stream */
    SF_CRYPTO_REPEATED_TAG = 1 << 2, /**< an earlier line of the stream has this tag */
    SF_CRYPTO_UNKNOWN_SUITE = 1 << 3,
    SF_CRYPTO_KEY_LENGTH = 1 << 4,       /**< not what the suite takes */
    SF_CRYPTO_UNENCRYPTED_RTCP = 1 << 5, /**< session parameter UNENCRYPTED_SRTCP */
    SF_CRYPTO_UNAUTHENTICATED = 1 << 6   /**< session parameter UNAUTHENTICATED_SRTP */
} sf_crypto_fault;

typedef struct {
    sf_slice text;      /**< the whole a= line */
    sf_slice safe_text; /**< its front, up to where the key begins: what may be shown anywhere */
    sf_crypto_scheme scheme;
    sf_number tag; /**< absent if malformed */
    sf_slice role; /**< `client` or `server`; cryptoscale only */
    sf_slice suite_text;
    const sf_suite *suite; /**< NULL if the suite is not known */
    sf_slice key_text;     /**< base64 of key and salt; absent if there is none */
    uint8_t key[SF_MAX_KEY_BYTES];
    size_t key_length;    /**< bytes of key and salt together; 0 if not decoded */
    bool has_more_keys;   /**< further keys follow it, which are not read */
    bool key_fits;        /**< key_length is what the suite takes */
    sf_number lifetime;   /**< packets; absent if there is none or it is malformed */
    sf_number mki;        /**< absent if there is none or it is malformed */
    sf_number mki_length; /**< bytes */
    unsigned faults;      /**< sf_crypto_fault */
} sf_crypto;

/**
 * Reads the value of a crypto line. What can be read is set. An unknown suite or a key of another
 * length than the suite's is not malformed, but a fault. No problem ever quotes a key.
 * @param text    the whole a= line
 * @param value   what follows the colon
 * @param crypto  filled from scratch
 */
void sf_crypto_read(sf_slice text, sf_slice value, sf_crypto_scheme scheme, sf_problems *problems, sf_crypto *crypto);

/** Number of bytes in the key proper (the rest of key_length is salt); all of them if the suite is unknown. */
size_t sf_crypto_key_bytes(const sf_crypto *crypto);

/** True if both lines have the same master key; if their suites do not separate it from the salt, both the same. */
bool sf_crypto_has_same_key(const sf_crypto *a, const sf_crypto *b);

#endif
