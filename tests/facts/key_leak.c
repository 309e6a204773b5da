/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Looking for keys in places that are shown.
 */
#include "key_leak.h"

#include "engine/text/token.h"

#include <glib.h>

/* What comes before a key, and which lines end with the key alone: other lines may have run into the key. */
static const struct {
    sf_slice method, front;
} marks[] = {
    { SF_LITERAL("inline:"), SF_LITERAL("a=crypto") }, /* and a=cryptoscale */
    { SF_LITERAL("k=base64:"), { NULL, 0 } },
    { SF_LITERAL("k=clear:"), { NULL, 0 } },
};

/** A byte that is no text, which may be in a key line, says nothing of the key. */
static bool is_key_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

static void add(sf_key_places *places, sf_slice text, const char *begin, const char *end)
{
    if (places->count < G_N_ELEMENTS(places->items)) {
        places->items[places->count].begin = (size_t)(begin - text.text);
        places->items[places->count++].end = (size_t)(end - text.text);
    }
}

/** How many letters a key has; the one in front of an equals sign may begin the next line, `a=`. */
static size_t letters_of(sf_slice key)
{
    size_t count = 0;

    while (count < key.length && is_key_letter(key.text[count])) {
        count++;
    }
    return count > 0 && count < key.length && key.text[count] == '=' ? count - 1 : count;
}

/** Adds what follows each `method` of a line, which a carriage return alone may end. */
static void add_keys(sf_key_places *places, sf_slice text, sf_slice line, sf_slice method, bool is_all_key)
{
    for (size_t i = 0; i + method.length < line.length; i++) {
        sf_slice rest = sf_slice_skip(line, i);
        if (sf_slice_starts_nocase(rest, method)) {
            sf_slice key = sf_slice_skip(rest, method.length);
            size_t length = is_all_key ? sf_slice_find(key, '\r') : letters_of(key);
            add(places, text, key.text, key.text + length);
        }
    }
}

sf_key_places sf_key_places_of(sf_slice text)
{
    sf_key_places places = { .count = 0 };
    sf_cursor lines = sf_cursor_over(text);
    sf_slice line;

    while (sf_line_next(&lines, &line)) {
        for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
            bool is_all_key = marks[i].front.length > 0 && sf_slice_starts_nocase(line, marks[i].front);
            add_keys(&places, text, line, marks[i].method, is_all_key);
        }
    }
    return places;
}

bool sf_key_places_overlap(sf_slice input, const sf_key_places *places, sf_slice s)
{
    if (s.length == 0 || s.text < input.text || s.text > sf_slice_end(input)) {
        return false; /* nothing, or a literal */
    }
    size_t begin = (size_t)(s.text - input.text);
    for (unsigned i = 0; i < places->count; i++) {
        size_t end = MIN(begin + s.length, places->items[i].end);
        for (size_t at = MAX(begin, places->items[i].begin); at < end; at++) {
            if (is_key_letter(input.text[at])) {
                return true;
            }
        }
    }
    return false;
}

static bool one_overlaps(sf_slice input, const sf_key_places *places, const sf_slice *shown, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (sf_key_places_overlap(input, places, shown[i])) {
            return true;
        }
    }
    return false;
}

#define ONE_OVERLAPS(input, places, shown) one_overlaps(input, places, shown, G_N_ELEMENTS(shown))

const char *sf_key_leak(sf_slice input, const sf_key_places *places, const sf_media *media, const sf_problems *problems)
{
    for (unsigned i = 0; i < problems->count; i++) {
        if (sf_key_places_overlap(input, places, problems->items[i].where)) {
            return problems->items[i].what;
        }
    }
    for (unsigned i = 0; i < media->crypto_count; i++) {
        const sf_crypto *line = &media->cryptos[i];
        const sf_slice shown[] = { line->safe_text, line->tag.text, line->role, line->suite_text };
        if (ONE_OVERLAPS(input, places, shown)) {
            return "a part of a key line besides its key";
        }
    }
    for (unsigned i = 0; i < media->stream_count; i++) {
        const sf_stream *stream = &media->streams[i];
        const sf_slice shown[] = { stream->line, stream->label, stream->encryption };
        if (ONE_OVERLAPS(input, places, shown)) {
            return "a stream";
        }
    }
    for (unsigned i = 0; i < media->candidate_count; i++) {
        if (sf_key_places_overlap(input, places, media->candidates[i].text)) {
            return "a candidate";
        }
    }
    for (unsigned i = 0; i < media->codec_count; i++) {
        if (sf_key_places_overlap(input, places, media->codecs[i].name)) {
            return "a codec";
        }
    }
    for (unsigned i = 0; i < media->attributes.count; i++) {
        const sf_attribute *attribute = &media->attributes.items[i];
        const sf_slice shown[] = { attribute->text, attribute->word };
        if (ONE_OVERLAPS(input, places, shown)) {
            return "an attribute";
        }
    }
    return NULL;
}
