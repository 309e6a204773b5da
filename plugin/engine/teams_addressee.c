/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whether a message goes to Teams.
 */
#include "teams_addressee.h"

#include "engine/message_reader.h"
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
    if (message->is_past_teams || message->via_count == 0 ||
        !sf_slice_equals_nocase(message->vias[0].transport, SF_LITERAL("TLS"))) {
        return false;
    }
    if (!message->is_request) {
        return message->via_count == 1 && sf_host_is_teams(message->from.address.uri.host);
    }
    return sf_host_is_teams(message->request_uri.host) || sf_host_is_teams(first_route(message));
}

bool sf_message_party_is_teams(const sf_message *message)
{
    return sf_host_is_teams(message->from.address.uri.host) || sf_host_is_teams(message->to.address.uri.host);
}

static bool has_teams_header(const sf_message *message)
{
    for (unsigned i = 0; i < message->ms_header_count; i++) {
        sf_ms_kind kind = message->ms_headers[i].kind;
        if (kind >= SF_MS_TEAMS_SBC && kind <= SF_MS_TEAMS_TENANT_ID) {
            return true;
        }
    }
    return false;
}

bool sf_message_shows_teams(const sf_message *message)
{
    return sf_product_is_of_teams(message->product.token) || sf_message_goes_to_teams(message) ||
           sf_slice_present(message->contact_call) || has_teams_header(message) ||
           (sf_message_contact_is_sender(message) && sf_host_is_teams(message->contact.host));
}
