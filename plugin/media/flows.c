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

/** A call's streams are a chain, from the newest one on. */
static void free_call_media(void *memory)
{
    sf_call_media *media = memory;

    while (media->newest) {
        sf_known_flow *known = media->newest;
        media->newest = known->older;
        for (unsigned s = 0; s < 2; s++) {
            sf_flow_side_drop_keys(&known->sides[s]);
            g_free(known->sides[s].sources);
        }
        g_free(known);
    }
    g_free(media->hosts.hosts);
    g_free(media);
}

sf_flows *sf_flows_new(void)
{
    sf_flows *flows = g_new0(sf_flows, 1);

    flows->offers = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, free_offer);
    flows->ends = sf_flow_ends_new();
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
        g_hash_table_destroy(flows->ends);
        g_hash_table_destroy(flows->paths);
        sf_relays_free(flows->relays);
        sf_strays_free(flows->strays);
        g_hash_table_destroy(flows->calls);
        sf_payload_lists_free(flows->lists);
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
