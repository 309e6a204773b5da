/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Media debug information: CallerMediaDebug, CalleeMediaDebug and their kin.
 */
#include "parts.h"

#include "dissect/view/ice_steps.h"

static int hf_media_debug = -1;
static int hf_side = -1;
static int hf_label = -1;
static int hf_keys[SF_DEBUG_KEYS];
static int hf_first_port = -1;
static int hf_last_port = -1;
static int hf_param = -1;

static int ett_media_debug = -1;

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

/** Kinds of network interfaces, by bit: the order of the browser's MSNetworkInterfaceType fits all values seen. */
static const struct {
    uint64_t bit;
    const char *name;
} interface_kinds[] = {
    { 0x02, "Ethernet" }, { 0x04, "wireless" }, { 0x08, "PPP" }, { 0x10, "tunnel" }, { 0x20, "mobile network" },
};

/** What a value means, after it: `(Ethernet, tunnel; inferred)`. No specification describes these keys. */
static void explain(const sf_view *view, proto_item *item, sf_debug_key key, uint64_t value)
{
    bool is_place = key == SF_DEBUG_LOCAL_LOCATION || key == SF_DEBUG_REMOTE_LOCATION ||
                    key == SF_DEBUG_FEDERATION_TYPE;
    bool is_mask = key == SF_DEBUG_INTERFACES || key == SF_DEBUG_BASE_INTERFACE || key == SF_DEBUG_LOCAL_INTERFACE;
    const char *separator = "";
    sf_label label;

    sf_label_begin(&label, view);
    for (size_t i = 0; is_mask && i < G_N_ELEMENTS(interface_kinds); i++) {
        if (value & interface_kinds[i].bit) {
            sf_label_add(&label, separator);
            sf_label_add(&label, interface_kinds[i].name);
            separator = ", ";
        }
    }
    if (label.length > 0) {
        sf_label_add(&label, "; ");
    }
    if (label.length > 0 || (is_place && value > 0)) {
        sf_label_add(&label, "inferred");
        sf_label_explain(view, item, label.text);
    }
}

static void show_key(const sf_view *view, proto_tree *tree, sf_debug_key key, sf_number number)
{
    if (!sf_number_is_present(number)) {
        return;
    }
    if (proto_registrar_get_ftype(hf_keys[key]) == FT_STRING) {
        sf_view_text(view, tree, hf_keys[key], number.text);
        return;
    }
    proto_item *item = sf_view_number(view, tree, hf_keys[key], number);
    if (view->is_visible) {
        explain(view, item, key, number.value);
    }
}

static void label_debug(const sf_view *view, proto_item *item, const sf_media_debug *debug)
{
    const char *side = sf_media_debug_side(debug);
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, debug->form == SF_DEBUG_CHANNEL ? "Media channel" : "Media");
    if (side) {
        sf_label_add(&label, " of the ");
        sf_label_add(&label, side);
        sf_label_add(&label, "'s side");
    }
    sf_label_add_part(&label, ": ", debug->label, "");
    sf_label_set(&label, item);
}

void sf_media_debug_show(sf_view *view, proto_tree *tree, const sf_media_debug *debug)
{
    const sf_diagnostics_table *table = &view->message->diagnostics;
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_media_debug, ett_media_debug, debug->text, &item);

    if (view->is_visible) {
        label_debug(view, item, debug);
    }
    if (sf_media_debug_side(debug)) {
        sf_implied(sf_view_words(view, below, hf_side, debug->side, sf_media_debug_side(debug)));
    }
    sf_view_text(view, below, hf_label, debug->label);
    for (unsigned key = 0; key < SF_DEBUG_ICE_WARNING; key++) {
        show_key(view, below, (sf_debug_key)key, debug->values[key]);
        if (key == SF_DEBUG_PORT_RANGE) {
            sf_implied(sf_view_number(view, below, hf_first_port, debug->first_port));
            sf_implied(sf_view_number(view, below, hf_last_port, debug->last_port));
        }
    }
    for (unsigned i = 0; i < debug->params.count; i++) {
        sf_view_text(view, below, hf_param, table->media_debug_params[debug->params.first + i].text);
    }
    sf_ice_warning_show(view, below, debug->values[SF_DEBUG_ICE_WARNING], sf_ice_ends_of(debug));
}

