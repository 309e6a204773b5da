/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The streams by the addresses of their ends: that of the m= line, and those of candidates.
 */
#include <stddef.h>
#include <string.h>

#include "flow_table.h"

enum {
    NEWEST = 8 /* streams of one address that are looked through */
};

/** The streams of an address. */
typedef struct {
    sf_media_end end; /* first: what it is found by */
    uint32_t count;
    uint32_t room;
    sf_flow_side *uses[]; /**< the sides that have it, oldest first */
} end_flows;

/*
 * What a direction of a stream takes, beside the chunks' own bytes and the key line of a call that is not over: its half
 * of the stream, its source, and its address with its place in the table.
 */
G_STATIC_ASSERT(sizeof(sf_known_flow) / 2 + sizeof(sf_source) + sizeof(end_flows) + sizeof(sf_flow_side *) +
                    2 * (sizeof(void *) + sizeof(unsigned)) <=
                256);

static sf_known_flow *flow_of(sf_flow_side *side)
{
    char *sides = (char *)(side - side->index);

    return (sf_known_flow *)(void *)(sides - offsetof(sf_known_flow, sides));
}

/** Made for each packet that was not seen lately: a few multiplications. */
static unsigned hash_end(const void *key)
{
    const sf_media_end *end = key;
    uint64_t halves[2];

    memcpy(halves, end->address, sizeof halves);
    uint64_t hash = (halves[0] + end->port) * UINT64_C(0x9e3779b97f4a7c15);
    hash = (hash ^ hash >> 32 ^ halves[1]) * UINT64_C(0xc2b2ae3d27d4eb4f);
    return (unsigned)(hash >> 32);
}

static gboolean are_equal(const void *one, const void *other)
{
    return sf_media_ends_equal(one, other);
}

GHashTable *sf_flow_ends_new(void)
{
    return g_hash_table_new_full(hash_end, are_equal, g_free, NULL);
}

void sf_flow_ends_add(sf_flows *flows, const sf_media_end *end, sf_known_flow *known, unsigned side)
{
    if (end->family == SF_ADDRESS_NONE) {
        return;
    }
    end_flows *list = g_hash_table_lookup(flows->ends, end);
    if (list && flow_of(list->uses[list->count - 1]) == known) {
        return;
    }
    if (!list || list->count == list->room) {
        unsigned room = list ? 2 * list->room : 1;
        if (list) {
            g_hash_table_steal(flows->ends, list);
        }
        end_flows *larger = g_realloc(list, sizeof *list + room * sizeof list->uses[0]);
        if (!list) {
            *larger = (end_flows){ .end = *end };
        }
        larger->room = room;
        g_hash_table_add(flows->ends, larger);
        list = larger;
    }
    list->uses[list->count++] = &known->sides[side];
    flows->newest_frame = known->from_frame;
    if (flows->has_recent) { /* while calls begin without media, there is nothing to forget */
        memset(flows->recent, 0, sizeof flows->recent);
        flows->has_recent = false;
    }
    flows->ports[end->port / 8] |= (uint8_t)(1 << end->port % 8);
}

bool sf_flows_has_port(const sf_flows *flows, uint16_t from, uint16_t to)
{
    return (flows->ports[to / 8] >> to % 8 | flows->ports[from / 8] >> from % 8) & 1;
}

bool sf_flows_has_tcp_port(const sf_flows *flows, uint16_t from, uint16_t to)
{
    return (flows->tcp_ports[to / 8] >> to % 8 | flows->tcp_ports[from / 8] >> from % 8) & 1;
}

/** True if a packet of this frame and time is of the stream, as far as that can tell: shortly after the BYE it is. */
static bool is_current(const sf_known_flow *known, const sf_datagram *datagram)
{
    return known->from_frame <= datagram->frame &&
           (known->flow.end_frame == 0 || known->flow.end_frame > datagram->frame ||
            datagram->time <= known->flow.call->ended + SF_GRACE);
}

