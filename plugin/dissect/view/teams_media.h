/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which way the media of a call with Teams takes, as Teams' session says.
 */
#ifndef SF_DISSECT_VIEW_TEAMS_MEDIA_H
#define SF_DISSECT_VIEW_TEAMS_MEDIA_H

#include "view.h"

typedef enum {
    SF_WAY_UNKNOWN,   /**< not a stream of Teams, or one without an address */
    SF_WAY_MICROSOFT, /**< all addresses are Microsoft's: media processors or relays */
    SF_WAY_CLIENT     /**< an address is the client's own: media bypass */
} sf_teams_way;

/**
 * Which way a stream of a message takes: with media bypass, the candidates are the client's, without it those of media
 * processors (Microsoft, "Direct Routing - SIP protocol", Inbound call: SIP dialog description).
 */
sf_teams_way sf_teams_way_of(const sf_view *view, const sf_stream *stream);

/** A way in words; NULL for one that is not known. */
const char *sf_teams_way_name(sf_teams_way way);

#endif
