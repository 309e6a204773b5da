/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SRTP by libgcrypt, which Wireshark itself uses.
 */
#include "srtp.h"

#include <glib.h>
#include <string.h>

#include "engine/text/bytes.h"

enum { RTP_HEADER = 12, MAX_PACKET = 4096, BLOCK = 16, GCM_TAG = 16, GCM_IV = 12, SHA1 = 20 };

size_t sf_rtp_header_bytes(const uint8_t *packet, size_t length)
{
    if (length < RTP_HEADER || packet[0] >> 6 != 2) {
        return 0;
    }
    size_t header = RTP_HEADER + 4u * (packet[0] & 0xfu);
    if (packet[0] & 0x10) {
        if (length < header + 4) {
            return 0;
        }
        header += 4 + 4 * (size_t)sf_big_endian_16(packet + header + 2);
    }
    return header <= length ? header : 0;
}

#ifdef SF_HAVE_GCRYPT

#include "libgcrypt.h"

typedef struct {
    const char *name;
    uint8_t tag_bytes;
    bool is_gcm;
} suite_row;

static const suite_row rows[] = {
    { "AES_CM_128_HMAC_SHA1_80", 10, false }, { "AES_CM_128_HMAC_SHA1_32", 4, false },
    { "AES_192_CM_HMAC_SHA1_80", 10, false }, { "AES_192_CM_HMAC_SHA1_32", 4, false },
    { "AES_256_CM_HMAC_SHA1_80", 10, false }, { "AES_256_CM_HMAC_SHA1_32", 4, false },
    { "AES_CM_192_HMAC_SHA1_80", 10, false }, { "AES_CM_192_HMAC_SHA1_32", 4, false },
    { "AES_CM_256_HMAC_SHA1_80", 10, false }, { "AES_CM_256_HMAC_SHA1_32", 4, false },
    { "AEAD_AES_128_GCM", GCM_TAG, true },    { "AEAD_AES_256_GCM", GCM_TAG, true },
};

static const suite_row *row_of(const sf_suite *suite)
{
    for (size_t i = 0; suite && i < G_N_ELEMENTS(rows); i++) {
        if (strcmp(suite->name.text, rows[i].name) == 0) {
            return &rows[i];
        }
    }
    return NULL;
}

static int cipher_of(size_t key_bytes)
{
    return key_bytes == 16 ? GCRY_CIPHER_AES128 : key_bytes == 24 ? GCRY_CIPHER_AES192 : GCRY_CIPHER_AES256;
}

bool sf_srtp_is_available(void)
{
    return sf_libgcrypt_get() != NULL;
}

/** The key stream for a label is what the session key is (RFC 3711 4.3.3). */
static bool derive_one(gcry_cipher_hd_t cipher, const uint8_t salt[14], uint8_t label, uint8_t *out, size_t length)
{
    const sf_libgcrypt *gcrypt = sf_libgcrypt_get();
    uint8_t counter[BLOCK] = { 0 };

    memcpy(counter, salt, 14);
    counter[7] ^= label;
    memset(out, 0, length);
    return gcrypt->cipher_ctl(cipher, GCRYCTL_RESET, NULL, 0) == 0 &&
           gcrypt->cipher_setctr(cipher, counter, sizeof counter) == 0 &&
           gcrypt->cipher_encrypt(cipher, out, length, NULL, 0) == 0;
}

bool sf_srtp_derive(const sf_suite *suite, const uint8_t *master, size_t length, sf_srtp_keys *keys)
{
    enum { ENCRYPTION = 0, AUTHENTICATION = 1, SALT = 2 };
    const sf_libgcrypt *gcrypt = sf_libgcrypt_get();
    const suite_row *row = row_of(suite);
    gcry_cipher_hd_t cipher;
    uint8_t salt[14] = { 0 }; /* one of 12 bytes has zeros after it (RFC 7714 11) */

    memset(keys, 0, sizeof *keys);
    if (!row || length != (size_t)suite->key_bytes + suite->salt_bytes || suite->salt_bytes > sizeof salt ||
        suite->key_bytes > sizeof keys->encryption || !gcrypt ||
        gcrypt->cipher_open(&cipher, cipher_of(suite->key_bytes), GCRY_CIPHER_MODE_CTR, 0) != 0) {
        return false;
    }
    memcpy(salt, master + suite->key_bytes, suite->salt_bytes);
    keys->key_bytes = suite->key_bytes;
    keys->tag_bytes = row->tag_bytes;
    keys->is_gcm = row->is_gcm;
    bool is_derived = gcrypt->cipher_setkey(cipher, master, suite->key_bytes) == 0 &&
                      derive_one(cipher, salt, ENCRYPTION, keys->encryption, suite->key_bytes) &&
                      derive_one(cipher, salt, AUTHENTICATION, keys->authentication, sizeof keys->authentication) &&
                      derive_one(cipher, salt, SALT, keys->salt, suite->salt_bytes);
    gcrypt->cipher_close(cipher);
    return is_derived;
}

