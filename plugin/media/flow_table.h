/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the set of streams is made of. Every table only grows, in the order of the capture, so that a later look at a
 * frame finds what the first one found: what came after that frame is passed over.
 */
#ifndef SF_MEDIA_FLOW_TABLE_H
#define SF_MEDIA_FLOW_TABLE_H

#include <glib.h>
#include <string.h>

#include "end_table.h"
#include "flows.h"
#include "pool.h"
#include "relay.h"
#include "strays.h"
#include "stream_lines.h"

enum {
    SF_MAX_MASTER_BYTES = 46, /* AES-256 with its salt */
    SF_MAX_SOURCES = 8,       /* of one side of a stream, less than 16; further ones are not followed */
    SF_MAX_STREAM_KEYS = 8,   /* crypto lines of one stream of an offer */
    SF_MAX_KEPT_OFFERS = 256, /* the oldest gives way: it will hardly be answered */
    SF_RECENT_PAIRS = 64      /* a power of two */
};

typedef struct {
    const sf_suite *suite;
    uint32_t tag;
    uint8_t master[SF_MAX_MASTER_BYTES];
    uint8_t length;
    uint8_t mki_bytes;
    bool is_ambiguous; /**< another line of the stream has the tag too */
    bool has_others;   /**< its line has further keys, any of which the sender may use (RFC 4568 6.1) */
    bool lacks_tags;   /**< packets with it need no authentication tag: UNAUTHENTICATED_SRTP */
} sf_line_key;

/** A key line that was agreed, until the call is over. */
typedef struct {
    const sf_suite *suite;
    sf_srtp_keys *session; /**< while packets need them */
    uint8_t master[SF_MAX_MASTER_BYTES];
    uint8_t length : 7;
    uint8_t has_others : 1; /**< see sf_line_key */
    uint8_t mki_bytes;
} sf_agreed_key;

/** The parts of a side, each by its number in its table; 0 for none. */
typedef struct {
    uint32_t end;           /**< its address in the m= line */
    uint32_t source;        /**< the first of up to SF_MAX_SOURCES, in the order of their first packets */
    uint32_t key;           /**< sf_agreed_key */
    uint32_t payloads : 24; /**< that it can receive; none if its SDP was not seen */
    uint32_t source_count : 4;
    uint32_t sends : 1;
    uint32_t is_unproved : 1; /**< it has sent media that counts, and of which nothing is proved */
    uint32_t is_overfull : 1; /**< it has sent much from more sources than are followed */
} sf_flow_side;

typedef struct sf_known_flow sf_known_flow;

/** What all streams of a call amount to: kept up with each packet, so that asking costs the same in any call. */
struct sf_call_media {
    const sf_call *call;
    sf_known_flow *newest;
    uint32_t newest_number;
    uint32_t packets;      /**< without duplicates */
    uint32_t unproved;     /**< sides of its streams that are so, see sf_flow_side */
    uint8_t seen;          /**< bits 1 << sf_seen of the findings so far */
    uint8_t senders;       /**< SF_BY_CALLER, SF_BY_CALLEE */
    uint8_t directions;    /**< 0 to 2; the most of any stream */
    uint8_t unfollowed;    /**< packets of further sources than are followed, up to SF_SETTLED */
    bool has_dtls;         /**< media came after a DTLS handshake */
    bool may_go_elsewhere; /**< some of its streams may, see there */
    bool has_early;        /**< much RTP passed at the addresses of the offer before there was an answer */
    bool has_loose;        /**< there was RTP that may be the call's, and may be another one's */
    bool ends_with_strays; /**< when the BYE came, there had been strays during the call */
    uint32_t from_frame;   /**< of its first stream */
    sf_stray_hosts hosts;  /**< if some of its streams may go elsewhere */
};

enum { SF_BY_CALLER = 1, SF_BY_CALLEE = 2 };

enum { SF_GRACE = 2000000 }; /* microseconds after an answer or a BYE that its receiver may not have yet */

enum { SF_SETTLED = 20 }; /* packets of a source after which clear media would have been noticed */

struct sf_known_flow {
    sf_flow flow;      /* first: what the others see of it */
    int64_t from_time; /**< of the answer */
    uint32_t older;    /**< number of the next older stream of the call; 0 for none */
    uint32_t from_frame;
    uint32_t dtls_in;             /**< frame by which both sides had sent a DTLS handshake, or 0 */
    uint8_t handshakes : 2;       /**< who sent one: bits 1 << side */
    uint8_t has_company : 1;      /**< packets that are no RTP were seen between its ends */
    uint8_t may_go_elsewhere : 1; /**< to other addresses that ICE may choose, to relays, or over TCP */
    uint8_t shares_ends : 1;      /**< another stream of the same message has its transport */
    uint8_t lacks_tags : 1;       /**< packets need no authentication tag, by the line of either side */
    uint8_t is_first : 1;         /**< the call had no stream before it there: whoever sends begins with it */
    uint8_t has_misfits : 1;      /**< packets count for it of which one address is not that in its SDP */
    uint8_t place : 3;            /**< the hops that it is of: see sf_call_note */
    sf_flow_side sides[2];
};

