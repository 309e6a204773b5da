/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whether a packet of SRTP has the authentication tag that a master key gives it (RFC 3711, RFC 6188, RFC 7714).
 */
#ifndef SF_MEDIA_SRTP_H
#define SF_MEDIA_SRTP_H

#include "engine/sdp/suite.h"

/** Session keys of one master key, with a key derivation rate of 0. */
typedef struct {
    uint8_t authentication[20]; /**< HMAC-SHA1 suites */
    uint8_t encryption[32];     /**< `key_bytes` of it */
    uint8_t salt[14];           /**< 12 of it for AEAD suites */
    uint8_t key_bytes;
    uint8_t tag_bytes;
    bool is_gcm;
} sf_srtp_keys;

/** False if libgcrypt is not there: nothing can be derived then. */
bool sf_srtp_is_available(void);

/**
 * Derives the session keys (RFC 3711 4.3.1; RFC 7714 11 for AEAD).
 * @param master  master key and after it the master salt
 * @param length  of both, as the suite has it
 * @return false if the suite is NULL or not one of those with AES in counter or Galois/counter mode, or the length is wrong
 */
bool sf_srtp_derive(const sf_suite *suite, const uint8_t *master, size_t length, sf_srtp_keys *keys);

/** Length of the header of an RTP packet with its CSRCs and extension (RFC 3550 5.1); 0 if this is not such a packet. */
size_t sf_rtp_header_bytes(const uint8_t *packet, size_t length);

/**
 * True if the packet has the tag of these keys.
 * @param mki_bytes  length of the key identifier in the packet, 0 for none
 * @param roc        roll-over counter of the packet (RFC 3711 3.3.1)
 */
bool sf_srtp_verify(const sf_srtp_keys *keys, const uint8_t *packet, size_t length, size_t mki_bytes, uint32_t roc);

#endif
