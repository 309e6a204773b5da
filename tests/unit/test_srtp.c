/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SRTP: key derivation and tags, with the test vectors that its RFCs publish.
 */
#include <glib.h>
#include <string.h>

#include "guarded.h"
#include "media/srtp.h"
#include "system/library.h"

static size_t unhex(const char *hex, uint8_t *out)
{
    size_t count = 0;

    for (; hex[0] && hex[1]; hex += 2) {
        out[count++] = (uint8_t)(g_ascii_xdigit_value(hex[0]) << 4 | g_ascii_xdigit_value(hex[1]));
    }
    return count;
}

static void expect_bytes(const uint8_t *bytes, const char *hex)
{
    uint8_t expected[64];
    size_t length = unhex(hex, expected);

    g_assert_cmpmem(bytes, length, expected, length);
}

static const sf_suite *suite(const char *name)
{
    const sf_suite *found = sf_suite_find((sf_slice){ name, strlen(name) });

    g_assert_nonnull(found);
    return found;
}

static bool is_skipped(void)
{
    sf_library_load();
    if (!sf_srtp_is_available()) {
        g_test_skip("built without libgcrypt");
        return true;
    }
    return false;
}

/* Without a library nothing is derived; one that is loaded later on is found. On Linux it is there from the start. */
static void finds_the_library(void)
{
    const uint8_t master[30] = { 0 };
    sf_srtp_keys keys;
    bool was_there = sf_srtp_is_available();

    g_assert_cmpint(sf_srtp_derive(suite("AES_CM_128_HMAC_SHA1_80"), master, sizeof master, &keys), ==, was_there);
    if (sf_library_load()) {
        g_assert_false(was_there);
        g_assert_true(sf_srtp_is_available());
        g_assert_true(sf_srtp_derive(suite("AES_CM_128_HMAC_SHA1_80"), master, sizeof master, &keys));
    }
}

/* RFC 3711 B.3 */
static void derives_as_published(void)
{
    uint8_t master[30];
    sf_srtp_keys keys;

    if (is_skipped()) {
        return;
    }
    size_t length = unhex("E1F97A0D3E018BE0D64FA32C06DE41390EC675AD498AFEEBB6960B3AABE6", master);
    g_assert_true(sf_srtp_derive(suite("AES_CM_128_HMAC_SHA1_80"), master, length, &keys));
    expect_bytes(keys.encryption, "C61E7A93744F39EE10734AFE3FF7A087");
    expect_bytes(keys.salt, "30CBBC08863D8C85D49DB34A9AE1");
    expect_bytes(keys.authentication, "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4");
    g_assert_cmpuint(keys.tag_bytes, ==, 10);
    g_assert_false(sf_srtp_derive(suite("AES_CM_128_HMAC_SHA1_80"), master, length - 1, &keys));
    g_assert_false(sf_srtp_derive(suite("F8_128_HMAC_SHA1_80"), master, length, &keys));
    g_assert_false(sf_srtp_derive(NULL, master, length, &keys));
}

/* RFC 6188 7.2 */
static void derives_256_as_published(void)
{
    uint8_t master[46];
    sf_srtp_keys keys;

    if (is_skipped()) {
        return;
    }
    size_t length = unhex("f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6"
                          "3b04803de51ee7c96423ab5b78d2",
                          master);
    g_assert_true(sf_srtp_derive(suite("AES_256_CM_HMAC_SHA1_80"), master, length, &keys));
    expect_bytes(keys.encryption, "5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4");
    expect_bytes(keys.salt, "fa31791685ca444a9e07c6c64e93");
    expect_bytes(keys.authentication, "fd9c32d39ed5fbb5a9dc96b30818454d1313dc05");
}

