/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Cipher suites: each name with the lengths of its key and its salt.
 */
#include "check.h"
#include "engine/sdp/suite.h"

typedef struct {
    const char *name;
    unsigned key_bytes, salt_bytes; /**< 0 and 0 for a suite that is not known */
} suite_row;

static const suite_row suites[] = {
    { "AES_CM_128_HMAC_SHA1_80", 16, 14 }, /* RFC 4568 6.2 */
    { "aes_cm_128_hmac_sha1_32", 16, 14 },
    { "AES_192_CM_HMAC_SHA1_80", 24, 14 }, /* RFC 6188 */
    { "AES_256_CM_HMAC_SHA1_32", 32, 14 },
    { "AES_CM_192_HMAC_SHA1_80", 24, 14 }, /* the same, in the order of its drafts */
    { "AES_CM_256_HMAC_SHA1_80", 32, 14 },
    { "AEAD_AES_128_GCM", 16, 12 }, /* RFC 7714 14.2 */
    { "AEAD_AES_256_GCM", 32, 12 },
    { "ARIA_128_CTR_HMAC_SHA1_80", 16, 14 }, /* RFC 8269 */
    { "ARIA_256_CTR_HMAC_SHA1_32", 32, 14 },
    { "AEAD_ARIA_128_GCM", 16, 12 },
    { "AEAD_ARIA_256_GCM", 32, 12 },
    { "ARIA_CM_128_HMAC_SHA1_80", 16, 14 }, /* what gateways write */
    { "ARIA_CM_192_HMAC_SHA1_80", 24, 14 },
    { "ARIA_CM_256_HMAC_SHA1_32", 32, 14 },
    { "SEED_128_CCM_80", 16, 12 }, /* RFC 5669 */
    { "ROT_13_HMAC_NONE", 0, 0 },
    { "AES_CM_128_HMAC_SHA1_8", 0, 0 },
};

static void test_suite(gconstpointer data)
{
    const suite_row *row = data;
    const sf_suite *suite = sf_suite_find(sf_text(row->name));

    g_assert_true((suite != NULL) == (row->key_bytes > 0));
    g_assert_true((sf_suite_number(suite) > 0) == (suite != NULL));
    if (suite) {
        g_assert_cmpuint(suite->key_bytes, ==, row->key_bytes);
        g_assert_cmpuint(suite->salt_bytes, ==, row->salt_bytes);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/suite", suites, test_suite);
    return g_test_run();
}
