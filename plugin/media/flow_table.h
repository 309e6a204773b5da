/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the set of streams is made of. Every table only grows, in the order of the capture, so that a later look at a
 * frame finds what the first one found: what came after that frame is passed over.
 */
#ifndef SF_MEDIA_FLOW_TABLE_H
#define SF_MEDIA_FLOW_TABLE_H

#include <glib.h>
#include <string.h>

#include "flows.h"
#include "relay.h"
#include "strays.h"
#include "stream_lines.h"

enum {
    SF_MAX_MASTER_BYTES = 46, /* AES-256 with its salt */
    SF_MAX_SOURCES = 8,       /* of one side of a stream; further ones are not followed */
    SF_MAX_STREAM_KEYS = 8,   /* crypto lines of one stream of an offer */
    SF_MAX_KEPT_OFFERS = 256, /* the oldest gives way: it will hardly be answered */
    SF_RECENT_PAIRS = 64      /* a power of two */
};

typedef struct {
    const sf_suite *suite;
    sf_srtp_keys *session; /**< of a line that was agreed, while packets need them */
    uint32_t tag;
    uint8_t master[SF_MAX_MASTER_BYTES];
    uint8_t length;
    uint8_t mki_bytes;
    bool is_ambiguous; /**< another line of the stream has the tag too */
    bool has_others;   /**< its line has further keys, any of which the sender may use (RFC 4568 6.1) */
    bool lacks_tags;   /**< packets with it need no authentication tag: UNAUTHENTICATED_SRTP */
} sf_line_key;

typedef struct {
    sf_media_end end;
    uint8_t index; /**< of the side */
    uint8_t source_count;
    uint8_t former; /**< bits 1 << index of the sources that sent under a former agreement of the call too */
    bool sends;
    sf_line_key *key;            /**< NULL for none */
    sf_source *sources;          /**< up to SF_MAX_SOURCES, in the order of their first packets */
    const sf_payloads *payloads; /**< that it can receive; NULL if its SDP was not seen */
} sf_flow_side;

typedef struct sf_known_flow sf_known_flow;

/** What all streams of a call amount to: kept up with each packet, so that asking costs the same in any call. */
typedef struct {
    sf_known_flow *newest;
    uint32_t packets;
    uint8_t seen;          /**< bits 1 << sf_seen of the findings so far */
    uint8_t senders;       /**< SF_BY_CALLER, SF_BY_CALLEE */
    uint8_t directions;    /**< 0 to 2; the most of any stream */
    bool has_dtls;         /**< media came after a DTLS handshake */
    bool may_go_elsewhere; /**< some of its streams may, see there */
    bool ends_with_strays; /**< when the BYE came, there had been strays during the call */
    uint32_t from_frame;   /**< of its first stream */
    sf_stray_hosts hosts;  /**< if some of its streams may go elsewhere */
} sf_call_media;

enum { SF_BY_CALLER = 1, SF_BY_CALLEE = 2 };

enum { SF_GRACE = 2000000 }; /* microseconds after an answer or a BYE that its receiver may not have yet */

enum { SF_SETTLED = 20 }; /* packets of a source after which clear media would have been noticed */

struct sf_known_flow {
    sf_flow flow; /* first: what the others see of it */
    sf_call_media *media;
    sf_known_flow *older; /**< of the call */
    sf_flow_side sides[2];
    int64_t from_time; /**< of the answer */
    uint32_t from_frame;
    uint32_t dtls_in;      /**< frame by which both sides had sent a DTLS handshake, or 0 */
    uint8_t handshakes;    /**< who sent one: bits 1 << side */
    bool has_company;      /**< packets that are no RTP were seen between its ends */
    bool may_go_elsewhere; /**< to other addresses that ICE may choose, to relays, or over TCP */
    bool shares_ends;      /**< another stream of the same message has its transport */
    bool lacks_tags;       /**< packets need no authentication tag, by the line of either side */
    bool is_first;         /**< the call had no stream before it: whoever sends begins with it */
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
    unsigned side;        /**< that sends */
} sf_recent_pair;

struct sf_flows {
    GHashTable *offers; /**< sf_exchange -> sf_kept_offer */
    const void *newest_offers[SF_MAX_KEPT_OFFERS];
    unsigned offer_count; /**< so far */
    GHashTable *ends;     /**< the streams of each address */
    GHashTable *paths;    /**< pairs of addresses between which media was seen */
    GHashTable *calls;    /**< sf_call -> sf_call_media, which owns its streams */
    sf_codec_names *names;
    sf_payload_lists *lists;
    sf_flow_listener *listener;
    void *listener_context;
    sf_relays *relays;
    sf_strays *strays;
    uint32_t newest_frame; /**< in which the newest stream was agreed */
    uint32_t stray_in;     /**< newest frame with media through a relay or over TCP that is of no stream; or 0 */
    sf_recent_pair recent[SF_RECENT_PAIRS][2];
    bool has_recent; /**< some of them are filled in */
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

/** What a source shows of its call. */
sf_seen sf_source_seen(const sf_known_flow *known, unsigned side, const sf_source *source);

/** What several sources show together. What proves nothing does not change what others prove. @param bits  1 << sf_seen */
sf_seen sf_seen_of_bits(unsigned bits);

/** Adds a finding of a source to what was seen of the call. @param source  has its first packet, or a new finding */
void sf_call_media_take(sf_known_flow *known, unsigned side, const sf_source *source);

/** True if media was seen during the call that may be the call's and was not followed. */
bool sf_call_media_has_strays(const sf_flows *flows, const sf_call_media *media);

/* flow_ends.c */

GHashTable *sf_flow_ends_new(void);

/** Has the stream found by an address of one of its sides; nothing happens for one that is not known. */
void sf_flow_ends_add(sf_flows *flows, const sf_media_end *end, sf_known_flow *known, unsigned side);

/**
 * The newest stream of a datagram, by either of its addresses; one that has both comes first.
 * @param side     set to the side that sent it
 * @param is_pair  set to true if both addresses are of the stream
 */
sf_known_flow *sf_flow_between(sf_flows *flows, const sf_datagram *datagram, unsigned *side, bool *is_pair);

/* flow_end.c */

GHashTable *sf_flow_paths_new(void);

/** Notes that media passes between two addresses where this capture was made. */
void sf_flow_paths_add(sf_flows *flows, const sf_media_end *one, const sf_media_end *other);

/** What is not proved when the call ends stays so: memory is for the calls that are not over. */
void sf_flow_side_drop_keys(sf_flow_side *side);

/** The first BYE of a call. */
void sf_flows_end_call(sf_flows *flows, const sf_call *call, uint32_t frame);

/** The newest stream of a call; NULL for none. */
sf_known_flow *sf_flows_newest(const sf_flows *flows, const sf_call *call);

/** Takes the SDP of a message as an offer. */
void sf_flows_keep_offer(sf_flows *flows, const sf_media *media, const sf_call_note *note, const sf_sighting *at);

/** Takes the SDP of a message as an answer: its streams are in the set then. */
void sf_flows_take_answer(sf_flows *flows, const sf_message *message, const sf_call_note *note, const sf_sighting *at);

#endif
