/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The walk over all facts.
 */
#include "facts.h"

#include <math.h>

/** The input, and the first thing found that does not hold. */
typedef struct {
    sf_slice input;
    const sf_media *media;
    const char *fault;
    unsigned sum; /**< of all bytes touched, so that no compiler leaves the reading out */
} walk;

/* The linker's marks of the program's own image, in which all literals lie. */
extern const char __executable_start;
extern const char end;

static void expect(walk *w, bool holds, const char *what)
{
    if (!holds && !w->fault) {
        w->fault = what;
    }
}

static bool lies_in(sf_slice s, const char *begin, const char *behind)
{
    return s.text >= begin && s.text <= behind && s.length <= (size_t)(behind - s.text);
}

static void touch(walk *w, sf_slice s)
{
    for (size_t i = 0; i < s.length; i++) {
        w->sum += (unsigned char)s.text[i];
    }
}

/** The slice is absent, or a part of the input. */
static void inside(walk *w, sf_slice s, const char *what)
{
    bool holds = s.text ? lies_in(s, w->input.text, sf_slice_end(w->input)) : s.length == 0;

    expect(w, holds, what);
    if (holds) {
        touch(w, s);
    }
}

/** The slice is absent, a part of the input, or a literal. */
static void inside_or_literal(walk *w, sf_slice s, const char *what)
{
    if (s.text && lies_in(s, &__executable_start, &end)) {
        touch(w, s);
        return;
    }
    inside(w, s, what);
}

static void check_uri(walk *w, const sf_uri *uri)
{
    inside(w, uri->text, "uri.text");
    inside(w, uri->scheme, "uri.scheme");
    inside(w, uri->user, "uri.user");
    inside(w, uri->host, "uri.host");
    inside(w, uri->port_text, "uri.port_text");
    inside(w, uri->parameters, "uri.parameters");
}

static void check_address(walk *w, const sf_address *address)
{
    inside(w, address->text, "address.text");
    inside(w, address->display, "address.display");
    inside(w, address->parameters, "address.parameters");
    check_uri(w, &address->uri);
}

static void check_identity(walk *w, const sf_identity *identity)
{
    inside(w, identity->text, "identity.text");
    inside(w, identity->local, "identity.local");
    inside(w, identity->domain, "identity.domain");
    inside_or_literal(w, identity->header, "identity.header");
    expect(w, (unsigned)identity->network < SF_NETWORK_COUNT, "identity.network");
    expect(w, !identity->decorated || identity->domain.length > 0, "decorated identity without a domain");
}

static void check_party(walk *w, const sf_party *party)
{
    inside(w, party->epid, "party.epid");
    inside(w, party->tag, "party.tag");
    if (party->present) {
        check_address(w, &party->address);
        check_identity(w, &party->identity);
    }
}

static void check_token(walk *w, const sf_signed_token *token)
{
    inside(w, token->text, "token.text");
    expect(w, token->mac_length == 0 || token->mac_length == 20 || token->mac_length == 32,
           "token.mac_length");
    expect(w, token->mac_length > 0 || !token->matches_branch, "token without bytes matches a branch");
}

static void check_via(walk *w, const sf_via *via)
{
    const sf_slice slices[] = { via->text,     via->transport, via->sent_by,
                                via->host,     via->branch,    via->received,
                                via->branched, via->received_port_text, via->received_cid_text,
                                via->internal_info };

    for (size_t i = 0; i < sizeof slices / sizeof slices[0]; i++) {
        inside(w, slices[i], "a slice of a Via");
    }
    expect(w, via->stack <= SF_STACK_UCCAPI, "via.stack");
    check_token(w, &via->token);
    (void)sf_via_is_translated(via);
}

static void check_route(walk *w, const sf_route *route)
{
    const sf_slice slices[] = { route->text,      route->front_end, route->tag,
                                route->epid,      route->state,     route->state_cid_text,
                                route->role_from, route->role_to,   route->enterprise_destination,
                                route->key_info.text };

    for (size_t i = 0; i < sizeof slices / sizeof slices[0]; i++) {
        inside(w, slices[i], "a slice of a route");
    }
    check_address(w, &route->address);
    for (int kind = 0; kind < SF_ROUTE_SIGNATURES; kind++) {
        inside(w, route->signature[kind], "route.signature");
        check_token(w, &route->token[kind]);
    }
}

static void check_gruu(walk *w, const sf_gruu *gruu)
{
    const sf_slice slices[] = { gruu->text,      gruu->host,            gruu->service,      gruu->id_text,
                                gruu->grid_text, gruu->conference_role, gruu->conference_id };

    for (size_t i = 0; i < sizeof slices / sizeof slices[0]; i++) {
        inside(w, slices[i], "a slice of a GRUU");
    }
    expect(w, gruu->kind <= SF_GRUU_LOCATION_PROFILE, "gruu.kind");
}

