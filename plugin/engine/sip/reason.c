/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reason headers.
 */
#include "reason.h"

#include "cause.h"
#include "engine/text/key_mark.h"
#include "engine/text/param_table.h"
#include "engine/text/token.h"
#include "teams_code.h"

/** `GUID;phrase`, as Teams writes it; any other text has no phrase. */
static void read_teams_text(sf_reason *reason)
{
    sf_slice guid = sf_slice_head(reason->reason_text, sf_slice_find(reason->reason_text, ';'));

    if (sf_guid_read(guid, &reason->guid) == SF_OK) {
        reason->guid_text = guid;
        reason->phrase = sf_slice_trim(sf_slice_skip(reason->reason_text, guid.length + 1));
    }
}

static const char undocumented[] = "Response code that Microsoft does not document";

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/**
 * A phrase that begins with a number of six digits, of the size of the response codes that Microsoft documents. Their
 * tables are not complete.
 */
static void read_undocumented_code(sf_reason *reason)
{
    enum { DIGITS = 6, FIRST = 500000, LAST = 599999 };
    sf_slice s = reason->phrase;
    sf_number number;
    bool is_word = s.length == DIGITS || (s.length > DIGITS && strchr(" ,;:.", s.text[DIGITS]));

    if (is_word && sf_number_read(sf_slice_head(s, DIGITS), UINT32_MAX, &number) == SF_OK && number.value >= FIRST &&
        number.value <= LAST) {
        reason->code = number;
    }
}

static bool has_documented_code(const sf_reason *reason)
{
    return sf_number_is_present(reason->code) && sf_teams_code_in_words((uint32_t)reason->code.value);
}

/** The first number in Teams' phrase that is one of Microsoft's response codes; those below 10000 could be anything. */
static void read_code(sf_reason *reason)
{
    enum { SMALLEST = 10000 };
    sf_slice s = reason->phrase;

    for (size_t i = 0; i < s.length; i++) {
        size_t end = i;
        sf_number number = { { NULL, 0 }, 0 };
        while (end < s.length && is_digit(s.text[end])) {
            end++;
        }
        if (end > i && sf_number_read(sf_slice_head(sf_slice_skip(s, i), end - i), UINT32_MAX, &number) == SF_OK &&
            number.value >= SMALLEST && sf_teams_code_in_words((uint32_t)number.value)) {
            reason->code = number;
            return;
        }
        i = end;
    }
    read_undocumented_code(reason);
}

void sf_reason_read(sf_slice element, sf_problems *problems, sf_reason *reason)
{
    enum { CAUSE, TEXT };
    static const sf_param_row parameters[] = {
        [CAUSE] = { SF_LITERAL_INIT("cause"), SF_PARAM_OF_ANYBODY },
        [TEXT] = { SF_LITERAL_INIT("text"), SF_PARAM_OF_ANYBODY },
    };
    size_t semicolon = sf_slice_find(element, ';');
    sf_param param;
    int id;

    *reason = (sf_reason){ .text = element, .protocol = sf_slice_trim(sf_slice_head(element, semicolon)) };
    sf_param_walk walk = SF_PARAM_WALK(sf_slice_skip(element, semicolon), element, problems, parameters);
    while (sf_param_walk_next(&walk, &id, &param)) {
        if (id == CAUSE && sf_number_read(param.value, UINT32_MAX, &reason->cause) != SF_OK) {
            sf_problems_malformed(problems, element, param.text, "The cause of the reason", "is not a number");
        } else if (id == TEXT) {
            reason->reason_text = param.value;
        }
    }
    read_teams_text(reason);
    read_code(reason);
}

static bool is_q850(const sf_reason *reason)
{
    return sf_slice_equals_nocase(reason->protocol, SF_LITERAL("Q.850"));
}

const char *sf_reason_cause_in_words(const sf_reason *reason)
{
    return is_q850(reason) && sf_number_is_present(reason->cause) ? sf_cause_in_words(reason->cause.value) : NULL;
}

const char *sf_reason_meaning(const sf_reason *reason)
{
    const char *meaning = has_documented_code(reason) ? sf_teams_code_in_words((uint32_t)reason->code.value)
                                                      : sf_teams_phrase_in_words(reason->phrase);

    return !meaning && sf_number_is_present(reason->code) ? undocumented : meaning;
}

sf_side sf_reason_side(const sf_reason *reason)
{
    if (!sf_slice_present(reason->guid_text)) {
        return SF_SIDE_UNKNOWN; /* not written by Teams */
    }
    bool is_of_sbc = sf_number_is_present(reason->code) && sf_teams_code_is_of_sbc((uint32_t)reason->code.value);
    return is_of_sbc ? SF_SIDE_SBC : SF_SIDE_MICROSOFT;
}

/* ---- how much it says ---- */

/* ITU-T Q.850: normal call clearing, user busy, no user responding, no answer from user, and normal, unspecified. */
static const uint32_t everyday_causes[] = { 16, 17, 18, 19, 31 };

static bool is_everyday(const sf_reason *reason)
{
    for (size_t i = 0; i < G_N_ELEMENTS(everyday_causes); i++) {
        if (is_q850(reason) && sf_number_is_present(reason->cause) && reason->cause.value == everyday_causes[i]) {
            return true;
        }
    }
    return false;
}

/** True if the message is the end of something. A BYE and a CANCEL are; an INVITE and a 1xx go on. */
static bool is_end(sf_occasion occasion)
{
    return occasion == SF_IN_REFUSAL || occasion == SF_IN_REQUEST;
}

sf_severity sf_reason_severity(const sf_reason *reason, sf_occasion occasion)
{
    if (!is_end(occasion) || (is_everyday(reason) && !has_documented_code(reason))) {
        return SF_SEVERITY_INFORMATION;
    }
    return has_documented_code(reason) && !is_everyday(reason) ? SF_SEVERITY_FAILURE : SF_SEVERITY_NOTE;
}

sf_rank sf_reason_rank(const sf_reason *reason, sf_occasion occasion)
{
    if (reason->phrase.length == 0 || sf_has_key_mark(reason->phrase)) {
        return SF_RANK_NOTHING;
    }
    if (!is_end(occasion) || is_everyday(reason)) {
        return SF_RANK_NO_FAILURE;
    }
    return has_documented_code(reason) || sf_teams_phrase_in_words(reason->phrase) ? SF_RANK_CAUSE : SF_RANK_UNKNOWN;
}

const sf_reason *sf_reason_most_telling(const sf_reason *reasons, unsigned count, sf_occasion occasion)
{
    const sf_reason *found = NULL;
    sf_rank best = SF_RANK_NOTHING;

    for (unsigned i = 0; i < count; i++) {
        sf_rank rank = sf_reason_rank(&reasons[i], occasion);
        if (rank > best) {
            best = rank;
            found = &reasons[i];
        }
    }
    return found;
}

uint8_t sf_reason_network_cause(const sf_reason *reasons, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (is_q850(&reasons[i]) && sf_reason_cause_in_words(&reasons[i])) {
            return (uint8_t)reasons[i].cause.value;
        }
    }
    return 0;
}

bool sf_reason_is_media_failure(const sf_reason *reason)
{
    /* The ICE checks failed; no media path; media of a new kind did not arrive. */
    return sf_number_is_present(reason->code) &&
           (reason->code.value == 531004 || reason->code.value == 531005 || reason->code.value == 531052);
}