/** The tag is of the packet without key identifier and tag, and the roll-over counter (RFC 3711 4.2). */
static bool verify_hmac(const sf_srtp_keys *keys, const uint8_t *packet, size_t length, size_t mki_bytes,
                        const uint8_t roc[4])
{
    size_t covered = length - mki_bytes - keys->tag_bytes;
    const sf_libgcrypt *gcrypt = sf_libgcrypt_get();
    gcry_md_hd_t hmac;

    if (!gcrypt || gcrypt->md_open(&hmac, GCRY_MD_SHA1, GCRY_MD_FLAG_HMAC) != 0) {
        return false;
    }
    bool fits = false;
    if (gcrypt->md_setkey(hmac, keys->authentication, sizeof keys->authentication) == 0) {
        gcrypt->md_write(hmac, packet, covered);
        gcrypt->md_write(hmac, roc, 4);
        fits = memcmp(gcrypt->md_read(hmac, GCRY_MD_SHA1), packet + length - keys->tag_bytes, keys->tag_bytes) == 0;
    }
    gcrypt->md_close(hmac);
    return fits;
}

/** RFC 7714 8.1 and 9.1. The key identifier comes after the tag. libgcrypt decrypts on the way: that is wiped. */
static bool verify_gcm(const sf_srtp_keys *keys, const uint8_t *packet, size_t length, size_t mki_bytes,
                       const uint8_t roc[4], size_t header)
{
    size_t sealed = length - mki_bytes - GCM_TAG - header;
    uint8_t iv[GCM_IV] = { 0 };
    uint8_t scratch[MAX_PACKET];
    const sf_libgcrypt *gcrypt = sf_libgcrypt_get();
    gcry_cipher_hd_t cipher;

    memcpy(iv + 2, packet + 8, 4);
    memcpy(iv + 6, roc, 4);
    memcpy(iv + 10, packet + 2, 2);
    for (size_t i = 0; i < sizeof iv; i++) {
        iv[i] ^= keys->salt[i];
    }
    if (!gcrypt || gcrypt->cipher_open(&cipher, cipher_of(keys->key_bytes), GCRY_CIPHER_MODE_GCM, 0) != 0) {
        return false;
    }
    bool fits = gcrypt->cipher_setkey(cipher, keys->encryption, keys->key_bytes) == 0 &&
                gcrypt->cipher_setiv(cipher, iv, sizeof iv) == 0 &&
                gcrypt->cipher_authenticate(cipher, packet, header) == 0 &&
                gcrypt->cipher_ctl(cipher, GCRYCTL_FINALIZE, NULL, 0) == 0 &&
                (sealed == 0 ||
                 gcrypt->cipher_decrypt(cipher, scratch, sizeof scratch, packet + header, sealed) == 0) &&
                gcrypt->cipher_checktag(cipher, packet + header + sealed, GCM_TAG) == 0;
    gcrypt->cipher_close(cipher);
    memset(scratch, 0, sealed);
    return fits;
}

bool sf_srtp_verify(const sf_srtp_keys *keys, const uint8_t *packet, size_t length, size_t mki_bytes, uint32_t roc)
{
    size_t header = sf_rtp_header_bytes(packet, length);
    uint8_t roc_bytes[4] = { (uint8_t)(roc >> 24), (uint8_t)(roc >> 16), (uint8_t)(roc >> 8), (uint8_t)roc };

    if (header == 0 || length > MAX_PACKET || keys->tag_bytes == 0 || length < header + mki_bytes + keys->tag_bytes) {
        return false;
    }
    return keys->is_gcm ? verify_gcm(keys, packet, length, mki_bytes, roc_bytes, header)
                        : verify_hmac(keys, packet, length, mki_bytes, roc_bytes);
}

#else

bool sf_srtp_is_available(void)
{
    return false;
}

bool sf_srtp_derive(const sf_suite *suite, const uint8_t *master, size_t length, sf_srtp_keys *keys)
{
    (void)suite;
    (void)master;
    (void)length;
    memset(keys, 0, sizeof *keys);
    return false;
}

bool sf_srtp_verify(const sf_srtp_keys *keys, const uint8_t *packet, size_t length, size_t mki_bytes, uint32_t roc)
{
    (void)keys;
    (void)packet;
    (void)length;
    (void)mki_bytes;
    (void)roc;
    return false;
}

#endif