static void check_problems(walk *w, const sf_problems *problems)
{
    expect(w, problems->count <= SF_MAX_PROBLEMS, "problems.count");
    for (unsigned i = 0; i < problems->count && i < SF_MAX_PROBLEMS; i++) {
        const sf_problem *problem = &problems->items[i];
        inside_or_literal(w, problem->context, "problem.context");
        inside(w, problem->element, "problem.element");
        inside(w, problem->where, "problem.where");
        expect(w, problem->what && *problem->what && problem->why && *problem->why, "problem without words");
    }
}

static void check_transport_address(walk *w, const sf_transport_address *address)
{
    inside(w, address->text, "address.text");
    inside(w, address->port_text, "address.port_text");
    expect(w, address->family <= SF_ADDRESS_IPV6, "address.family");
}

static void check_candidate(walk *w, const sf_candidate *candidate)
{
    const sf_slice slices[] = { candidate->text,      candidate->foundation,     candidate->username,
                                candidate->password,  candidate->component_text, candidate->transport,
                                candidate->priority_text, candidate->q_text,     candidate->type_text };

    for (size_t i = 0; i < sizeof slices / sizeof slices[0]; i++) {
        inside(w, slices[i], "a slice of a candidate");
    }
    expect(w, candidate->dialect == SF_ICE_DRAFT_06 || candidate->dialect == SF_ICE_DRAFT_19,
           "candidate.dialect");
    expect(w, candidate->component <= 256, "candidate.component");
    expect(w, candidate->q >= 0 && candidate->q <= 1, "candidate.q");
    check_transport_address(w, &candidate->address);
    check_transport_address(w, &candidate->related);
}

static void check_key_line(walk *w, const sf_key_line *line)
{
    const sf_slice slices[] = { line->text,       line->safe_text, line->tag_text, line->role,
                                line->suite_text, line->key_text,  line->lifetime_text, line->mki_text,
                                line->mki_length_text };

    for (size_t i = 0; i < sizeof slices / sizeof slices[0]; i++) {
        inside(w, slices[i], "a slice of a key line");
    }
    expect(w, line->scheme == SF_SCHEME_SDES || line->scheme == SF_SCHEME_SCALE, "key_line.scheme");
    expect(w, line->key_length <= SF_MAX_KEY_BYTES, "key_line.key_length");
    expect(w, sf_key_line_key_bytes(line) <= line->key_length, "key longer than key and salt");
    expect(w, line->lifetime <= UINT64_C(1) << 48, "key_line.lifetime");
    expect(w, line->mki_length <= 128, "key_line.mki_length");
    expect(w, !line->key_fits || line->suite, "key fits no suite");
}

static void check_codec(walk *w, const sf_codec *codec)
{
    inside(w, codec->text, "codec.text");
    inside(w, codec->payload_type_text, "codec.payload_type_text");
    inside(w, codec->name, "codec.name");
    inside(w, codec->clock_rate_text, "codec.clock_rate_text");
    expect(w, codec->payload_type <= 127, "codec.payload_type");
}

static void check_attribute(walk *w, const sf_attribute *attribute)
{
    inside(w, attribute->line, "attribute.line");
    inside(w, attribute->text, "attribute.text");
    inside(w, attribute->word, "attribute.word");
    inside(w, attribute->real_text, "attribute.real_text");
    for (size_t i = 0; i < sizeof attribute->number_text / sizeof attribute->number_text[0]; i++) {
        inside(w, attribute->number_text[i], "attribute.number_text");
        expect(w, sf_slice_present(attribute->number_text[i]) || attribute->number[i] == 0,
               "number without text");
    }
    expect(w, isfinite(attribute->real) && attribute->real >= 0, "attribute.real");
    expect(w, attribute->kind <= SF_ATTRIBUTE_BYPASS_ID, "attribute.kind");
}

static void check_run(walk *w, sf_run run, unsigned pool, const char *what)
{
    expect(w, run.first <= pool && run.count <= pool - run.first, what);
}

static void check_stream(walk *w, const sf_stream *stream)
{
    const sf_media *media = w->media;
    const sf_slice slices[] = { stream->line,    stream->type,  stream->port_text,       stream->profile,
                                stream->formats, stream->label, stream->encryption_line, stream->encryption,
                                stream->key_field };

    for (size_t i = 0; i < sizeof slices / sizeof slices[0]; i++) {
        inside(w, slices[i], "a slice of a stream");
    }
    check_run(w, stream->key_lines, media->key_line_count, "stream.key_lines");
    check_run(w, stream->candidates, media->candidate_count, "stream.candidates");
    check_run(w, stream->codecs, media->codec_count, "stream.codecs");
    check_run(w, stream->attributes, media->attributes.count, "stream.attributes");
    expect(w, stream->security >= SF_SECURITY_CLEAR && stream->security <= SF_SECURITY_UNDETERMINED,
           "stream.security");
    expect(w, stream->ice_dialect <= SF_ICE_DRAFT_19, "stream.ice_dialect");
}

