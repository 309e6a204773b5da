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

static void free_side(sf_flow_side *side)
{
    g_free(side->key);
    g_free(side->keys);
    g_free(side->sources);
    g_free(side->payloads);
}

static void free_flow(void *memory)
{
    sf_known_flow *known = memory;

    free_side(&known->sides[0]);
    free_side(&known->sides[1]);
    g_free(known);
}

sf_flows *sf_flows_new(void)
{
    sf_flows *flows = g_new0(sf_flows, 1);

    flows->offers = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, free_offer);
    flows->ends = sf_flow_ends_new();
    flows->paths = sf_flow_paths_new();
    flows->calls = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, g_free);
    flows->names = sf_codec_names_new();
    flows->flows = g_ptr_array_new_with_free_func(free_flow);
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
        g_hash_table_destroy(flows->ends);
        g_hash_table_destroy(flows->paths);
        g_hash_table_destroy(flows->calls);
        g_ptr_array_free(flows->flows, true);
        sf_codec_names_free(flows->names);
        g_free(flows);
    }
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
