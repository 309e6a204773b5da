/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Addresses that no SDP names. Behind a NAT media comes from another address than the one in the SDP, and who gets it
 * sends its own there (symmetric RTP, RFC 4961; "latching", RFC 7362 4), maybe from another port than its SDP says.
 */
#include "flow_table.h"

enum {
    NEWEST = 8,        /* streams of one address that are looked through */
    MAX_LATCHES = 4096 /* addresses in all: a small part of the streams has one */
};

/** A side of a stream, whose address it is. */
typedef struct {
    sf_known_flow *known; /* NULL for none */
    unsigned side;
    uint32_t after; /* the frame that told so: later ones are found by it; they ascend */
} use;

/** Oldest first. */
typedef struct {
    sf_media_end end; /* first: what it is found by */
    uint32_t count;
    use uses[];
} latch;

GHashTable *sf_flow_latches_new(void)
{
    return g_hash_table_new_full(sf_media_end_hash, sf_media_end_equal, g_free, NULL);
}

/** Index after the last use that frames like this one are found by. */
static uint32_t begun(const latch *known, uint32_t frame)
{
    uint32_t first = 0, end = known->count;

    while (first < end) {
        uint32_t middle = first + (end - first) / 2;
        if (known->uses[middle].after < frame) {
            first = middle + 1;
        } else {
            end = middle;
        }
    }
    return first;
}

/** The newest side that has the address, as known at the datagram. */
static use side_of(const sf_flows *flows, const sf_media_end *end, const sf_datagram *datagram)
{
    const latch *known = g_hash_table_size(flows->latches) > 0 ? g_hash_table_lookup(flows->latches, end) : NULL;
    uint32_t last = known ? begun(known, datagram->frame) : 0;

    for (uint32_t i = last; i > 0 && last - i < NEWEST; i--) {
        if (sf_flow_is_current(known->uses[i - 1].known, datagram)) {
            return known->uses[i - 1];
        }
    }
    return (use){ .known = NULL };
}

/** The side of a stream that is the same party as that of another one. */
static unsigned side_like(const sf_known_flow *known, const use *like)
{
    return sf_flow_side_of_party(known, sf_flow_is_by_caller(&like->known->flow, like->side));
}

static bool is_same_stream(const sf_known_flow *one, const sf_known_flow *other)
{
    return one->flow.media == other->flow.media && one->flow.stream == other->flow.stream;
}

bool sf_flow_has_latched(const sf_flows *flows, const sf_known_flow *known, unsigned side, const sf_media_end *end,
                         const sf_datagram *datagram, uint32_t since)
{
    use found = side_of(flows, end, datagram);

    return found.known && found.after >= since && is_same_stream(found.known, known) &&
           side_like(known, &found) == side;
}

/** What was agreed last of the stream, at the frame: the address was told of under a former agreement, maybe. */
static sf_known_flow *newest_of(const sf_flows *flows, sf_known_flow *known, uint32_t frame)
{
    unsigned seen = 0;

    for (sf_known_flow *k = known->flow.media->newest; k && seen < SF_MAX_STREAMS;
         k = sf_flows_at(flows, k->older), seen++) {
        if (k->from_frame <= frame && is_same_stream(k, known)) {
            return k;
        }
    }
    return known;
}

static bool is_same_use(const use *one, const use *other)
{
    return one->known == other->known && one->side == other->side;
}

/** True if the address is told of lately: two streams that have it in turn do not make the list longer each time. */
static bool is_told(const latch *known, const use *made)
{
    for (uint32_t i = known->count; i > 0 && known->count - i < NEWEST; i--) {
        if (is_same_use(&known->uses[i - 1], made)) {
            return true;
        }
    }
    return false;
}

static void add(sf_flows *flows, const use *made, const sf_media_end *end)
{
    latch *known = g_hash_table_lookup(flows->latches, end);
    uint32_t count = known ? known->count : 0;

    if (known ? is_told(known, made) : g_hash_table_size(flows->latches) == MAX_LATCHES) {
        return;
    }
    if ((count & (count - 1)) == 0) { /* there is room for a power of two */
        latch *larger = known;
        if (known) {
            g_hash_table_steal(flows->latches, known);
        }
        larger = g_realloc(larger, sizeof *larger + MAX(2 * count, 1) * sizeof larger->uses[0]);
        larger->end = *end;
        g_hash_table_add(flows->latches, larger);
        known = larger;
    }
    known->uses[count] = *made;
    known->count = count + 1;
    sf_flows_add_port(flows, end->port);
}

bool sf_flow_latch(sf_flows *flows, sf_known_flow *known, unsigned side, const sf_datagram *datagram)
{
    const sf_media_end *ends[2];
    bool is_doubtful = false;

    ends[side] = &datagram->from;
    ends[1 - side] = &datagram->to;

    for (unsigned s = 0; s < 2; s++) {
        sf_media_end own = sf_flow_end(flows, known, s);
        if (sf_flow_has_end(flows, known, s, sf_end_table_find(flows->ends, ends[s]), datagram->frame)) {
            continue;
        }
        if (sf_media_ends_have_one_host(ends[s], &own) || !sf_flow_tell_rivals(flows, known, ends[1 - s], datagram)) {
            add(flows, &(use){ known, s, datagram->frame }, ends[s]);
        } else {
            known->flow.media->has_loose = true;
            is_doubtful = true;
        }
    }
    return is_doubtful;
}

sf_known_flow *sf_flow_by_latch(const sf_flows *flows, const sf_datagram *datagram, unsigned *side, bool *is_proved)
{
    use receiver = side_of(flows, &datagram->to, datagram);
    bool is_to = receiver.known != NULL;
    use found = is_to ? receiver : side_of(flows, &datagram->from, datagram);

    if (!found.known) {
        return NULL;
    }
    sf_known_flow *known = newest_of(flows, found.known, datagram->frame);
    unsigned own = side_like(known, &found);
    sf_media_end other = sf_flow_end(flows, known, 1 - own);
    *side = is_to ? 1 - own : own;
    *is_proved = sf_media_ends_have_one_host(is_to ? &datagram->from : &datagram->to, &other);
    return known;
}
