/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The streams by the addresses of their ends: that of the m= line, and those of candidates.
 */
#include <string.h>

#include "flow_table.h"

enum {
    NEWEST = 8 /* streams of one address that are looked through */
};

/*
 * What a stream takes, beside the key lines of a call that is not over: itself, a source each way, and its two addresses
 * with their slots, of which three in eight are taken at least.
 */
enum { ADDRESS = 12, SLOT = 4, MOST_SLOTS = 3 };
G_STATIC_ASSERT(sizeof(sf_known_flow) + 2 * (sizeof(sf_source) + ADDRESS + MOST_SLOTS * SLOT) <= 256);

/** One side of a stream, as the use of an address. */
typedef struct {
    sf_known_flow *known; /**< NULL for none */
    unsigned side;
} flow_use;

static flow_use use_at(const sf_flows *flows, uint32_t use)
{
    return (flow_use){ sf_flows_at(flows, use >> 1), use & 1 };
}

void sf_flow_ends_add(sf_flows *flows, const sf_media_end *end, uint32_t number, unsigned side)
{
    const uint32_t most = UINT32_C(1) << (SF_END_USE_BITS - 1);
    uint32_t at = sf_end_table_add(flows->ends, end), count;
    const uint32_t *uses = sf_end_table_uses(flows->ends, at, &count);

    if (at == 0 || number >= most || (count > 0 && uses[count - 1] >> 1 == number)) {
        return;
    }
    sf_end_table_add_use(flows->ends, at, number << 1 | side);
    flows->newest_frame = sf_flows_at(flows, number)->from_frame;
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

/** Index after the last stream of the address that began up to this frame. */
static uint32_t begun(const sf_flows *flows, const uint32_t *uses, uint32_t count, uint32_t frame)
{
    uint32_t first = 0, end = count;

    while (first < end) {
        uint32_t middle = first + (end - first) / 2;
        if (use_at(flows, uses[middle]).known->from_frame <= frame) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return first;
}

/** True if the address is one of that side of the stream. */
static bool is_end_of(const sf_flows *flows, uint32_t end, uint32_t frame, const flow_use *wanted)
{
    uint32_t count;
    const uint32_t *uses = sf_end_table_uses(flows->ends, end, &count);

    if (end > 0 && wanted->known->sides[wanted->side].end == end) {
        return true;
    }
    uint32_t last = begun(flows, uses, count, frame);
    for (uint32_t i = last; i > 0 && last - i < NEWEST; i--) {
        flow_use use = use_at(flows, uses[i - 1]);
        if (use.known == wanted->known && use.side == wanted->side) {
            return true;
        }
    }
    return false;
}

/** The newest use of an address; one whose other side has the peer's comes first, as a relay may have many streams. */
static flow_use use_of(const sf_flows *flows, uint32_t end, uint32_t peer, const sf_datagram *datagram, bool *is_pair,
                       bool *is_newest)
{
    flow_use found = { NULL, 0 };
    uint32_t count;
    const uint32_t *uses = sf_end_table_uses(flows->ends, end, &count);
    uint32_t last = begun(flows, uses, count, datagram->frame);

    for (uint32_t i = last; i > 0 && last - i < NEWEST && !*is_pair; i--) {
        flow_use use = use_at(flows, uses[i - 1]);
        if (sf_flow_is_current(use.known, datagram)) {
            *is_newest = i == count;
            *is_pair = is_end_of(flows, peer, datagram->frame, &(flow_use){ use.known, 1 - use.side });
            found = *is_pair || !found.known ? use : found;
        }
    }
    return found;
}

static sf_known_flow *look_up(const sf_flows *flows, const sf_datagram *datagram, unsigned *side, bool *is_pair,
                              bool *is_newest)
{
    uint32_t from = sf_end_table_find(flows->ends, &datagram->from), to = sf_end_table_find(flows->ends, &datagram->to);

    *is_pair = *is_newest = false;
    flow_use use = use_of(flows, to, from, datagram, is_pair, is_newest);
    if (use.known) {
        *side = 1 - use.side;
        return use.known;
    }
    use = use_of(flows, from, to, datagram, is_pair, is_newest);
    if (use.known) {
        *side = use.side;
    }
    *is_newest = false; /* the receiver's address was looked through before */
    return use.known;
}

/** A look-up, which is kept if it would find the same in any later frame up to the BYE. */
static G_GNUC_NO_INLINE sf_known_flow *find_anew(sf_flows *flows, const sf_datagram *datagram, unsigned *side,
                                                 bool *is_pair, sf_recent_pair *recent)
{
    bool is_newest;
    sf_known_flow *known = look_up(flows, datagram, side, is_pair, &is_newest);

    if (known && *is_pair && is_newest && datagram->frame >= flows->newest_frame) {
        *recent = (sf_recent_pair){ .from = datagram->from, .to = datagram->to, .known = known, .side = *side };
        flows->has_recent = true;
    }
    return known;
}

/** What is kept holds for frames that no stream is newer than: one that is looked at again may be older. */
sf_known_flow *sf_flow_between(sf_flows *flows, const sf_datagram *datagram, unsigned *side, bool *is_pair)
{
    sf_recent_pair *recent = sf_flow_place(flows, &datagram->from, &datagram->to);

    if (sf_recent_pair_holds(recent, flows, datagram)) {
        *is_pair = true;
        *side = recent->side;
        return recent->known;
    }
    return find_anew(flows, datagram, side, is_pair, recent);
}
