/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The character encoding of a log, found by its first bytes (log-formats.md 8): UTF-8 or any one-byte encoding
 * passes unchanged, UTF-16 is converted to UTF-8.
 */
#ifndef SF_LOG_BYTES_DECODER_H
#define SF_LOG_BYTES_DECODER_H

#include <glib.h>

#include "engine/text/slice.h"

typedef enum {
    SF_LOG_ENCODING_UNKNOWN, /**< fewer than four bytes have been seen */
    SF_LOG_ENCODING_BYTES,
    SF_LOG_ENCODING_UTF16_LE,
    SF_LOG_ENCODING_UTF16_BE
} sf_log_encoding;

typedef struct {
    sf_log_encoding encoding;
    uint8_t held[4]; /**< what is not decoded yet: the first bytes of the file, or half a character */
    unsigned held_count;
    uint16_t high_surrogate; /**< first half of a surrogate pair whose second half is still to come, or 0 */
    GByteArray *decoded;     /**< owned */
} sf_log_decoder;

/** Makes the decoder ready for the first byte of a file. */
void sf_log_decoder_init(sf_log_decoder *decoder);

/** Begins another file with the same decoder. Bytes held back from the last one are dropped. */
void sf_log_decoder_restart(sf_log_decoder *decoder);

/** Frees what the decoder holds. */
void sf_log_decoder_clear(sf_log_decoder *decoder);

/**
 * Decodes the next bytes of the file. UTF-16 that ends inside a character is completed by the next call.
 * @return the text; it lives until the next call, or as long as `bytes` does
 */
sf_slice sf_log_decode(sf_log_decoder *decoder, sf_slice bytes);

/** Returns what was held back, at the end of the file. It lives until the next call. */
sf_slice sf_log_decode_end(sf_log_decoder *decoder);

#endif
