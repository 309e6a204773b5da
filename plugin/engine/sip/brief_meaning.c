/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Brief meanings, from the form that all meanings have.
 */
#include "brief_meaning.h"

#include "engine/text/slice.h"

#include <glib.h>
#include <string.h>

/** Components that some meanings begin with. */
static const sf_slice components[] = {
    SF_LITERAL_INIT("Call park: "),
    SF_LITERAL_INIT("Communicator Web Access: "),
    SF_LITERAL_INIT("Exchange Unified Messaging: "),
    SF_LITERAL_INIT("Group chat: "),
};

/** What follows is what to check, or an example. */
static const sf_slice ends[] = {
    SF_LITERAL_INIT(": "),
    SF_LITERAL_INIT("; "),
    SF_LITERAL_INIT(", for example"),
    SF_LITERAL_INIT(", often"),
};

static size_t component_length(sf_slice meaning)
{
    for (size_t i = 0; i < G_N_ELEMENTS(components); i++) {
        if (sf_slice_starts_nocase(meaning, components[i])) {
            return components[i].length;
        }
    }
    return 0;
}

static bool is_end(sf_slice rest)
{
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++) {
        if (sf_slice_starts_nocase(rest, ends[i])) {
            return true;
        }
    }
    return false;
}

/** Bytes from ` (` to `)`. */
static size_t parenthesis_length(sf_slice rest)
{
    return sf_slice_starts_nocase(rest, SF_LITERAL(" (")) ? sf_slice_find(rest, ')') + 1 : 0;
}

/** Cuts a text that fills its room at the end of a word. */
static size_t end_of_word(const char *text, size_t length)
{
    while (length > 0 && text[length] != ' ') {
        length--;
    }
    return length;
}

size_t sf_brief_meaning(const char *meaning, char out[SF_MAX_BRIEF])
{
    static const sf_slice mark = SF_LITERAL_INIT(" (unconfirmed)");
    sf_slice all = { meaning, strlen(meaning) };
    bool is_marked = all.length > mark.length &&
                     sf_slice_starts_nocase(sf_slice_skip(all, all.length - mark.length), mark);
    size_t room = SF_MAX_BRIEF - mark.length;
    size_t length = 0, at = component_length(all);

    memcpy(out, meaning, at);
    for (length = at; at < all.length && !is_end(sf_slice_skip(all, at));) {
        size_t skipped = parenthesis_length(sf_slice_skip(all, at));
        if (skipped) {
            at += MIN(skipped, all.length - at);
        } else if (length + 1 < room) {
            out[length++] = meaning[at++];
        } else {
            out[length] = meaning[at];
            length = end_of_word(out, length);
            break;
        }
    }
    if (is_marked) {
        memcpy(out + length, mark.text, mark.length);
        length += mark.length;
    }
    return length;
}

/** What advice begins with; anything else behind the colon explains what happened. */
static const sf_slice advices[] = {
    SF_LITERAL_INIT("add "),  SF_LITERAL_INIT("ask "),     SF_LITERAL_INIT("check "),       SF_LITERAL_INIT("compare "),
    SF_LITERAL_INIT("look "), SF_LITERAL_INIT("correct "), SF_LITERAL_INIT("synchronize "), SF_LITERAL_INIT("make "),
    SF_LITERAL_INIT("see "),  SF_LITERAL_INIT("restart "), SF_LITERAL_INIT("set up "),      SF_LITERAL_INIT("Test-"),
    SF_LITERAL_INIT("try "),  SF_LITERAL_INIT("turn on "), SF_LITERAL_INIT("use "),
};

/** What follows the colon or semicolon that ends what happened; empty if nothing does. */
static sf_slice rest_of(sf_slice all)
{
    static const size_t mark_length = sizeof ": " - 1;
    size_t at = component_length(all);

    while (at < all.length) {
        sf_slice rest = sf_slice_skip(all, at);
        size_t skipped = parenthesis_length(rest);
        if (sf_slice_starts_nocase(rest, SF_LITERAL(": ")) || sf_slice_starts_nocase(rest, SF_LITERAL("; "))) {
            return sf_slice_skip(rest, mark_length);
        }
        at += skipped ? skipped : 1;
    }
    return (sf_slice){ NULL, 0 };
}

/** What stands in the first parentheses, if it names a cmdlet; empty if not. */
static sf_slice cmdlets_of(sf_slice all)
{
    static const sf_slice mark = SF_LITERAL_INIT("-Cs");
    sf_slice inside = sf_slice_skip(all, sf_slice_find(all, '('));

    inside = sf_slice_head(sf_slice_skip(inside, 1), sf_slice_find(inside, ')') - 1);
    for (size_t i = 0; i < inside.length; i++) {
        if (sf_slice_starts_nocase(sf_slice_skip(inside, i), mark)) {
            return inside;
        }
    }
    return (sf_slice){ NULL, 0 };
}

static bool is_advice(sf_slice text)
{
    for (size_t i = 0; i < G_N_ELEMENTS(advices); i++) {
        if (sf_slice_starts_nocase(text, advices[i])) {
            return true;
        }
    }
    return false;
}

size_t sf_meaning_advice(const char *meaning, char out[SF_MAX_ADVICE])
{
    static const sf_slice check = SF_LITERAL_INIT("Check ");
    sf_slice all = { meaning, strlen(meaning) };
    sf_slice rest = rest_of(all);
    sf_slice advice = rest.length == 0 ? cmdlets_of(all) : is_advice(rest) ? rest : (sf_slice){ NULL, 0 };
    size_t begun = rest.length == 0 ? check.length : 0;
    size_t room = SF_MAX_ADVICE - begun;

    if (advice.length == 0) {
        return 0;
    }
    memcpy(out, check.text, begun);
    memcpy(out + begun, advice.text, MIN(advice.length, room));
    out[0] = g_ascii_toupper(out[0]);
    return advice.length > room ? end_of_word(out, SF_MAX_ADVICE - 1) : begun + advice.length;
}
