/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The walk over all facts of a message.
 */
#include "facts.h"

#include "engine/teams_demand.h"
#include "walk.h"

static void check_uri(sf_walk *w, const sf_uri *uri)
{
    sf_walk_inside(w, uri->text, "uri.text");
    sf_walk_inside(w, uri->scheme, "uri.scheme");
    sf_walk_inside(w, uri->user, "uri.user");
    sf_walk_inside(w, uri->host, "uri.host");
    sf_walk_inside(w, uri->port.text, "uri.port");
    sf_walk_inside(w, uri->parameters, "uri.parameters");
}

static void check_address(sf_walk *w, const sf_address *address)
{
    sf_walk_inside(w, address->text, "address.text");
    sf_walk_inside(w, address->display, "address.display");
    sf_walk_inside(w, address->parameters, "address.parameters");
    check_uri(w, &address->uri);
}

static void check_identity(sf_walk *w, const sf_identity *identity)
{
    sf_walk_inside(w, identity->text, "identity.text");
    sf_walk_inside(w, identity->local, "identity.local");
    sf_walk_inside(w, identity->domain, "identity.domain");
    sf_walk_inside_or_literal(w, identity->header, "identity.header");
    sf_walk_expect(w, (unsigned)identity->network < SF_NETWORK_COUNT, "identity.network");
    sf_walk_expect(w, !identity->is_decorated || identity->domain.length > 0, "decorated identity without a domain");
}

static void check_party(sf_walk *w, const sf_party *party)
{
    sf_walk_inside(w, party->epid, "party.epid");
    sf_walk_inside(w, party->tag, "party.tag");
    check_address(w, &party->address);
    check_identity(w, &party->identity);
    sf_walk_expect(w, party->is_present || !sf_slice_present(party->identity.text),
                   "party.identity without its header");
}

static void check_asserted(sf_walk *w, const sf_asserted *asserted)
{
    SF_WALK_ALL(w, asserted->identities, asserted->identity_count, SF_MAX_ASSERTED_IDENTITIES, check_identity);
    sf_walk_expect(w, asserted->privacy_count <= SF_MAX_PRIVACY, "words of privacy");
    for (unsigned i = 0; i < asserted->privacy_count && !w->fault; i++) {
        sf_walk_inside(w, asserted->privacy[i], "asserted.privacy");
    }
}

static void check_emergency(sf_walk *w, const sf_emergency *emergency)
{
    sf_walk_inside(w, emergency->priority, "emergency.priority");
    sf_walk_inside(w, emergency->service, "emergency.service");
    sf_walk_inside_or_literal(w, emergency->service_header, "emergency.service_header");
    sf_walk_inside(w, emergency->location, "emergency.location");
}

static void check_instance(sf_walk *w, const sf_teams_instance *instance)
{
    sf_walk_inside_or_literal(w, instance->header, "instance.header");
    sf_walk_inside(w, instance->text, "instance.text");
    sf_walk_inside(w, instance->region.number, "instance.region.number");
}

static void check_teams(sf_walk *w, const sf_teams *teams)
{
    SF_WALK_ALL(w, teams->instances, teams->instance_count, SF_MAX_TEAMS_INSTANCES, check_instance);
    sf_walk_inside(w, teams->trace_text, "teams.trace_text");
    sf_walk_inside(w, teams->call, "teams.call");
    for (unsigned i = 0; i < teams->party_count; i++) {
        const sf_teams_party *party = &teams->parties[i];
        sf_walk_inside_or_literal(w, party->header, "teams.party.header");
        sf_walk_inside(w, party->object, "teams.party.object");
        sf_walk_inside(w, party->object_text, "teams.party.object_text");
        sf_walk_inside(w, party->tenant_text, "teams.tenant_text");
        sf_walk_inside(w, party->transfer, "teams.party.transfer");
        sf_walk_inside(w, party->target, "teams.transfer_target");
    }
}

static void check_bound(sf_walk *w, const sf_bound_address *bound)
{
    sf_walk_inside_or_literal(w, bound->header, "bound.header");
    sf_walk_inside(w, bound->host, "bound.host");
    sf_walk_inside(w, bound->cid.text, "bound.cid");
}

static void check_reason(sf_walk *w, const sf_reason *reason)
{
    const sf_slice slices[] = { reason->text,      reason->protocol, reason->cause.text, reason->reason_text,
                                reason->guid_text, reason->phrase,   reason->code.text };

    for (size_t i = 0; i < G_N_ELEMENTS(slices); i++) {
        sf_walk_inside(w, slices[i], "a slice of a reason");
    }
    sf_walk_expect(w, sf_slice_present(reason->guid_text) || !sf_slice_present(reason->phrase),
                   "a phrase without GUID");
}

