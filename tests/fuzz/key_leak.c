/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Looking for keys in places that are shown.
 */
#include "key_leak.h"

#include "token.h"

/** True for a=crypto and a=cryptoscale. */
static bool is_key_line(sf_slice line)
{
    return sf_slice_starts_nocase(line, SF_LITERAL("a=crypto"));
}

sf_key_places sf_key_places_of(sf_slice text)
{
    static const sf_slice method = SF_LITERAL("inline:");
    sf_key_places places = { .count = 0 };
    sf_cursor lines = sf_cursor_over(text);
    sf_slice line;

    while (sf_line_next(&lines, &line)) {
        for (size_t i = 0; is_key_line(line) && i < line.length; i++) {
            if (sf_slice_starts_nocase(sf_slice_skip(line, i), method)) {
                if (places.count < sizeof places.items / sizeof places.items[0]) {
                    places.items[places.count].begin = (size_t)(line.text - text.text) + i + method.length;
                    places.items[places.count++].end = (size_t)(sf_slice_end(line) - text.text);
                }
                break;
            }
        }
    }
    return places;
}

/** A byte that is no text, which may stand in a key line, tells nothing of the key. */
static bool is_key_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

static bool overlaps(sf_slice input, const sf_key_places *places, sf_slice s)
{
    if (s.length == 0 || s.text < input.text || s.text > sf_slice_end(input)) {
        return false; /* nothing, or a literal */
    }
    size_t begin = (size_t)(s.text - input.text);
    for (unsigned i = 0; i < places->count; i++) {
        for (size_t at = begin; at < begin + s.length; at++) {
            if (at >= places->items[i].begin && at < places->items[i].end && is_key_letter(input.text[at])) {
                return true;
            }
        }
    }
    return false;
}

const char *sf_key_leak(sf_slice input, const sf_key_places *places, const sf_media *media,
                        const sf_problems *problems)
{
    for (unsigned i = 0; i < problems->count; i++) {
        if (overlaps(input, places, problems->items[i].where)) {
            return problems->items[i].what;
        }
    }
    for (unsigned i = 0; i < media->key_line_count; i++) {
        const sf_key_line *line = &media->key_lines[i];
        const sf_slice shown[] = { line->safe_text, line->tag_text, line->role, line->suite_text };
        for (size_t j = 0; j < sizeof shown / sizeof shown[0]; j++) {
            if (overlaps(input, places, shown[j])) {
                return "a part of a key line besides its key";
            }
        }
    }
    return NULL;
}
