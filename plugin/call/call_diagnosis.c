/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which of the codes and reasons of a call's messages says most.
 */
#include "call_diagnosis.h"

#include "negotiation.h"

static const sf_call_diagnosis *kept(const sf_memory *memory, sf_call_diagnosis diagnosis,
                                     const char reason[SF_MAX_REASON])
{
    sf_call_diagnosis *copy = sf_memory_allocate(memory, sizeof *copy + diagnosis.reason_length);

    *copy = diagnosis;
    memcpy(copy->reason, reason, diagnosis.reason_length);
    return copy;
}

/** The same code is the same, whatever reason stands beside it. */
static bool is_same(const sf_call_diagnosis *one, const sf_call_diagnosis *other)
{
    bool has_same_words = one->teams_meaning == other->teams_meaning && one->reason_length == other->reason_length;

    return one->is_of_teams == other->is_of_teams && one->occasion == other->occasion &&
           one->has_code == other->has_code && one->code == other->code && (one->has_code || has_same_words);
}

/** Keeps what says most, and the newest of what says as much. */
static void keep_diagnosis(sf_call *call, const sf_step *step, const sf_call_diagnosis *diagnosis,
                           const char reason[SF_MAX_REASON])
{
    const sf_call_diagnosis *known = call->diagnosis;

    if (!known || (diagnosis->rank >= known->rank && !is_same(diagnosis, known))) {
        call->diagnosis = kept(step->memory, *diagnosis, reason);
    }
}

static void take_code(sf_call *call, const sf_step *step, const sf_diagnostics *telling, sf_occasion occasion)
{
    char reason[SF_MAX_REASON];
    uint32_t code = (uint32_t)telling->code.value;
    size_t length = sf_diagnosis_of(code, occasion).meaning ? 0 : sf_diagnosis_reason(telling, reason);
    sf_call_diagnosis diagnosis = {
        .code = code,
        .has_code = true,
        .occasion = (uint8_t)occasion,
        .rank = (uint8_t)sf_diagnosis_rank(code, occasion),
        .reason_length = (uint8_t)length,
    };

    keep_diagnosis(call, step, &diagnosis, reason);
}

static void take_reason(sf_call *call, const sf_step *step, const sf_reason *telling, sf_occasion occasion)
{
    char reason[SF_MAX_REASON];
    const char *meaning = sf_reason_meaning(telling);
    size_t length = meaning ? 0 : sf_diagnosis_quote(telling->phrase, true, reason);
    sf_call_diagnosis diagnosis = {
        .teams_meaning = meaning,
        .code = (uint32_t)telling->code.value,
        .has_code = sf_number_is_present(telling->code),
        .is_of_teams = true,
        .occasion = (uint8_t)occasion,
        .rank = (uint8_t)sf_reason_rank(telling, occasion),
        .reason_length = (uint8_t)length,
    };

    keep_diagnosis(call, step, &diagnosis, reason);
}

/** True for a response or a CANCEL inside a dialog, though the answer of its call may not have been captured. */
static bool is_in_dialog(const sf_call *call, const sf_step *step)
{
    const sf_dialog *dialog = sf_dialog_find(call->negotiation, step->fork);
    bool is_confirmed = call->answered || (dialog && dialog->is_confirmed);

    return !step->is_by_caller || (is_confirmed && (!call->has_attempt || step->cseq != call->attempt));
}

bool sf_call_is_change(const sf_call *call, const sf_step *step)
{
    const sf_message *message = step->message;

    if (step->method != SF_METHOD_INVITE) {
        return false;
    }
    return message->is_request ? message->to.tag.length > 0 : is_in_dialog(call, step);
}

bool sf_call_refuses_change(const sf_call *call, const sf_step *step)
{
    bool is_refusal = step->message->status_code >= 300;

    switch (step->method) {
    case SF_METHOD_INVITE:
        return is_refusal && sf_call_is_change(call, step);
    case SF_METHOD_UPDATE:
    case SF_METHOD_PRACK:
        return is_refusal;
    case SF_METHOD_CANCEL:
        return is_in_dialog(call, step);
    default:
        return false;
    }
}

void sf_call_take_diagnosis(sf_call *call, const sf_step *step)
{
    const sf_message *message = step->message;

    if (step->method == SF_METHOD_INVITE && sf_step_is_success(step) && !call->answered) {
        call->diagnosis = NULL;
    }
    if (message->diagnostics.count + message->reason_count == 0) { /* as in most messages */
        return;
    }
    sf_occasion occasion = sf_occasion_of(message->method, message->status_code);
    const sf_diagnostics *code = sf_diagnosis_most_telling(&message->diagnostics, occasion);
    const sf_reason *reason = sf_reason_most_telling(message->reasons, message->reason_count, occasion);

    if (sf_call_refuses_change(call, step)) {
        return;
    }
    if (reason) {
        take_reason(call, step, reason, occasion);
    }
    if (code) {
        take_code(call, step, code, occasion);
    }
}