/* RFC 7714 16.1.1 and 16.2.1: they name the session key and salt. */
static void verifies_gcm_as_published(void)
{
    static const struct {
        const char *key;
        const char *packet;
    } rows[] = {
        { "000102030405060708090a0b0c0d0e0f",
          "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
          "899d7f27beb16a9152cf765ee4390cce" },
        { "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
          "8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
          "7aa3db36dfffd6b0f9bb7878d7a76c13" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows) && !is_skipped(); i++) {
        sf_srtp_keys keys = { .tag_bytes = 16, .is_gcm = true };
        uint8_t packet[128];
        keys.key_bytes = (uint8_t)unhex(rows[i].key, keys.encryption);
        unhex("517569642070726f2071756f", keys.salt);
        size_t length = unhex(rows[i].packet, packet);
        g_assert_true(sf_srtp_verify(&keys, packet, length, 0, 0));
        g_assert_false(sf_srtp_verify(&keys, packet, length, 0, 1));
        packet[length] = 7;
        g_assert_true(sf_srtp_verify(&keys, packet, length + 1, 1, 0));
        g_assert_false(sf_srtp_verify(&keys, packet, length + 1, 0, 0));
        for (size_t bit = 0; bit < 8 * length; bit++) {
            packet[bit / 8] ^= (uint8_t)(1 << bit % 8);
            g_assert_false(sf_srtp_verify(&keys, packet, length, 0, 0));
            packet[bit / 8] ^= (uint8_t)(1 << bit % 8);
        }
    }
}

/** Appends the key identifier and the tag that an independent HMAC makes. */
static size_t seal(uint8_t *packet, size_t length, const sf_srtp_keys *keys, uint32_t roc, size_t mki_bytes)
{
    uint8_t digest[20];
    gsize digest_bytes = sizeof digest;
    uint8_t counter[4] = { (uint8_t)(roc >> 24), (uint8_t)(roc >> 16), (uint8_t)(roc >> 8), (uint8_t)roc };
    GHmac *hmac = g_hmac_new(G_CHECKSUM_SHA1, keys->authentication, sizeof keys->authentication);

    g_hmac_update(hmac, packet, (gssize)length);
    g_hmac_update(hmac, counter, sizeof counter);
    g_hmac_get_digest(hmac, digest, &digest_bytes);
    g_hmac_unref(hmac);
    memset(packet + length, 0x55, mki_bytes);
    memcpy(packet + length + mki_bytes, digest, keys->tag_bytes);
    return length + mki_bytes + keys->tag_bytes;
}

static void tells_one_bit_from_the_tag(void)
{
    static const char *const names[] = { "AES_CM_128_HMAC_SHA1_80", "AES_CM_128_HMAC_SHA1_32",
                                         "AES_256_CM_HMAC_SHA1_80" };

    for (size_t i = 0; i < G_N_ELEMENTS(names) && !is_skipped(); i++) {
        const sf_suite *s = suite(names[i]);
        uint8_t master[46];
        uint8_t packet[256] = { 0x80, 0, 0, 1 };
        sf_srtp_keys keys;
        memset(master, 0x3c, sizeof master);
        g_assert_true(sf_srtp_derive(s, master, (size_t)s->key_bytes + s->salt_bytes, &keys));
        for (size_t mki = 0; mki <= 4; mki += 4) {
            size_t length = seal(packet, 172, &keys, 3, mki);
            g_assert_true(sf_srtp_verify(&keys, packet, length, mki, 3));
            g_assert_false(sf_srtp_verify(&keys, packet, length, mki, 2));
            packet[length - 1] ^= 1;
            g_assert_false(sf_srtp_verify(&keys, packet, length, mki, 3));
            packet[length - 1] ^= 1;
            packet[20] ^= 1;
            g_assert_false(sf_srtp_verify(&keys, packet, length, mki, 3));
            packet[20] ^= 1;
        }
    }
}

static void survives_every_length(void)
{
    uint8_t bytes[64];
    sf_srtp_keys keys = { .tag_bytes = 10, .key_bytes = 16 };

    memset(bytes, 0xff, sizeof bytes);
    for (unsigned first = 0; first < 256; first++) {
        bytes[0] = (uint8_t)first;
        for (size_t length = 1; length <= sizeof bytes; length++) {
            g_auto(sf_guarded) guarded = sf_guarded_of((sf_slice){ (const char *)bytes, length });
            const uint8_t *packet = (const uint8_t *)guarded.text.text;
            size_t header = sf_rtp_header_bytes(packet, length);
            g_assert_cmpuint(header, <=, length);
            g_assert_false(sf_srtp_verify(&keys, packet, length, 0, 0));
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/srtp/finds-the-library", finds_the_library);
    g_test_add_func("/srtp/derives-as-published", derives_as_published);
    g_test_add_func("/srtp/derives-256-as-published", derives_256_as_published);
    g_test_add_func("/srtp/verifies-gcm-as-published", verifies_gcm_as_published);
    g_test_add_func("/srtp/tells-one-bit", tells_one_bit_from_the_tag);
    g_test_add_func("/srtp/survives-every-length", survives_every_length);
    return g_test_run();
}
