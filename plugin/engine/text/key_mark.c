/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Looking for keys.
 */
#include "key_mark.h"

#include <glib.h>

/* What comes before the colon of a mark. */
static const sf_slice names[] = {
    SF_LITERAL_INIT("inline"),   SF_LITERAL_INIT("a=crypto"), SF_LITERAL_INIT("a=cryptoscale"),
    SF_LITERAL_INIT("k=base64"), SF_LITERAL_INIT("k=clear"),
};

/** Where the name at the end of `front` begins; its length if it ends in none. */
static size_t name_at(sf_slice front)
{
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        if (sf_slice_ends_nocase(front, names[i])) {
            return front.length - names[i].length;
        }
    }
    return front.length;
}

bool sf_ends_in_key_name(sf_slice front)
{
    return name_at(front) < front.length;
}

/** @param colon  index of the first one */
static size_t plain_mark_at(sf_slice text, size_t colon)
{
    const char *const end = sf_slice_end(text);

    for (const char *at = text.text + colon; at != NULL; at = memchr(at + 1, ':', (size_t)(end - at - 1))) {
        sf_slice front = sf_slice_between(text.text, at);
        size_t name = sf_may_end_key_name(front) ? name_at(front) : front.length;
        if (name < front.length) {
            return name;
        }
    }
    return text.length;
}

/** Takes a letter off the text, its escape undone. Takes text.length > 0. */
static char take_letter(sf_slice *text)
{
    char c = text->text[0];
    size_t length = 1;

    if (c == '%' && text->length > 2) {
        int high = sf_hex_digit(text->text[1]);
        int low = sf_hex_digit(text->text[2]);
        if (high >= 0 && low >= 0) {
            c = (char)(high << 4 | low);
            length = 3;
        }
    } else if (c == '\\' && text->length > 1) {
        c = text->text[1];
        length = 2;
    }
    *text = sf_slice_skip(*text, length);
    return c;
}

static bool takes_name(sf_slice text, sf_slice name)
{
    for (size_t i = 0; i < name.length; i++) {
        if (text.length == 0 || sf_lower(take_letter(&text)) != name.text[i]) {
            return false;
        }
    }
    return text.length > 0 && take_letter(&text) == ':';
}

/** False for most letters: a name begins with another one. */
static bool may_begin_name(char c)
{
    return c == '%' || c == '\\' || c == 'i' || c == 'I' || c == 'a' || c == 'A' || c == 'k' || c == 'K';
}

static size_t escaped_mark_at(sf_slice text)
{
    for (size_t at = 0; at < text.length; at++) {
        sf_slice rest = sf_slice_skip(text, at);
        if (!may_begin_name(text.text[at])) {
            continue;
        }
        for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
            if (takes_name(rest, names[i])) {
                return at;
            }
        }
    }
    return text.length;
}

static bool has(sf_slice text, char letter)
{
    return sf_slice_find(text, letter) < text.length;
}

size_t sf_key_mark_at(sf_slice text)
{
    if (has(text, '%')) {
        return escaped_mark_at(text);
    }
    size_t colon = sf_slice_find(text, ':');
    if (colon == text.length) { /* a backslash may come before the colon, but does not replace it */
        return text.length;
    }
    return has(text, '\\') ? escaped_mark_at(text) : plain_mark_at(text, colon);
}