/** A stream of an offer that has no answer yet. */
typedef struct {
    sf_media_end end;
    sf_direction direction;
    unsigned key_count;
    sf_line_key *keys; /**< up to SF_MAX_STREAM_KEYS */
    char *lines;       /**< sf_stream_lines_copy() */
} sf_offered_stream;

typedef struct {
    uint32_t frame;
    bool is_exposed;
    unsigned count;
    sf_offered_stream streams[];
} sf_kept_offer;

/** Between whom packets passed lately: most of a call's packets need no look-up. */
typedef struct {
    sf_media_end from;
    sf_media_end to;
    sf_known_flow *known; /**< NULL for none */
    sf_source *source;    /**< that sent last, if it is calm; NULL for none */
    unsigned side;        /**< that sends */
} sf_recent_pair;

struct sf_flows {
    GHashTable *offers; /**< sf_exchange -> sf_kept_offer */
    const void *newest_offers[SF_MAX_KEPT_OFFERS];
    unsigned offer_count; /**< so far */
    sf_pool known;        /**< sf_known_flow */
    sf_pool sources;      /**< sf_source */
    sf_pool trials;       /**< sf_trial */
    sf_pool keys;         /**< sf_agreed_key */
    sf_end_table *ends;   /**< the addresses, and the sides that use them: 2 * number of the stream + side */
    GHashTable *latches;  /**< addresses that no SDP names, see flow_latch.c */
    GHashTable *early;    /**< addresses of offers, with what passed there before an answer, see flow_early.c */
    GHashTable *paths;    /**< pairs of addresses between which media was seen */
    GHashTable *calls;    /**< sf_call -> sf_call_media */
    GHashTable *odd;      /**< sf_source -> sf_oddity, of a source that has one */
    GHashTable *next;     /**< sf_source that goes on with an SSRC -> frame from which on it does */
    sf_codec_names *names;
    sf_payload_lists *lists;
    sf_flow_listener *listener;
    void *listener_context;
    sf_relays *relays;
    sf_strays *strays;
    uint32_t newest_frame; /**< in which the newest stream was agreed */
    uint32_t stray_in;     /**< newest frame with media through a relay or over TCP that is of no stream; or 0 */
    sf_recent_pair recent[SF_RECENT_PAIRS][2];
    bool has_recent;  /**< some of them are filled in */
    bool has_traffic; /**< the capture has packets that may be media, of any call or none */
    uint8_t ports[65536 / 8];
    uint8_t tcp_ports[65536 / 8]; /**< through which media of streams may pass */
};

/** True if both are the same transport address. */
static inline bool sf_media_ends_equal(const sf_media_end *one, const sf_media_end *other)
{
    uint64_t halves[2][2];
    uint32_t ports[2];

    memcpy(halves[0], one->address, sizeof halves[0]);
    memcpy(halves[1], other->address, sizeof halves[1]);
    memcpy(&ports[0], &one->port, sizeof ports[0]); /* and the family */
    memcpy(&ports[1], &other->port, sizeof ports[1]);
    return ((halves[0][0] ^ halves[1][0]) | (halves[0][1] ^ halves[1][1]) | (ports[0] ^ ports[1])) == 0;
}

/** For hash tables of what begins with an address. */
unsigned sf_media_end_hash(const void *key);
gboolean sf_media_end_equal(const void *one, const void *other);

/** True if both are of one host, whatever their ports are. */
static inline bool sf_media_ends_have_one_host(const sf_media_end *one, const sf_media_end *other)
{
    return one->family == other->family && memcmp(one->address, other->address, sizeof one->address) == 0;
}

/** The stream of a number; NULL for 0. */
static inline sf_known_flow *sf_flows_at(const sf_flows *flows, uint32_t number)
{
    return sf_pool_at(&flows->known, number);
}

static inline sf_source *sf_flows_source(const sf_flows *flows, uint32_t number)
{
    return sf_pool_at(&flows->sources, number);
}

static inline sf_agreed_key *sf_flows_key(const sf_flows *flows, const sf_flow_side *side)
{
    return sf_pool_at(&flows->keys, side->key);
}

