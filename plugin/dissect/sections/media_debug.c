/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * CallerMediaDebug and CalleeMediaDebug.
 */
#include "parts.h"

#include "dissect/view/label.h"

static int hf_media_debug = -1;
static int hf_label = -1;
static int hf_local_site = -1;
static int hf_remote_site = -1;
static int hf_local_relay = -1;
static int hf_remote_relay = -1;
static int hf_local_location = -1;
static int hf_remote_location = -1;
static int hf_federation_type = -1;
static int hf_ice_warning = -1;
static int hf_turn_unreachable = -1;
static int hf_turn_udp_allocate = -1;
static int hf_turn_udp_send = -1;
static int hf_turn_tcp_allocate = -1;
static int hf_turn_tcp_send = -1;
static int hf_local_connectivity = -1;
static int hf_udp_nat = -1;
static int hf_udp_turn = -1;
static int hf_tcp_nat = -1;
static int hf_tcp_turn = -1;

static int ett_media_debug = -1;
static int ett_ice_warning = -1;

static const value_string location_names[] = {
    { 0, "Unknown" },
    { 1, "Internet" },
    { 2, "Intranet" },
    { 0, NULL },
};

static const value_string federation_names[] = {
    { 0, "None" },
    { 1, "Federated enterprise" },
    { 2, "Public cloud" },
    { 0, NULL },
};

static const int *const bits[] = { &hf_turn_unreachable,  &hf_turn_udp_allocate, &hf_turn_udp_send,
                                   &hf_turn_tcp_allocate, &hf_turn_tcp_send,     &hf_local_connectivity,
                                   &hf_udp_nat,           &hf_udp_turn,          &hf_tcp_nat,
                                   &hf_tcp_turn };

static void show_warning_bits(const sf_view *view, proto_tree *tree, const sf_media_debug *debug)
{
    for (size_t i = 0; i < G_N_ELEMENTS(bits); i++) {
        sf_view_flag(view, tree, *bits[i], debug->ice_warning.text, debug->ice_warning.value);
    }
}

/** What went wrong, beside the number; the bits below it tell the same one by one. */
static void append_warnings(const sf_view *view, proto_item *item, uint64_t warning)
{
    const char *separator = ": ";
    sf_label label;

    sf_label_begin(&label, view);
    for (size_t i = 0; i < G_N_ELEMENTS(bits); i++) {
        const header_field_info *bit = proto_registrar_get_nth((unsigned)*bits[i]);
        if (warning & bit->bitmask) {
            sf_label_add(&label, separator);
            sf_label_add(&label, bit->name);
            separator = "; ";
        }
    }
    sf_label_append(&label, item);
}

static void label_debug(const sf_view *view, proto_item *item, const sf_media_debug *debug)
{
    bool is_callee = sf_slice_starts_nocase(debug->name, SF_LITERAL("Callee"));
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, is_callee ? "Media of the callee's side" : "Media of the caller's side");
    sf_label_add_part(&label, ": ", debug->label, "");
    sf_label_set(&label, item);
}

void sf_media_debug_show(sf_view *view, proto_tree *tree, const sf_media_debug *debug)
{
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_media_debug, ett_media_debug, debug->text, &item);

    if (view->is_visible) {
        label_debug(view, item, debug);
    }
    sf_view_text(view, below, hf_label, debug->label);
    sf_view_text(view, below, hf_local_site, debug->local_site);
    sf_view_text(view, below, hf_remote_site, debug->remote_site);
    sf_view_text(view, below, hf_local_relay, debug->local_relay);
    sf_view_text(view, below, hf_remote_relay, debug->remote_relay);
    sf_view_number(view, below, hf_local_location, debug->local_location);
    sf_view_number(view, below, hf_remote_location, debug->remote_location);
    sf_view_number(view, below, hf_federation_type, debug->federation_type);
    proto_item *warning = sf_view_number(view, below, hf_ice_warning, debug->ice_warning);
    if (warning) {
        if (view->is_visible) {
            append_warnings(view, warning, debug->ice_warning.value);
        }
        show_warning_bits(view, proto_item_add_subtree(warning, ett_ice_warning), debug);
    }
}

