/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of cipher suites.
 */
#include "suite.h"

#include "engine/text/words.h"

#define SUITE(name, key_bytes, salt_bytes)           \
    {                                                \
        SF_LITERAL_INIT(name), key_bytes, salt_bytes \
    }

/* IANA registry "SRTP Crypto Suite Registrations" */
static const sf_suite suites[] = {
    SUITE("AES_CM_128_HMAC_SHA1_80", 16, 14), /* RFC 4568 6.2 */
    SUITE("AES_CM_128_HMAC_SHA1_32", 16, 14),
    SUITE("F8_128_HMAC_SHA1_80", 16, 14),
    SUITE("AES_192_CM_HMAC_SHA1_80", 24, 14), /* RFC 6188 */
    SUITE("AES_192_CM_HMAC_SHA1_32", 24, 14),
    SUITE("AES_256_CM_HMAC_SHA1_80", 32, 14),
    SUITE("AES_256_CM_HMAC_SHA1_32", 32, 14),
    SUITE("AEAD_AES_128_GCM", 16, 12), /* RFC 7714 14.2 */
    SUITE("AEAD_AES_256_GCM", 32, 12),
    SUITE("SEED_CTR_128_HMAC_SHA1_80", 16, 14), /* RFC 5669 */
    SUITE("SEED_128_CCM_80", 16, 12),
    SUITE("SEED_128_GCM_96", 16, 12),
    SUITE("AES_CM_192_HMAC_SHA1_80", 24, 14), /* the names of drafts of RFC 6188, still sent */
    SUITE("AES_CM_192_HMAC_SHA1_32", 24, 14),
    SUITE("AES_CM_256_HMAC_SHA1_80", 32, 14),
    SUITE("AES_CM_256_HMAC_SHA1_32", 32, 14),
    SUITE("ARIA_128_CTR_HMAC_SHA1_80", 16, 14), /* RFC 8269 */
    SUITE("ARIA_128_CTR_HMAC_SHA1_32", 16, 14),
    SUITE("ARIA_256_CTR_HMAC_SHA1_80", 32, 14),
    SUITE("ARIA_256_CTR_HMAC_SHA1_32", 32, 14),
    SUITE("AEAD_ARIA_128_GCM", 16, 12),
    SUITE("AEAD_ARIA_256_GCM", 32, 12),
    SUITE("ARIA_CM_128_HMAC_SHA1_80", 16, 14), /* the names of its drafts, which gateways send */
    SUITE("ARIA_CM_128_HMAC_SHA1_32", 16, 14),
    SUITE("ARIA_CM_192_HMAC_SHA1_80", 24, 14),
    SUITE("ARIA_CM_192_HMAC_SHA1_32", 24, 14),
    SUITE("ARIA_CM_256_HMAC_SHA1_80", 32, 14),
    SUITE("ARIA_CM_256_HMAC_SHA1_32", 32, 14),
};

static sf_word_index suite_index = SF_WORD_INDEX_INIT(suites);

G_STATIC_ASSERT(G_N_ELEMENTS(suites) < UINT8_MAX); /* sf_suite_number() */

const sf_suite *sf_suite_find(sf_slice name)
{
    int i = sf_words_look_up(&suite_index, name);

    return i == SF_WORDS_NONE ? NULL : &suites[i];
}

uint8_t sf_suite_number(const sf_suite *suite)
{
    return suite ? (uint8_t)(suite - suites + 1) : 0;
}