/** True if the source has begun in this frame, or before. */
static inline bool sf_flow_has_begun(const sf_flows *flows, const sf_source *source, uint32_t frame)
{
    return !source->is_next || GPOINTER_TO_UINT(g_hash_table_lookup(flows->next, source)) <= frame;
}

/** The source of a side that has the SSRC in a frame; NULL for none. */
static inline sf_source *sf_flow_source_of(const sf_flows *flows, const sf_flow_side *side, uint32_t ssrc,
                                           uint32_t frame)
{
    sf_source *source = sf_flows_source(flows, side->source), *found = NULL;

    for (; source && !(found && !found->is_over); source = sf_flows_source(flows, source->next)) {
        if (source->ssrc == ssrc && sf_flow_has_begun(flows, source, frame)) {
            found = source;
        }
    }
    return found;
}

/** The side of a stream that is the caller, or the callee. */
static inline unsigned sf_flow_side_of_party(const sf_known_flow *known, bool is_caller)
{
    return sf_flow_is_by_caller(&known->flow, SF_FLOW_OFFERER) == is_caller ? SF_FLOW_OFFERER : SF_FLOW_ANSWERER;
}

/** The address of a side in its m= line. */
static inline sf_media_end sf_flow_end(const sf_flows *flows, const sf_known_flow *known, unsigned side)
{
    return sf_end_table_end(flows->ends, known->sides[side].end);
}

/** The address of the caller, or the callee, in its m= line. */
static inline sf_media_end sf_flow_end_of_party(const sf_flows *flows, const sf_known_flow *known, bool is_caller)
{
    return sf_flow_end(flows, known, sf_flow_side_of_party(known, is_caller));
}

/** What a source shows of its call. */
sf_seen sf_source_seen(const sf_known_flow *known, unsigned side, const sf_source *source);

/**
 * What several sources show together.
 * @param bits         1 << sf_seen of each
 * @param is_unproved  among those that prove nothing there is so much media that it counts
 */
sf_seen sf_seen_of_bits(unsigned bits, bool is_unproved);

/** Adds a finding of a source to what was seen of the call. @param source  has its first packet, or a new finding */
void sf_call_media_take(sf_known_flow *known, unsigned side, const sf_source *source);

/**
 * Looks anew whether a side has sent media that counts, and of which nothing is proved: a few packets, if nothing is
 * proved of any of its sources, else so many of one source that what it sends would be known.
 */
void sf_call_media_weigh(sf_flows *flows, sf_known_flow *known, unsigned side);

/** A packet of a source that is not followed, as the side has too many. */
void sf_call_media_pass(sf_known_flow *known, unsigned side);

/** Both sides of a stream have sent a DTLS handshake: what they had sent so far is looked at anew. */
void sf_call_media_take_handshake(sf_flows *flows, sf_known_flow *known);

/** True if there may be media of the call that was not followed: it was seen, or the SDP that names its ends was cut. */
bool sf_call_media_has_strays(const sf_flows *flows, const sf_call_media *media);

/* flow_ends.c */

/** Has the stream of a number found by an address of one of its sides; nothing happens for one that is not known. */
void sf_flow_ends_add(sf_flows *flows, const sf_media_end *end, uint32_t number, unsigned side);

/** True if a packet of this frame and time is of the stream, as far as that can tell: shortly after the BYE it is. */
static inline bool sf_flow_is_current(const sf_known_flow *known, const sf_datagram *datagram)
{
    return known->from_frame <= datagram->frame &&
           (known->flow.end_frame == 0 || known->flow.end_frame > datagram->frame ||
            datagram->time <= known->flow.media->call->ended + SF_GRACE);
}

/** Both ways of a pair of addresses have a place of their own, so that they never take it from each other. */
static inline sf_recent_pair *sf_flow_place(sf_flows *flows, const sf_media_end *from, const sf_media_end *to)
{
    enum { SPREAD = 0x9e37, SHIFT = 8 };
    unsigned sum = (unsigned)from->port + to->port;
    bool is_lower = from->port == to->port ? memcmp(from->address, to->address, sizeof from->address) < 0
                                           : from->port < to->port;

    return &flows->recent[sum * SPREAD >> SHIFT & (SF_RECENT_PAIRS - 1)][is_lower];
}

/** True if the place has the stream of the datagram. It holds for frames that no stream is newer than. */
static inline bool sf_recent_pair_holds(const sf_recent_pair *recent, const sf_flows *flows,
                                        const sf_datagram *datagram)
{
    return recent->known && datagram->frame >= flows->newest_frame && sf_media_ends_equal(&recent->to, &datagram->to) &&
           sf_media_ends_equal(&recent->from, &datagram->from) && sf_flow_is_current(recent->known, datagram);
}

