/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of outcomes.
 */
#include "outcomes.h"

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
