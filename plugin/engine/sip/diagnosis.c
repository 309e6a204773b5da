/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Diagnostics codes in their messages.
 */
#include "diagnosis.h"

#include <glib.h>

#include "engine/text/key_mark.h"
#include "engine/text/plain_text.h"
#include "response_phrase.h"

sf_occasion sf_occasion_of(sf_slice method, uint16_t status)
{
    static const sf_occasion by_class[] = {
        [1] = SF_IN_PROGRESS,
        [2] = SF_IN_SUCCESS,
        [3] = SF_IN_REDIRECT,
    };

    if (status >= 400) {
        return SF_IN_REFUSAL;
    }
    if (status >= 100) {
        return by_class[status / 100];
    }
    return sf_slice_equals(method, SF_LITERAL("INVITE")) ? SF_IN_INVITE : SF_IN_REQUEST;
}

/* ---- the answer of a gateway ---- */

/*
 * A Mediation Server gives 10000 + the SIP response of the gateway. That is inferred: the numbers from 10400 to 10699
 * that [MS-OCER] 9.3.2 lists without a meaning (10421 to 10424, 10428, 10429, 10433, 10436 to 10438, 10480 to 10484) are
 * registered SIP responses, all of them.
 */
enum { GATEWAY_BASE = 10000, GATEWAY_FIRST = GATEWAY_BASE + 400, GATEWAY_LAST = GATEWAY_BASE + 699 };

/** Responses with which calls end every day: busy, canceled, declined or not answered. */
static const uint16_t everyday[] = { 480, 486, 487, 600, 603 };

/** The gateway's answer that a code means; 0 if it means none, or the message says that the call went on. */
static uint16_t gateway_status(uint32_t code, sf_occasion occasion)
{
    bool is_answer = code >= GATEWAY_FIRST && code <= GATEWAY_LAST && sf_response_phrase(code - GATEWAY_BASE);

    return is_answer && occasion != SF_IN_SUCCESS ? (uint16_t)(code - GATEWAY_BASE) : 0;
}

static bool is_everyday(uint16_t status)
{
    for (size_t i = 0; i < G_N_ELEMENTS(everyday); i++) {
        if (everyday[i] == status) {
            return true;
        }
    }
    return false;
}

/* ---- severity ---- */

/** What the message alone says. */
static sf_severity severity_of_occasion(sf_occasion occasion)
{
    static const sf_severity severities[] = {
        [SF_IN_REQUEST] = SF_SEVERITY_NOTE,         [SF_IN_INVITE] = SF_SEVERITY_NOTE,
        [SF_IN_PROGRESS] = SF_SEVERITY_INFORMATION, [SF_IN_SUCCESS] = SF_SEVERITY_INFORMATION,
        [SF_IN_REDIRECT] = SF_SEVERITY_NOTE,        [SF_IN_REFUSAL] = SF_SEVERITY_FAILURE,
    };

    return severities[occasion];
}

/** The severity of a code in a message. @param is_certain  the code's own severity is documented */
static sf_severity severity_in(sf_occasion occasion, sf_severity own, bool is_certain)
{
    bool goes_on = occasion == SF_IN_INVITE || occasion == SF_IN_PROGRESS || occasion == SF_IN_REDIRECT;

    if (own == SF_SEVERITY_UNKNOWN) {
        return severity_of_occasion(occasion);
    }
    if (own == SF_SEVERITY_FAILURE && (goes_on || (!is_certain && occasion != SF_IN_REFUSAL))) {
        return SF_SEVERITY_NOTE;
    }
    return own;
}

sf_diagnosis sf_diagnosis_of(uint32_t code, sf_occasion occasion)
{
    const sf_code_row *row = sf_code_row_of(code);
    const sf_code_range *range = sf_code_range_of(code);
    sf_diagnosis diagnosis = { .component = range ? range->component : NULL };

    if (row) {
        diagnosis.meaning = row->meaning;
        diagnosis.severity = severity_in(occasion, row->severity, row->is_confirmed);
        return diagnosis;
    }
    diagnosis.gateway_status = gateway_status(code, occasion);
    if (diagnosis.gateway_status) {
        diagnosis.gateway_phrase = sf_response_phrase(diagnosis.gateway_status);
        diagnosis.is_everyday = is_everyday(diagnosis.gateway_status);
        sf_severity own = diagnosis.is_everyday ? SF_SEVERITY_NOTE : SF_SEVERITY_FAILURE;
        diagnosis.severity = severity_in(occasion, own, false);
    } else {
        diagnosis.severity = severity_in(occasion, range ? range->severity : SF_SEVERITY_UNKNOWN, true);
    }
    return diagnosis;
}

