/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Hosts are found by their addresses alone: the port towards a relay is in no SDP.
 */
#include "strays.h"

#include <glib.h>
#include <string.h>

#include "engine/text/address.h"

struct sf_stray_host {
    uint8_t address[16]; /* first: what it is found by */
    uint32_t stray_in;   /* newest frame with media from or to it that is of no stream, or 0 */
    bool is_host;
    bool is_relay;
};

struct sf_strays {
    GHashTable *hosts;
};

static unsigned hash_address(const void *key)
{
    uint64_t halves[2];

    memcpy(halves, key, sizeof halves);
    uint64_t hash = halves[0] * UINT64_C(0x9e3779b97f4a7c15);
    hash = (hash ^ hash >> 32 ^ halves[1]) * UINT64_C(0xc2b2ae3d27d4eb4f);
    return (unsigned)(hash >> 32);
}

static gboolean is_same_address(const void *one, const void *other)
{
    return memcmp(one, other, sizeof((sf_stray_host *)NULL)->address) == 0;
}

sf_strays *sf_strays_new(void)
{
    sf_strays *strays = g_new0(sf_strays, 1);

    strays->hosts = g_hash_table_new_full(hash_address, is_same_address, g_free, NULL);
    return strays;
}

void sf_strays_free(sf_strays *strays)
{
    if (strays) {
        g_hash_table_destroy(strays->hosts);
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

void sf_strays_note(sf_strays *strays, const sf_datagram *datagram)
{
    sf_stray_host *hosts[] = { g_hash_table_lookup(strays->hosts, datagram->from.address),
                               g_hash_table_lookup(strays->hosts, datagram->to.address) };

    for (size_t i = 0; i < G_N_ELEMENTS(hosts); i++) {
        if (hosts[i]) {
            hosts[i]->stray_in = datagram->frame;
        }
    }
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
