/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * skype: URIs ("Skype URIs", Skype developer documentation).
 */
#include "skype_uri.h"

#include "engine/text/key_mark.h"
#include "engine/text/words.h"

#include <glib.h>

static const sf_slice scheme = SF_LITERAL_INIT("skype:");

/* Prefixes of Skype's internal addresses, as its clients and plugins write them. */
static const struct {
    sf_slice prefix;
    const char *network;
} networks[] = {
    { SF_LITERAL_INIT("1:"), "Microsoft account (Messenger)" },
    { SF_LITERAL_INIT("2:"), "Lync or Skype for Business" },
    { SF_LITERAL_INIT("4:"), "Telephone network" },
    { SF_LITERAL_INIT("8:"), "Skype" },
    { SF_LITERAL_INIT("19:"), "Group conversation" },
    { SF_LITERAL_INIT("28:"), "Bot" },
};

static bool ends_uri(char c)
{
    return (unsigned char)c <= ' ' || strchr("\"'<>(){}[]|\\^`\x7f", c) != NULL;
}

/* Brackets and quotes of HTML text. `&amp;` is none: it parts the arguments of an action. */
static const sf_slice escaped_ends[] = {
    SF_LITERAL_INIT("&lt;"),   SF_LITERAL_INIT("&gt;"),  SF_LITERAL_INIT("&quot;"),
    SF_LITERAL_INIT("&apos;"), SF_LITERAL_INIT("&#39;"),
};

static bool ends_uri_at(sf_slice rest)
{
    return ends_uri(rest.text[0]) || SF_WORDS_FIND_START(escaped_ends, rest) != SF_WORDS_NONE;
}

/** Length of the `(example.com)` of a decorated address that the text begins with, or 0: `@` follows it. */
static size_t decoration_length(sf_slice text)
{
    size_t length = 1;

    if (text.length == 0 || text.text[0] != '(') {
        return 0;
    }
    while (length < text.length && text.text[length] != '@' && !ends_uri(text.text[length])) {
        length++;
    }
    bool is_closed = length > 1 && sf_slice_starts_nocase(sf_slice_skip(text, length), SF_LITERAL(")@"));
    return is_closed ? length + 1 : 0;
}

static sf_slice uri_at(sf_slice text)
{
    size_t length = 0;

    for (size_t step = 1; step > 0 && length < text.length; length += step) {
        sf_slice rest = sf_slice_skip(text, length);
        step = ends_uri_at(rest) ? decoration_length(rest) : 1;
    }
    while (length > scheme.length && strchr(".,;:!?", text.text[length - 1])) {
        length--;
    }
    return sf_slice_head(text, length);
}

/* RFC 3986 3.1: in front of `skype:` one makes another scheme of it. */
static bool is_scheme_letter(char c)
{
    return g_ascii_isalnum(c) || c == '+' || c == '-' || c == '.';
}

static bool is_bracket(char c)
{
    return c == '"' || c == '\'' || c == '<' || c == '>';
}

/* In prose `skype:` is a word; without participants it is a URI only where nothing else is possible. */
static bool is_enclosed(sf_slice text, sf_slice uri)
{
    bool at_start = uri.text == text.text || is_bracket(uri.text[-1]);
    bool at_end = sf_slice_end(uri) == sf_slice_end(text) || is_bracket(*sf_slice_end(uri));

    return at_start && at_end;
}

static void keep_participant(sf_slice text, sf_problems *problems, sf_skype_uris *uris)
{
    if (!sf_problems_room(problems, uris->participant_count, SF_MAX_PARTICIPANTS, SF_LIMIT_PARTICIPANTS, text)) {
        return;
    }
    sf_participant *participant = &uris->participants[uris->participant_count++];
    *participant = (sf_participant){ .text = text, .name = text };
    int prefix = SF_WORDS_FIND_START(networks, text);
    if (prefix != SF_WORDS_NONE) {
        participant->network = networks[prefix].network;
        participant->name = sf_slice_skip(text, networks[prefix].prefix.length);
    }
}

static void keep_uri(sf_slice text, sf_problems *problems, sf_skype_uris *uris)
{
    if (!sf_problems_room(problems, uris->count, SF_MAX_SKYPE_URIS, SF_LIMIT_SKYPE_URIS, text)) {
        return;
    }
    sf_skype_uri *uri = &uris->items[uris->count++];
    *uri = (sf_skype_uri){ .text = text, .participants = { uris->participant_count, 0 } };

    sf_slice rest = sf_slice_skip(text, scheme.length);
    sf_slice participants = sf_slice_head(rest, sf_slice_find(rest, '?'));
    sf_slice query = sf_slice_skip(rest, participants.length + 1);
    for (sf_slice left = participants; left.length > 0;) {
        sf_slice one = sf_slice_head(left, sf_slice_find(left, ';'));
        left = sf_slice_skip(left, one.length + 1);
        if (one.length > 0) {
            keep_participant(one, problems, uris);
        }
    }
    uri->participants.count = uris->participant_count - uri->participants.first;
    if (query.length > 0) {
        /* `?chat&topic=x`; an argument alone (`?topic=x`) leaves the action to its default */
        sf_slice action = sf_slice_head(query, sf_slice_find(query, '&'));
        if (action.length > 0 && sf_slice_find(action, '=') == action.length) {
            uri->action_text = action;
        }
    }
}

void sf_skype_uris_find(sf_slice text, sf_problems *problems, sf_skype_uris *uris)
{
    sf_slice rest = text;

    for (;;) {
        size_t colon = sf_slice_find(rest, ':');
        if (colon == rest.length) {
            return;
        }
        if (colon == 0 || sf_lower(rest.text[colon - 1]) != 'e') { /* most colons are of something else */
            rest = (sf_slice){ rest.text + colon + 1, rest.length - colon - 1 };
            continue;
        }
        size_t word = scheme.length - 1;
        bool is_scheme = colon >= word && sf_slice_starts_nocase(sf_slice_skip(rest, colon - word), scheme) &&
                         (colon == word || !is_scheme_letter(rest.text[colon - word - 1]));
        if (!is_scheme) {
            rest = sf_slice_skip(rest, colon + 1);
            continue;
        }
        sf_slice uri = uri_at(sf_slice_skip(rest, colon - word));
        if ((uri.length > scheme.length || is_enclosed(text, uri)) && !sf_has_key_mark(uri)) {
            keep_uri(uri, problems, uris);
        }
        rest = sf_slice_skip(rest, colon - word + uri.length);
    }
}
