/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Media before an answer: a party may send as soon as it has an offer (RFC 3264 5.1). Whose it is, is not known then; that
 * it was there keeps a call from being told silent.
 */
#include "flow_table.h"

enum {
    MAX_WATCHED = 4096, /* addresses; when there are more, those of before are forgotten */
    MUCH = 50           /* packets: a second of most codecs. A few may come before an answer that is underway */
};

typedef struct {
    sf_media_end end; /* first: what it is found by */
    uint32_t frame;   /* of the newest offer that has it */
    uint32_t packets; /* since then */
} watched;

GHashTable *sf_flow_early_new(void)
{
    return g_hash_table_new_full(sf_media_end_hash, sf_media_end_equal, g_free, NULL);
}

void sf_flow_early_watch(sf_flows *flows, const sf_media_end *end, uint32_t frame)
{
    if (end->family == SF_ADDRESS_NONE) {
        return;
    }
    if (g_hash_table_size(flows->early) == MAX_WATCHED && !g_hash_table_contains(flows->early, end)) {
        g_hash_table_remove_all(flows->early);
    }
    watched *fresh = g_new(watched, 1);
    *fresh = (watched){ .end = *end, .frame = frame };
    g_hash_table_add(flows->early, fresh); /* in place of one that is known */
    sf_flows_add_port(flows, end->port);
}

static void count(sf_flows *flows, const sf_media_end *end)
{
    watched *known = g_hash_table_lookup(flows->early, end);

    if (known) {
        known->packets++;
    }
}

void sf_flow_early_take(sf_flows *flows, const sf_datagram *datagram)
{
    count(flows, &datagram->from);
    count(flows, &datagram->to);
}

bool sf_flow_early_end(sf_flows *flows, const sf_media_end *end, uint32_t frame)
{
    gpointer taken;

    if (!g_hash_table_steal_extended(flows->early, end, &taken, NULL)) {
        return false;
    }
    watched *known = taken;
    if (known->frame != frame) { /* a newer offer has it, too */
        g_hash_table_add(flows->early, known);
        return false;
    }
    bool is_much = known->packets >= MUCH;
    g_free(known);
    return is_much;
}
