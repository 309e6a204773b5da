/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Headers of the signaling path: Via, Record-Route, Route.
 */
#include <glib.h>

#include "message_reader.h"

static inline void keep_mark_of_via(sf_message_reader *r, const sf_via *via)
{
    sf_note_mark(r, via->has_microsoft || sf_host_is_microsoft(via->host));
}

/** A Via for which there is no room is read for its mark alone: the message has that, whatever else is read of it. */
static G_GNUC_NO_INLINE void read_via_beyond(sf_message_reader *r, sf_slice element)
{
    sf_via via;

    if (!r->message->is_microsoft) {
        sf_via_read(element, r->extent, &r->message->problems, &via);
        keep_mark_of_via(r, &via);
    }
}

void sf_message_read_via(sf_message_reader *r, const sf_header *header)
{
    sf_message *message = r->message;
    sf_cursor cursor = sf_cursor_over(header->value);
    sf_slice element;

    sf_note_empty(header, &message->problems);
    while (sf_list_next(&cursor, &message->problems, &element)) {
        if (!sf_problems_room(&message->problems, message->via_count, SF_MAX_VIAS, SF_LIMIT_VIAS, element)) {
            read_via_beyond(r, element);
            continue;
        }
        sf_via *via = &message->vias[message->via_count++];
        sf_via_read(element, r->extent, &message->problems, via);
        via->has_upper_case_name = sf_slice_equals(header->name, SF_LITERAL("VIA"));
        keep_mark_of_via(r, via);
    }
}

static void keep_marks_of_route(sf_message_reader *r, const sf_route *route, sf_slice header)
{
    sf_note_mark(r, route->has_microsoft || sf_host_is_microsoft(route->address.uri.host));
    if (sf_message_wants(r, SF_FOR_DETAIL)) {
        sf_teams_take_host(&r->message->teams, route->address.uri.host, header);
    }
    if (route->may_be_gruu) {
        sf_message_read_uri(r, &route->address.uri);
    }
    if (sf_slice_present(route->epid)) {
        sf_message_keep_epid(r, route->epid, header);
    }
}

/** A route for which there is no room is read for its mark alone. @return what follows it without a comma */
static G_GNUC_NO_INLINE sf_slice read_route_beyond(sf_message_reader *r, sf_slice element, const sf_header *header)
{
    sf_route route;

    if (r->message->is_microsoft) {
        return sf_slice_head(element, 0);
    }
    sf_route_read(element, header->id == SF_HEADER_RECORD_ROUTE, r->extent, &r->message->problems, &route);
    keep_marks_of_route(r, &route, header->canonical);
    return sf_slice_trim(sf_slice_skip(element, route.text.length));
}

void sf_message_read_routes(sf_message_reader *r, const sf_header *header)
{
    sf_message *message = r->message;
    sf_cursor cursor = sf_cursor_over(header->value);
    bool is_record_route = header->id == SF_HEADER_RECORD_ROUTE;
    bool is_noted = false;
    sf_slice element;

    sf_note_empty(header, &message->problems);
    while (sf_list_next(&cursor, &message->problems, &element)) {
        while (element.length > 0) {
            if (!sf_problems_room(&message->problems, message->route_count, SF_MAX_ROUTES, SF_LIMIT_ROUTES, element)) {
                element = read_route_beyond(r, element, header);
                continue;
            }
            sf_route *route = &message->routes[message->route_count++];
            sf_route_read(element, is_record_route, r->extent, &message->problems, route);
            route->is_provider = sf_network_of_edge(r->knowledge, route->address.uri.host) != SF_NETWORK_UNKNOWN;
            keep_marks_of_route(r, route, header->canonical);
            element = sf_slice_trim(sf_slice_skip(element, route->text.length));
            if (element.length > 0 && !is_noted) {
                is_noted = true;
                sf_problems_malformed(&message->problems, route->text, element, "The route",
                                      "is followed by another route without a comma");
            }
        }
    }
}
