/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of outcomes.
 */
#include "outcomes.h"

#include "diagnosis.h"

#include "engine/sip/cause.h"
#include "engine/sip/network.h"
#include "engine/sip/response_phrase.h"
#include "engine/sip/teams_code.h"

const value_string sf_outcome_names[] = {
    { SF_OUTCOME_UNKNOWN, "Unknown" },
    { SF_OUTCOME_ANSWERED, "Answered" },
    { SF_OUTCOME_REFUSED, "Refused" },
    { SF_OUTCOME_CANCELED, "Canceled" },
    { SF_OUTCOME_FAILED_MEDIA, "Failed media" },
    { SF_OUTCOME_NO_ANSWER, "No answer" },
    { SF_OUTCOME_TRANSFERRED, "Transferred" },
    { SF_OUTCOME_REDIRECTED, "Redirected" },
    { SF_OUTCOME_FAILED_LATER, "Ended by a failure" },
    { SF_OUTCOME_TRANSFER_FAILED, "Transfer failed" },
    { 0, NULL },
};

const char *sf_outcome_name(unsigned outcome)
{
    return val_to_str_const(outcome, sf_outcome_names, "Unknown");
}

const char *sf_outcome_refuser(const sf_call *call, unsigned outcome, const sf_call_diagnosis *diagnosis)
{
    static const char sbc[] = "the session border controller, or what is beyond it";
    bool is_to_teams = call->callee_network == SF_NETWORK_TEAMS;

    if (outcome != SF_OUTCOME_REFUSED || is_to_teams == (call->caller_network == SF_NETWORK_TEAMS)) {
        return NULL;
    }
    if (diagnosis && diagnosis->is_of_teams && diagnosis->has_code && sf_teams_code_is_of_sbc(diagnosis->code)) {
        return sbc;
    }
    return is_to_teams ? "Teams" : sbc;
}

sf_outcome_story sf_outcome_story_of(const sf_call *call)
{
    return (sf_outcome_story){
        .call = call,
        .diagnosis = call->diagnosis,
        .transfer_failure = call->transfer_failure,
        .final_response = call->final_response,
        .outcome = (uint8_t)sf_outcome_of(call),
        .refusal_cause = call->refusal_cause,
        .is_transfer_refused = call->is_transfer_refused,
    };
}

sf_outcome_story sf_outcome_story_at(const sf_call_note *note)
{
    return (sf_outcome_story){
        .call = note->call,
        .diagnosis = note->diagnosis,
        .transfer_failure = note->transfer_failure,
        .final_response = note->final_response,
        .outcome = note->outcome,
        .refusal_cause = note->refusal_cause,
        .is_transfer_refused = note->is_transfer_refused,
    };
}

char *sf_outcome_refusal(wmem_allocator_t *scope, const sf_outcome_story *story)
{
    const char *refuser = story->diagnosis ? NULL : sf_outcome_refuser(story->call, story->outcome, NULL);
    const char *words = sf_cause_in_words(story->refusal_cause);

    if (!refuser) {
        return NULL;
    }
    if (!words) {
        return wmem_strdup_printf(scope, "Refused by %s", refuser);
    }
    /* What tells most stands first: a column may be narrow. */
    return wmem_strdup_printf(scope, "%c%s (Q.850 %u): refused by %s", g_ascii_toupper(words[0]), words + 1,
                              story->refusal_cause, refuser);
}

char *sf_outcome_transfer_failure(wmem_allocator_t *scope, const sf_outcome_story *story)
{
    unsigned status = story->transfer_failure;
    const char *phrase = sf_response_phrase(status);

    return wmem_strdup_printf(scope, "Transfer %s: %u%s%s", story->is_transfer_refused ? "refused" : "failed", status,
                              phrase ? " " : "", phrase ? phrase : "");
}

static char *meaning_of_diagnosis(wmem_allocator_t *scope, const sf_call_diagnosis *diagnosis, bool is_brief)
{
    if (!diagnosis) {
        return NULL;
    }
    return is_brief ? sf_diagnosis_brief_of_call(scope, diagnosis) : sf_diagnosis_words_of_call(scope, diagnosis);
}

char *sf_outcome_meaning(wmem_allocator_t *scope, const sf_outcome_story *story, bool is_brief)
{
    const sf_call_diagnosis *diagnosis = story->diagnosis;
    bool is_of_transfer = story->outcome == SF_OUTCOME_TRANSFER_FAILED;
    char *first = is_of_transfer ? sf_outcome_transfer_failure(scope, story) : sf_outcome_refusal(scope, story);
    char *second = NULL;

    if (!first || (diagnosis && diagnosis->rank > SF_RANK_NO_FAILURE)) {
        second = meaning_of_diagnosis(scope, diagnosis, is_brief);
    }
    if (!first || !second) {
        return first ? first : second;
    }
    char *both = wmem_strdup_printf(scope, "%s; %s", first, second);
    wmem_free(scope, first);
    wmem_free(scope, second);
    return both;
}

bool sf_outcome_is_fault(unsigned status)
{
    return status >= 500 && status != 600 && status != 603;
}

/** Nobody took the call, as happens every day: 486 and 600, or a cause that says so (ITU-T Q.850 2.2.7.1). */
static bool is_everyday(const sf_outcome_story *story)
{
    enum { BUSY_HERE = 486, BUSY_EVERYWHERE = 600 };
    static const uint8_t causes[] = { 16, 17, 18, 19, 21, 31 };
    bool is_everyday = story->refusal_cause == 0 &&
                       (story->final_response == BUSY_HERE || story->final_response == BUSY_EVERYWHERE);

    for (size_t i = 0; i < G_N_ELEMENTS(causes); i++) {
        is_everyday = is_everyday || story->refusal_cause == causes[i];
    }
    return is_everyday && !sf_outcome_is_fault(story->final_response);
}

const char *sf_outcome_refusal_advice(const sf_outcome_story *story)
{
    if (is_everyday(story)) {
        return NULL;
    }
    if (story->call->callee_network != SF_NETWORK_TEAMS) {
        return "Look for the call in the log of the session border controller";
    }
    return story->refusal_cause ? NULL : "Teams gives no reason: Microsoft's support needs the ids of the call";
}

char *sf_outcome_advice(wmem_allocator_t *scope, const sf_outcome_story *story)
{
    char *refusal = sf_outcome_refusal(NULL, story);
    char *advice = NULL;

    if (refusal) {
        const char *words = sf_outcome_refusal_advice(story);
        advice = words ? wmem_strdup(scope, words) : NULL;
    } else if (story->diagnosis && story->diagnosis->rank > SF_RANK_NO_FAILURE) {
        advice = sf_diagnosis_advice_of_call(scope, story->diagnosis);
    }
    wmem_free(NULL, refusal);
    return advice;
}
