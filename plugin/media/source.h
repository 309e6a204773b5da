/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One source of media (an SSRC, RFC 3550), and what its first packets prove of their protection. Nothing is concluded
 * from how random a payload looks.
 */
#ifndef SF_MEDIA_SOURCE_H
#define SF_MEDIA_SOURCE_H

#include "engine/text/bytes.h"
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

enum { SF_SOURCE_MANY = 50 };     /* packets of a type that are many */
enum { SF_SOURCE_SAMPLES = 256 }; /* of so many packets one is verified anew; a power of two */

#define SF_SOURCE_TIME_BITS 56
#define SF_SOURCE_TIME_MASK (UINT64_MAX >> (64 - SF_SOURCE_TIME_BITS))

/** What is kept of a source for as long as the capture. */
typedef struct {
    uint64_t first_time : SF_SOURCE_TIME_BITS; /**< sf_time_of_source() reads it */
    uint64_t finding : 3;                      /**< sf_finding */
    uint64_t type_count : 3;                   /**< further types are not counted */
    uint64_t is_former : 1; /**< it sent under a former agreement, which may still be what it keeps to */
    uint64_t is_odd : 1;    /**< it sent many packets of a type that the receiver did not list */
    uint64_t last_time : SF_SOURCE_TIME_BITS;
    uint64_t is_doubtful : 1; /**< another call may have it: only a tag of the key proves something */
    uint64_t is_late : 1;     /**< it began after the BYE: no key is left to try */
    uint64_t is_over : 1;     /**< another source goes on with its SSRC, protected otherwise */
    uint64_t is_next : 1;     /**< it goes on with the SSRC of one that is over */
    sf_sequence numbers;
    uint32_t ssrc;
    uint32_t mark; /**< frame in which the finding was made; while there is none, number of its trial, 0 for none */
    uint32_t next; /**< number of the next source that the same side began; 0 for none */
    uint8_t types[SF_SOURCE_TYPES];  /**< in the order of their first packets; the first packet's first */
    uint8_t counts[SF_SOURCE_TYPES]; /**< packets of each, up to one more than are many */
} sf_source;

/** What is kept besides, until the source has proved something, or cannot prove anything any more. */
typedef struct {
    uint32_t timestamp; /**< of the packet before */
    int16_t roc;        /**< roll-over counter, from 0 at the first packet (RFC 3711 3.3.1) */
    uint16_t sequence;  /**< highest so far */
    uint16_t payload;   /**< payload bytes of the packet before */
    uint8_t failed;     /**< packets without the tag of the key */
    uint8_t verified;   /**< packets with it */
    uint8_t fitting;    /**< packets of exactly the length that their codec has */
    bool is_too_long;   /**< a payload was longer than its codec makes it: something follows it */
    bool has_previous;  /**< timestamp and payload are set */
} sf_trial;

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

/** True if the packet has neither CSRCs, extension nor padding, and is of this type and source. */
static inline bool sf_rtp_is_plain(const uint8_t *bytes, size_t length, uint8_t type, uint32_t ssrc)
{
    enum { HEADER = 12, PLAIN = 0x80 };

    return length >= HEADER && bytes[0] == PLAIN && (bytes[1] & 0x7f) == type && sf_big_endian_32(bytes + 8) == ssrc;
}

/** A time as a source keeps it: one of more than a thousand years from 1970 is taken for the last one before. */
static inline uint64_t sf_source_time(int64_t time)
{
    const int64_t most = INT64_MAX >> (64 - SF_SOURCE_TIME_BITS);

    return (uint64_t)CLAMP(time, -most, most);
}

/** A kept time, in microseconds since 1970. */
static inline int64_t sf_time_of_source(uint64_t kept)
{
    const unsigned rest = 64 - SF_SOURCE_TIME_BITS;

    return (int64_t)(kept << rest) / (1 << rest);
}

/** A source that begins with this packet, which sf_source_count() has still to take. */
sf_source sf_source_of(const sf_rtp *rtp, int64_t time);

/** The trial of that source. */
sf_trial sf_trial_of(const sf_rtp *rtp);

/** The trial of a source that goes on with the packet after this one. */
sf_trial sf_trial_after(const sf_source *source, const sf_rtp *rtp);

/** Frame in which the finding was made; 0 while there is none. */
static inline uint32_t sf_source_decided_in(const sf_source *source)
{
    return source->finding == SF_FINDING_UNDETERMINED ? 0 : source->mark;
}

/**
 * Takes in a packet of the source, in the order of the capture: one that its `numbers` took, and no duplicate.
 * @return true if this makes the packets of its type many
 */
bool sf_source_count(sf_source *source, const sf_rtp *rtp, int64_t time);

/** True if a packet of the type, which has become many, is odd by what the receiver listed. */
bool sf_source_rule_is_odd(const sf_source_rule *rule, uint8_t type);

/** True if which of two sources a packet is of hangs on its frame. */
static inline bool sf_source_shares_ssrc(const sf_source *source)
{
    return source->is_over || source->is_next;
}

/** True if the next packets of the source's first type are nothing but counted. */
static inline bool sf_source_is_calm(const sf_source *source)
{
    return source->counts[0] > SF_SOURCE_MANY && !sf_source_shares_ssrc(source) &&
           (source->finding != SF_FINDING_UNDETERMINED || (source->mark == 0 && !source->is_former));
}

/** True if the next packet of the source, by the number of those before, is one to be verified anew. */
static inline bool sf_source_is_sampled(const sf_source *source)
{
    return ((source->numbers.packets + 1) & (SF_SOURCE_SAMPLES - 1)) == 0;
}

/**
 * True if the packet contradicts what was found of its source: it lacks the tag that others had, or has the tag that they
 * lacked. False if it proves nothing.
 * @param rule  with keys that were derived
 */
bool sf_source_is_contradicted(const sf_source *source, const sf_rtp *rtp, const sf_source_rule *rule);

/** Takes in what the packet proves. @param frame  that it is in: `mark`, if it proves something */
void sf_source_judge(sf_source *source, sf_trial *trial, const sf_rtp *rtp, const sf_source_rule *rule, uint32_t frame);

/** True if no further packet can prove anything. */
bool sf_source_is_settled(const sf_source *source, const sf_trial *trial, const sf_source_rule *rule);

#endif
