/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Hashes for what a sender of SDP can choose freely and in great number: under a secret key, none can choose such that
 * fall together.
 */
#ifndef SF_MEDIA_SECRET_HASH_H
#define SF_MEDIA_SECRET_HASH_H

#include <glib.h>

enum { SF_HOST_BYTES = 16 };

/** The hash of some bytes, another one in each process. */
unsigned sf_secret_hash(const void *bytes, size_t length);

/** That of a host's address, SF_HOST_BYTES bytes. For GHashTable. */
unsigned sf_host_hash(const void *address);

/** True if both addresses are the same. For GHashTable. */
gboolean sf_host_is_same(const void *one, const void *other);

#endif
