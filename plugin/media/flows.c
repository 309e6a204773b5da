/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The set of streams, and the messages that change it.
 */
#include "flows.h"

#include <string.h>

#include "call/methods.h"
#include "flow_table.h"

static void free_offer(void *memory)
{
    sf_kept_offer *offer = memory;

    for (unsigned i = 0; i < offer->count; i++) {
        g_free(offer->streams[i].keys);
        g_free(offer->streams[i].lines);
    }
    g_free(offer);
}

static void free_call_media(void *memory)
{
    sf_call_media *media = memory;

    g_free(media->hosts.hosts);
    g_free(media);
}

static void free_known(sf_flows *flows)
{
    for (uint32_t number = 1; number <= flows->known.count; number++) {
        sf_known_flow *known = sf_flows_at(flows, number);
        sf_flow_side_drop_key(flows, &known->sides[0]);
        sf_flow_side_drop_key(flows, &known->sides[1]);
    }
    sf_pool_clear(&flows->known);
    sf_pool_clear(&flows->sources);
    sf_pool_clear(&flows->trials);
    sf_pool_clear(&flows->keys);
}

sf_flows *sf_flows_new(void)
{
    sf_flows *flows = g_new0(sf_flows, 1);

    flows->offers = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, free_offer);
    flows->known = sf_pool_of(sizeof(sf_known_flow));
    flows->sources = sf_pool_of(sizeof(sf_source));
    flows->trials = sf_pool_of(sizeof(sf_trial));
    flows->keys = sf_pool_of(sizeof(sf_agreed_key));
    flows->ends = sf_end_table_new();
    flows->latches = sf_flow_latches_new();
    flows->early = sf_flow_early_new();
    flows->odd = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    flows->next = g_hash_table_new(g_direct_hash, g_direct_equal);
    flows->paths = sf_flow_paths_new();
    flows->relays = sf_relays_new();
    flows->strays = sf_strays_new();
    flows->calls = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, free_call_media);
    flows->names = sf_codec_names_new();
    flows->lists = sf_payload_lists_new();
    return flows;
}

void sf_flows_listen(sf_flows *flows, sf_flow_listener *listener, void *context)
{
    flows->listener = listener;
    flows->listener_context = context;
}

void sf_flows_free(sf_flows *flows)
{
    if (flows) {
        g_hash_table_destroy(flows->offers);
        free_known(flows);
        sf_end_table_free(flows->ends);
        g_hash_table_destroy(flows->latches);
        g_hash_table_destroy(flows->early);
        g_hash_table_destroy(flows->odd);
        g_hash_table_destroy(flows->next);
        g_hash_table_destroy(flows->paths);
        sf_relays_free(flows->relays);
        sf_strays_free(flows->strays);
        g_hash_table_destroy(flows->calls);
        sf_payload_lists_free(flows->lists);
        sf_codec_names_free(flows->names);
        g_free(flows);
    }
}

void sf_flows_note_traffic(sf_flows *flows)
{
    flows->has_traffic = true;
}

bool sf_flows_lack_media(const sf_flows *flows)
{
    return !flows->has_traffic;
}

void sf_flows_take(sf_flows *flows, const sf_message *message, const sf_call_note *note, const sf_sighting *at)
{
    if (!note->call) {
        return;
    }
    if (message->media.sdp_count > 0) {
        const sf_exchange *exchange = note->exchange;
        if (note->role == SF_ROLE_OFFER && exchange && exchange->offer_in == at->frame && !exchange->is_settled) {
            sf_flows_keep_offer(flows, &message->media, note, at);
        } else if (note->role == SF_ROLE_ANSWER && (exchange ? exchange->answer_in == at->frame : note->lacks_offer)) {
            sf_flows_take_answer(flows, message, note, at);
        }
    }
    if (note->call->ended && message->is_request && sf_method_of(message->method) == SF_METHOD_BYE) {
        sf_flows_end_call(flows, note->call, at->frame);
    }
}
