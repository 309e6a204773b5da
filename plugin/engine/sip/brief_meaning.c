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
