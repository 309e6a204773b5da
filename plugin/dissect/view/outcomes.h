/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of outcomes.
 */
#ifndef SF_DISSECT_VIEW_OUTCOMES_H
#define SF_DISSECT_VIEW_OUTCOMES_H

#include "compat.h"

#include "call/outcome.h"

/** Names of sf_outcome, for fields and statistics. */
extern const value_string sf_outcome_names[];

/** Name of one outcome. */
const char *sf_outcome_name(unsigned outcome);

/**
 * Who refused a call on the leg between Teams and a session border controller: who was called there, or whom Teams' code
 * names. NULL if the call was not refused, or is on no such leg.
 * @param outcome    sf_outcome, and @param diagnosis what says most, as known at the end or at a message
 */
const char *sf_outcome_refuser(const sf_call *call, unsigned outcome, const sf_call_diagnosis *diagnosis);

/** How a call went, and what tells why: as known at its end, or at one of its messages. */
typedef struct {
    const sf_call *call;
    const sf_call_diagnosis *diagnosis; /**< NULL for none */
    uint16_t transfer_failure;          /**< 0 for none */
    uint8_t outcome;                    /**< sf_outcome */
    uint16_t final_response;            /**< 0 for none */
    uint8_t refusal_cause;              /**< of Q.850, 0 for none */
    bool is_transfer_refused;           /**< by the response to the REFER */
} sf_outcome_story;

/** As known at the end of the capture. */
sf_outcome_story sf_outcome_story_of(const sf_call *call);

/** As known at a message of a call. */
sf_outcome_story sf_outcome_story_at(const sf_call_note *note);

/** True for a response by which a system fails, rather than a person who does not take the call (RFC 3261 21.5, 21.6). */
bool sf_outcome_is_fault(unsigned status);

/**
 * Why a call was refused that no diagnosis explains: what the telephone network said, and by whom.
 * @return allocated in scope; NULL if there is a diagnosis, or nobody is known to have refused the call
 */
char *sf_outcome_refusal(wmem_allocator_t *scope, const sf_outcome_story *story);

/** What to do about a call for which sf_outcome_refusal() gives words: a literal; NULL if those say enough. */
const char *sf_outcome_refusal_advice(const sf_outcome_story *story);

/** `Transfer failed: 486 Busy Here`, for a story in which a transfer failed. @return allocated in scope */
char *sf_outcome_transfer_failure(wmem_allocator_t *scope, const sf_outcome_story *story);

/**
 * Why a call went as it did: what its diagnosis means, who refused it, or that a transfer in it failed.
 * @param is_brief  in a few words, without what to check
 * @return allocated in scope; NULL if nothing says why
 */
char *sf_outcome_meaning(wmem_allocator_t *scope, const sf_outcome_story *story, bool is_brief);

/**
 * What to check or change about a call that failed: as the tree says with what its diagnosis means, or with who refused it.
 * @return allocated in scope; NULL if nothing is to be advised
 */
char *sf_outcome_advice(wmem_allocator_t *scope, const sf_outcome_story *story);

#endif
