/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Passwords of SIP URIs, `sip:user:password@host`, which no text of ours shows.
 */
#ifndef SF_DISSECT_VIEW_PASSWORDS_H
#define SF_DISSECT_VIEW_PASSWORDS_H

#include "view.h"

/**
 * A text with `***` for the password of each sip and sips URI in it (RFC 3261 19.1.1). A text of the message may also
 * begin with a user part whose scheme stands in front of it. At a domain of Skype's the password is a part of the name,
 * as in `live:joe`, and stays.
 * @return the text itself if it has none; otherwise a copy that lives as long as the packet
 */
sf_slice sf_view_without_passwords(const sf_view *view, sf_slice text);

#endif
