/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which messages go to Teams.
 */
#include "demands.h"

#include "carrier.h"
#include "engine/teams_addressee.h"
#include "places.h"

static const sf_place *place_of(const address *end, bool *is_private)
{
    sf_transport_address read;

    *is_private = false;
    if (!sf_packet_address_read(end, &read)) {
        return NULL;
    }
    *is_private = sf_transport_address_is_private(&read);
    return sf_places_of_address(&read);
}

/** Only session border controllers write X-MS-SBC. */
static bool has_sbc_header(const sf_message *message)
{
    for (unsigned i = 0; i < message->ms_header_count; i++) {
        if (message->ms_headers[i].kind == SF_MS_TEAMS_SBC) {
            return true;
        }
    }
    return false;
}

/**
 * By the names in the message, unless the packet goes elsewhere: from Microsoft, or inside the company, from a PBX to
 * the session border controller. Without a name, by the packet's destination.
 */
static bool goes_to_teams(const sf_view *view)
{
    const packet_info *pinfo = view->pinfo;
    bool has_names = sf_message_names_teams(view->message);
    bool is_from_private, is_to_private;

    if (sf_carrier_is_log(pinfo)) { /* its addresses may be invented */
        return has_names;
    }
    if (place_of(&pinfo->net_src, &is_from_private)) {
        return false;
    }
    if (place_of(&pinfo->net_dst, &is_to_private)) {
        return has_names || has_sbc_header(view->message);
    }
    return has_names && !is_to_private;
}

bool sf_demands_apply(const sf_view *view)
{
    return view->message->is_whole && view->message->is_microsoft && goes_to_teams(view);
}
