/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Passwords of SIP URIs, `sip:user:password@host`, which no text of ours shows.
 */
#ifndef SF_DISSECT_VIEW_PASSWORDS_H
#define SF_DISSECT_VIEW_PASSWORDS_H

#include <epan/wmem_scopes.h>

#include "engine/text/slice.h"

/**
 * A text with `***` for the password of each sip and sips URI in it (RFC 3261 19.1.1). A text of the message may also
 * begin with a user part whose scheme stands in front of it. At a domain of Skype's the password is a part of the name,
 * as in `live:joe`, and stays.
 * @param message  the message, of which the text may be a part
 * @param pool     where a copy lives
 * @return the text itself if it has none; otherwise a copy
 */
sf_slice sf_without_passwords(wmem_allocator_t *pool, sf_slice message, sf_slice text);

#endif
