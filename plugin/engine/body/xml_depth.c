/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * An upper bound of how deep XML is nested.
 */
#include "xml_depth.h"

#include <glib.h>

typedef enum {
    OPENS,  /**< a start tag, or what a reader may take for one */
    CLOSES, /**< an end tag */
    STAYS,  /**< an empty element, a comment, a CDATA section */
    UNSURE, /**< readers may differ on where it ends */
} piece_kind;

static bool is_name_byte(char c)
{
    return g_ascii_isalnum(c) || c == '-' || c == '_' || c == '.' || c == ':';
}

static sf_slice after_name(sf_slice text)
{
    size_t length = 0;

    while (length < text.length && is_name_byte(text.text[length])) {
        length++;
    }
    return sf_slice_skip(text, length);
}

static bool starts(sf_slice text, char c)
{
    return text.length > 0 && *text.text == c;
}

/** Takes a quoted value in which nothing looks like the end of a tag or of the quotes. */
static bool take_value(sf_slice *text)
{
    if (!starts(*text, '"') && !starts(*text, '\'')) {
        return false;
    }
    sf_slice inside = sf_slice_skip(*text, 1);
    sf_slice value = sf_slice_head(inside, sf_slice_find(inside, *text->text));
    bool is_plain = value.length < inside.length && sf_slice_find(value, '<') == value.length &&
                    sf_slice_find(value, '>') == value.length && !sf_slice_ends_nocase(value, SF_LITERAL("\\"));
    *text = sf_slice_skip(inside, value.length + 1);
    return is_plain;
}

/** @param text  after the `<`; set to what follows the tag */
static piece_kind take_start_tag(sf_slice *text)
{
    sf_slice rest = after_name(*text);

    if (rest.length == text->length) {
        return UNSURE;
    }
    for (;;) {
        const char *end = sf_slice_end(rest);
        sf_slice next = rest.length > 0 ? sf_slice_between(sf_skip_blanks(rest.text, end), end) : rest;
        bool has_blank = next.length < rest.length;
        rest = next;
        if (starts(rest, '>')) {
            *text = sf_slice_skip(rest, 1);
            return OPENS;
        }
        if (sf_slice_starts_nocase(rest, SF_LITERAL("/>"))) {
            *text = sf_slice_skip(rest, 2);
            return STAYS;
        }
        next = after_name(rest);
        if (!has_blank || next.length == rest.length || !starts(next, '=')) {
            return UNSURE;
        }
        rest = sf_slice_skip(next, 1);
        if (!take_value(&rest)) {
            return UNSURE;
        }
    }
}

static piece_kind take_end_tag(sf_slice *text)
{
    sf_slice rest = after_name(*text);

    if (rest.length == text->length || !starts(rest, '>')) {
        return UNSURE;
    }
    *text = sf_slice_skip(rest, 1);
    return CLOSES;
}

/** Takes up to the first `>`, which must belong to the end of the piece; no `<` is in between. */
static bool take_plain(sf_slice *text, sf_slice begin, sf_slice end)
{
    sf_slice all = sf_slice_head(*text, sf_slice_find(*text, '>') + 1);

    if (!sf_slice_starts_nocase(all, begin) || !sf_slice_ends_nocase(all, end) ||
        all.length < begin.length + end.length || sf_slice_find(all, '<') < all.length) {
        return false;
    }
    *text = sf_slice_skip(*text, all.length);
    return true;
}

/** @param text  after a `<`; set to what follows, if the kind is a sure one */
static piece_kind take_piece(sf_slice *text)
{
    if (starts(*text, '/')) {
        *text = sf_slice_skip(*text, 1);
        return take_end_tag(text);
    }
    if (starts(*text, '?')) {
        return take_plain(text, SF_LITERAL("?"), SF_LITERAL("?>")) ? OPENS : UNSURE;
    }
    if (starts(*text, '!')) {
        bool is_known = take_plain(text, SF_LITERAL("!--"), SF_LITERAL("-->")) ||
                        take_plain(text, SF_LITERAL("![CDATA["), SF_LITERAL("]]>"));
        return is_known ? STAYS : UNSURE;
    }
    return take_start_tag(text);
}

bool sf_xml_may_be_deeper(sf_slice text, unsigned limit)
{
    unsigned depth = 0;
    bool is_sure = true;
    size_t at;

    while ((at = sf_slice_find(text, '<')) < text.length) {
        text = sf_slice_skip(text, at + 1);
        bool is_end = starts(text, '/');
        piece_kind kind = is_sure ? take_piece(&text) : UNSURE;
        is_sure = kind != UNSURE;
        if (kind == CLOSES) {
            depth -= depth > 0;
        } else if (kind == OPENS || (kind == UNSURE && !is_end)) {
            depth++;
        }
        if (depth > limit) {
            return true;
        }
    }
    return false;
}
