/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Authentication headers in the schemes of Microsoft's servers ([MS-SIPAE]).
 */
#ifndef SF_ENGINE_SIP_AUTHENTICATION_H
#define SF_ENGINE_SIP_AUTHENTICATION_H

#include "engine/text/token.h"

typedef struct {
    sf_slice header;   /**< canonical name */
    sf_slice text;     /**< the header's value, or its part of it */
    sf_slice scheme;   /**< `NTLM`, `Kerberos`, `TLS-DSK`, ... */
    sf_slice target;   /**< targetname, without its quotes */
    sf_slice realm;    /**< without its quotes */
    bool is_microsoft; /**< the scheme is one of [MS-SIPAE] */
} sf_authentication;

/**
 * Reads the value of WWW-Authenticate, Authorization, Proxy-Authenticate, Proxy-Authorization,
 * Authentication-Info or Proxy-Authentication-Info. No secret of it is kept.
 * @param rest  what follows of the value: another challenge, or nothing (RFC 3261 20.44 has one for each header;
 *              HTTP, whose grammar it is, allows a list of them)
 */
void sf_authentication_read(sf_slice value, sf_slice header, sf_problems *problems, sf_authentication *authentication,
                            sf_slice *rest);

#endif
