/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Offers and answers of one call (RFC 3264, RFC 3261 13 and 14, RFC 3262,
 * RFC 3311, RFC 6337): which body is which, which offer an answer belongs to,
 * and what each fork of the call has agreed.
 */
#ifndef SF_CALL_NEGOTIATION_H
#define SF_CALL_NEGOTIATION_H

#include "call.h"
#include "methods.h"

/** A message as the model sees it. */
typedef struct {
    const sf_message *message;
    const sf_memory *memory;
    const sf_hash_key *hash_key;
    uint32_t frame;
    int64_t time;       /**< microseconds since 1970 */
    sf_method method;   /**< of the request, also for its responses */
    uint32_t cseq;
    bool by_caller;     /**< the request came from the caller */
    uint64_t fork;      /**< hash of the callee's tag, 0 if there is none yet */
} sf_step;

/**
 * Takes in one message of a call.
 * @param call  its negotiation, agreement, times and final response are brought up to date
 * @param note  its role, streams, exchange and verdict are set
 */
void sf_negotiate(sf_call *call, const sf_step *step, sf_call_note *note);

#endif
