/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Microsoft's base64 in SIP: `-` for `+`, `_` for `/`, and the padding `=`
 * written as `A`. It reads as plain base64 that ends in one or two NUL bytes
 * more than were encoded.
 */
#ifndef SF_ENGINE_TEXT_BASE64_H
#define SF_ENGINE_TEXT_BASE64_H

#include "guid.h"
#include "slice.h"

/**
 * Decodes base64 in either alphabet, with or without `=` at its end.
 * @param out       room for the bytes
 * @param capacity  how many bytes fit; decoding stops there
 * @param length    set to the number of bytes decoded, also on SF_MALFORMED (0 then)
 * @return SF_ABSENT for an empty slice; SF_MALFORMED for a letter outside the alphabets, a length that
 *         no bytes encode to, or more than SF_MAX_BASE64 letters
 */
sf_status sf_base64_decode(sf_slice text, uint8_t *out, size_t capacity, size_t *length);

/**
 * Decodes Microsoft's form of exactly `expected` bytes: a whole number of four-letter groups,
 * padding written as `A` (or, as a leniency, as `=` or left out).
 * @param out  room for `expected` bytes
 * @return SF_ABSENT for an empty slice; SF_MALFORMED if it is another number of bytes or not base64
 */
sf_status sf_ms_base64_decode(sf_slice text, size_t expected, uint8_t *out);

/** The letters of a base64 text that hold `count` bytes from the byte `first` on; fewer where the text ends. */
sf_slice sf_base64_letters_of(sf_slice base64, size_t first, size_t count);

/** Decodes the 24 letters of a GUID in Windows byte order, as in `opaque=user:epid:...AA`. */
sf_status sf_ms_base64_guid(sf_slice text, sf_guid *guid);

#endif
