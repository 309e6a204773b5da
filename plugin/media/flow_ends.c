/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The streams by the addresses of their ends: that of the m= line, and those of candidates.
 */
#include <string.h>

#include "engine/text/bytes.h"
#include "flow_table.h"
#include "secret_hash.h"

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

unsigned sf_media_end_hash(const void *key)
{
    return sf_secret_hash(key, sizeof(sf_media_end));
}

gboolean sf_media_end_equal(const void *one, const void *other)
{
    return sf_media_ends_equal(one, other);
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
    sf_flows_add_port(flows, end->port);
}

void sf_flows_add_port(sf_flows *flows, uint16_t port)
{
    flows->ports[port / 8] |= (uint8_t)(1 << port % 8);
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

bool sf_flow_has_end(const sf_flows *flows, const sf_known_flow *known, unsigned side, uint32_t end, uint32_t frame)
{
    uint32_t count;
    const uint32_t *uses = sf_end_table_uses(flows->ends, end, &count);

    if (end > 0 && known->sides[side].end == end) {
        return true;
    }
    uint32_t last = begun(flows, uses, count, frame);
    for (uint32_t i = last; i > 0 && last - i < NEWEST; i--) {
        flow_use use = use_at(flows, uses[i - 1]);
        if (use.known == known && use.side == side) {
            return true;
        }
    }
    return false;
}

/** An address with its number; 0 for one that no SDP has. */
typedef struct {
    const sf_media_end *end;
    uint32_t number;
} numbered_end;

/** How well the address fits the other side of a stream. */
typedef enum { FITS_NOT, FITS_HOST, FITS_LATCH, FITS } fit;

/** True if the datagram is of a source that has sent in the stream before. */
static bool is_of_source(const sf_flows *flows, const sf_known_flow *known, unsigned side, const sf_datagram *datagram)
{
    enum { RTP_HEADER = 12, SSRC_AT = 8 };
    uint32_t ssrc = datagram->length >= RTP_HEADER ? sf_big_endian_32(datagram->bytes + SSRC_AT) : 0;
    const sf_source *source = sf_flow_source_of(flows, &known->sides[side], ssrc, datagram->frame);

    return source && sf_time_of_source(source->first_time) < datagram->time;
}

/**
 * @param side   of the stream that may have the address
 * @param sends  that side has sent the datagram
 * @param rival  newer stream of another call at the same address: what was learned before it was agreed tells nothing of
 *               sources that are new; NULL for none
 */
static fit fit_of(const sf_flows *flows, const sf_known_flow *known, unsigned side, bool sends,
                  const numbered_end *peer, const sf_datagram *datagram, const sf_known_flow *rival)
{
    bool is_told = !rival || is_of_source(flows, known, sends ? side : 1 - side, datagram);

    if (sf_flow_has_end(flows, known, side, peer->number, datagram->frame)) {
        return FITS;
    }
    if (sf_flow_has_latched(flows, known, side, peer->end, datagram, is_told ? 0 : rival->from_frame)) {
        return FITS_LATCH;
    }
    sf_media_end own = sf_flow_end(flows, known, side);
    return sf_media_ends_have_one_host(&own, peer->end) ? FITS_HOST : FITS_NOT;
}

/** The newest use of an address; one that the peer's fits better comes first, as a relay may have many streams. */
static flow_use use_of(const sf_flows *flows, const numbered_end *end, const numbered_end *peer, bool is_to,
                       const sf_datagram *datagram, bool *is_pair, bool *is_newest)
{
    flow_use found = { NULL, 0 };
    fit best = FITS_NOT;
    uint32_t count;
    const uint32_t *uses = sf_end_table_uses(flows->ends, end->number, &count);
    uint32_t last = begun(flows, uses, count, datagram->frame);

    for (uint32_t i = last; i > 0 && last - i < NEWEST && best != FITS; i--) {
        flow_use use = use_at(flows, uses[i - 1]);
        if (sf_flow_is_current(use.known, datagram)) {
            /* Of one call the newest agreement counts, unless the packet is between the ends of a former one. */
            bool is_other = found.known && found.known->flow.media != use.known->flow.media;
            fit one = fit_of(flows, use.known, 1 - use.side, is_to, peer, datagram, is_other ? found.known : NULL);
            *is_newest = i == count;
            found = !found.known || one == FITS || (one > best && is_other) ? use : found;
            best = MAX(best, one);
        }
    }
    *is_pair = best == FITS;
    return found;
}

bool sf_flow_tell_rivals(const sf_flows *flows, const sf_known_flow *known, const sf_media_end *end,
                         const sf_datagram *datagram)
{
    uint32_t count;
    const uint32_t *uses = sf_end_table_uses(flows->ends, sf_end_table_find(flows->ends, end), &count);
    uint32_t last = begun(flows, uses, count, datagram->frame);
    bool has_rivals = false;

    for (uint32_t i = last; i > 0 && last - i < NEWEST; i--) {
        const sf_known_flow *other = use_at(flows, uses[i - 1]).known;
        if (other->flow.media != known->flow.media && sf_flow_is_current(other, datagram)) {
            other->flow.media->has_loose = true;
            has_rivals = true;
        }
    }
    return has_rivals;
}

static sf_known_flow *look_up(const sf_flows *flows, const sf_datagram *datagram, unsigned *side, bool *is_pair,
                              bool *is_newest)
{
    numbered_end from = { &datagram->from, sf_end_table_find(flows->ends, &datagram->from) };
    numbered_end to = { &datagram->to, sf_end_table_find(flows->ends, &datagram->to) };

    *is_pair = *is_newest = false;
    flow_use use = use_of(flows, &to, &from, true, datagram, is_pair, is_newest);
    if (use.known) {
        *side = 1 - use.side;
        return use.known;
    }
    use = use_of(flows, &from, &to, false, datagram, is_pair, is_newest);
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
