/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Gathering those ids and facts.
 */
#include "tap_ids.h"

#include "dissect/view/demands.h"
#include "dissect/view/ice_steps.h"
#include "dissect/view/teams_media.h"
#include "dissect/view/why.h"
#include "engine/sip/response_phrase.h"
#include "engine/text/key_mark.h"

const char sf_tap_diagnostics[] = "Diagnostics";
const char sf_tap_source[] = "Source", sf_tap_ice_step[] = "ICE step that failed", sf_tap_to_change[] = "To change";

/** On their way into the array. */
typedef struct {
    sf_tap_id *ids;
    unsigned count;
} ticket_facts;

/** @param value  a literal, or of the packet's memory */
static void add_words(ticket_facts *facts, const char *name, const char *value)
{
    if (facts->count < SF_TAP_MAX_IDS) {
        facts->ids[facts->count++] = (sf_tap_id){ name, value };
    }
}

static void add_id(const sf_view *view, ticket_facts *facts, const char *name, sf_slice value)
{
    if (value.length > 0) {
        add_words(facts, name, sf_view_string(view, value));
    }
}

/** Whom the call was meant for before, and by whom it is redirected. */
static void add_forwarding(const sf_view *view, ticket_facts *facts)
{
    const sf_message *message = view->message;

    for (unsigned i = 0; i < message->reference_count; i++) {
        const sf_reference *reference = &message->references[i];
        if (reference->kind == SF_REFERENCE_FORWARDING) {
            add_id(view, facts, "Call history", reference->identity.text);
        } else if (reference->kind == SF_REFERENCE_REDIRECT) {
            add_id(view, facts, "Redirected to", reference->identity.text);
        }
    }
}

/** Where the user is, and which way the media is to take, as Teams says for local media optimization. */
static void add_headers(const sf_view *view, ticket_facts *facts)
{
    static const struct {
        sf_ms_kind kind;
        const char *name;
    } rows[] = {
        { SF_MS_TEAMS_USER_LOCATION, "User's location" },
        { SF_MS_TEAMS_MEDIA_PATH, "Media path" },
        { SF_MS_TEAMS_USER_SITE, "User's site" },
        { SF_MS_TEAMS_TENANT_ID, "Tenant" },
        { SF_MS_TEAMS_SBC, "SBC" },
    };
    const sf_message *message = view->message;

    for (unsigned i = 0; i < message->ms_header_count; i++) {
        for (size_t row = 0; row < G_N_ELEMENTS(rows); row++) {
            if (message->ms_headers[i].kind == rows[row].kind) {
                add_id(view, facts, rows[row].name, message->ms_headers[i].value);
            }
        }
    }
}

/** Which way the media takes, by the first stream that says it. */
static void add_way(const sf_view *view, ticket_facts *facts)
{
    const sf_media *media = &view->message->media;
    const char *words = NULL;

    for (unsigned i = 0; i < media->stream_count && !words; i++) {
        words = sf_teams_way_name(sf_teams_way_of(view, &media->streams[i]));
    }
    if (words) {
        add_words(facts, "Media (inferred)", words);
    }
}

/** What Teams demands of the message, and it does not have. */
static void add_demands(const sf_view *view, ticket_facts *facts)
{
    if (!sf_demands_apply(view)) {
        return;
    }
    for (int demand = 0; demand < SF_DEMANDS; demand++) {
        sf_slice where;
        if (sf_demand_is_unmet((sf_demand)demand, view->message, &where)) {
            add_words(facts, sf_tap_to_change, sf_demand_rows[demand].text);
        }
    }
}

/* ---- what was refused ---- */

/** What is added to what a message says that refuses no more than a change of the call. */
static const char *change_of(const sf_view *view)
{
    return sf_why_refuses_change(view) ? ", of a change that was refused" : "";
}

/** `488 Not Acceptable Here to re-INVITE: 22 No media path could be set up`. */
static void add_refused_change(const sf_view *view, ticket_facts *facts)
{
    const sf_message *message = view->message;
    const char *phrase = sf_response_phrase(message->status_code);
    sf_why why = sf_why_of(view);
    sf_label label;

    if (!why.is_change) {
        return;
    }
    why.deed = NULL;
    sf_label_begin(&label, view);
    sf_label_add_number(&label, message->status_code);
    sf_label_add(&label, phrase ? " " : "");
    sf_label_add(&label, phrase ? phrase : "");
    sf_label_add(&label, view->note->is_change ? " to re-" : " to ");
    sf_label_add_slice(&label, message->method);
    sf_why_add(&label, &why);
    add_words(facts, "Change refused", wmem_strdup(view->pinfo->pool, label.text));
}

