/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The hosts of a message.
 */
#include "tap_hosts.h"

#include "dissect/view/carrier.h"
#include "dissect/view/demands.h"
#include "dissect/view/places.h"
#include "engine/sip/network.h"

const char sf_role_server[] = "Lync server, likely";

static const char edge[] = "Edge", front_end[] = "front end, likely", teams[] = "Teams", border_controller[] = "SBC";

/** A name, no address: letters, and a dot among them; not longer than a name can be (RFC 1035 2.3.4, as text). */
static bool is_name(sf_slice host)
{
    enum { MAX_LETTERS = 253 };
    bool has_letter = false, has_dot = false;

    if (host.length > MAX_LETTERS) {
        return false;
    }
    for (size_t i = 0; i < host.length; i++) {
        has_letter = has_letter || g_ascii_isalpha(host.text[i]);
        has_dot = has_dot || host.text[i] == '.';
        if (host.text[i] == ':' || host.text[i] == '[') {
            return false;
        }
    }
    return has_letter && has_dot;
}

static void add(const sf_view *view, sf_tap_hosts *hosts, sf_slice host, const char *role)
{
    if (hosts->count < SF_TAP_MAX_HOSTS && is_name(host)) {
        hosts->items[hosts->count++] = (sf_tap_host){ sf_view_string(view, host), role };
    }
}

/** What is certain comes first: whoever takes the roles keeps the first of a host. */
static void add_roles(const sf_view *view, sf_tap_hosts *hosts)
{
    const sf_message *message = view->message;

    add(view, hosts, message->trust.edge, edge);
    add(view, hosts, message->trust.remote, edge);
    for (unsigned i = 0; i < message->route_count; i++) {
        const sf_route *route = &message->routes[i];
        if (route->is_provider) {
            add(view, hosts, route->address.uri.host, edge);
        }
        add(view, hosts, route->front_end, front_end);
        if (sf_slice_present(route->role_from) || sf_slice_present(route->role_to)) {
            add(view, hosts, route->address.uri.host, front_end);
        }
    }
}

/** Whether an end of the packet has one of Teams' addresses. */
static bool is_address_of_teams(const sf_view *view, const address *end)
{
    sf_transport_address read;

    if (sf_carrier_is_log(view->pinfo) || !sf_packet_address_read(end, &read)) {
        return false;
    }
    const sf_place *place = sf_places_of_address(&read);
    return place && sf_slice_starts_nocase(place->service, SF_LITERAL("Teams"));
}

/** The address of the sender of a request, as its first Via has it; absent in a response. */
static sf_slice sender_of(const sf_message *message)
{
    bool is_known = message->is_request && message->via_count > 0 && message->vias[0].is_readable;

    return is_known ? message->vias[0].host : (sf_slice){ NULL, 0 };
}

/**
 * A request on its first hop, not yet passed on by a server, which adds a Via; or a 100, which no proxy passes on
 * (RFC 3261 16.7).
 */
static bool is_written_by_sender(const sf_message *message)
{
    enum { TRYING = 100 };

    return message->is_request ? message->via_count == 1 : message->status_code == TRYING;
}

/** The Record-Route that the sender of a request has added last; NULL without one. */
static const sf_route *last_record_route(const sf_message *message)
{
    for (unsigned i = 0; i < message->route_count; i++) {
        if (message->routes[i].is_record_route) {
            return &message->routes[i];
        }
    }
    return NULL;
}

/** A request whose first Via an RTC server wrote: its Record-Route, if it has one, is the first as well. */
static void add_server(const sf_view *view, sf_tap_hosts *hosts)
{
    const sf_route *own = last_record_route(view->message);

    hosts->sender_role = sf_role_server;
    if (own && own->front_end.length > 0) {
        hosts->sender_role = front_end;
        hosts->sender = *hosts->sender ? hosts->sender : sf_view_string(view, own->front_end);
    }
}

/** By its first Via, by its address, or by the product of a message that no server has passed on. */
static bool is_from_teams(const sf_view *view, sf_slice sender)
{
    static const sf_slice proxy = SF_LITERAL_INIT("Microsoft.PSTNHub.");
    const sf_message *message = view->message;

    return sf_host_is_teams(sender) || is_address_of_teams(view, &view->pinfo->net_src) ||
           (is_written_by_sender(message) && sf_slice_starts_nocase(message->product.token, proxy));
}

/** The host of a session border controller, which Teams demands to be a name; empty for Teams' own. */
static const char *border_controller_name(const sf_view *view, sf_slice host)
{
    return is_name(host) && !sf_host_is_teams(host) ? sf_view_string(view, host) : "";
}

static bool is_from_rtc_server(const sf_message *message)
{
    sf_stack stack = message->is_request && message->via_count > 0 ? message->vias[0].stack : SF_STACK_OTHER;

    return stack == SF_STACK_RTC_SERVER_2010 || stack == SF_STACK_RTC_SERVER_2007;
}

void sf_tap_hosts_of(const sf_view *view, sf_tap_hosts *hosts)
{
    const sf_message *message = view->message;
    sf_slice sender = sender_of(message);

    *hosts = (sf_tap_hosts){ .sender = is_name(sender) ? sf_view_string(view, sender) : "", .receiver = "" };
    if (sf_demands_apply(view)) {
        hosts->sender_role = border_controller;
        hosts->receiver_role = teams;
        if (!message->is_request && sf_slice_present(message->contact.text)) {
            hosts->sender = border_controller_name(view, message->contact.host);
        }
    } else if (is_from_teams(view, sender)) {
        hosts->sender_role = teams;
        hosts->receiver_role = border_controller;
        if (message->is_request) {
            hosts->receiver = border_controller_name(view, message->request_uri.host);
        }
    } else if (is_from_rtc_server(message)) {
        add_server(view, hosts);
    } else if (is_written_by_sender(message)) {
        hosts->sender_role = message->product.name;
    }
    add_roles(view, hosts);
}