static void check_token(sf_walk *w, const sf_signed_token *token)
{
    sf_walk_inside(w, token->text, "token.text");
    sf_walk_expect(w, token->mac_length == 0 || token->mac_length == 20 || token->mac_length == 32, "token.mac_length");
    sf_walk_expect(w, token->mac_length > 0 || !token->matches_branch, "token without bytes matches a branch");
}

static void check_via(sf_walk *w, const sf_via *via)
{
    const sf_slice slices[] = { via->text,
                                via->transport,
                                via->sent_by,
                                via->host,
                                via->branch,
                                via->received,
                                via->branched.text,
                                via->received_port.text,
                                via->received_cid.text,
                                via->internal_info };

    for (size_t i = 0; i < G_N_ELEMENTS(slices); i++) {
        sf_walk_inside(w, slices[i], "a slice of a Via");
    }
    sf_walk_expect(w, via->port.value <= UINT16_MAX && via->received_port.value <= UINT16_MAX, "a port of a Via");
    sf_walk_expect(w, via->branched.value <= 1, "via.branched");
    sf_walk_expect(w, via->received_cid.value <= UINT32_MAX, "via.received_cid");
    sf_walk_expect(w, via->stack <= SF_STACK_TEAMS_PROXY, "via.stack");
    check_token(w, &via->token);
    (void)sf_via_is_translated(via);
}

static void check_route(sf_walk *w, const sf_route *route)
{
    const sf_slice slices[] = { route->text,         route->front_end, route->tag,
                                route->epid,         route->state,     route->state_cid.text,
                                route->role_from,    route->role_to,   route->enterprise_destination,
                                route->key_info.text };

    for (size_t i = 0; i < G_N_ELEMENTS(slices); i++) {
        sf_walk_inside(w, slices[i], "a slice of a route");
    }
    check_address(w, &route->address);
    for (int kind = 0; kind < SF_ROUTE_SIGNATURES; kind++) {
        sf_walk_inside(w, route->signature[kind], "route.signature");
        check_token(w, &route->token[kind]);
    }
}

static void check_gruu(sf_walk *w, const sf_gruu *gruu)
{
    const sf_slice slices[] = { gruu->text,         gruu->host,      gruu->service,
                                gruu->id_text,      gruu->grid_text, gruu->conference_role,
                                gruu->conference_id };

    for (size_t i = 0; i < G_N_ELEMENTS(slices); i++) {
        sf_walk_inside(w, slices[i], "a slice of a GRUU");
    }
    sf_walk_expect(w, gruu->kind <= SF_GRUU_CONFERENCE_FACTORY, "gruu.kind");
}

static void check_problems(sf_walk *w, const sf_problems *problems)
{
    sf_walk_expect(w, problems->count <= SF_MAX_PROBLEMS, "problems.count");
    for (unsigned i = 0; i < problems->count && i < SF_MAX_PROBLEMS; i++) {
        const sf_problem *problem = &problems->items[i];
        sf_walk_inside_or_literal(w, problem->context, "problem.context");
        sf_walk_place(w, problem->element, "problem.element");
        sf_walk_inside(w, problem->where, "problem.where");
        sf_walk_expect(w, problem->what && *problem->what && problem->why && *problem->why, "problem without words");
    }
}

static void check_epid(sf_walk *w, const sf_epid *epid)
{
    sf_walk_inside(w, epid->text, "epid.text");
    sf_walk_inside_or_literal(w, epid->header, "epid.header");
    sf_walk_expect(w, epid->text.length > 0, "empty epid");
}

static void check_evidence(sf_walk *w, const sf_evidence *evidence)
{
    sf_walk_inside_or_literal(w, evidence->header, "evidence.header");
    sf_walk_inside(w, evidence->value, "evidence.value");
    sf_walk_expect(w, evidence->kind < SF_EVIDENCE_KINDS, "evidence.kind");
}

/** Nothing of a body is shown but by its own reader; its type is one of a table then. */
static void check_body(sf_walk *w, const sf_body *body)
{
    sf_walk_place(w, body->text, "body.text");
    sf_walk_place(w, body->content_type, "body.content_type");
    sf_walk_place(w, body->encoding, "body.encoding");
}

static void check_demands(sf_walk *w)
{
    for (int demand = 0; demand < SF_DEMANDS; demand++) {
        sf_slice where = { NULL, 0 };
        if (sf_demand_is_unmet((sf_demand)demand, w->message, &where)) {
            sf_walk_inside(w, where, "where a demand is not met");
            sf_walk_expect(w, sf_slice_present(where), "where a demand is not met");
        }
    }
}

