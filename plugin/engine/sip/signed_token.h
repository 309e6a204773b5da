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
    sf_slice text;                     /**< as on the wire, without quotes */
    uint8_t bytes[SF_TOKEN_MAX_BYTES]; /**< MAC, then 4 bytes of branch id, then 4 bytes of key id */
    size_t mac_length;                 /**< 20 (OCS 2007) or 32 (Lync 2010 and later); 0 if not decoded */
    uint32_t branch_id;                /**< as the Via branch prints it */
    bool matches_branch;               /**< a Via of the message has branch_id */
} sf_signed_token;

/** A part of a decoded token. */
typedef struct {
    const uint8_t *bytes; /**< in the token */
    size_t length;
    sf_slice letters; /**< of its text: those that hold the bytes */
} sf_token_part;

/**
 * Decodes a token; the id is read in the byte order of its kind (little-endian for the 32-byte MAC).
 * mac_length stays 0 if it is a token of neither kind.
 * @param element  the element to report problems on
 * @param what     name of the parameter, for problems
 */
void sf_signed_token_read(sf_slice text, sf_slice element, const char *what, sf_problems *problems,
                          sf_signed_token *token);

/** The MAC of a decoded token. */
sf_token_part sf_signed_token_mac(const sf_signed_token *token);

/** The branch id of a decoded token, in the byte order of the wire. */
sf_token_part sf_signed_token_branch(const sf_signed_token *token);

/** The id of the key that a decoded token was signed with. */
sf_token_part sf_signed_token_key(const sf_signed_token *token);

#endif