static void check_sdp(walk *w, const sf_sdp *sdp)
{
    const sf_media *media = w->media;

    inside(w, sdp->text, "sdp.text");
    check_run(w, sdp->streams, media->stream_count, "sdp.streams");
    check_run(w, sdp->attributes, media->attributes.count, "sdp.attributes");
    expect(w, sdp->role <= SF_ROLE_ANSWER, "sdp.role");
    expect(w, sdp->ice_dialect <= SF_ICE_DRAFT_19, "sdp.ice_dialect");
    for (unsigned i = 0; i < sdp->streams.count && !w->fault; i++) {
        expect(w, media->streams[sdp->streams.first + i].index == i + 1, "stream.index");
    }
}

/* Applies `check` to each row of a table, once its count has been held to the limit. */
#define CHECK_ALL(w, items, count, limit, check)                   \
    do {                                                           \
        expect(w, (count) <= (limit), #count " is beyond " #limit); \
        for (unsigned i_ = 0; i_ < (count) && !(w)->fault; i_++) { \
            check(w, &(items)[i_]);                                \
        }                                                          \
    } while (0)

static void check_media(walk *w)
{
    const sf_media *media = w->media;

    CHECK_ALL(w, media->sdps, media->sdp_count, SF_MAX_SDPS, check_sdp);
    CHECK_ALL(w, media->streams, media->stream_count, SF_MAX_STREAMS, check_stream);
    CHECK_ALL(w, media->key_lines, media->key_line_count, SF_MAX_KEY_LINES, check_key_line);
    CHECK_ALL(w, media->candidates, media->candidate_count, SF_MAX_CANDIDATES, check_candidate);
    CHECK_ALL(w, media->codecs, media->codec_count, SF_MAX_CODECS, check_codec);
    CHECK_ALL(w, media->attributes.items, media->attributes.count, SF_MAX_ATTRIBUTES, check_attribute);
}

static void check_epid(walk *w, const sf_epid *epid)
{
    inside(w, epid->text, "epid.text");
    inside_or_literal(w, epid->header, "epid.header");
    expect(w, epid->text.length > 0, "empty epid");
}

static void check_evidence(walk *w, const sf_evidence *evidence)
{
    inside_or_literal(w, evidence->header, "evidence.header");
    inside(w, evidence->value, "evidence.value");
    expect(w, evidence->kind < SF_EVIDENCE_KINDS, "evidence.kind");
}

const char *sf_facts_fault(sf_slice input, const sf_message *message)
{
    walk w = { .input = input, .media = &message->media };
    const sf_slice slices[] = { message->text,    message->start_line, message->method,
                                message->call_id, message->cseq,       message->product.token,
                                message->product.version };

    for (size_t i = 0; i < sizeof slices / sizeof slices[0]; i++) {
        inside(&w, slices[i], "a slice of the message");
    }
    check_uri(&w, &message->request_uri);
    check_party(&w, &message->from);
    check_party(&w, &message->to);
    CHECK_ALL(&w, message->identities, message->identity_count, SF_MAX_IDENTITIES, check_identity);
    CHECK_ALL(&w, message->epids, message->epid_count, SF_MAX_EPIDS, check_epid);
    CHECK_ALL(&w, message->origin.items, message->origin.count, SF_MAX_EVIDENCE, check_evidence);
    CHECK_ALL(&w, message->vias, message->via_count, SF_MAX_VIAS, check_via);
    CHECK_ALL(&w, message->routes, message->route_count, SF_MAX_ROUTES, check_route);
    CHECK_ALL(&w, message->gruus, message->gruu_count, SF_MAX_GRUUS, check_gruu);
    expect(&w, message->status_code == 0 || (message->status_code >= 100 && message->status_code <= 699),
           "status_code");
    expect(&w, !message->is_request || message->status_code == 0, "request with a status code");
    expect(&w, (unsigned)message->origin.network < SF_NETWORK_COUNT, "origin.network");
    check_media(&w);
    check_problems(&w, &message->problems);
    return w.fault;
}

const char *sf_media_fault(sf_slice input, const sf_media *media, const sf_problems *problems)
{
    walk w = { .input = input, .media = media };

    check_media(&w);
    check_problems(&w, problems);
    return w.fault;
}
