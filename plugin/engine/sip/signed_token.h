/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The signed tokens of RTC servers: ms-internal-info, ms-route-sig, ms-rrsig
 * and ms-identity. Two letters, then Microsoft's base64 of MAC | branch | key.
 * The layout is inferred from about 30 public traces. Nothing here is checked
 * cryptographically: the key is the server's own.
 */
#ifndef SF_ENGINE_SIP_SIGNED_TOKEN_H
#define SF_ENGINE_SIP_SIGNED_TOKEN_H

#include "engine/text/problem.h"

#define SF_TOKEN_MAX_BYTES 40

typedef struct {
    sf_slice text;                      /**< as on the wire, without quotes */
    uint8_t bytes[SF_TOKEN_MAX_BYTES];  /**< MAC, then 4 bytes of branch id, then 4 bytes of key id */
    size_t mac_length;                  /**< 20 (OCS 2007) or 32 (Lync 2010 and later); 0 if not decoded */
    uint32_t branch_id;                 /**< as the Via branch prints it */
    bool matches_branch;                /**< a Via of the message bears branch_id */
} sf_signed_token;

/**
 * Decodes a token; the id is read in the byte order of its kind (little-endian for the 32-byte MAC).
 * @param what  name of the parameter, for problems
 * @return SF_MALFORMED if it is a token of neither kind
 */
sf_status sf_signed_token_read(sf_slice text, sf_slice element, const char *what,
                               sf_problems *problems, sf_signed_token *token);

/** The id of the branch in one byte order or the other. */
uint32_t sf_signed_token_branch_id(const sf_signed_token *token, bool little_endian);

#endif
