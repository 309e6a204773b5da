/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What is remembered of an offer until its answers have come: how each stream
 * may be protected, the tags of its key lines, and a hash of each key.
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
    uint8_t scheme; /**< sf_crypto_scheme */
    bool has_tag : 1;
    uint8_t suite; /**< sf_suite_number() */
} sf_offered_key;

typedef struct {
    uint8_t offered[SF_MAX_OFFERED_STREAMS]; /**< sf_offered of each stream */
    uint8_t stream_count;
    uint8_t key_count;
    sf_offered_key keys[];
} sf_offer;

/** What one stream of an answer made of the offer. */
typedef struct {
    uint32_t tag; /**< the chosen key line; set if has_tag */
    uint8_t verdict;
    bool has_tag : 1;     /**< an offered key line, or the offer was not seen */
    bool is_declined : 1; /**< plain RTP though keys were offered */
    bool tag_not_offered : 1;
    bool scheme_not_offered : 1; /**< the tag is that of a key line of the other scheme */
    bool suite_not_offered : 1;  /**< the tag was offered with another cipher suite */
    bool key_reused : 1;         /**< the answer has a master key of the offer */
    bool both_allow_legacy : 1;  /**< both sides have keys of legacy encryption, neither requires it */
    bool offer_lacks_legacy : 1; /**< the answer has such a key, the offer has none */
} sf_stream_note;

/** The offer that all SDP bodies of a message make together: they are alternatives. To be released. */
sf_offer *sf_offer_of(const sf_message *message, const sf_hash_key *hash_key, const sf_memory *memory);

/**
 * Judges one stream of an answer.
 * @param offer  NULL if it was not seen
 * @param index  of the stream in its body, from 0
 */
sf_stream_note sf_offer_judge(const sf_offer *offer, const sf_message *answer, const sf_stream *stream, unsigned index,
                              const sf_hash_key *hash_key);

#endif
