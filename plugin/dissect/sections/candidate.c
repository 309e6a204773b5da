/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ICE candidates of a stream.
 */
#include "parts.h"

#include "dissect/view/fault.h"
#include "dissect/view/label.h"
#include "dissect/view/preferences.h"
#include "dissect/view/problems.h"
#include "dissect/view/raise.h"

static int hf_candidate = -1;
static int hf_foundation = -1;
static int hf_username = -1;
static int hf_password = -1;
static int hf_hidden_password = -1;
static int hf_component = -1;
static int hf_transport = -1;
static int hf_priority = -1;
static int hf_type_preference = -1;
static int hf_local_preference = -1;
static int hf_transport_preference = -1;
static int hf_direction_preference = -1;
static int hf_q = -1;
static int hf_address = -1;
static int hf_address_v6 = -1;
static int hf_host_name = -1;
static int hf_port = -1;
static int hf_type = -1;
static int hf_related_address = -1;
static int hf_related_address_v6 = -1;
static int hf_related_host_name = -1;
static int hf_related_port = -1;
static int hf_relay_id = -1;

static int ett_candidate = -1;

static expert_field ei_private_address = EI_INIT;
static expert_field ei_candidate = EI_INIT;

static const sf_fault_row candidate_faults[] = {
    { SF_CANDIDATE_REPEATED, &ei_candidate,
      "The candidate is given twice: Lync may refuse the SDP for it (code 24000)" },
    { SF_CANDIDATE_NO_PORT, &ei_candidate, "The candidate's port is 0: Lync may refuse the SDP for it (code 24000)" },
};

/** The fields of an address of a candidate. */
typedef struct {
    const int *v4;
    const int *v6;
    const int *name;
    const int *port;
} address_fields;

static void show_address(const sf_view *view, proto_tree *tree, const sf_transport_address *transport,
                         const address_fields *fields)
{
    if (transport->family == SF_ADDRESS_IPV4) {
        sf_view_ipv4(view, tree, *fields->v4, transport->text, transport->bytes);
    } else if (transport->family == SF_ADDRESS_IPV6) {
        sf_view_ipv6(view, tree, *fields->v6, transport->text, transport->bytes);
    } else if (transport->family == SF_ADDRESS_HOST_NAME) {
        sf_view_text(view, tree, *fields->name, transport->text);
    }
    sf_view_number(view, tree, *fields->port, transport->port);
}

static void add_type(sf_label *label, const sf_candidate *candidate)
{
    if (sf_slice_present(candidate->type_text)) {
        sf_label_add_slice(label, candidate->type_text);
    } else if (candidate->likely_type) {
        sf_label_add(label, "likely ");
        sf_label_add(label, candidate->likely_type);
    } else {
        sf_label_add(label, "of unknown type");
    }
}

static void add_address(sf_label *label, const sf_transport_address *transport)
{
    bool is_v6 = transport->family == SF_ADDRESS_IPV6;

    if (!sf_slice_present(transport->text)) {
        return;
    }
    sf_label_add(label, is_v6 ? " [" : " ");
    sf_label_add_slice(label, transport->text);
    sf_label_add(label, is_v6 ? "]" : "");
    if (sf_slice_present(transport->port.text)) {
        sf_label_add(label, ":");
        sf_label_add_slice(label, transport->port.text);
    }
}

static void label_candidate(const sf_view *view, proto_item *item, const sf_candidate *candidate)
{
    static const char *const uses[] = { "", " for RTP", " for RTCP" };
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, "Candidate: ");
    add_type(&label, candidate);
    sf_label_add_part(&label, " ", candidate->transport, "");
    add_address(&label, &candidate->address);
    sf_label_add(&label, candidate->component.value < G_N_ELEMENTS(uses) ? uses[candidate->component.value] : "");
    sf_label_set(&label, item);
}

static void show_password(const sf_view *view, proto_tree *tree, sf_slice password)
{
    if (sf_preferences_show_keys()) {
        sf_view_text(view, tree, hf_password, password);
    } else if (tree && sf_slice_present(password)) {
        sf_label label;
        proto_item *item;
        sf_label_begin(&label, view);
        sf_label_add_count(&label, "Password: ", (uint32_t)password.length, "character", "characters");
        sf_label_add(&label, " (not shown)");
        sf_view_titled(view, tree, hf_hidden_password, ett_candidate, password, label.text, &item);
    }
}

static void label_priority(const sf_view *view, proto_item *item, uint32_t priority, bool is_microsoft)
{
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, "Priority: ");
    sf_label_add_number(&label, priority);
    sf_label_add(&label, " (type ");
    sf_label_add_number(&label, sf_priority_type(priority));
    if (is_microsoft) {
        sf_label_add(&label, ", transport ");
        sf_label_add_number(&label, sf_priority_transport(priority));
        sf_label_add(&label, ", direction ");
        sf_label_add_number(&label, sf_priority_direction(priority));
    } else {
        sf_label_add(&label, ", local preference ");
        sf_label_add_number(&label, sf_priority_local(priority));
    }
    sf_label_add(&label, ")");
    sf_label_set(&label, item);
}