void sf_media_debug_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_media_debug,
          { "Media debug", "skypefed.media_debug", FT_STRING, BASE_NONE, NULL, 0,
            "CallerMediaDebug or CalleeMediaDebug, or parameters that say the same", HFILL } },
        { &hf_side, { "Side", "skypefed.media_debug.side", FT_STRING, BASE_NONE, NULL, 0, "caller or callee", HFILL } },
        { &hf_label,
          { "Stream", "skypefed.media_debug.label", FT_STRING, BASE_NONE, NULL, 0, "Stream that it describes",
            HFILL } },
        { &hf_keys[SF_DEBUG_LOCAL_SITE],
          { "Local address", "skypefed.media_debug.local_site", FT_STRING, BASE_NONE, NULL, 0,
            "LocalSite: address and port that ICE ended with on this side", HFILL } },
        { &hf_keys[SF_DEBUG_REMOTE_SITE],
          { "Remote address", "skypefed.media_debug.remote_site", FT_STRING, BASE_NONE, NULL, 0,
            "RemoteSite: address and port that ICE ended with on the other side", HFILL } },
        { &hf_keys[SF_DEBUG_LOCAL_RELAY],
          { "Local media relay", "skypefed.media_debug.local_relay", FT_STRING, BASE_NONE, NULL, 0, "LocalMR",
            HFILL } },
        { &hf_keys[SF_DEBUG_REMOTE_RELAY],
          { "Remote media relay", "skypefed.media_debug.remote_relay", FT_STRING, BASE_NONE, NULL, 0, "RemoteMR",
            HFILL } },
        { &hf_keys[SF_DEBUG_LOCAL_RELAY_TCP_PORT],
          { "TCP port on the local media relay", "skypefed.media_debug.local_relay_tcp_port", FT_UINT16, BASE_DEC, NULL,
            0, "LocalMRTCPPort", HFILL } },
        { &hf_keys[SF_DEBUG_REMOTE_RELAY_TCP_PORT],
          { "TCP port on the remote media relay", "skypefed.media_debug.remote_relay_tcp_port", FT_UINT16, BASE_DEC,
            NULL, 0, "RemoteMRTCPPort", HFILL } },
        { &hf_keys[SF_DEBUG_PORT_RANGE],
          { "Media ports that the client may use", "skypefed.media_debug.port_range", FT_STRING, BASE_NONE, NULL, 0,
            "PortRange: what the client may use, first:last", HFILL } },
        { &hf_first_port,
          { "First media port", "skypefed.media_debug.first_port", FT_UINT16, BASE_DEC, NULL, 0, "Of PortRange",
            HFILL } },
        { &hf_last_port,
          { "Last media port", "skypefed.media_debug.last_port", FT_UINT16, BASE_DEC, NULL, 0, "Of PortRange",
            HFILL } },
        { &hf_keys[SF_DEBUG_LOCAL_LOCATION],
          { "Local location", "skypefed.media_debug.local_location", FT_UINT32, BASE_DEC, VALS(location_names), 0,
            "Inside the company's network or outside; the words are inferred", HFILL } },
        { &hf_keys[SF_DEBUG_REMOTE_LOCATION],
          { "Remote location", "skypefed.media_debug.remote_location", FT_UINT32, BASE_DEC, VALS(location_names), 0,
            "Inside the company's network or outside; the words are inferred", HFILL } },
        { &hf_keys[SF_DEBUG_FEDERATION_TYPE],
          { "Federation", "skypefed.media_debug.federation_type", FT_UINT32, BASE_DEC, VALS(federation_names), 0,
            "FederationType; the words are inferred", HFILL } },
        { &hf_keys[SF_DEBUG_NETWORK_NAME],
          { "Network name", "skypefed.media_debug.network_name", FT_STRING, BASE_NONE, NULL, 0,
            "DNS suffix of the client's network", HFILL } },
        { &hf_keys[SF_DEBUG_INTERFACES],
          { "Network interfaces", "skypefed.media_debug.interfaces", FT_UINT32, BASE_DEC_HEX, NULL, 0,
            "Kinds of networks that the client is connected to; the words are inferred", HFILL } },
        { &hf_keys[SF_DEBUG_BASE_INTERFACE],
          { "Interface of the base address", "skypefed.media_debug.base_interface", FT_UINT32, BASE_DEC_HEX, NULL, 0,
            "BaseInterface; the words are inferred", HFILL } },
        { &hf_keys[SF_DEBUG_BASE_ADDRESS],
          { "Base address", "skypefed.media_debug.base_address", FT_STRING, BASE_NONE, NULL, 0,
            "Local address from which the client asks the media relay for ports", HFILL } },
        { &hf_keys[SF_DEBUG_LOCAL_INTERFACE],
          { "Interface of the local address", "skypefed.media_debug.local_interface", FT_UINT32, BASE_DEC_HEX, NULL, 0,
            "LocalInterface; the words are inferred", HFILL } },
        { &hf_keys[SF_DEBUG_LOCAL_ADDRESS],
          { "Local end of the chosen pair", "skypefed.media_debug.local_address", FT_STRING, BASE_NONE, NULL, 0,
            "LocalAddress", HFILL } },
        { &hf_keys[SF_DEBUG_REMOTE_ADDRESS],
          { "Remote end of the chosen pair", "skypefed.media_debug.remote_address", FT_STRING, BASE_NONE, NULL, 0,
            "RemoteAddress", HFILL } },
        { &hf_keys[SF_DEBUG_LOCAL_TYPE],
          { "Kind of the local address", "skypefed.media_debug.local_type", FT_STRING, BASE_NONE, NULL, 0,
            "LocalAddrType", HFILL } },
        { &hf_keys[SF_DEBUG_REMOTE_TYPE],
          { "Kind of the remote address", "skypefed.media_debug.remote_type", FT_STRING, BASE_NONE, NULL, 0,
            "RemoteAddrType", HFILL } },
        { &hf_keys[SF_DEBUG_PROTOCOL],
          { "Transport of the chosen pair", "skypefed.media_debug.protocol", FT_STRING, BASE_NONE, NULL, 0, "Protocol",
            HFILL } },
        { &hf_keys[SF_DEBUG_ICE_ROLE],
          { "ICE role", "skypefed.media_debug.ice_role", FT_STRING, BASE_NONE, NULL, 0, "IceRole", HFILL } },
        { &hf_keys[SF_DEBUG_RELAY_NAME],
          { "Name of the media relay", "skypefed.media_debug.relay_name", FT_STRING, BASE_NONE, NULL, 0,
            "MrDnsU: the name that was looked up", HFILL } },
        { &hf_keys[SF_DEBUG_RELAY_RESULT],
          { "Result of looking up the media relay", "skypefed.media_debug.relay_result", FT_STRING, BASE_NONE, NULL, 0,
            "MrResU: 0 for success (inferred)", HFILL } },
        { &hf_keys[SF_DEBUG_NETWORK_ERROR],
          { "Network error", "skypefed.media_debug.network_error", FT_STRING, BASE_NONE, NULL, 0,
            "NetworkErr of the media channel", HFILL } },
        { &hf_keys[SF_DEBUG_MEDIA_TIMEOUT],
          { "Media timeout", "skypefed.media_debug.media_timeout", FT_STRING, BASE_NONE, NULL, 0,
            "MediaTimeout of the media channel", HFILL } },
        { &hf_keys[SF_DEBUG_RTCP_BYE_SENT],
          { "RTCP BYE sent", "skypefed.media_debug.rtcp_bye_sent", FT_STRING, BASE_NONE, NULL, 0, "RtcpByeSent",
            HFILL } },
        { &hf_keys[SF_DEBUG_RTCP_BYE_RECEIVED],
          { "RTCP BYE received", "skypefed.media_debug.rtcp_bye_received", FT_STRING, BASE_NONE, NULL, 0, "RtcpByeRcvd",
            HFILL } },
        { &hf_param,
          { "Other key", "skypefed.media_debug.param", FT_STRING, BASE_NONE, NULL, 0, "Any other key, as written",
            HFILL } },
    };
    static int *ett[] = { &ett_media_debug };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    sf_ice_warning_register(proto, expert);
}
