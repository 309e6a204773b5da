/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The words of diagnostics codes.
 */
#include "diagnosis.h"

#include <epan/strutil.h>

#include "engine/sip/brief_meaning.h"

static char *reason_words(wmem_allocator_t *scope, sf_slice reason, const char *component)
{
    char *text = format_text(scope, (const void *)reason.text, reason.length);
    char *words = wmem_strdup_printf(scope, "%s [%s]", text, component ? component : "not a known code");

    wmem_free(scope, text);
    return words;
}

static const char *gateway_advice(const sf_diagnosis *diagnosis)
{
    return diagnosis->is_everyday ? "a normal call end"
                                  : "check the gateway's log, and Get-CsSipResponseCodeTranslationRule";
}

char *sf_diagnosis_words(wmem_allocator_t *scope, uint32_t code, sf_occasion occasion, sf_slice reason)
{
    sf_diagnosis diagnosis = sf_diagnosis_of(code, occasion);

    if (diagnosis.meaning) {
        return wmem_strdup(scope, diagnosis.meaning);
    }
    if (diagnosis.gateway_status) {
        return wmem_strdup_printf(scope, "The gateway refused the call with %u (%s): %s (inferred)",
                                  diagnosis.gateway_status, diagnosis.gateway_phrase, gateway_advice(&diagnosis));
    }
    if (reason.length > 0) {
        return reason_words(scope, reason, diagnosis.component);
    }
    return diagnosis.component ? wmem_strdup_printf(scope, "A code of: %s", diagnosis.component)
                               : wmem_strdup(scope, "Not a known code");
}

const char *sf_view_diagnosis(const sf_view *view, const sf_diagnostics *diagnostics)
{
    const sf_message *message = view->message;
    char reason[SF_MAX_REASON];
    sf_slice text = { reason, sf_diagnosis_reason(diagnostics, reason) };

    return sf_diagnosis_words(view->pinfo->pool, (uint32_t)diagnostics->code.value,
                              sf_occasion_of(message->method, message->status_code), text);
}

char *sf_diagnosis_brief(wmem_allocator_t *scope, uint32_t code, sf_occasion occasion, sf_slice reason)
{
    sf_diagnosis diagnosis = sf_diagnosis_of(code, occasion);

    if (diagnosis.meaning) {
        char text[SF_MAX_BRIEF];
        return wmem_strndup(scope, text, sf_brief_meaning(diagnosis.meaning, text));
    }
    if (diagnosis.gateway_status) {
        return wmem_strdup_printf(scope, "The gateway refused the call with %u (%s) (inferred)",
                                  diagnosis.gateway_status, diagnosis.gateway_phrase);
    }
    return reason.length > 0 ? format_text(scope, (const void *)reason.text, reason.length)
                             : sf_diagnosis_words(scope, code, occasion, reason);
}

const char *sf_view_diagnosis_brief(const sf_view *view, const sf_diagnostics *diagnostics)
{
    const sf_message *message = view->message;
    char reason[SF_MAX_REASON];
    sf_slice text = { reason, sf_diagnosis_reason(diagnostics, reason) };

    return sf_diagnosis_brief(view->pinfo->pool, (uint32_t)diagnostics->code.value,
                              sf_occasion_of(message->method, message->status_code), text);
}

static char *advice_of(wmem_allocator_t *scope, const char *meaning)
{
    char text[SF_MAX_ADVICE];
    size_t length = meaning ? sf_meaning_advice(meaning, text) : 0;

    return length > 0 ? wmem_strndup(scope, text, length) : NULL;
}

/** Of words of ours alone: a header's own reason may say anything. */
static char *advice_of_code(wmem_allocator_t *scope, uint32_t code, sf_occasion occasion)
{
    sf_diagnosis diagnosis = sf_diagnosis_of(code, occasion);

    if (diagnosis.meaning || !diagnosis.gateway_status || diagnosis.is_everyday) {
        return advice_of(scope, diagnosis.meaning);
    }
    char *advice = wmem_strdup(scope, gateway_advice(&diagnosis));
    advice[0] = g_ascii_toupper(advice[0]);
    return advice;
}

char *sf_diagnosis_advice_of_call(wmem_allocator_t *scope, const sf_call_diagnosis *diagnosis)
{
    return diagnosis->is_of_teams ? advice_of(scope, diagnosis->teams_meaning)
                                  : advice_of_code(scope, diagnosis->code, (sf_occasion)diagnosis->occasion);
}

const char *sf_view_diagnosis_advice(const sf_view *view, const sf_diagnostics *diagnostics)
{
    const sf_message *message = view->message;

    return advice_of_code(view->pinfo->pool, (uint32_t)diagnostics->code.value,
                          sf_occasion_of(message->method, message->status_code));
}

const char *sf_view_reason_advice(const sf_view *view, const sf_reason *reason)
{
    return advice_of(view->pinfo->pool, sf_reason_meaning(reason));
}

char *sf_diagnosis_words_of_call(wmem_allocator_t *scope, const sf_call_diagnosis *diagnosis)
{
    sf_slice reason = { diagnosis->reason, diagnosis->reason_length };

    if (diagnosis->teams_meaning) {
        return wmem_strdup(scope, diagnosis->teams_meaning);
    }
    if (diagnosis->is_of_teams) {
        return format_text(scope, (const void *)reason.text, reason.length);
    }
    return sf_diagnosis_words(scope, diagnosis->code, (sf_occasion)diagnosis->occasion, reason);
}

char *sf_diagnosis_brief_of_call(wmem_allocator_t *scope, const sf_call_diagnosis *diagnosis)
{
    sf_slice reason = { diagnosis->reason, diagnosis->reason_length };

    if (diagnosis->teams_meaning) {
        char text[SF_MAX_BRIEF];
        return wmem_strndup(scope, text, sf_brief_meaning(diagnosis->teams_meaning, text));
    }
    if (diagnosis->is_of_teams) {
        return format_text(scope, (const void *)reason.text, reason.length);
    }
    return sf_diagnosis_brief(scope, diagnosis->code, (sf_occasion)diagnosis->occasion, reason);
}

const char *sf_view_reason_brief(const sf_view *view, const sf_reason *reason)
{
    wmem_allocator_t *scope = view->pinfo->pool;
    const char *meaning = sf_reason_meaning(reason);
    char text[MAX(SF_MAX_BRIEF, SF_MAX_REASON)];

    if (meaning) {
        return wmem_strndup(scope, text, sf_brief_meaning(meaning, text));
    }
    return format_text(scope, (const void *)text, sf_diagnosis_quote(reason->phrase, true, text));
}
