/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The bodies of a message: one, or the parts of a multipart body, also nested
 * (RFC 2046 section 5.1).
 */
#ifndef SF_ENGINE_SIP_BODY_H
#define SF_ENGINE_SIP_BODY_H

#include "header.h"

/** What the headers of a message or of a part say of its body; absent what none of them says. */
typedef struct {
    sf_slice content_type;
    sf_slice disposition;
    sf_slice encoding; /**< absent too for one that leaves the content as it is */
} sf_body_headers;

typedef struct {
    sf_slice text;         /**< the content */
    sf_slice content_type; /**< media type without its parameters: `application/sdp` */
    sf_slice encoding;     /**< what has to be undone before the content can be read; absent if nothing has */
    bool is_fallback;      /**< Content-Disposition has ms-proxy-2007fallback ([MS-SIPRE] 3.15) */
} sf_body;

typedef struct {
    sf_body items[SF_MAX_BODIES];
    unsigned count;
} sf_bodies;

/** Why a body with an encoding is not read: the rest of a sentence (sf_problem.why). */
#define SF_BODY_IS_ENCODED "has a transfer encoding that is not decoded"

/** Keeps the value of a header that speaks of a body; any other changes nothing. */
void sf_body_headers_keep(sf_body_headers *headers, const sf_header *header);

/**
 * Takes a body apart. Bodies that are not multipart are given as they are.
 * A part whose boundary never ends reaches to the end of the body and is reported.
 */
void sf_bodies_read(sf_slice text, const sf_body_headers *headers, sf_problems *problems, sf_bodies *bodies);

#endif