void sf_media_debug_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_media_debug,
          { "Media debug", "skypefed.media_debug", FT_STRING, BASE_NONE, NULL, 0,
            "CallerMediaDebug or CalleeMediaDebug", HFILL } },
        { &hf_label,
          { "Stream", "skypefed.media_debug.label", FT_STRING, BASE_NONE, NULL, 0, "Which stream it speaks of",
            HFILL } },
        { &hf_local_site,
          { "Local address", "skypefed.media_debug.local_site", FT_STRING, BASE_NONE, NULL, 0, NULL, HFILL } },
        { &hf_remote_site,
          { "Remote address", "skypefed.media_debug.remote_site", FT_STRING, BASE_NONE, NULL, 0, NULL, HFILL } },
        { &hf_local_relay,
          { "Local media relay", "skypefed.media_debug.local_relay", FT_STRING, BASE_NONE, NULL, 0, "LocalMR",
            HFILL } },
        { &hf_remote_relay,
          { "Remote media relay", "skypefed.media_debug.remote_relay", FT_STRING, BASE_NONE, NULL, 0, "RemoteMR",
            HFILL } },
        { &hf_local_location,
          { "Local location", "skypefed.media_debug.local_location", FT_UINT32, BASE_DEC, VALS(location_names), 0, NULL,
            HFILL } },
        { &hf_remote_location,
          { "Remote location", "skypefed.media_debug.remote_location", FT_UINT32, BASE_DEC, VALS(location_names), 0,
            NULL, HFILL } },
        { &hf_federation_type,
          { "Federation", "skypefed.media_debug.federation_type", FT_UINT32, BASE_DEC, VALS(federation_names), 0, NULL,
            HFILL } },
        { &hf_ice_warning,
          { "Failed ways of media (ICE)", "skypefed.ice_warning", FT_UINT32, BASE_HEX, NULL, 0, "What ICE could not do",
            HFILL } },
        { &hf_turn_unreachable,
          { "Media relay (TURN) not reachable", "skypefed.ice_warning.turn_unreachable", FT_BOOLEAN, 32, NULL,
            0x00000001, NULL, HFILL } },
        { &hf_turn_udp_allocate,
          { "Media relay gave no UDP port", "skypefed.ice_warning.turn_udp_allocate", FT_BOOLEAN, 32, NULL, 0x00000002,
            NULL, HFILL } },
        { &hf_turn_udp_send,
          { "Sending by UDP through the media relay failed", "skypefed.ice_warning.turn_udp_send", FT_BOOLEAN, 32, NULL,
            0x00000004, NULL, HFILL } },
        { &hf_turn_tcp_allocate,
          { "Media relay gave no TCP port", "skypefed.ice_warning.turn_tcp_allocate", FT_BOOLEAN, 32, NULL, 0x00000008,
            NULL, HFILL } },
        { &hf_turn_tcp_send,
          { "Sending by TCP through the media relay failed", "skypefed.ice_warning.turn_tcp_send", FT_BOOLEAN, 32, NULL,
            0x00000010, NULL, HFILL } },
        { &hf_local_connectivity,
          { "No direct path in the local network", "skypefed.ice_warning.local_connectivity", FT_BOOLEAN, 32, NULL,
            0x00000020, NULL, HFILL } },
        { &hf_udp_nat,
          { "No UDP path through NAT", "skypefed.ice_warning.udp_nat", FT_BOOLEAN, 32, NULL, 0x00000040, NULL,
            HFILL } },
        { &hf_udp_turn,
          { "No UDP path through the media relay", "skypefed.ice_warning.udp_turn", FT_BOOLEAN, 32, NULL, 0x00000080,
            NULL, HFILL } },
        { &hf_tcp_nat,
          { "No TCP path through NAT", "skypefed.ice_warning.tcp_nat", FT_BOOLEAN, 32, NULL, 0x00000100, NULL,
            HFILL } },
        { &hf_tcp_turn,
          { "No TCP path through the media relay", "skypefed.ice_warning.tcp_turn", FT_BOOLEAN, 32, NULL, 0x00000200,
            NULL, HFILL } },
    };
    static int *ett[] = { &ett_media_debug, &ett_ice_warning };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}
