/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SF_MEDIA_GCRYPT_LIBRARY_H
#define SF_MEDIA_GCRYPT_LIBRARY_H

#include <stdbool.h>

/**
 * False if libgcrypt is not there, so that no function of it may be called. On Windows it is Wireshark's own, which the
 * plugin finds while it runs; elsewhere it is linked.
 */
bool sf_gcrypt_is_there(void);

#endif