static void add_reasons(const sf_view *view, ticket_facts *facts)
{
    const sf_message *message = view->message;

    for (unsigned i = 0; i < message->reason_count; i++) {
        sf_label label;
        sf_label_begin(&label, view);
        sf_label_add_slice(&label, message->reasons[i].text);
        sf_label_add(&label, change_of(view));
        add_words(facts, "Reason", wmem_strdup(view->pinfo->pool, label.text));
    }
}

/* ---- diagnostics ---- */

/** Who reported a code, and what that server had trouble with: `edge.example.com (code 1010, domain example.net)`. */
static void add_source(const sf_view *view, ticket_facts *facts, const sf_diagnostics *item)
{
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add_slice(&label, item->source.value);
    sf_label_add(&label, " (code ");
    sf_label_add_number(&label, (uint32_t)item->code.value);
    sf_label_add_part(&label, ", domain ", item->domain.value, "");
    sf_label_add_part(&label, ", peer server ", item->peer_server.value, "");
    sf_label_add(&label, ")");
    sf_label_add(&label, change_of(view));
    add_words(facts, sf_tap_source, wmem_strdup(view->pinfo->pool, label.text));
}

/** `Media relay gave no UDP port: a firewall may block UDP 3478 (callee's side, audio)`. */
static void add_ice_step(const sf_view *view, ticket_facts *facts, const sf_media_debug *debug,
                         const sf_ice_meaning *meaning)
{
    const char *side = sf_media_debug_side(debug);
    bool has_stream = debug->label.length > 0;
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add_ice_step(&label, meaning, sf_ice_ends_of(debug), true);
    if (side || has_stream) {
        sf_label_add(&label, " (");
        sf_label_add(&label, side ? side : "");
        sf_label_add(&label, side ? "'s side" : "");
        sf_label_add_part(&label, side ? ", " : "", debug->label, "");
        sf_label_add(&label, ")");
    }
    sf_label_add(&label, change_of(view));
    add_words(facts, sf_tap_ice_step, wmem_strdup(view->pinfo->pool, label.text));
}

/** The ICE steps that failed, as the tree has them. */
static void add_ice_steps(const sf_view *view, ticket_facts *facts, const sf_media_debug *debug)
{
    sf_number warning = debug->values[SF_DEBUG_ICE_WARNING];
    sf_ice_numbering numbering = sf_ice_numbering_of(view->message->product.token);

    if (!sf_number_is_present(warning)) {
        return;
    }
    sf_ice_flags flags = sf_ice_flags_of((uint32_t)warning.value, numbering);
    uint32_t failed = sf_ice_flags_weighing(flags, SF_ICE_FAILURE, sf_ice_ends_of(debug));
    for (unsigned i = 0; i < SF_ICE_MEANINGS; i++) {
        if (failed & UINT32_C(1) << i) {
            add_ice_step(view, facts, debug, &sf_ice_meanings[i]);
        }
    }
}

/** Those that the call's code comes from, as known at this message. Nothing that shares a line with a media key. */
static void add_headers_of_code(const sf_view *view, ticket_facts *facts)
{
    const sf_diagnostics_table *table = &view->message->diagnostics;
    const sf_call_diagnosis *diagnosis = view->note->diagnosis;
    unsigned count = 0;

    for (unsigned i = 0; diagnosis && diagnosis->has_code && i < table->count && count < SF_TAP_MAX_DIAGNOSTICS; i++) {
        const sf_diagnostics *item = &table->items[i];
        if (sf_diagnostics_has_code(item) && item->code.value == diagnosis->code && !sf_has_key_mark(item->text)) {
            add_id(view, facts, sf_tap_diagnostics, item->text);
            count++;
        }
    }
}

