/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Hosts are found by their addresses alone: the port towards a relay is in no SDP.
 */
#include "strays.h"

#include <glib.h>
#include <string.h>

#include "engine/text/address.h"
#include "relay.h"
#include "runs.h"
#include "secret_hash.h"

enum { MAX_NOTED = 4096 /* addresses of relays that no candidate has */ };

struct sf_stray_host {
    uint8_t address[SF_HOST_BYTES]; /* first: what it is found by */
    uint32_t stray_in;              /* newest frame with media from or to it that is of no stream, or 0 */
    uint32_t relayed_in;            /* the same, of media that it relayed, by its port */
    bool is_host;
    bool is_relay;
};

struct sf_strays {
    GHashTable *hosts;
    sf_runs *runs;
    unsigned noted; /* relays that only their port and media tell of */
};

sf_strays *sf_strays_new(void)
{
    sf_strays *strays = g_new0(sf_strays, 1);

    strays->hosts = g_hash_table_new_full(sf_host_hash, sf_host_is_same, g_free, NULL);
    strays->runs = sf_runs_new();
    return strays;
}

void sf_strays_free(sf_strays *strays)
{
    if (strays) {
        g_hash_table_destroy(strays->hosts);
        sf_runs_free(strays->runs);
        g_free(strays);
    }
}

/** What is known of an address, from now on; NULL for none. */
static sf_stray_host *known_host(sf_strays *strays, const sf_media_end *end)
{
    sf_stray_host *host = g_hash_table_lookup(strays->hosts, end->address);

    if (!host && end->family != SF_ADDRESS_NONE) {
        host = g_new0(sf_stray_host, 1);
        memcpy(host->address, end->address, sizeof host->address);
        g_hash_table_add(strays->hosts, host);
    }
    return host;
}

void sf_strays_add_relay(sf_strays *strays, const sf_media_end *end)
{
    sf_stray_host *host = known_host(strays, end);

    if (host) {
        host->is_relay = true;
    }
}

void sf_strays_add_host(sf_strays *strays, sf_stray_hosts *of_call, const sf_media_end *end)
{
    sf_stray_host *host = known_host(strays, end);

    for (unsigned i = 0; i < of_call->count; i++) {
        if (of_call->hosts[i] == host) {
            return;
        }
    }
    if (host && of_call->count < SF_MAX_STRAY_HOSTS) {
        of_call->hosts = g_renew(const sf_stray_host *, of_call->hosts, of_call->count + 1);
        of_call->hosts[of_call->count++] = host;
        host->is_host = true;
    }
}

static void note(sf_strays *strays, const sf_media_end *end, uint32_t frame)
{
    bool relays = sf_relay_is_port(end->port);
    sf_stray_host *host = g_hash_table_lookup(strays->hosts, end->address);

    if (!host && relays && strays->noted < MAX_NOTED) {
        host = known_host(strays, end);
        strays->noted++;
    }
    if (host) {
        host->stray_in = frame;
        host->relayed_in = relays ? frame : host->relayed_in;
    }
}

void sf_strays_note(sf_strays *strays, const sf_datagram *datagram)
{
    note(strays, &datagram->from, datagram->frame);
    note(strays, &datagram->to, datagram->frame);
}

bool sf_strays_take(sf_strays *strays, const sf_datagram *outer, const sf_datagram *carried)
{
    sf_datagram packet = *outer;

    packet.bytes = carried->bytes;
    packet.length = carried->length;
    bool is_media = sf_runs_take(strays->runs, &packet);
    if (is_media) {
        sf_strays_note(strays, outer);
    }
    return is_media;
}

bool sf_strays_take_segment(sf_strays *strays, const sf_datagram *segment)
{
    bool is_media = sf_runs_take_segment(strays->runs, segment);

    if (is_media) {
        sf_strays_note(strays, segment);
    }
    return is_media;
}

uint32_t sf_strays_relayed_in(const sf_strays *strays, const sf_media_end *relay)
{
    const sf_stray_host *host = relay->family != SF_ADDRESS_NONE ? g_hash_table_lookup(strays->hosts, relay->address)
                                                                 : NULL;

    return host ? host->relayed_in : 0;
}

bool sf_strays_is_to_relay(const sf_strays *strays, const sf_datagram *datagram)
{
    const sf_stray_host *from = g_hash_table_lookup(strays->hosts, datagram->from.address);
    const sf_stray_host *to = from ? g_hash_table_lookup(strays->hosts, datagram->to.address) : NULL;

    return to && ((from->is_host && to->is_relay) || (from->is_relay && to->is_host));
}

bool sf_strays_are_of(const sf_stray_hosts *of_call, uint32_t from_frame)
{
    for (unsigned i = 0; i < of_call->count; i++) {
        if (of_call->hosts[i]->stray_in >= from_frame) {
            return true;
        }
    }
    return false;
}