static void show_priority(const sf_view *view, proto_tree *tree, const sf_candidate *candidate, bool is_microsoft)
{
    sf_slice text = candidate->priority.text;
    uint32_t priority = (uint32_t)candidate->priority.value;

    proto_item *item = sf_view_number(view, tree, hf_priority, candidate->priority);
    if (view->is_visible) {
        label_priority(view, item, priority, is_microsoft);
    }
    sf_implied(sf_view_integer(view, tree, hf_type_preference, text, sf_priority_type(priority)));
    sf_implied(sf_view_integer(view, tree, hf_local_preference, text, sf_priority_local(priority)));
    if (is_microsoft) {
        sf_implied(sf_view_integer(view, tree, hf_transport_preference, text, sf_priority_transport(priority)));
        sf_implied(sf_view_integer(view, tree, hf_direction_preference, text, sf_priority_direction(priority)));
    }
}

static void show_type(const sf_view *view, proto_tree *tree, const sf_candidate *candidate)
{
    if (sf_slice_present(candidate->type_text)) {
        sf_view_text(view, tree, hf_type, candidate->type_text);
    } else if (candidate->likely_type) {
        sf_derived(sf_view_words(view, tree, hf_type, candidate->q.text, candidate->likely_type));
    }
}

/** The private address of a candidate; absent if it has none. */
static sf_slice private_address_of(const sf_candidate *candidate)
{
    if (sf_transport_address_is_private(&candidate->address)) {
        return candidate->address.text;
    }
    return sf_transport_address_is_private(&candidate->related) ? candidate->related.text : (sf_slice){ NULL, 0 };
}

void sf_candidate_warn_of_addresses(const sf_view *view, proto_item *item)
{
    const sf_media *media = &view->message->media;
    sf_slice first = { NULL, 0 };
    bool has_others = false;

    for (unsigned i = 0; view->message->crosses_federation && i < media->candidate_count && !has_others; i++) {
        sf_slice own = private_address_of(&media->candidates[i]);
        if (!sf_slice_present(first)) {
            first = own;
        } else {
            has_others = sf_slice_present(own) && !sf_slice_equals_nocase(own, first);
        }
    }
    if (sf_slice_present(first) && !view->is_explained) {
        sf_raise(view, &ei_private_address);
    } else if (sf_slice_present(first)) {
        expert_add_info_format(view->pinfo, item, &ei_private_address,
                               has_others ? "Private addresses are visible to the other organization: %s and others"
                                          : "The private address %s is visible to the other organization",
                               sf_view_string(view, first));
    }
}

static void show_parts(const sf_view *view, proto_tree *below, const sf_candidate *candidate,
                       bool has_microsoft_priorities)
{
    static const address_fields own = { &hf_address, &hf_address_v6, &hf_host_name, &hf_port };
    static const address_fields related = { &hf_related_address, &hf_related_address_v6, &hf_related_host_name,
                                            &hf_related_port };

    sf_view_text(view, below, hf_foundation, candidate->foundation);
    sf_view_text(view, below, hf_username, candidate->username);
    sf_view_number(view, below, hf_component, candidate->component);
    show_password(view, below, candidate->password);
    sf_view_text(view, below, hf_transport, candidate->transport);
    if (sf_number_is_present(candidate->priority)) {
        show_priority(view, below, candidate, has_microsoft_priorities);
    }
    sf_view_real(view, below, hf_q, candidate->q.text, candidate->q.value);
    show_address(view, below, &candidate->address, &own);
    sf_place_show_address(view, below, &candidate->address);
    show_type(view, below, candidate);
    show_address(view, below, &candidate->related, &related);
    sf_view_text(view, below, hf_relay_id, candidate->relay_id);
}

static void show_candidate(sf_view *view, proto_tree *tree, const sf_stream *stream, const sf_candidate *candidate)
{
    sf_slice text = sf_preferences_show_keys() ? candidate->text : candidate->safe_text;
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_candidate, ett_candidate, text, &item);

    if (view->is_visible) {
        label_candidate(view, item, candidate);
    }
    if (below) {
        show_parts(view, below, candidate, stream->has_microsoft_priorities);
    }
    if (candidate->faults) {
        static const sf_fault_word no_words[] = { { NULL, { NULL, 0 } } };
        sf_fault_show(view, item, candidate->faults, candidate_faults, G_N_ELEMENTS(candidate_faults), no_words);
    }
    sf_view_problems(view, item, candidate->text);
}

void sf_candidate_show(sf_view *view, proto_tree *tree, const sf_stream *stream)
{
    for (unsigned i = 0; i < stream->candidates.count; i++) {
        show_candidate(view, tree, stream, &view->message->media.candidates[stream->candidates.first + i]);
    }
}

