/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The bodies of a message: one, or the parts of a multipart body, also nested
 * (RFC 2046 section 5.1).
 */
#ifndef SF_ENGINE_BODY_H
#define SF_ENGINE_BODY_H

#include "header.h"

typedef struct {
    sf_slice text;         /**< the content */
    sf_slice content_type; /**< media type without its parameters: `application/sdp` */
    bool fallback;         /**< Content-Disposition bears ms-proxy-2007fallback ([MS-SIPRE] 3.15) */
} sf_body;

typedef struct {
    sf_body items[SF_MAX_BODIES];
    unsigned count;
} sf_bodies;

/**
 * Takes a body apart. Bodies that are not multipart are given as they are.
 * A part whose boundary never ends reaches to the end of the body and is reported.
 * @param content_type  value of Content-Type, absent if there is none
 * @param disposition   value of Content-Disposition, absent if there is none
 */
void sf_bodies_read(sf_slice text, sf_slice content_type, sf_slice disposition,
                    sf_problems *problems, sf_bodies *bodies);

#endif
