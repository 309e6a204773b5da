/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Signaling path": Via, Record-Route and Route, and their signed tokens.
 */
#include "sections.h"

#include "parts.h"

#include "dissect/view/carrier.h"
#include "dissect/view/label.h"

static int hf_section = -1;
static int hf_contact = -1;
static int hf_bound = -1;
static int hf_bound_cid = -1;
static int hf_bound_connection = -1;

static int ett_section = -1;
static int ett_contact = -1;
static int ett_bound = -1;

/** How many there are of each header. */
static void summarize(const sf_view *view, proto_item *section, unsigned routes, unsigned record_routes)
{
    const struct {
        unsigned count;
        const char *header;
    } counts[] = {
        { view->message->via_count, "Via" },
        { record_routes, "Record-Route" },
        { routes, "Route" },
    };
    const char *separator = ": ";
    sf_label label;

    sf_label_begin(&label, view);
    for (size_t i = 0; i < G_N_ELEMENTS(counts); i++) {
        if (counts[i].count > 0) {
            sf_label_add(&label, separator);
            sf_label_add_number(&label, counts[i].count);
            sf_label_add(&label, " ");
            sf_label_add(&label, counts[i].header);
            separator = ", ";
        }
    }
    sf_label_append(&label, section);
}

/** An address of a client that is bound to one of the registrar's connections. */
static void show_bound(const sf_view *view, proto_tree *tree, const sf_bound_address *bound)
{
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_bound, ett_bound, bound->host, &item);
    sf_label label;

    if (view->is_visible) {
        sf_label_begin(&label, view);
        sf_label_add_part(&label, " (in ", bound->header, ")");
        sf_label_add(&label, ", connection ");
        sf_label_add_number(&label, sf_connection_number(bound->cid.value));
        sf_label_append(&label, item);
    }
    sf_view_number(view, below, hf_bound_cid, bound->cid);
    sf_derived(
        sf_view_integer(view, below, hf_bound_connection, bound->cid.text, sf_connection_number(bound->cid.value)));
}

/** The host that later requests of the dialog go to, where it says more than the hops do. */
static void show_contact(const sf_view *view, proto_tree *tree)
{
    proto_item *item;

    if (view->message->contact.host.length > 0) {
        proto_tree *below = sf_view_row(view, tree, hf_contact, ett_contact, view->message->contact.host, &item);
        sf_place_show_host(view, below, view->message->contact.host);
    }
}

static void show(sf_view *view)
{
    const sf_message *message = view->message;
    unsigned record_routes = 0;
    unsigned routes = 0;
    proto_item *section;

    if (message->via_count == 0 && message->route_count == 0 && message->bound_count == 0) {
        return;
    }
    proto_tree *tree = sf_view_section(view, hf_section, ett_section, &section);
    for (unsigned i = 0; i < message->via_count; i++) {
        sf_via_show(view, tree, &message->vias[i], i + 1);
    }
    for (unsigned i = 0; i < message->route_count; i++) {
        const sf_route *route = &message->routes[i];
        sf_route_show(view, tree, route, route->is_record_route ? ++record_routes : ++routes);
    }
    show_contact(view, tree);
    if (!sf_carrier_is_log(view->pinfo)) { /* its addresses may be invented */
        sf_place_show_packet(view, tree);
    }
    for (unsigned i = 0; i < message->bound_count; i++) {
        show_bound(view, tree, &message->bound[i]);
    }
    if (view->is_visible) {
        summarize(view, section, routes, record_routes);
    }
}

static void register_fields(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_section,
          { "Signaling path", "skypefed.section.path", FT_NONE, BASE_NONE, NULL, 0, "Via, Record-Route and Route",
            HFILL } },
        { &hf_contact,
          { "Contact host", "skypefed.contact.host", FT_STRING, BASE_NONE, NULL, 0,
            "Host of the first Contact: where later requests of the dialog go", HFILL } },
        { &hf_bound,
          { "Client reached at", "skypefed.bound", FT_STRING, BASE_NONE, NULL, 0,
            "Host of an address that a registrar bound to one of its connections", HFILL } },
        { &hf_bound_cid,
          { "Connection id", "skypefed.bound.received_cid", FT_UINT32, BASE_DEC_HEX, NULL, 0,
            "Connection id on the registrar (ms-received-cid of the address)", HFILL } },
        { &hf_bound_connection,
          { "Connection number (inferred)", "skypefed.bound.connection", FT_UINT32, BASE_DEC, NULL, 0,
            "Sequence number of the connection on the registrar; inferred from traces", HFILL } },
    };
    static int *ett[] = { &ett_section, &ett_contact, &ett_bound };

    sf_place_register(proto, expert);
    sf_via_register(proto, expert);
    sf_route_register(proto, expert);
    sf_signed_token_register(proto, expert);
    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}

const sf_section sf_section_path = { register_fields, show, NULL };
