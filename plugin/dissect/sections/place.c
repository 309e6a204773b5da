/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whether a host or an address is Microsoft's, by the table of the preferences.
 */
#include "parts.h"

#include "dissect/view/label.h"
#include "dissect/view/places.h"

static int hf_is_microsoft = -1;
static int hf_place = -1;
static int hf_service = -1;
static int hf_source = -1;
static int hf_destination = -1;

/** In a call with Teams it is worth saying also that an address is not Microsoft's. */
static bool is_with_teams(const sf_message *message)
{
    return message->is_past_teams || message->teams.instance_count > 0 ||
           message->from.identity.network == SF_NETWORK_TEAMS || message->to.identity.network == SF_NETWORK_TEAMS ||
           sf_host_is_teams(message->request_uri.host);
}

static void show(const sf_view *view, proto_tree *tree, sf_slice where, const sf_place *place)
{
    if (!tree || (!place && !is_with_teams(view->message))) {
        return;
    }
    proto_item *item = sf_view_flag(view, tree, hf_is_microsoft, where, place != NULL);
    if (!place) {
        sf_implied(item);
        return;
    }
    if (view->is_visible) {
        sf_label label;
        sf_label_begin(&label, view);
        sf_label_add_bytes(&label, " (", 2);
        sf_label_add_bytes(&label, place->text.text, place->text.length);
        sf_label_add(&label, ", ");
        sf_label_add_bytes(&label, place->service.text, place->service.length);
        sf_label_add(&label, ")");
        sf_label_append(&label, item);
    }
    sf_derived(item);
    char *text = wmem_strndup(view->pinfo->pool, place->text.text, place->text.length);
    sf_implied(sf_view_words(view, tree, hf_place, where, text));
    char *service = wmem_strndup(view->pinfo->pool, place->service.text, place->service.length);
    sf_implied(sf_view_words(view, tree, hf_service, where, service));
}

void sf_place_show_host(const sf_view *view, proto_tree *tree, sf_slice host)
{
    if (tree && host.length > 0) {
        show(view, tree, host, sf_places_of_host(host));
    }
}

void sf_place_show_address(const sf_view *view, proto_tree *tree, const sf_transport_address *transport)
{
    bool is_address = transport->family == SF_ADDRESS_IPV4 || transport->family == SF_ADDRESS_IPV6;

    if (tree && is_address && !sf_transport_address_is_null(transport)) {
        show(view, tree, transport->text, sf_places_of_address(transport));
    }
}

/** The two ends of the packet: it is their addresses that a firewall sees. */
static void show_end(const sf_view *view, proto_tree *tree, int hf, const address *end)
{
    sf_transport_address transport;

    if (!sf_packet_address_read(end, &transport)) {
        return;
    }
    const sf_place *place = sf_places_of_address(&transport);
    if (place || is_with_teams(view->message)) {
        proto_item *item = sf_derived(sf_view_flag(view, tree, hf, view->message->start_line, place != NULL));
        if (place && view->is_visible) {
            sf_label label;
            sf_label_begin(&label, view);
            sf_label_add_bytes(&label, place->text.text, place->text.length);
            sf_label_add(&label, ", ");
            sf_label_add_bytes(&label, place->service.text, place->service.length);
            sf_label_explain(view, item, label.text);
        }
    }
}

void sf_place_show_packet(const sf_view *view, proto_tree *tree)
{
    show_end(view, tree, hf_source, &view->pinfo->net_src);
    show_end(view, tree, hf_destination, &view->pinfo->net_dst);
}

void sf_place_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_is_microsoft,
          { "Microsoft address", "skypefed.host.microsoft", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The host or address is in a Microsoft domain or range (see the table in the preferences)", HFILL } },
        { &hf_place,
          { "Range or domain", "skypefed.host.microsoft.range", FT_STRING, BASE_NONE, NULL, 0,
            "Microsoft range or domain that contains the host or address", HFILL } },
        { &hf_service,
          { "Service", "skypefed.host.microsoft.service", FT_STRING, BASE_NONE, NULL, 0,
            "Microsoft service that uses the range or domain", HFILL } },
        { &hf_source,
          { "Sent from a Microsoft address", "skypefed.host.microsoft.source", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The packet's source address is in a Microsoft range", HFILL } },
        { &hf_destination,
          { "Sent to a Microsoft address", "skypefed.host.microsoft.destination", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The packet's destination address is in a Microsoft range", HFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
}
