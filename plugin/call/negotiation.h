/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a call holds only while offers and answers may still come: the requests
 * and responses with an offer, the requests that await one, and the dialogs of its forks.
 */
#ifndef SF_CALL_NEGOTIATION_H
#define SF_CALL_NEGOTIATION_H

#include "call.h"
#include "step.h"

/** A request that brought an offer, or asks for one in its response. */
typedef struct sf_transaction {
    struct sf_transaction *next; /**< older */
    sf_offer *offer;             /**< NULL while the offer is to come in a response */
    sf_exchange *exchange;       /**< NULL without an offer */
    uint64_t fork;               /**< dialog that it belongs to, 0 for all */
    uint64_t hops[SF_MAX_HOPS];  /**< on which it was seen, see sf_hop_of(); those that are not known are not kept */
    uint32_t cseq;
    uint32_t ordinal;        /**< of the offer in this call */
    sf_method method;        /**< of the request */
    bool is_by_caller : 1;   /**< the request came from the caller */
    bool is_in_response : 1; /**< the offer is in the response */
    bool is_early : 1;       /**< in a provisional one, so far */
    bool is_answered : 1;
    uint8_t hop_count;
    uint8_t place;  /**< of its SDP among those that hops have of the same offer, in the order of the capture */
    uint8_t others; /**< of the first place: whether hops have other SDP, and how many */
    /* Of hold (hold.h); the rest is set if tells_of_hold. */
    bool tells_of_hold : 1; /**< an offer inside a dialog, with audio or video */
    bool is_offer_of_caller : 1;
    bool was_held_by_caller : 1; /**< when the offer came */
    bool was_held_by_callee : 1;
    uint8_t wish; /**< sf_direction of the offer */
    uint8_t hold; /**< sf_hold of the offer */
} sf_transaction;

/** One fork of the call: a tag of the callee (RFC 3261 12). */
typedef struct sf_dialog {
    struct sf_dialog *next;
    uint64_t fork;                            /**< hash of the callee's tag */
    sf_agreement agreed;                      /**< of all hops; set if has_agreement */
    sf_agreement hops[SF_MAX_OPEN_OFFERS];    /**< of each SDP that hops have of the offer, by its place */
    uint64_t answer_hops[SF_MAX_OPEN_OFFERS]; /**< on which its answer was seen */
    uint32_t ordinal;                         /**< of the offer that it answers */
    uint8_t answered_hops;                    /**< bits 1 << place: which of them are set */
    bool has_agreement : 1;
    bool is_confirmed : 1; /**< by a 2xx */
    bool is_ended : 1;     /**< by a BYE, or by a failure response of this fork */
    bool is_held_by_caller : 1;
    bool is_held_by_callee : 1;
} sf_dialog;

struct sf_negotiation {
    sf_transaction *open; /**< newest first */
    sf_dialog *dialogs;
    uint32_t offers; /**< made so far */
    uint8_t open_count;
    uint8_t dialog_count;
};

/** The call's negotiation, made if there is none. */
sf_negotiation *sf_negotiation_of(sf_call *call, const sf_memory *memory);

/** Releases all that the call needs for negotiating alone. */
void sf_negotiation_release(sf_call *call, const sf_memory *memory);

/** The dialog of that fork, or NULL. Takes NULL. */
sf_dialog *sf_dialog_find(const sf_negotiation *negotiation, uint64_t fork);

/** The dialog of that fork, made if there is none; NULL beyond SF_MAX_DIALOGS. */
sf_dialog *sf_dialog_of(sf_negotiation *negotiation, uint64_t fork, const sf_memory *memory);

/** True if a dialog other than `except` (which may be NULL) lives, confirmed or not as asked. */
bool sf_dialog_lives(const sf_negotiation *negotiation, const sf_dialog *except, bool is_confirmed);

/** Keeps a transaction like the one given; the oldest gives way beyond SF_MAX_OPEN_OFFERS. */
sf_transaction *sf_transaction_open(sf_negotiation *negotiation, const sf_transaction *like, const sf_memory *memory);

/**
 * The request that this message is, repeats, acknowledges or responds to: on its own hop if that was seen.
 * @return NULL if it was not seen. Takes NULL
 */
sf_transaction *sf_transaction_of_request(const sf_negotiation *negotiation, const sf_step *step);

/** True if the transaction was seen on that hop, or may have been: a hop that is not known may be any. */
bool sf_transaction_has_hop(const sf_transaction *transaction, uint64_t hop);

/** Notes that it was seen on that hop. */
void sf_transaction_add_hop(sf_transaction *transaction, uint64_t hop);

/**
 * The request that this message is on another hop, with this offer.
 * @return NULL if no hop so far has it so
 */
sf_transaction *sf_transaction_with_offer(const sf_negotiation *negotiation, const sf_step *step,
                                          const sf_offer *offer);

/** How many further places its offer has: SDP of other hops. @param answered  any of the transactions of the offer */
unsigned sf_transaction_others(const sf_negotiation *negotiation, const sf_transaction *answered);

/** The offer that a response of this fork and CSeq brought, or NULL. Takes NULL. */
sf_transaction *sf_transaction_of_response(const sf_negotiation *negotiation, const sf_step *step);

/** The newest offer in a response of this fork that has no answer yet, or NULL. Takes NULL. */
sf_transaction *sf_transaction_unanswered(const sf_negotiation *negotiation, const sf_step *step);

/** Releases the transactions of the request that this response refuses. Takes a NULL negotiation. */
void sf_transaction_refuse(sf_negotiation *negotiation, const sf_step *step);

#endif