static sf_walk walk_over(sf_slice input, const sf_key_places *places, const sf_message *message)
{
    sf_walk w = { .input = input, .places = places, .message = message, .media = &message->media };
    const sf_slice slices[] = { message->start_line, message->method,           message->call_id,
                                message->cseq,       message->product.token,    message->product.version,
                                message->allow,      message->session_id.local, message->session_id.remote };

    for (size_t i = 0; i < G_N_ELEMENTS(slices); i++) {
        sf_walk_inside(&w, slices[i], "a slice of the message");
    }
    sf_walk_place(&w, message->text, "message.text");
    check_uri(&w, &message->request_uri);
    check_uri(&w, &message->contact);
    sf_walk_inside(&w, message->contact_call, "contact_call");
    check_demands(&w);
    check_party(&w, &message->from);
    check_party(&w, &message->to);
    check_identity(&w, &message->callee);
    check_asserted(&w, &message->caller_asserted);
    check_emergency(&w, &message->emergency);
    check_teams(&w, &message->teams);
    SF_WALK_ALL(&w, message->reasons, message->reason_count, SF_MAX_REASONS, check_reason);
    SF_WALK_ALL(&w, message->bound, message->bound_count, SF_MAX_BOUND_ADDRESSES, check_bound);
    SF_WALK_ALL(&w, message->identities, message->identity_count, SF_MAX_IDENTITIES, check_identity);
    SF_WALK_ALL(&w, message->epids, message->epid_count, SF_MAX_EPIDS, check_epid);
    SF_WALK_ALL(&w, message->origin.items, message->origin.count, SF_MAX_EVIDENCE, check_evidence);
    SF_WALK_ALL(&w, message->vias, message->via_count, SF_MAX_VIAS, check_via);
    SF_WALK_ALL(&w, message->routes, message->route_count, SF_MAX_ROUTES, check_route);
    SF_WALK_ALL(&w, message->gruus, message->gruu_count, SF_MAX_GRUUS, check_gruu);
    SF_WALK_ALL(&w, message->bodies.items, message->bodies.count, SF_MAX_BODIES, check_body);
    sf_walk_expect(&w, message->status_code == 0 || (message->status_code >= 100 && message->status_code <= 699),
                   "status_code");
    sf_walk_expect(&w, !message->is_request || message->status_code == 0, "request with a status code");
    sf_walk_expect(&w, (unsigned)message->origin.network < SF_NETWORK_COUNT, "origin.network");
    sf_walk_headers(&w);
    sf_walk_media(&w);
    check_problems(&w, &message->problems);
    return w;
}

const char *sf_facts_fault(sf_slice input, const sf_key_places *places, const sf_message *message)
{
    return walk_over(input, places, message).fault;
}

/** Problems that quote the same bytes, or none, of the same elements. */
static bool are_same_problems(const sf_problems *one, const sf_problems *other)
{
    bool are_same = one->count == other->count;

    for (unsigned i = 0; i < one->count && are_same; i++) {
        const sf_problem *a = &one->items[i], *b = &other->items[i];
        are_same = a->element.text == b->element.text && a->element.length == b->element.length &&
                   a->where.text == b->where.text && a->where.length == b->where.length && a->what == b->what &&
                   a->why == b->why;
    }
    return are_same;
}

const char *sf_alone_fault(const sf_knowledge *knowledge, const sf_message *message, sf_message *alone)
{
    sf_slice text = message->text;

    if (sf_message_read(text, knowledge, SF_READ_ALL, alone) != SF_OK) {
        return "is no message without what follows it";
    }
    if (walk_over(text, NULL, alone).sum != walk_over(text, NULL, message).sum) {
        return "other facts without what follows it";
    }
    return are_same_problems(&message->problems, &alone->problems) ? NULL : "other notes without what follows it";
}

const char *sf_media_fault(sf_slice input, const sf_key_places *places, const sf_media *media,
                           const sf_problems *problems)
{
    sf_walk w = { .input = input, .places = places, .media = media };

    sf_walk_media(&w);
    check_problems(&w, problems);
    return w.fault;
}

const char *sf_extent_fault(sf_slice input, const sf_knowledge *knowledge, const sf_message *whole, sf_message *brief)
{
    if (sf_message_read(input, knowledge, SF_READ_FOR_CALL, brief) != SF_OK) {
        return "is no message when read for its call";
    }
    if (brief->is_microsoft != whole->is_microsoft) {
        return whole->is_microsoft ? "its mark is not found when it is read for its call"
                                   : "it has a mark only when it is read for its call";
    }
    if (!sf_slice_equals(brief->contact_call, whole->contact_call)) {
        return "the Contact's id of the call depends on how it is read";
    }
    if (brief->from.identity.network != whole->from.identity.network ||
        brief->to.identity.network != whole->to.identity.network || brief->callee.network != whole->callee.network) {
        return "the networks of the call depend on how it is read";
    }
    return NULL;
}