void sf_candidate_register(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_candidate,
          { "Candidate", "skypefed.candidate", FT_STRING, BASE_NONE, NULL, 0, "One ICE candidate", HFILL } },
        { &hf_foundation,
          { "Foundation", "skypefed.candidate.foundation", FT_STRING, BASE_NONE, NULL, 0,
            "Groups candidates of the same kind and base", HFILL } },
        { &hf_username,
          { "Username", "skypefed.candidate.username", FT_STRING, BASE_NONE, NULL, 0, "Draft 06", HFILL } },
        { &hf_hidden_password,
          { "Password (not shown)", "skypefed.candidate.hidden_password", FT_NONE, BASE_NONE, NULL, 0,
            "A password of draft 06, with its length alone; the preference Show media keys shows it", HFILL } },
        { &hf_password,
          { "Password", "skypefed.candidate.password", FT_STRING, BASE_NONE, NULL, 0, "Draft 06", HFILL } },
        { &hf_component,
          { "Component", "skypefed.candidate.component", FT_UINT32, BASE_DEC, NULL, 0, "1 is RTP, 2 is RTCP", HFILL } },
        { &hf_transport,
          { "Transport", "skypefed.candidate.transport", FT_STRING, BASE_NONE, NULL, 0,
            "Transport protocol of the candidate", HFILL } },
        { &hf_priority,
          { "Priority", "skypefed.candidate.priority", FT_UINT32, BASE_DEC, NULL, 0, "Draft 19", HFILL } },
        { &hf_type_preference,
          { "Type preference", "skypefed.candidate.type_preference", FT_UINT32, BASE_DEC, NULL, 0,
            "First 8 bits of the priority", HFILL } },
        { &hf_local_preference,
          { "Local preference", "skypefed.candidate.local_preference", FT_UINT32, BASE_DEC, NULL, 0,
            "16 bits of the priority, after the type preference", HFILL } },
        { &hf_transport_preference,
          { "Transport preference", "skypefed.candidate.transport_preference", FT_UINT32, BASE_DEC, NULL, 0,
            "First 4 bits of the local preference, where the priorities of the stream follow Microsoft's formula "
            "(inferred)",
            HFILL } },
        { &hf_direction_preference,
          { "Direction preference", "skypefed.candidate.direction_preference", FT_UINT32, BASE_DEC, NULL, 0,
            "The next 3 bits of the local preference, where the priorities of the stream follow Microsoft's formula "
            "(inferred)",
            HFILL } },
        { &hf_q, { "Preference (q)", "skypefed.candidate.q", FT_FLOAT, BASE_NONE, NULL, 0, "Draft 06", HFILL } },
        { &hf_address,
          { "Address", "skypefed.candidate.address", FT_IPv4, BASE_NONE, NULL, 0, "IPv4 address of the candidate",
            HFILL } },
        { &hf_address_v6,
          { "IPv6 address", "skypefed.candidate.address_v6", FT_IPv6, BASE_NONE, NULL, 0,
            "IPv6 address of the candidate", HFILL } },
        { &hf_host_name,
          { "Host name", "skypefed.candidate.host_name", FT_STRING, BASE_NONE, NULL, 0,
            "Host name instead of an address", HFILL } },
        { &hf_port,
          { "Port", "skypefed.candidate.port", FT_UINT16, BASE_DEC, NULL, 0, "Port of the candidate", HFILL } },
        { &hf_type,
          { "Type", "skypefed.candidate.type", FT_STRING, BASE_NONE, NULL, 0,
            "host, srflx, prflx or relay; for draft 06 the likely type", HFILL } },
        { &hf_related_address,
          { "Related address", "skypefed.candidate.related_address", FT_IPv4, BASE_NONE, NULL, 0, "raddr", HFILL } },
        { &hf_related_address_v6,
          { "Related IPv6 address", "skypefed.candidate.related_address_v6", FT_IPv6, BASE_NONE, NULL, 0, "raddr",
            HFILL } },
        { &hf_related_host_name,
          { "Related host name", "skypefed.candidate.related_host_name", FT_STRING, BASE_NONE, NULL, 0,
            "Host name instead of an address (raddr)", HFILL } },
        { &hf_related_port,
          { "Related port", "skypefed.candidate.related_port", FT_UINT16, BASE_DEC, NULL, 0, "rport", HFILL } },
        { &hf_relay_id,
          { "Relay id", "skypefed.candidate.relay_id", FT_STRING, BASE_NONE, NULL, 0,
            "What Teams calls the relay (MTURNID)", HFILL } },
    };
    static int *ett[] = { &ett_candidate };
    static ei_register_info ei[] = {
        { &ei_private_address,
          { "skypefed.expert.private_address", PI_SECURITY, PI_NOTE,
            "A private address is visible to the other organization", EXPFILL } },
        { &ei_candidate,
          { "skypefed.expert.candidate", PI_PROTOCOL, PI_NOTE, "A candidate that Lync may not accept", EXPFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    expert_register_field_array(expert, ei, G_N_ELEMENTS(ei));
}