static void add_diagnostics(const sf_view *view, ticket_facts *facts)
{
    const sf_diagnostics_table *table = &view->message->diagnostics;
    const sf_why why = sf_why_of(view);
    bool has_failed_media = sf_why_is_media_failure(&why);

    for (unsigned i = 0; i < table->count; i++) {
        const sf_diagnostics *item = &table->items[i];
        if (sf_diagnostics_has_code(item) && item->source.value.length > 0) {
            add_source(view, facts, item);
        }
        for (unsigned j = 0; has_failed_media && j < item->media_debugs.count; j++) {
            add_ice_steps(view, facts, &table->media_debugs[item->media_debugs.first + j]);
        }
    }
}

/* ---- software ---- */

static const char *name_of_side(sf_network own, sf_network other, bool is_callee)
{
    if (own == SF_NETWORK_TEAMS) {
        return "Teams' software";
    }
    if (other == SF_NETWORK_TEAMS) {
        return "SBC's software";
    }
    if (own == SF_NETWORK_TELEPHONE) {
        return "Gateway's software";
    }
    return is_callee ? "Callee's software" : "Caller's software";
}

/**
 * Whose User-Agent or Server it is. A request has that of the side in From, wherever proxies pass it on, and a response
 * that of the side in To, but for servers of Lync, which also answer for others.
 */
static const char *software_name(const sf_view *view)
{
    const sf_message *message = view->message;
    const sf_call *call = view->note->call;
    sf_network caller = call ? (sf_network)call->caller_network : message->from.identity.network;
    sf_network callee = call ? (sf_network)call->callee_network : message->callee.network;
    bool is_by_callee = (call && view->note->is_by_callee) == message->is_request;

    if (message->product.is_server) {
        return "Server's software";
    }
    return is_by_callee ? name_of_side(callee, caller, true) : name_of_side(caller, callee, false);
}

/** Teams names its instance in a header of software, and the host that it answers at in addresses. */
static bool is_of_software(sf_slice header)
{
    return sf_slice_equals(header, SF_LITERAL("User-Agent")) || sf_slice_equals(header, SF_LITERAL("Server"));
}

/* ---- all ---- */

/** What a support ticket needs, as the message has it. */
static void add_ids(const sf_view *view, ticket_facts *facts)
{
    const sf_message *message = view->message;
    const sf_teams *teams = &message->teams;

    add_refused_change(view, facts);
    add_reasons(view, facts);
    add_id(view, facts, "Trace id (x-i)", teams->trace_text);
    /* In OPTIONS, Teams writes a path here. */
    bool is_path = teams->call.length > 0 && teams->call.text[0] == '/';
    add_id(view, facts, is_path ? "Path (x-c)" : "Teams call id (x-c)", teams->call);
    for (unsigned i = 0; i < teams->party_count; i++) {
        add_id(view, facts, "Party in Teams (x-m)", teams->parties[i].object);
        add_id(view, facts, "Tenant (x-t)", teams->parties[i].tenant_text);
        add_id(view, facts, "Transfer (x-ti)", teams->parties[i].transfer);
    }
    for (unsigned i = 0; i < teams->instance_count; i++) {
        add_id(view, facts, is_of_software(teams->instances[i].header) ? "Instance of Teams" : "Teams host",
               teams->instances[i].text);
    }
    for (unsigned i = 0; i < message->reference_count; i++) {
        const sf_reference *reference = &message->references[i];
        bool is_target = reference->kind == SF_REFERENCE_TARGET;
        if (is_target || reference->kind == SF_REFERENCE_REFERRER) {
            add_id(view, facts, is_target ? "Transfer to" : "Transferred by", reference->identity.text);
        }
    }
    if (message->transfer_result.value >= 200) {
        add_id(view, facts, "Transfer result", message->transfer_result.text);
    }
    add_forwarding(view, facts);
    for (unsigned i = 0; i < message->caller_asserted.identity_count; i++) {
        add_id(view, facts, "Asserted identity", message->caller_asserted.identities[i].text);
    }
    add_headers(view, facts);
    add_way(view, facts);
    add_id(view, facts, software_name(view), message->agent);
    add_demands(view, facts);
    add_headers_of_code(view, facts);
    add_diagnostics(view, facts); /* last: there may be many, and the ids are to have room */
}

unsigned sf_tap_ids_of(const sf_view *view, sf_tap_id ids[SF_TAP_MAX_IDS])
{
    ticket_facts facts = { .ids = ids };

    add_ids(view, &facts);
    return facts.count;
}
