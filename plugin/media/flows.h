/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The streams that answers agreed, by their transport addresses, and what the packets between these prove. Given all
 * messages and packets once, in the order of the capture; what it says of a packet later on is the same in any order.
 */
#ifndef SF_MEDIA_FLOWS_H
#define SF_MEDIA_FLOWS_H

#include "call/call.h"
#include "datagram.h"
#include "source.h"
#include "stream_lines.h"

typedef struct sf_flows sf_flows;

/** What all streams of a call amount to. */
typedef struct sf_call_media sf_call_media;

enum { SF_FLOW_OFFERER = 0, SF_FLOW_ANSWERER = 1 };

/** A stream between the two ends that an offer and its answer name. */
typedef struct {
    sf_call_media *media; /**< of its call: sf_flow_call() */
    uint32_t key_in[2];   /**< frame of the key line of each side; 0 for none that can be used */
    uint32_t end_frame;   /**< of the first BYE; 0 while there is none */
    uint16_t stream;      /**< 1 = first of its body; 0 if streams share this transport */
    uint8_t verdict;      /**< sf_verdict of the stream */
    uint8_t is_offerer_caller : 1;
    uint8_t exposed : 2;           /**< bits 1 << side of the keys whose frame anybody on the wire could read */
    uint8_t ends_one_way : 1;      /**< when the BYE came, one side had sent much and the other nothing */
    uint8_t silent_side : 1;       /**< which one, if so */
    uint8_t is_one_way_on_hop : 1; /**< that was so on the hop of this stream alone, which a proxy relays */
    uint8_t ends_silent : 1; /**< when the BYE came, nothing had been seen of the call's media that should have been */
} sf_flow;

/** The call that the stream is of. */
const sf_call *sf_flow_call(const sf_flow *flow);

/** True if a side of the stream is the call's caller. */
static inline bool sf_flow_is_by_caller(const sf_flow *flow, unsigned side)
{
    return (side == SF_FLOW_OFFERER) == (flow->is_offerer_caller != 0);
}

enum { SF_MAX_SIDE_ENDS = 1 + SF_MAX_CHOSEN_ENDS + SF_MAX_STREAM_ENDS };

/** A stream that an answer has just agreed; all of it lives during the call of the listener alone. */
typedef struct {
    const sf_flow *flow;
    sf_media_end
        ends[2][SF_MAX_SIDE_ENDS]; /**< of each side: that of the m= line, and its candidates, chosen ones first */
    unsigned end_counts[2];
    const sf_payloads *payloads[2]; /**< NULL where the SDP was not seen */
    const sf_codec_names *names;
    const sf_suite *suite; /**< of the key lines that key it; NULL for none */
    uint8_t mki_bytes;
    bool is_video;
} sf_new_flow;

/** Is told of a new stream. */
typedef void sf_flow_listener(void *context, const sf_new_flow *fresh);

/** A source sent many packets of a payload type that the receiver did not list. */
typedef struct {
    uint32_t frame; /**< of the packet that made them many; 0 for none */
    uint8_t type;
} sf_oddity;

/** What is known of a packet of media. */
typedef struct {
    const sf_flow *flow;
    unsigned side; /**< who sent it */
    uint32_t ssrc;
    sf_finding finding;  /**< as known at this packet */
    uint32_t decided_in; /**< frame; 0 while there is no finding */
    bool is_odd;  /**< by this packet the source had sent many of a payload type that the receiver did not list */
    uint8_t type; /**< the packet's payload type */
} sf_media_packet;

/** What was seen of a call's media. */
typedef enum {
    SF_SEEN_NOTHING = 0,
    SF_SEEN_CLEAR = 1,
    SF_SEEN_SRTP = 2,
    SF_SEEN_OTHER_KEY = 3,
    SF_SEEN_MIXED = 4,
    SF_SEEN_UNDETERMINED = 5,
    SF_SEEN_READABLE = 6, /**< SRTP, with a key that anybody with the capture has */
    SF_SEEN_DTLS = 7,     /**< a DTLS handshake and media that nothing was proved of */
    /* One kind was proved, and besides there is media of which nothing was. */
    SF_SEEN_PARTLY_SRTP = 8,
    SF_SEEN_PARTLY_READABLE = 9,
    SF_SEEN_PARTLY_CLEAR = 10,
    SF_SEEN_PARTLY_OTHER_KEY = 11,
    SF_SEEN_PARTLY_DTLS = 12,
    SF_SEEN_LAST = SF_SEEN_PARTLY_DTLS
} sf_seen;

