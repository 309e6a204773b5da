/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Header lines of a SIP message or a MIME part: names in any case, compact
 * names, folded values.
 */
#ifndef SF_ENGINE_SIP_HEADER_H
#define SF_ENGINE_SIP_HEADER_H

#include "engine/text/token.h"

/** The headers that the engine knows by name; Microsoft's get their id from sf_ms_header_identify(). */
typedef enum {
    SF_HEADER_OTHER,
    SF_HEADER_ALLOW,
    SF_HEADER_ASSERTED,       /**< P-Asserted-Identity */
    SF_HEADER_AUTHENTICATION, /**< WWW-Authenticate, Authorization, ... */
    SF_HEADER_CALL_ID,
    SF_HEADER_CONTACT,
    SF_HEADER_CONTENT_DISPOSITION,
    SF_HEADER_CONTENT_ENCODING, /**< Content-Encoding, Content-Transfer-Encoding */
    SF_HEADER_CONTENT_LENGTH,
    SF_HEADER_CONTENT_TYPE,
    SF_HEADER_CSEQ,
    SF_HEADER_DIAGNOSTICS,
    SF_HEADER_FROM,
    SF_HEADER_GEOLOCATION,
    SF_HEADER_IDENTITY,    /**< any other standard header that names somebody: Remote-Party-ID, ... */
    SF_HEADER_MS_IDENTITY, /**< any of Microsoft's that does: Ms-Sender, EndPoints, ... */
    SF_HEADER_PRIORITY,
    SF_HEADER_PRIVACY,
    SF_HEADER_REFERENCE, /**< any header that connects calls: Refer-To, Referred-By, Replaces, History-Info, Diversion */
    SF_HEADER_REASON,
    SF_HEADER_RECORD_ROUTE,
    SF_HEADER_ROUTE,
    SF_HEADER_SERVER,
    SF_HEADER_SESSION_ID,
    SF_HEADER_TO,
    SF_HEADER_TRUST, /**< ms-edge-proxy-message-trust */
    SF_HEADER_USER_AGENT,
    SF_HEADER_VERIFICATION, /**< ms-asserted-verification-level */
    SF_HEADER_VIA,
} sf_header_id;

typedef struct {
    sf_header_id id;
    sf_slice text;      /**< the whole line with its folds, without the last line end */
    sf_slice name;      /**< as written */
    sf_slice canonical; /**< as the specification writes it: `From` for `f`; as written if not known */
    sf_slice value;     /**< without blanks around it, folds left in */
} sf_header;

/** How the header block ended. */
typedef enum {
    SF_HEADERS_MORE,
    SF_HEADERS_END,         /**< the blank line was read; the cursor is at the body */
    SF_HEADERS_UNTERMINATED /**< no blank line: the text ended, or SDP began, where the cursor is now */
} sf_headers_state;

/**
 * Reads the next header line, with its folds.
 * A line without a colon comes with an empty name and the line as value.
 * @param cursor  at the beginning of a line
 * @param header  set on SF_HEADERS_MORE only
 */
sf_headers_state sf_header_next(sf_cursor *cursor, sf_header *header);

/** Sets the id and the canonical name of a header by its name, which is not empty. */
void sf_header_identify(sf_header *header);

/**
 * Cuts a header that a media key has run into, text and value, back to what is whole in front of the key: up to the
 * last semicolon. Without one, or with the mark of a key in its name, nothing is left of the value.
 * @return true if there is a key
 */
bool sf_header_cut_at_key(sf_header *header);

#endif
