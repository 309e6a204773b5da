/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The walk over what Microsoft's headers say: diagnostics, trust, authentication and the rest.
 */
#include "walk.h"

static void check_diagnostics(sf_walk *w, const sf_diagnostics *diagnostics)
{
    const sf_diagnostics_table *table = &w->message->diagnostics;

    sf_walk_inside_or_literal(w, diagnostics->header, "diagnostics.header");
    sf_walk_inside(w, diagnostics->text, "diagnostics.text");
    sf_walk_inside(w, diagnostics->code.text, "diagnostics.code");
    sf_walk_inside(w, diagnostics->subcode.text, "diagnostics.subcode");
    sf_walk_expect(w, diagnostics->code.value <= UINT32_MAX && diagnostics->subcode.value <= UINT32_MAX,
                   "a code of 32 bits");
    sf_walk_inside(w, diagnostics->reason.value, "diagnostics.reason");
    sf_walk_inside(w, diagnostics->source.value, "diagnostics.source");
    sf_walk_inside(w, diagnostics->domain.value, "diagnostics.domain");
    sf_walk_inside(w, diagnostics->peer_server.value, "diagnostics.peer_server");
    sf_walk_run(w, diagnostics->params, table->param_count, "diagnostics.params");
    sf_walk_run(w, diagnostics->media_debugs, table->media_debug_count, "diagnostics.media_debugs");
}

static void check_param(sf_walk *w, const sf_diagnostics_param *param)
{
    sf_walk_inside(w, param->text, "param.text");
    sf_walk_inside(w, param->name, "param.name");
    sf_walk_inside(w, param->value, "param.value");
}

static void check_media_debug(sf_walk *w, const sf_media_debug *debug)
{
    const sf_slice slices[] = { debug->text, debug->side, debug->label, debug->first_port.text, debug->last_port.text };

    for (size_t i = 0; i < G_N_ELEMENTS(slices); i++) {
        sf_walk_inside(w, slices[i], "a slice of a media debug value");
    }
    for (size_t i = 0; i < SF_DEBUG_KEYS; i++) {
        sf_walk_inside(w, debug->values[i].text, "a value of a media debug key");
        sf_walk_expect(w, debug->values[i].value <= UINT32_MAX, "a number of 32 bits");
    }
    sf_walk_run(w, debug->params, w->message->diagnostics.media_debug_param_count, "media_debug.params");
}

static void check_trust(sf_walk *w, const sf_trust *trust)
{
    const sf_slice slices[] = { trust->text, trust->source_type, trust->source_network,
                                trust->edge, trust->remote,      trust->verified.text };

    for (size_t i = 0; i < G_N_ELEMENTS(slices); i++) {
        sf_walk_inside(w, slices[i], "a slice of a trust header");
        sf_walk_expect(w, sf_slice_present(trust->text) || !sf_slice_present(slices[i]), "trust without its header");
    }
}

static void check_ms_header(sf_walk *w, const sf_ms_header *header)
{
    sf_walk_inside_or_literal(w, header->header, "ms_header.header");
    sf_walk_inside(w, header->line, "ms_header.line");
    sf_walk_inside(w, header->value, "ms_header.value");
    sf_walk_inside(w, header->detail, "ms_header.detail");
    sf_walk_inside(w, header->second_detail, "ms_header.second_detail");
    sf_walk_expect(w, header->kind < SF_MS_ELSEWHERE, "ms_header.kind");
}

static void check_authentication(sf_walk *w, const sf_authentication *authentication)
{
    sf_walk_inside_or_literal(w, authentication->header, "authentication.header");
    sf_walk_inside(w, authentication->text, "authentication.text");
    sf_walk_inside(w, authentication->scheme, "authentication.scheme");
    sf_walk_inside(w, authentication->target, "authentication.target");
    sf_walk_inside(w, authentication->realm, "authentication.realm");
}

static void check_reference(sf_walk *w, const sf_reference *reference)
{
    const sf_slice slices[] = { reference->text,
                                reference->uri.text,
                                reference->replaced.call_id,
                                reference->replaced.to_tag,
                                reference->replaced.from_tag,
                                reference->index,
                                reference->reason,
                                reference->cause.text,
                                reference->privacy };

    for (size_t i = 0; i < G_N_ELEMENTS(slices); i++) {
        sf_walk_inside(w, slices[i], "a slice of a reference");
    }
    sf_walk_inside_or_literal(w, reference->header, "reference.header");
    sf_walk_expect(w, reference->cause.value <= 699, "reference.cause");
}

static void check_skype_uri(sf_walk *w, const sf_skype_uri *uri)
{
    sf_walk_inside(w, uri->text, "skype_uri.text");
    sf_walk_inside(w, uri->action_text, "skype_uri.action_text");
    sf_walk_run(w, uri->participants, w->message->skype_uris.participant_count, "skype_uri.participants");
}

static void check_participant(sf_walk *w, const sf_participant *participant)
{
    sf_walk_inside(w, participant->text, "participant.text");
    sf_walk_inside(w, participant->name, "participant.name");
}

void sf_walk_headers(sf_walk *w)
{
    const sf_message *message = w->message;
    const sf_diagnostics_table *diagnostics = &message->diagnostics;
    const sf_skype_uris *uris = &message->skype_uris;

    SF_WALK_ALL(w, diagnostics->items, diagnostics->count, SF_MAX_DIAGNOSTICS, check_diagnostics);
    SF_WALK_ALL(w, diagnostics->params, diagnostics->param_count, SF_MAX_DIAGNOSTIC_PARAMS, check_param);
    SF_WALK_ALL(w, diagnostics->media_debugs, diagnostics->media_debug_count, SF_MAX_MEDIA_DEBUGS, check_media_debug);
    SF_WALK_ALL(w, diagnostics->media_debug_params, diagnostics->media_debug_param_count, SF_MAX_MEDIA_DEBUG_PARAMS,
                check_param);
    check_trust(w, &message->trust);
    check_trust(w, &message->asserted);
    SF_WALK_ALL(w, message->ms_headers, message->ms_header_count, SF_MAX_MICROSOFT_HEADERS, check_ms_header);
    SF_WALK_ALL(w, message->authentications, message->authentication_count, SF_MAX_AUTHENTICATIONS,
                check_authentication);
    SF_WALK_ALL(w, message->references, message->reference_count, SF_MAX_REFERENCES, check_reference);
    sf_walk_inside(w, message->transfer_result.text, "transfer_result");
    sf_walk_expect(w, message->transfer_result.value <= 699, "transfer_result");
    sf_walk_inside(w, message->compression, "compression");
    SF_WALK_ALL(w, uris->items, uris->count, SF_MAX_SKYPE_URIS, check_skype_uri);
    SF_WALK_ALL(w, uris->participants, uris->participant_count, SF_MAX_PARTICIPANTS, check_participant);
}
