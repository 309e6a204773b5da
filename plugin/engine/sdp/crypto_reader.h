/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A crypto line being read: what crypto.c and crypto_key.c share. Private to
 * them.
 */
#ifndef SF_ENGINE_SDP_CRYPTO_READER_H
#define SF_ENGINE_SDP_CRYPTO_READER_H

#include "crypto.h"

#define SF_KEY_METHOD "inline:" /* RFC 4568 6.1 */

typedef struct {
    sf_problems *problems;
    sf_crypto *crypto;
} sf_crypto_reader;

/** Notes a fault at `where`, without a byte of it to quote: it may be a key. */
static inline void sf_crypto_note(const sf_crypto_reader *r, sf_slice where, const char *what, const char *why)
{
    sf_problems_malformed(r->problems, r->crypto->text, sf_slice_head(where, 0), what, why);
}

/**
 * Reads the key with its lifetime and MKI. The suite of the line is known by now.
 * @param text  from `inline:` on
 */
void sf_crypto_read_key(const sf_crypto_reader *r, sf_slice text);

#endif
