/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of outcomes.
 */
#include "outcomes.h"

#include "engine/sip/cause.h"
#include "engine/sip/network.h"
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

char *sf_outcome_refusal(wmem_allocator_t *scope, const sf_call *call, unsigned outcome,
                         const sf_call_diagnosis *diagnosis, uint8_t cause)
{
    const char *refuser = diagnosis ? NULL : sf_outcome_refuser(call, outcome, NULL);
    const char *words = sf_cause_in_words(cause);

    if (!refuser) {
        return NULL;
    }
    return words ? wmem_strdup_printf(scope, "Refused by %s: %s (Q.850 %u)", refuser, words, cause)
                 : wmem_strdup_printf(scope, "Refused by %s", refuser);
}
