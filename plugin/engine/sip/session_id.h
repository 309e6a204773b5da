/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Session-ID (RFC 7989): the same on all legs of a session, whatever stands between them.
 */
#ifndef SF_ENGINE_SIP_SESSION_ID_H
#define SF_ENGINE_SIP_SESSION_ID_H

#include "engine/text/slice.h"

/** The ids that the two ends of a session have chosen, 32 hexadecimal digits each. */
typedef struct {
    sf_slice local;  /**< of the sender's end; absent if it is not known yet (nil), or not readable */
    sf_slice remote; /**< of the other end; likewise, and in the form of RFC 7329, which has one id */
} sf_session_id;

/** Reads `ab30317f1a784dc48ff824d0d3715d86;remote=47755a9de7794ba387653f2099600ef2`. */
sf_session_id sf_session_id_read(sf_slice value);

#endif
