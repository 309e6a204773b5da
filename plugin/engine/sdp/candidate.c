/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ICE candidates: telling the dialects apart.
 */
#include "candidate_reader.h"

#include "engine/text/token.h"

#include <glib.h>

/* A username is 32 bytes in base64, padded or not. A foundation has up to 32 letters (RFC 5245 15.1). */
enum { USERNAME_LETTERS = 43, PADDED_USERNAME_LETTERS = 44, COMPONENT_DIGITS = 3 };

/*
 * Nothing in a candidate names its dialect, and a line of draft 06 has a
 * password in its third word. A word that is taken for something else would be
 * shown, so the words are taken for what they should be only if the line as a
 * whole looks right. `typ` in its place means draft 19, unless the first word
 * is as long as a username. A line that fits neither dialect keeps no part.
 */

static bool is_decimal(sf_slice word)
{
    uint64_t number;

    return sf_slice_decimal(word, UINT64_MAX, &number) == SF_OK;
}

/** A component, also one out of range, but never a password. */
static bool may_be_component(sf_slice word)
{
    return word.length <= COMPONENT_DIGITS || is_decimal(word);
}

/** True if the words are where draft 06 has them. If they are not, any of them may be the password. */
static bool is_in_order(const sf_slice *words, unsigned count)
{
    return words[0].length <= PADDED_USERNAME_LETTERS && may_be_component(words[1]) &&
           words[2].length <= words[0].length && (count <= 3 || sf_candidate_is_transport(words[3]));
}

/** Index of `typ`, in its place or near it; SF_DRAFT_19_WORDS if it is nowhere. */
static unsigned find_typ(const sf_slice *words)
{
    static const sf_slice typ = SF_LITERAL_INIT("typ");
    unsigned at = sf_slice_equals_nocase(words[SF_TYP_AT], typ) ? SF_TYP_AT : SF_TYP_AT - 3;

    while (at < SF_DRAFT_19_WORDS && !sf_slice_equals_nocase(words[at], typ)) {
        at++;
    }
    return at;
}

/** A word too long for a username may be one that has run into the next: not if `typ` is in its place. */
static bool begins_with_username(const sf_slice *words)
{
    return words[0].length >= USERNAME_LETTERS &&
           (words[0].length <= PADDED_USERNAME_LETTERS || find_typ(words) != SF_TYP_AT);
}

/** A line without `typ` still shows its dialect if all of it is what draft 19 has there, and no password. */
static bool begins_like_draft_19(const sf_slice *words)
{
    return words[0].length < SF_SHORTEST_PASSWORD_LETTERS && may_be_component(words[1]) &&
           sf_candidate_is_transport(words[2]) && (words[3].length == 0 || is_decimal(words[3]));
}

void sf_candidate_read(sf_slice line, sf_slice value, sf_problems *problems, sf_candidate *candidate)
{
    const sf_candidate_reader r = { problems, candidate };
    sf_slice words[SF_DRAFT_19_WORDS + SF_PAIR_WORDS];
    unsigned count = sf_words_split(value, words, G_N_ELEMENTS(words));

    memset(candidate, 0, sizeof *candidate);
    candidate->text = candidate->safe_text = line;
    for (unsigned i = count; i < SF_DRAFT_19_WORDS; i++) {
        words[i] = (sf_slice){ NULL, 0 };
    }
    bool has_username = begins_with_username(words);
    unsigned typ_at = has_username ? SF_DRAFT_19_WORDS : find_typ(words);
    if (typ_at < SF_DRAFT_19_WORDS || (!has_username && begins_like_draft_19(words))) {
        sf_candidate_read_draft_19(&r, words, count, typ_at);
    } else if (is_in_order(words, count) && (has_username || count >= SF_DRAFT_06_WORDS)) {
        sf_candidate_read_draft_06(&r, words, count);
    } else {
        candidate->dialect = has_username ? SF_ICE_DRAFT_06 : SF_ICE_NONE;
        candidate->safe_text = sf_slice_between(line.text, value.text);
        sf_candidate_note_line(&r, count < SF_DRAFT_06_WORDS ? "is incomplete" : "has its parts in an unknown order");
    }
}
