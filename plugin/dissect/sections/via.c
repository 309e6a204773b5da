/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Via headers.
 */
#include "parts.h"

#include "dissect/view/label.h"
#include "dissect/view/problems.h"

static int hf_via = -1;
static int hf_via_index = -1;
static int hf_via_sent_by = -1;
static int hf_via_branched = -1;
static int hf_via_received_port = -1;
static int hf_via_received_cid = -1;
static int hf_via_connection = -1;
static int hf_via_translated = -1;
static int hf_via_internal_info = -1;
static int hf_via_stack = -1;

static int ett_via = -1;

static const value_string stack_names[] = {
    { SF_STACK_OTHER, "Other" },
    { SF_STACK_RTC_SERVER_2010, "RTC server, Lync 2010 or later" },
    { SF_STACK_RTC_SERVER_2007, "RTC server, OCS 2007" },
    { SF_STACK_RTCC_UCMA, "RTCC or UCMA" },
    { SF_STACK_UCCAPI, "UCCAPI client" },
    { SF_STACK_TEAMS_PROXY, "Teams Direct Routing proxy" },
    { 0, NULL },
};

static void label_via(const sf_view *view, proto_item *item, const sf_via *via, unsigned index)
{
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, "Via ");
    sf_label_add_number(&label, index);
    sf_label_add(&label, ": ");
    if (via->sent_by.length > 0) {
        sf_label_add_slice(&label, via->sent_by);
    } else {
        sf_label_add(&label, "unreadable");
    }
    if (via->stack != SF_STACK_OTHER) {
        sf_label_add(&label, ", likely written by: ");
        sf_label_add(&label, val_to_str_const(via->stack, stack_names, "Other"));
    }
    if (sf_number_is_present(via->received_cid)) {
        sf_label_add(&label, ", connection ");
        sf_label_add_number(&label, sf_connection_number(via->received_cid.value));
    }
    sf_label_set(&label, item);
}

static void show_source(const sf_view *view, proto_tree *tree, const sf_via *via)
{
    static const char *const words[] = {
        [SF_SOURCE_SAME] = NULL,
        [SF_SOURCE_OTHER_PORT] = "only the port",
        [SF_SOURCE_OTHER_ADDRESS] = "the address",
    };
    sf_source_difference difference = sf_via_source_difference(via);
    sf_slice port = sf_number_is_present(via->received_port) ? via->received_port.text : via->rport.text;
    bool is_port = difference == SF_SOURCE_OTHER_PORT || via->received.length == 0;
    sf_slice source = is_port ? port : via->received;
    proto_item *item = sf_view_flag(view, tree, hf_via_translated, source, difference != SF_SOURCE_SAME);

    sf_label_explain(view, sf_derived(item), words[difference]);
}

void sf_via_show(sf_view *view, proto_tree *tree, const sf_via *via, unsigned index)
{
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_via, ett_via, via->text, &item);

    if (view->is_visible) {
        label_via(view, item, via, index);
    }
    sf_implied(sf_view_integer(view, below, hf_via_index, via->text, index));
    if (via->sent_by.length > 0) {
        sf_view_text(view, below, hf_via_sent_by, via->sent_by);
    }
    sf_place_show_host(view, below, via->host);
    if (via->is_readable) {
        proto_item *stack = sf_derived(sf_view_integer(view, below, hf_via_stack, via->text, via->stack));
        if (via->stack == SF_STACK_OTHER) {
            sf_implied(stack); /* nothing is claimed */
        }
    }
    sf_view_flag(view, below, hf_via_branched, via->branched.text, via->branched.value);
    sf_view_number(view, below, hf_via_received_port, via->received_port);
    if (sf_via_has_source(via)) {
        show_source(view, below, via);
    }
    sf_view_number(view, below, hf_via_received_cid, via->received_cid);
    sf_derived(sf_view_integer(view, below, hf_via_connection, via->received_cid.text,
                               sf_connection_number(via->received_cid.value)));
    sf_signed_token_show(view, below, hf_via_internal_info, via->internal_info, &via->token);
    sf_view_problems(view, item, via->text);
}

void sf_via_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_via, { "Via", "skypefed.via", FT_STRING, BASE_NONE, NULL, 0, "One hop of the message", HFILL } },
        { &hf_via_index,
          { "Index", "skypefed.via.index", FT_UINT32, BASE_DEC, NULL, 0, "1 is the top Via, the last hop", HFILL } },
        { &hf_via_sent_by,
          { "Sent by", "skypefed.via.sent_by", FT_STRING, BASE_NONE, NULL, 0, "Host and port of the sender", HFILL } },
        { &hf_via_branched,
          { "Branched", "skypefed.via.branched", FT_BOOLEAN, BASE_NONE, NULL, 0, "This proxy forked the request",
            HFILL } },
        { &hf_via_received_port,
          { "Received port", "skypefed.via.received_port", FT_UINT16, BASE_DEC, NULL, 0,
            "Source port of the connection (ms-received-port)", HFILL } },
        { &hf_via_received_cid,
          { "Connection id", "skypefed.via.received_cid", FT_UINT32, BASE_DEC_HEX, NULL, 0,
            "Connection id on the receiving server (ms-received-cid)", HFILL } },
        { &hf_via_connection,
          { "Connection number (inferred)", "skypefed.via.connection", FT_UINT32, BASE_DEC, NULL, 0,
            "Sequence number of the connection on that server; inferred from traces", HFILL } },
        { &hf_via_translated,
          { "Source differs from sent-by", "skypefed.via.translated", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The message came from a different address or port than sent-by says; for a host name, only the port is compared",
            HFILL } },
        { &hf_via_internal_info,
          { "Internal info", "skypefed.via.internal_info", FT_STRING, BASE_NONE, NULL, 0,
            "State that the proxy gets back in the response (ms-internal-info)", HFILL } },
        { &hf_via_stack,
          { "Likely written by", "skypefed.via.stack", FT_UINT8, BASE_DEC, VALS(stack_names), 0,
            "Software that writes a Via of this form; inferred from traces", HFILL } },
    };
    static int *ett[] = { &ett_via };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}
