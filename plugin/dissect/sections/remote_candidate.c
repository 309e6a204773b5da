/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The pairs of candidates that ICE chose.
 */
#include "parts.h"

#include "dissect/view/label.h"
#include "dissect/view/problems.h"

static int hf_pair = -1;
static int hf_component = -1;
static int hf_address = -1;
static int hf_address_v6 = -1;
static int hf_host_name = -1;
static int hf_port = -1;
static int hf_username = -1;

static int ett_pair = -1;

/**
 * The sender's own candidate of the pair: an offer that ends ICE has no other of the component (RFC 5245 9.1.2.2).
 * NULL if it has.
 */
static const sf_candidate *own_candidate(const sf_media *media, const sf_stream *stream, uint64_t component)
{
    const sf_candidate *own = NULL;

    for (unsigned i = 0; i < stream->candidates.count; i++) {
        const sf_candidate *candidate = &media->candidates[stream->candidates.first + i];
        if (candidate->component.value == component) {
            if (own) {
                return NULL;
            }
            own = candidate;
        }
    }
    return own;
}

static void add_address(sf_label *label, const sf_transport_address *transport)
{
    bool is_v6 = transport->family == SF_ADDRESS_IPV6;

    sf_label_add(label, is_v6 ? "[" : "");
    sf_label_add_slice(label, transport->text);
    sf_label_add(label, is_v6 ? "]" : "");
    sf_label_add_part(label, ":", transport->port.text, "");
}

static void label_pair(const sf_view *view, proto_item *item, const sf_stream *stream,
                       const sf_remote_candidate *remote)
{
    static const char *const uses[] = { "", ", for RTP", ", for RTCP" };
    bool is_draft_06 = sf_slice_present(remote->username);
    uint64_t component = is_draft_06 ? 1 : remote->component.value;
    const sf_candidate *own = own_candidate(&view->message->media, stream, component);
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, "Pair that ICE chose: ");
    if (own && sf_slice_present(own->address.text)) {
        add_address(&label, &own->address);
        sf_label_add(&label, " to ");
    } else {
        sf_label_add(&label, "to ");
    }
    if (is_draft_06) {
        sf_label_add(&label, "the peer's candidate ");
        sf_label_add_slice(&label, remote->username);
    } else {
        add_address(&label, &remote->address);
        sf_label_add(&label, " of the peer");
        sf_label_add(&label, component < G_N_ELEMENTS(uses) ? uses[component] : "");
    }
    sf_label_set(&label, item);
}

static void show_pair(sf_view *view, proto_tree *tree, const sf_stream *stream, const sf_remote_candidate *remote)
{
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_pair, ett_pair, remote->text, &item);
    const sf_transport_address *transport = &remote->address;

    if (view->is_visible) {
        label_pair(view, item, stream, remote);
    }
    sf_view_number(view, below, hf_component, remote->component);
    if (transport->family == SF_ADDRESS_IPV4) {
        sf_view_ipv4(view, below, hf_address, transport->text, transport->bytes);
    } else if (transport->family == SF_ADDRESS_IPV6) {
        sf_view_ipv6(view, below, hf_address_v6, transport->text, transport->bytes);
    } else {
        sf_view_text(view, below, hf_host_name, transport->text);
    }
    sf_view_number(view, below, hf_port, transport->port);
    sf_view_text(view, below, hf_username, remote->username);
    sf_view_problems(view, item, remote->line);
}

void sf_remote_candidate_show(sf_view *view, proto_tree *tree, const sf_stream *stream)
{
    for (unsigned i = 0; i < stream->remote_candidates.count; i++) {
        show_pair(view, tree, stream, &view->message->media.remote_candidates[stream->remote_candidates.first + i]);
    }
}

void sf_remote_candidate_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_pair,
          { "Pair that ICE chose", "skypefed.media.remote_candidate", FT_STRING, BASE_NONE, NULL, 0,
            "The peer's candidate in a pair that ICE chose (a=remote-candidates, a=remote-candidate)", HFILL } },
        { &hf_component,
          { "Component", "skypefed.media.remote_candidate.component", FT_UINT32, BASE_DEC, NULL, 0,
            "1 is RTP, 2 is RTCP", HFILL } },
        { &hf_address,
          { "Peer's address", "skypefed.media.remote_candidate.address", FT_IPv4, BASE_NONE, NULL, 0,
            "IPv4 address of the peer's candidate in the chosen pair", HFILL } },
        { &hf_address_v6,
          { "Peer's IPv6 address", "skypefed.media.remote_candidate.address_v6", FT_IPv6, BASE_NONE, NULL, 0,
            "IPv6 address of the peer's candidate in the chosen pair", HFILL } },
        { &hf_host_name,
          { "Peer's host name", "skypefed.media.remote_candidate.host_name", FT_STRING, BASE_NONE, NULL, 0,
            "Host name instead of an address", HFILL } },
        { &hf_port,
          { "Peer's port", "skypefed.media.remote_candidate.port", FT_UINT16, BASE_DEC, NULL, 0,
            "Port of the peer's candidate in the chosen pair", HFILL } },
        { &hf_username,
          { "Username", "skypefed.media.remote_candidate.username", FT_STRING, BASE_NONE, NULL, 0,
            "Draft 06: the username of the peer's candidate", HFILL } },
    };
    static int *ett[] = { &ett_pair };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}
