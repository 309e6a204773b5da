/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Key lines: a=crypto (RFC 4568, [MS-SDPEXT] 3.1.5.1) and a=cryptoscale
 * ([MS-SDPEXT] 3.1.5.2).
 */
#ifndef SF_ENGINE_SDP_CRYPTO_H
#define SF_ENGINE_SDP_CRYPTO_H

#include "engine/text/problem.h"

#define SF_MAX_KEY_BYTES 64 /* AES-256 with its salt takes 46 */

typedef enum {
    SF_SCHEME_SDES = 1, /**< a=crypto */
    SF_SCHEME_SCALE = 2 /**< a=cryptoscale */
} sf_crypto_scheme;

/** What a cipher suite of SRTP asks of its key. */
typedef struct {
    sf_slice name;
    uint8_t key_bytes;
    uint8_t salt_bytes;
} sf_suite;

typedef struct {
    sf_slice text; /**< the whole a= line */
    sf_slice safe_text; /**< its front, up to where the key begins: what may be shown anywhere */
    sf_crypto_scheme scheme;
    sf_slice tag_text; /**< absent if malformed */
    uint32_t tag;
    sf_slice role; /**< `client` or `server`; cryptoscale only */
    sf_slice suite_text;
    const sf_suite *suite; /**< NULL if the suite is not known */
    sf_slice key_text;     /**< base64 of key and salt; absent if there is none */
    uint8_t key[SF_MAX_KEY_BYTES];
    size_t key_length;  /**< bytes of key and salt together; 0 if not decoded */
    bool key_fits;      /**< key_length is what the suite asks for */
    sf_slice lifetime_text; /**< absent if there is none or it is malformed */
    uint64_t lifetime;      /**< packets */
    sf_slice mki_text;      /**< absent if there is none or it is malformed */
    uint64_t mki;
    sf_slice mki_length_text;
    uint32_t mki_length; /**< bytes */
    bool is_unencrypted;    /**< session parameter UNENCRYPTED_SRTP */
    bool tag_used_before;   /**< another line of the same stream bears the same tag */
    bool key_used_before;   /**< an earlier stream of the same body has this key; set on one line a stream */
} sf_crypto;

/**
 * Reads the value of a key line. What can be read is set. An unknown suite or a key of another
 * length than the suite's is not malformed: see suite and key_fits. No problem ever quotes a key.
 * @param text   the whole a= line
 * @param value  what stands behind the colon
 * @param line   filled from scratch
 * @return SF_MALFORMED if any of its parts could not be read
 */
sf_status sf_crypto_read(sf_slice text, sf_slice value, sf_crypto_scheme scheme, sf_problems *problems,
                           sf_crypto *line);

/** A small number that stands for the suite, the same for equal ones; 0 for NULL. */
uint8_t sf_suite_number(const sf_suite *suite);

/** Number of bytes in the key proper (the rest of key_length is salt); all of them if the suite is unknown. */
size_t sf_crypto_key_bytes(const sf_crypto *crypto);

/** True if both lines hold the same master key; where their suites do not tell it from the salt, both the same. */
bool sf_crypto_has_same_key(const sf_crypto *a, const sf_crypto *b);

#endif
