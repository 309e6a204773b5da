/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One source of media (an SSRC, RFC 3550), and what its first packets prove of their protection. Nothing is concluded
 * from how random a payload looks.
 */
#ifndef SF_MEDIA_SOURCE_H
#define SF_MEDIA_SOURCE_H

#include "payloads.h"
#include "sequence.h"
#include "srtp.h"

typedef enum {
    SF_FINDING_UNDETERMINED = 0,
    SF_FINDING_CLEAR = 1,     /**< clear RTP: each payload is as long as its codec makes it, so there is no tag */
    SF_FINDING_SRTP = 2,      /**< has the tags of the agreed key */
    SF_FINDING_OTHER_KEY = 3, /**< lacks the tags of the agreed key, and is not proved to be clear */
    SF_FINDING_DTLS = 4       /**< of a stream, not of a source: both sides had sent a DTLS handshake */
} sf_finding;

enum { SF_FINDINGS = 5, SF_SOURCE_TYPES = 4 };

typedef struct {
    int64_t first_time; /**< microseconds since 1970 */
    int64_t last_time;
    uint32_t ssrc;
    uint32_t packets;
    uint32_t decided_in; /**< frame in which the finding was made; 0 while there is none */
    uint32_t timestamp;  /**< of the packet before */
    uint32_t odd_in;     /**< frame by which there were many packets of a type that the receiver did not list, or 0 */
    sf_sequence numbers;
    int16_t roc;                     /**< roll-over counter, from 0 at the first packet (RFC 3711 3.3.1) */
    uint16_t sequence;               /**< highest so far; not kept up once there is a finding */
    uint16_t payload;                /**< payload bytes of the packet before */
    uint8_t types[SF_SOURCE_TYPES];  /**< in the order of their first packets; the first packet's first */
    uint8_t counts[SF_SOURCE_TYPES]; /**< packets of each, as far as it matters */
    uint8_t type_count;              /**< further types are not counted */
    uint8_t failed;                  /**< packets without the tag of the key */
    uint8_t verified;                /**< packets with it */
    uint8_t fitting;                 /**< packets of exactly the length that their codec has */
    uint8_t finding;                 /**< sf_finding */
    bool is_too_long : 1;            /**< a payload was longer than its codec makes it: something follows it */
    bool has_previous : 1;           /**< timestamp and payload are set */
} sf_source;

/** What the call says of a source. */
typedef struct {
    const sf_srtp_keys *keys; /**< of the key line that was agreed; NULL for none */
    size_t mki_bytes;
    const sf_payloads *listed; /**< by the receiver; NULL if that is not known, or not in full */
    bool may_be_clear;  /**< nothing was agreed that keeps the length of a payload, as legacy encryption does, and
                                    SRTP without tags */
    bool needs_tags;    /**< of `keys`, from the first packet on: these keys begin in this capture */
    bool may_be_former; /**< the packet may be of the agreement before: what it lacks proves nothing */
} sf_source_rule;

/** An RTP packet, as far as its bytes tell. */
typedef struct {
    const uint8_t *bytes;
    size_t length;
    size_t header; /**< bytes of the header with its CSRCs and extension */
    uint32_t ssrc;
    uint32_t timestamp;
    uint16_t sequence;
    uint8_t payload_type;
    bool is_padded;
    bool is_cut; /**< the capture does not have all of its bytes: it proves nothing */
} sf_rtp;

/** Reads the header; false if the bytes are not RTP: STUN, DTLS and RTCP among others (RFC 7983, RFC 5761 4). */
bool sf_rtp_read(const uint8_t *bytes, size_t length, sf_rtp *rtp);

/** A source that begins with this packet, which sf_source_count() has still to take. */
sf_source sf_source_of(const sf_rtp *rtp, int64_t time);

/**
 * Takes in a packet of the source, in the order of the capture.
 * @return true if the packet may prove something: sf_source_judge() takes it next. Few of a long call do.
 */
bool sf_source_count(sf_source *source, const sf_rtp *rtp, int64_t time);

/** Takes in what the packet proves. @param frame  that it is in */
void sf_source_judge(sf_source *source, const sf_rtp *rtp, const sf_source_rule *rule, uint32_t frame);

#endif