/* ---- which code says most ---- */

/** Codes that only say that another server or client knows more. */
static const uint32_t pointers[] = { 2, 1011, 1033, 1034, 1035, 1036, 1037, 4000 };

static bool is_pointer(uint32_t code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(pointers); i++) {
        if (pointers[i] == code) {
            return true;
        }
    }
    return false;
}

sf_rank sf_diagnosis_rank(uint32_t code, sf_occasion occasion)
{
    sf_diagnosis diagnosis = sf_diagnosis_of(code, occasion);

    if (diagnosis.severity != SF_SEVERITY_FAILURE) {
        return SF_RANK_NO_FAILURE;
    }
    if (is_pointer(code)) {
        return SF_RANK_POINTER;
    }
    return diagnosis.meaning || diagnosis.gateway_status ? SF_RANK_CAUSE : SF_RANK_UNKNOWN;
}

const sf_diagnostics *sf_diagnosis_most_telling(const sf_diagnostics_table *table, sf_occasion occasion)
{
    const sf_diagnostics *found = NULL;
    sf_rank best = SF_RANK_NOTHING;

    for (unsigned i = 0; i < table->count; i++) {
        const sf_diagnostics *item = &table->items[i];
        sf_rank rank = sf_diagnostics_has_code(item) ? sf_diagnosis_rank((uint32_t)item->code.value, occasion)
                                                     : SF_RANK_NOTHING;
        if (rank > best) {
            best = rank;
            found = item;
        }
    }
    return found;
}

/* ---- the reason ---- */

/** True if a text has a word, in any case. */
static bool has_word(sf_slice text, sf_slice word)
{
    for (size_t i = 0; i + word.length <= text.length; i++) {
        if (sf_slice_starts_nocase(sf_slice_skip(text, i), word)) {
            return true;
        }
    }
    return false;
}

bool sf_diagnosis_is_media_failure(const sf_diagnostics *diagnostics)
{
    /* No path could be set up (21 to 27), the path of an established call was lost (31 to 37, 52031). */
    static const struct {
        uint32_t first, last;
    } codes[] = { { 21, 27 }, { 31, 37 }, { 52031, 52031 } };
    uint32_t code = (uint32_t)diagnostics->code.value;
    const sf_code_row *row = sf_diagnostics_has_code(diagnostics) ? sf_code_row_of(code) : NULL;

    for (size_t i = 0; row && i < G_N_ELEMENTS(codes); i++) {
        if (code >= codes[i].first && code <= codes[i].last) {
            return row->is_confirmed || has_word(diagnostics->reason.value, SF_LITERAL("media"));
        }
    }
    return false;
}

size_t sf_diagnosis_quote(sf_slice whole, bool is_quoted, char out[SF_MAX_REASON])
{
    static const sf_slice dots = SF_LITERAL_INIT("...");
    sf_slice text = whole;

    if (whole.length > SF_MAX_REASON) {
        text.length = SF_MAX_REASON - dots.length;
        while (text.length > 0 && ((unsigned char)whole.text[text.length] & 0xc0) == 0x80) {
            text.length--;
        }
    }
    sf_slice line = { out, sf_unfold(text, out) };
    line.length = sf_unescape(line, is_quoted, out);
    if (sf_has_key_mark(line)) {
        return 0;
    }
    if (text.length < whole.length) {
        memcpy(out + line.length, dots.text, dots.length);
        line.length += dots.length;
    }
    return line.length;
}

size_t sf_diagnosis_reason(const sf_diagnostics *diagnostics, char out[SF_MAX_REASON])
{
    return sf_diagnosis_quote(diagnostics->reason.value, diagnostics->reason.is_quoted, out);
}
