/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whether a message goes to Teams.
 */
#include "teams_addressee.h"

#include "engine/sip/network.h"

static sf_slice first_route(const sf_message *message)
{
    for (unsigned i = 0; i < message->route_count; i++) {
        if (!message->routes[i].is_record_route) {
            return message->routes[i].address.uri.host;
        }
    }
    return (sf_slice){ NULL, 0 };
}

bool sf_message_names_teams(const sf_message *message)
{
    if (message->via_count == 0 || !sf_slice_equals_nocase(message->vias[0].transport, SF_LITERAL("TLS"))) {
        return false;
    }
    if (!message->is_request) {
        return message->via_count == 1 && sf_host_is_teams(message->from.address.uri.host);
    }
    return sf_host_is_teams(message->request_uri.host) || sf_host_is_teams(first_route(message));
}
