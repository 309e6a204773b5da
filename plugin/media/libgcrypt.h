/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The functions of libgcrypt that the media needs. Elsewhere they are linked; a plugin that was built for Windows finds
 * them in the library that Wireshark itself has loaded, and works without SRTP where there is none.
 */
#ifndef SF_MEDIA_LIBGCRYPT_H
#define SF_MEDIA_LIBGCRYPT_H

#include <gcrypt.h>

/** Each has the name of its function, without `gcry_`. */
typedef struct {
    gcry_error_t (*control)(enum gcry_ctl_cmds command, ...);
    const char *(*check_version)(const char *wanted);
    gcry_error_t (*md_open)(gcry_md_hd_t *hash, int algorithm, unsigned flags);
    void (*md_close)(gcry_md_hd_t hash);
    gcry_error_t (*md_setkey)(gcry_md_hd_t hash, const void *key, size_t length);
    void (*md_write)(gcry_md_hd_t hash, const void *bytes, size_t length);
    unsigned char *(*md_read)(gcry_md_hd_t hash, int algorithm);
    gcry_error_t (*cipher_open)(gcry_cipher_hd_t *cipher, int algorithm, int mode, unsigned flags);
    void (*cipher_close)(gcry_cipher_hd_t cipher);
    gcry_error_t (*cipher_ctl)(gcry_cipher_hd_t cipher, int command, void *buffer, size_t length);
    gcry_error_t (*cipher_setkey)(gcry_cipher_hd_t cipher, const void *key, size_t length);
    gcry_error_t (*cipher_setiv)(gcry_cipher_hd_t cipher, const void *iv, size_t length);
    gcry_error_t (*cipher_setctr)(gcry_cipher_hd_t cipher, const void *counter, size_t length);
    gcry_error_t (*cipher_authenticate)(gcry_cipher_hd_t cipher, const void *bytes, size_t length);
    gcry_error_t (*cipher_encrypt)(gcry_cipher_hd_t cipher, void *out, size_t room, const void *in, size_t length);
    gcry_error_t (*cipher_decrypt)(gcry_cipher_hd_t cipher, void *out, size_t room, const void *in, size_t length);
    gcry_error_t (*cipher_checktag)(gcry_cipher_hd_t cipher, const void *tag, size_t length);
} sf_libgcrypt;

/** The functions of a library that is ready for use; NULL if it is not there, or lacks one of them. */
const sf_libgcrypt *sf_libgcrypt_get(void);

#endif
