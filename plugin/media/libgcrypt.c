/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The one file of the media that knows the operating system, in builds for Windows (cmake/windows/kit.cmake).
 */
#ifdef SF_HAVE_GCRYPT

#include "libgcrypt.h"

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#ifdef SF_LOADS_GCRYPT

#include <windows.h>

#define ROW(name)                                   \
    {                                               \
        "gcry_" #name, offsetof(sf_libgcrypt, name) \
    }

/** Finds all functions in the library that libwsutil.dll is linked with. It stays as long as that does. */
static bool find_functions(sf_libgcrypt *functions)
{
    static const struct {
        const char *name;
        size_t offset;
    } rows[] = {
        ROW(control),        ROW(check_version),       ROW(md_open),
        ROW(md_close),       ROW(md_setkey),           ROW(md_write),
        ROW(md_read),        ROW(cipher_open),         ROW(cipher_close),
        ROW(cipher_ctl),     ROW(cipher_setkey),       ROW(cipher_setiv),
        ROW(cipher_setctr),  ROW(cipher_authenticate), ROW(cipher_encrypt),
        ROW(cipher_decrypt), ROW(cipher_checktag),
    };
    HMODULE library = GetModuleHandleW(L"libgcrypt-20.dll");

    G_STATIC_ASSERT(sizeof(sf_libgcrypt) == G_N_ELEMENTS(rows) * sizeof(FARPROC));
    for (size_t i = 0; library && i < G_N_ELEMENTS(rows); i++) {
        FARPROC function = GetProcAddress(library, rows[i].name);
        if (!function) {
            return false;
        }
        memcpy((char *)functions + rows[i].offset, &function, sizeof function);
    }
    return library != NULL;
}

static const sf_libgcrypt *find_library(void)
{
    static sf_libgcrypt functions;

    return find_functions(&functions) ? &functions : NULL;
}

#else

static const sf_libgcrypt *find_library(void)
{
    static const sf_libgcrypt functions = {
        .control = gcry_control,
        .check_version = gcry_check_version,
        .md_open = gcry_md_open,
        .md_close = gcry_md_close,
        .md_setkey = gcry_md_setkey,
        .md_write = gcry_md_write,
        .md_read = gcry_md_read,
        .cipher_open = gcry_cipher_open,
        .cipher_close = gcry_cipher_close,
        .cipher_ctl = gcry_cipher_ctl,
        .cipher_setkey = gcry_cipher_setkey,
        .cipher_setiv = gcry_cipher_setiv,
        .cipher_setctr = gcry_cipher_setctr,
        .cipher_authenticate = gcry_cipher_authenticate,
        .cipher_encrypt = gcry_cipher_encrypt,
        .cipher_decrypt = gcry_cipher_decrypt,
        .cipher_checktag = gcry_cipher_checktag,
    };

    return &functions;
}

#endif

const sf_libgcrypt *sf_libgcrypt_get(void)
{
    static const sf_libgcrypt *ready;
    const sf_libgcrypt *found = ready ? ready : find_library();

    /* Wireshark has made it ready; a program of ours may not have. */
    if (!ready && found &&
        (found->control(GCRYCTL_INITIALIZATION_FINISHED_P) != 0 || found->check_version(NULL) != NULL)) {
        ready = found;
    }
    return ready;
}

#else

/* ISO C wants something in each file. */
typedef int sf_no_libgcrypt;

#endif
