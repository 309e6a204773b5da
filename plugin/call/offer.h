/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What is remembered of an offer until its answers have come: how each stream
 * may be protected, the tags of its crypto lines, and a hash of each key.
 */
#ifndef SF_CALL_OFFER_H
#define SF_CALL_OFFER_H

#include "engine/message.h"
#include "keyed_hash.h"
#include "limits.h"
#include "memory.h"
#include "verdict.h"

typedef struct {
    uint64_t hash; /**< of key and salt, 0 if there is none */
    uint32_t tag;
    uint8_t stream;
    uint8_t scheme;     /**< sf_crypto_scheme */
    bool is_client : 1; /**< role of a=cryptoscale */
    bool is_server : 1;
    bool has_tag : 1;
    bool is_unencrypted : 1; /**< UNENCRYPTED_SRTP */
    uint8_t suite;           /**< sf_suite_number() */
} sf_offered_key;

typedef struct {
    uint64_t ends;                           /**< hash of the transport addresses of the streams */
    uint8_t offered[SF_MAX_OFFERED_STREAMS]; /**< sf_offered of each stream */
    uint8_t stream_count;
    uint8_t key_count;
    bool is_cut;       /**< its end is missing: it may have more lines and streams */
    bool lacks_bodies; /**< so it is of a multipart body: any stream may have more lines in another one */
    bool is_microsoft; /**< a product of Microsoft's wrote it; known of offers with SRTP as an option alone */
    sf_offered_key keys[];
} sf_offer;

/** What is wrong with an answered stream, held against its offer: any together. Each is a row in a section's table. */
typedef enum {
    SF_ANSWER_DECLINES_SRTP = 1 << 0,      /**< plain RTP though keys were offered */
    SF_ANSWER_TAG_NOT_OFFERED = 1 << 1,    /**< no crypto line of the offered stream has the tag */
    SF_ANSWER_SCHEME_NOT_OFFERED = 1 << 2, /**< the tag is that of a line of the other scheme */
    SF_ANSWER_SUITE_NOT_OFFERED = 1 << 3,  /**< the tag was offered with another cipher suite */
    SF_ANSWER_LEGACY_OPTIONAL = 1 << 4,    /**< both sides have keys of legacy encryption, neither requires it */
    SF_ANSWER_LEGACY_NOT_OFFERED = 1 << 5, /**< the answer has such a key, the offer has none */
    SF_ANSWER_REPEATS_KEY = 1 << 6,        /**< the answer has a master key of the offer */
    SF_ANSWER_NO_KEY = 1 << 7,             /**< these three, and SF_ANSWER_NO_FINGERPRINT: sf_misfit */
    SF_ANSWER_KEY_NOT_OFFERED = 1 << 8,
    SF_ANSWER_NOBODY_STARTS = 1 << 9,
    SF_ANSWER_SAME_ROLE = 1 << 10, /**< a=cryptoscale: client answered by client, or server by server */
    SF_ANSWER_NO_FINGERPRINT = 1 << 11,
    SF_ANSWER_KEEPS_PROFILE = 1 << 12, /**< RTP/AVP with a key, to an offer of a product that wants RTP/SAVP then */
    SF_ANSWER_BOTH_START = 1 << 13,    /**< as SF_ANSWER_NOBODY_STARTS: sf_misfit */
    SF_ANSWER_EXTRA_STREAM = 1 << 14,  /**< the offer has fewer streams (RFC 3264 6) */
    SF_ANSWER_SEVERAL_KEYS = 1 << 15   /**< more than one crypto line of one kind (RFC 4568 5.1.2) */
} sf_answer_fault;

/** What one stream of an answer made of the offer. */
typedef struct {
    uint32_t tag;    /**< of the chosen crypto line; set if has_tag */
    uint16_t faults; /**< sf_answer_fault */
    uint8_t verdict; /**< sf_verdict */
    uint8_t chosen;  /**< index of the chosen line in key_lines of the stream; UINT8_MAX for none */
    bool has_tag;    /**< the line is one of the offer, or the offer was not seen */
} sf_stream_note;

/** The offer that all SDP bodies of a message make together: they are alternatives. To be released. */
sf_offer *sf_offer_of(const sf_message *message, const sf_hash_key *hash_key, const sf_memory *memory);

/** True if two offers ask for the same: the same streams at the same addresses with the same keys. */
bool sf_offers_are_same(const sf_offer *one, const sf_offer *other);

/**
 * Judges one stream of an answer.
 * @param offer  NULL if it was not seen
 * @param index  of the stream in its body, from 0
 */
sf_stream_note sf_offer_judge(const sf_offer *offer, const sf_message *answer, const sf_stream *stream, unsigned index,
                              const sf_hash_key *hash_key);

#endif