/**
 * The newest stream of a datagram, by either of its addresses; one that has both comes first.
 * @param side     set to the side that sent it
 * @param is_pair  set to true if both addresses are of the stream
 */
sf_known_flow *sf_flow_between(sf_flows *flows, const sf_datagram *datagram, unsigned *side, bool *is_pair);

/**
 * True if the SDP up to a frame has the address for that side of the stream.
 * @param end  number of the address; 0 for one that no SDP has
 */
bool sf_flow_has_end(const sf_flows *flows, const sf_known_flow *known, unsigned side, uint32_t end, uint32_t frame);

/** Other calls that have the address now learn that a packet may be theirs. @return true if there are any */
bool sf_flow_tell_rivals(const sf_flows *flows, const sf_known_flow *known, const sf_media_end *end,
                         const sf_datagram *datagram);

/** Has packets with this port looked at. */
void sf_flows_add_port(sf_flows *flows, uint16_t port);

/* flow_latch.c */

GHashTable *sf_flow_latches_new(void);

/**
 * On the first pass: has the stream found by the address of a packet that is in no SDP.
 * @param side  that sent it
 * @return true if the packet may be of another call as well, which has the other address, too
 */
bool sf_flow_latch(sf_flows *flows, sf_known_flow *known, unsigned side, const sf_datagram *datagram);

/**
 * True if a side, not another one, has an address that is in no SDP, as known at the datagram.
 * @param since  what was learned before this frame does not count
 */
bool sf_flow_has_latched(const sf_flows *flows, const sf_known_flow *known, unsigned side, const sf_media_end *end,
                         const sf_datagram *datagram, uint32_t since);

/**
 * The stream of a datagram, neither of whose addresses is in the SDP of one.
 * @param side       set to the side that sent it
 * @param is_proved  set to true if the other address is of the other side's host, so that only the port is another
 */
sf_known_flow *sf_flow_by_latch(const sf_flows *flows, const sf_datagram *datagram, unsigned *side, bool *is_proved);

/* flow_sources.c */

/** On the first pass: takes in a packet of a stream. @return its source; NULL if the side has too many */
sf_source *sf_flow_take_packet(sf_flows *flows, sf_known_flow *known, unsigned side, const sf_rtp *rtp,
                               const sf_datagram *datagram);

/* flow_early.c */

GHashTable *sf_flow_early_new(void);

/** On the first pass: RTP at the address of a stream that is offered in this frame is counted from now on. */
void sf_flow_early_watch(sf_flows *flows, const sf_media_end *end, uint32_t frame);

/** On the first pass: a packet of RTP that is of no stream. */
void sf_flow_early_take(sf_flows *flows, const sf_datagram *datagram);

/** There is an answer: true if much RTP passed at the address that was offered in this frame. False if asked again. */
bool sf_flow_early_end(sf_flows *flows, const sf_media_end *end, uint32_t frame);

/* flow_end.c */

GHashTable *sf_flow_paths_new(void);

/** Notes that media passes between two addresses where this capture was made. */
void sf_flow_paths_add(sf_flows *flows, const sf_media_end *one, const sf_media_end *other);

/** Frees the key of a side. */
void sf_flow_side_drop_key(sf_flows *flows, sf_flow_side *side);

/** The first BYE of a call. */
void sf_flows_end_call(sf_flows *flows, const sf_call *call, uint32_t frame);

/** The newest stream of a call; NULL for none. */
sf_known_flow *sf_flows_newest(const sf_flows *flows, const sf_call *call);

/**
 * True if a proxy relays the media of the call: its hops have no transport address in common, and the packets of each
 * pass between the addresses in its SDP. Who only changes an address in the SDP, as where there is a NAT, is no such
 * proxy; where packets have other addresses than the SDP, which of the two it is cannot be told.
 * @param newest  stream of the call; NULL for none
 */
bool sf_flows_has_hops(const sf_flows *flows, const sf_known_flow *newest);

/* flow_offered.c */

/** Takes the SDP of a message as an offer. */
void sf_flows_keep_offer(sf_flows *flows, const sf_media *media, const sf_call_note *note, const sf_sighting *at);

/** The key of a line that SRTP is keyed by; false for any other line. */
bool sf_line_key_of(const sf_crypto *crypto, sf_line_key *key);

/** The key that was offered for the line that an answer chose. @return NULL for none, or if it cannot be told */
const sf_line_key *sf_offered_line_key(const sf_offered_stream *stream, const sf_line_key *chosen);

/* flow_agreed.c */

/** Takes the SDP of a message as an answer: its streams are in the set then. */
void sf_flows_take_answer(sf_flows *flows, const sf_message *message, const sf_call_note *note, const sf_sighting *at);

#endif
