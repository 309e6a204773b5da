/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What one side of a call sent in one of its streams.
 */
#ifndef SF_MEDIA_STREAM_SUM_H
#define SF_MEDIA_STREAM_SUM_H

#include "flows.h"

enum { SF_SUM_VALUES = 8 }; /* SSRCs, and payload types */

/** Packets that prove that media passed otherwise than the answer has it. */
typedef struct {
    uint32_t frame;  /**< by which it is proved; 0 for no such packets */
    uint8_t verdict; /**< sf_verdict of the agreement in force */
    uint8_t finding; /**< SF_FINDING_CLEAR or SF_FINDING_OTHER_KEY */
} sf_breach;

typedef struct {
    const char *codecs[SF_SUM_VALUES]; /**< names of the payload types; NULL for one that has none */
    int64_t first_time;                /**< microseconds since 1970; 0 for no packet */
    int64_t last_time;
    uint32_t packets;
    uint32_t lost;       /**< by sequence number */
    uint32_t duplicates; /**< further copies of packets, as from a mirror port: not among `packets` */
    uint32_t ssrcs[SF_SUM_VALUES];
    sf_breach breach;      /**< the first one, of any agreement */
    sf_oddity odd;         /**< the first one, of any source */
    const char *odd_codec; /**< name of its payload type, by whichever side has one; NULL for none */
    uint16_t stream;       /**< 1 = first of its body; 0 for streams that share a transport */
    uint8_t verdict;       /**< sf_verdict of the newest agreement */
    uint8_t seen;          /**< sf_seen */
    uint8_t seen_all;      /**< bits 1 << sf_seen of what its sources show */
    bool is_unproved;      /**< there is media that counts, and of which nothing is proved */
    uint8_t types[SF_SUM_VALUES];
    uint8_t ssrc_count;
    uint8_t type_count;
    bool is_by_caller;   /**< it sends in the direction from caller to callee */
    uint8_t order;       /**< of the hop, from the caller on; the same for all if `hop` is not set */
    bool is_of_hop;      /**< the call has several hops with media of their own, and this is of one of them */
    sf_media_end hop[2]; /**< if so: its ends by SDP, without ports, the sender first; SF_ADDRESS_NONE if not known */
} sf_stream_sum;

/**
 * The sums of a call, by stream and hop, the caller before the callee: two for each stream of RTP that was agreed.
 * A proxy with a media relay is an end of each of its hops, which are told apart by the addresses in the SDP.
 * @return array of sf_stream_sum, for g_array_free(); texts in it live as long as the flows
 */
GArray *sf_flows_stream_sums(const sf_flows *flows, const sf_call *call);

#endif
