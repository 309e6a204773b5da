/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Headers of the signaling path: Via, Record-Route, Route.
 */
#include "message_reader.h"

void sf_message_read_via(sf_message_reader *r, const sf_header *header)
{
    sf_message *message = r->message;
    sf_cursor cursor = sf_cursor_over(header->value);
    sf_slice element;

    sf_note_empty(header, &message->problems);
    while (sf_list_next(&cursor, &message->problems, &element)) {
        sf_via beyond; /* read for its mark alone: the message has that, whatever else is read of it */
        bool has_room = sf_problems_room(&message->problems, message->via_count, SF_MAX_VIAS, SF_LIMIT_VIAS, element);
        if (!has_room && message->is_microsoft) {
            return;
        }
        sf_via *via = has_room ? &message->vias[message->via_count++] : &beyond;
        sf_via_read(element, r->extent, &message->problems, via);
        via->has_upper_case_name = sf_slice_equals(header->name, SF_LITERAL("VIA"));
        sf_note_mark(r, via->has_microsoft || sf_host_is_microsoft(via->host));
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
            sf_route beyond; /* read for its mark alone, as above */
            bool has_room = sf_problems_room(&message->problems, message->route_count, SF_MAX_ROUTES, SF_LIMIT_ROUTES,
                                             element);
            if (!has_room && message->is_microsoft) {
                return;
            }
            sf_route *route = has_room ? &message->routes[message->route_count++] : &beyond;
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
