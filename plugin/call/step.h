/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One message of a call, as the model sees it.
 */
#ifndef SF_CALL_STEP_H
#define SF_CALL_STEP_H

#include "engine/message.h"
#include "keyed_hash.h"
#include "memory.h"
#include "methods.h"

typedef struct {
    const sf_message *message;
    const sf_memory *memory;
    const sf_hash_key *hash_key;
    uint32_t frame;
    int64_t time;     /**< microseconds since 1970 */
    sf_method method; /**< of the request, also for its responses */
    uint32_t cseq;
    bool is_by_caller; /**< the request came from the caller */
    uint64_t fork;     /**< hash of the callee's tag, 0 if there is none yet */
    uint64_t hop;      /**< of a message with SDP, see sf_hop_of(); 0 for any other */
} sf_step;

/** True if the message has at least one SDP body. */
static inline bool sf_step_has_sdp(const sf_step *step)
{
    return step->message->media.sdp_count > 0;
}

/** True if it has, or may have had one where the capture has cut it off. */
static inline bool sf_step_may_have_sdp(const sf_step *step)
{
    return sf_step_has_sdp(step) || step->message->cut != SF_CUT_NOTHING;
}

/** True for a request, and for a response from 200 on. */
static inline bool sf_step_is_final(const sf_step *step)
{
    return step->message->is_request || step->message->status_code >= 200;
}

/** True for a 2xx. */
static inline bool sf_step_is_success(const sf_step *step)
{
    return step->message->status_code >= 200 && step->message->status_code < 300;
}

#endif