/** Index after the last stream of the address that began up to this frame. */
static unsigned begun(const end_flows *list, uint32_t frame)
{
    unsigned first = 0, end = list ? list->count : 0;

    while (first < end) {
        unsigned middle = first + (end - first) / 2;
        if (flow_of(list->uses[middle])->from_frame <= frame) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return first;
}

/** True if the address is one of that side of the stream. Mostly it is that of the m= line, which takes no look-up. */
static bool is_end_of(const sf_flows *flows, const sf_media_end *end, uint32_t frame, const sf_known_flow *known,
                      unsigned side)
{
    if (sf_media_ends_equal(&known->sides[side].end, end)) {
        return true;
    }
    const end_flows *list = g_hash_table_lookup(flows->ends, end);
    unsigned last = begun(list, frame);
    for (unsigned i = last; i > 0 && last - i < NEWEST; i--) {
        if (list->uses[i - 1] == &known->sides[side]) {
            return true;
        }
    }
    return false;
}

/** The newest use of an address; one whose other side has the peer's comes first, as a relay may have many streams. */
static sf_flow_side *use_of(const sf_flows *flows, const sf_media_end *end, const sf_media_end *peer,
                            const sf_datagram *datagram, bool *is_pair, bool *is_newest)
{
    const end_flows *list = g_hash_table_lookup(flows->ends, end);
    sf_flow_side *found = NULL;
    unsigned last = begun(list, datagram->frame);

    for (unsigned i = last; i > 0 && last - i < NEWEST && !*is_pair; i--) {
        sf_flow_side *use = list->uses[i - 1];
        if (is_current(flow_of(use), datagram)) {
            *is_newest = i == list->count;
            *is_pair = is_end_of(flows, peer, datagram->frame, flow_of(use), 1u - use->index);
            found = *is_pair || !found ? use : found;
        }
    }
    return found;
}

static G_GNUC_NO_INLINE sf_known_flow *look_up(const sf_flows *flows, const sf_datagram *datagram, unsigned *side,
                                               bool *is_pair, bool *is_newest)
{
    *is_pair = *is_newest = false;
    sf_flow_side *use = use_of(flows, &datagram->to, &datagram->from, datagram, is_pair, is_newest);
    if (use) {
        *side = 1u - use->index;
        return flow_of(use);
    }
    use = use_of(flows, &datagram->from, &datagram->to, datagram, is_pair, is_newest);
    if (use) {
        *side = use->index;
    }
    *is_newest = false; /* the receiver's address was looked through before */
    return use ? flow_of(use) : NULL;
}

/** A look-up, which is kept if it would find the same in any later frame up to the BYE. */
static G_GNUC_NO_INLINE sf_known_flow *find_anew(sf_flows *flows, const sf_datagram *datagram, unsigned *side,
                                                 bool *is_pair, sf_recent_pair *recent)
{
    bool is_newest;
    sf_known_flow *known = look_up(flows, datagram, side, is_pair, &is_newest);

    if (known && *is_pair && is_newest && datagram->frame >= flows->newest_frame) {
        *recent = (sf_recent_pair){ datagram->from, datagram->to, known, *side };
        flows->has_recent = true;
    }
    return known;
}

/** Both ways of a pair of addresses have a place of their own, so that they never take it from each other. */
static sf_recent_pair *place_of(sf_flows *flows, const sf_media_end *from, const sf_media_end *to)
{
    enum { SPREAD = 0x9e37, SHIFT = 8 };
    unsigned sum = (unsigned)from->port + to->port;
    bool is_lower = from->port == to->port ? memcmp(from->address, to->address, sizeof from->address) < 0
                                           : from->port < to->port;

    return &flows->recent[sum * SPREAD >> SHIFT & (SF_RECENT_PAIRS - 1)][is_lower];
}

/** What is kept holds for frames that no stream is newer than: one that is looked at again may be older. */
sf_known_flow *sf_flow_between(sf_flows *flows, const sf_datagram *datagram, unsigned *side, bool *is_pair)
{
    sf_recent_pair *recent = place_of(flows, &datagram->from, &datagram->to);

    if (recent->known && datagram->frame >= flows->newest_frame && sf_media_ends_equal(&recent->to, &datagram->to) &&
        sf_media_ends_equal(&recent->from, &datagram->from) && is_current(recent->known, datagram)) {
        *is_pair = true;
        *side = recent->side;
        return recent->known;
    }
    return find_anew(flows, datagram, side, is_pair, recent);
}