/** Who sent media of a call. */
typedef enum {
    SF_SENDERS_NONE = 0,
    SF_SENDERS_BOTH = 1,
    SF_SENDERS_CALLER = 2,
    SF_SENDERS_CALLEE = 3,
    SF_SENDERS_UNKNOWN = 4 /**< there is media through relays or over TCP, which may be that of the call */
} sf_senders;

typedef struct {
    bool is_agreed; /**< an answer of the call agreed a stream of RTP */
    bool has_clear; /**< some of it is proved to be clear, whatever the rest is */
    sf_seen seen;
    sf_senders senders;
    uint32_t packets;
    unsigned directions; /**< 0 to 2; the most of any stream */
} sf_media_summary;

/** What is told of a call's media at one of its messages; kept with the message. */
typedef struct {
    bool lacks_media; /**< so far the capture had no packet that may be media, of any call or none */
    bool is_told;     /**< media was seen, or the call is over */
    bool has_clear;   /**< see sf_media_summary */
    uint8_t seen;     /**< sf_seen */
    uint8_t senders;  /**< sf_senders */
} sf_media_note;

/** Where and when a message was captured. */
typedef struct {
    uint32_t frame;
    int64_t time;    /**< microseconds since 1970 */
    bool is_exposed; /**< anybody on the wire could read it there */
} sf_sighting;

/** An empty set. */
sf_flows *sf_flows_new(void);

/** Frees it; takes NULL. */
void sf_flows_free(sf_flows *flows);

/** Takes in a message of a call, with what the call made of it. */
void sf_flows_take(sf_flows *flows, const sf_message *message, const sf_call_note *note, const sf_sighting *at);

/** Has the listener told of each new stream, from now on; NULL for none. */
void sf_flows_listen(sf_flows *flows, sf_flow_listener *listener, void *context);

/** False if no stream has one of these UDP ports: the cheap question before the others. */
bool sf_flows_has_port(const sf_flows *flows, uint16_t from, uint16_t to);

/** False if neither TCP port is one that media may pass through: the same for TCP. */
bool sf_flows_has_tcp_port(const sf_flows *flows, uint16_t from, uint16_t to);

/** On its first pass: the capture has a packet that is no signaling, and may be media, whatever it is. */
void sf_flows_note_traffic(sf_flows *flows);

/** True if the capture has had no such packet so far: that nothing was seen of a call's media tells nothing then. */
bool sf_flows_lack_media(const sf_flows *flows);

/** A TCP segment with such a port and a payload, on its first pass: media there is not followed, but noted. */
void sf_flows_take_segment(sf_flows *flows, const sf_datagram *segment);

/** A datagram without its bytes, on its first pass: media may be in it, so that nobody can say that there was none. */
void sf_flows_take_hidden(sf_flows *flows, const sf_datagram *datagram);

/**
 * What is known of a datagram; false if it is not RTP of one of the streams.
 * @param is_new  on the first pass: the datagram is taken in
 */
bool sf_flows_packet(sf_flows *flows, const sf_datagram *datagram, bool is_new, sf_media_packet *packet);

/** What was seen in two calls: where one of them proves nothing, what the other proves is but a part. */
sf_seen sf_seen_in_both(sf_seen one, sf_seen other);

/** True if it stands for several kinds, or for one kind and media of which nothing is proved. */
bool sf_seen_has_parts(sf_seen seen);

/** What was seen of a call's media so far. */
sf_media_summary sf_flows_of_call(const sf_flows *flows, const sf_call *call);

/** The same for a message of the call, on its first pass: the call is NULL for none, and so is `flows`. */
sf_media_note sf_flows_note(const sf_flows *flows, const sf_call *call);

/** True if at the end of the call nothing had been seen of its media that should have been: see sf_flow.ends_silent. */
bool sf_flows_ended_silent(const sf_flows *flows, const sf_call *call);

/**
 * The streams of a call that ended in this frame, one after the other.
 * @param newer  NULL for the newest one, else the one before
 * @return NULL if there is none
 */
const sf_flow *sf_flows_ended(const sf_flows *flows, const sf_call *call, uint32_t frame, const sf_flow *newer);

/** The addresses of both sides of a stream in their m= lines. */
void sf_flows_ends(const sf_flows *flows, const sf_flow *flow, sf_media_end ends[2]);

#endif
