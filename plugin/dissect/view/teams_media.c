/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whose addresses Teams' session has.
 */
#include "teams_media.h"

#include "places.h"

/** Only what a session names; a relay's related address is behind the relay. */
static void take(const sf_transport_address *transport, sf_teams_way *way)
{
    bool is_address = transport->family == SF_ADDRESS_IPV4 || transport->family == SF_ADDRESS_IPV6;

    if (is_address && !sf_transport_address_is_null(transport) && *way != SF_WAY_CLIENT) {
        *way = sf_places_of_address(transport) ? SF_WAY_MICROSOFT : SF_WAY_CLIENT;
    }
}

/** True if Teams may have written the SDP of a message of Teams: no proxy has sent the message on, with SDP of its own. */
static bool is_own_session(const sf_view *view)
{
    const sf_message *message = view->message;
    bool is_sent_on = message->is_request && message->via_count > 1 && !sf_places_of_host(message->vias[0].host);

    return !is_sent_on && !view->note->is_of_proxy;
}

sf_teams_way sf_teams_way_of(const sf_view *view, const sf_stream *stream)
{
    const sf_message *message = view->message;
    sf_teams_way way = SF_WAY_UNKNOWN;

    if (message->origin.network != SF_NETWORK_TEAMS || stream->port.value == 0 || !is_own_session(view)) {
        return SF_WAY_UNKNOWN;
    }
    for (unsigned i = 0; i < stream->candidates.count; i++) {
        take(&message->media.candidates[stream->candidates.first + i].address, &way);
    }
    if (stream->candidates.count == 0) {
        take(&stream->connection, &way);
    }
    /* Those that were cut off may be the client's. */
    return stream->lacks_lines && (way == SF_WAY_MICROSOFT || stream->candidates.count == 0) ? SF_WAY_UNKNOWN : way;
}

const char *sf_teams_way_name(sf_teams_way way)
{
    static const char *const names[] = {
        [SF_WAY_UNKNOWN] = NULL,
        [SF_WAY_MICROSOFT] = "by Teams' media processors or relays",
        [SF_WAY_CLIENT] = "media bypass: Teams names addresses of its client",
    };

    return names[way];
}
