/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * XML, by GLib's GMarkup.
 */
#include "xml.h"

#include <glib.h>

typedef struct {
    const sf_xml_visitor *visitor;
    void *context;
    const char *fed;     /**< end of what GMarkup was given */
    const char *tag;     /**< where the tag begins that GMarkup is in; NULL outside of tags */
    const char *content; /**< end of the last tag */
    sf_xml_element open[SF_MAX_XML_DEPTH];
    unsigned depth;
    unsigned elements;
    bool is_too_large;
    bool is_stopped; /**< by the visitor */
} reader;

/** The name without its prefix. */
static sf_slice local_name(sf_slice name)
{
    size_t colon = sf_slice_find(name, ':');

    return colon < name.length ? sf_slice_skip(name, colon + 1) : name;
}

/** Most bytes are letters: one comparison sees those off. */
static bool ends_name(char c)
{
    return (unsigned char)c <= '>' && (sf_is_blank(c) || c == '>' || c == '/' || c == '=');
}

/** The name that a text begins with. */
static sf_slice name_of(sf_slice text)
{
    size_t length = 0;

    while (length < text.length && !ends_name(text.text[length])) {
        length++;
    }
    return sf_slice_head(text, length);
}

static void end_tag(reader *r)
{
    r->tag = NULL;
    r->content = r->fed;
}

static void on_start(GMarkupParseContext *parser G_GNUC_UNUSED, const char *name G_GNUC_UNUSED,
                     const char **names G_GNUC_UNUSED, const char **values G_GNUC_UNUSED, void *context, GError **error)
{
    reader *r = context;

    if (r->depth == SF_MAX_XML_DEPTH || r->elements == SF_MAX_XML_ELEMENTS || !r->tag) {
        r->is_too_large = true;
        g_set_error_literal(error, G_MARKUP_ERROR, G_MARKUP_ERROR_INVALID_CONTENT, "too large");
        return;
    }
    sf_slice tag = sf_slice_between(r->tag, r->fed);
    sf_xml_element *element = &r->open[r->depth];
    *element = (sf_xml_element){
        .name = local_name(name_of(sf_slice_skip(tag, 1))),
        .parent = r->depth ? r->open[r->depth - 1].name : (sf_slice){ NULL, 0 },
        .depth = r->depth + 1,
        .tag = tag,
    };
    r->depth++;
    r->elements++;
    end_tag(r);
    r->visitor->open(r->context, element);
}

static void on_end(GMarkupParseContext *parser G_GNUC_UNUSED, const char *name G_GNUC_UNUSED, void *context,
                   GError **error G_GNUC_UNUSED)
{
    reader *r = context;

    if (r->depth > 0) {
        r->depth--;
        r->visitor->close(r->context, &r->open[r->depth]);
    }
    end_tag(r);
}

static void give_text(const reader *r, sf_slice text)
{
    text = sf_slice_trim(text);
    if (r->depth > 0 && text.length > 0) {
        r->visitor->text(r->context, &r->open[r->depth - 1], text);
    }
}

/** GMarkup's own copy has its escapes undone; ours are the bytes up to the tag that ends them. */
static void on_text(GMarkupParseContext *parser G_GNUC_UNUSED, const char *text G_GNUC_UNUSED,
                    gsize length G_GNUC_UNUSED, void *context, GError **error G_GNUC_UNUSED)
{
    const reader *r = context;

    if (r->tag && r->tag >= r->content) {
        give_text(r, sf_slice_between(r->content, r->tag));
    }
}

/** Comments, CDATA, processing instructions, DOCTYPE. */
static void on_other(GMarkupParseContext *parser G_GNUC_UNUSED, const char *text G_GNUC_UNUSED,
                     gsize length G_GNUC_UNUSED, void *context, GError **error G_GNUC_UNUSED)
{
    static const sf_slice begin = SF_LITERAL_INIT("<![CDATA["), end = SF_LITERAL_INIT("]]>");
    reader *r = context;
    sf_slice all = r->tag ? sf_slice_between(r->tag, r->fed) : (sf_slice){ NULL, 0 };

    if (sf_slice_starts_nocase(all, begin) && sf_slice_ends_nocase(all, end) &&
        all.length >= begin.length + end.length) {
        give_text(r, sf_slice_head(sf_slice_skip(all, begin.length), all.length - begin.length - end.length));
    }
    end_tag(r);
}

/**
 * Gives GMarkup the text up to each `>`, so that whatever it reports while it has such a piece ends there: GMarkup
 * itself names lines and columns only.
 */
static bool feed(reader *r, GMarkupParseContext *parser, sf_slice text)
{
    while (text.length > 0) {
        sf_slice piece = sf_slice_head(text, MIN(sf_slice_find(text, '>') + 1, text.length));
        size_t bracket = sf_slice_find(piece, '<');
        if (!r->tag && bracket < piece.length) {
            r->tag = piece.text + bracket;
        }
        r->fed = sf_slice_end(piece);
        if (!g_markup_parse_context_parse(parser, piece.text, (gssize)piece.length, NULL)) {
            return false;
        }
        text = sf_slice_skip(text, piece.length);
        if (r->visitor->is_over && r->visitor->is_over(r->context)) {
            r->is_stopped = true;
            return true;
        }
    }
    return g_markup_parse_context_end_parse(parser, NULL);
}

sf_xml_status sf_xml_read(sf_slice text, const sf_xml_visitor *visitor, void *context, sf_slice *rest)
{
    static const GMarkupParser calls = {
        .start_element = on_start,
        .end_element = on_end,
        .text = on_text,
        .passthrough = on_other,
    };
    static const sf_slice byte_order_mark = SF_LITERAL_INIT("\xef\xbb\xbf");

    if (sf_slice_equals(sf_slice_head(text, byte_order_mark.length), byte_order_mark)) {
        text = sf_slice_skip(text, byte_order_mark.length);
    }
    sf_slice part = sf_slice_head(text, SF_MAX_XML_BYTES);
    reader r = { .visitor = visitor, .context = context, .fed = part.text, .content = part.text };
    GMarkupParseContext *parser = g_markup_parse_context_new(&calls, (GMarkupParseFlags)0, &r, NULL);
    bool is_read = feed(&r, parser, part) && r.elements > 0;

    g_markup_parse_context_free(parser);
    while (r.depth > 0) {
        r.depth--;
        visitor->close(context, &r.open[r.depth]);
    }
    if (is_read) {
        *rest = sf_slice_between(r.is_stopped ? r.fed : sf_slice_end(text), sf_slice_end(text));
        return SF_XML_READ;
    }
    *rest = sf_slice_between(r.content, sf_slice_end(text));
    return r.is_too_large || part.length < text.length ? SF_XML_TOO_LARGE : SF_XML_MALFORMED;
}

bool sf_xml_attribute_next(sf_slice *tag, sf_slice *name, sf_slice *value)
{
    const char *at = tag->text, *end = sf_slice_end(*tag);

    if (at < end && *at == '<') {
        at += 1 + name_of(sf_slice_between(at + 1, end)).length;
    }
    while (at < end) {
        at = sf_skip_blanks(at, end);
        sf_slice full = name_of(sf_slice_between(at, end));
        at = sf_skip_blanks(at + full.length, end);
        if (full.length == 0 || at == end || *at != '=') {
            break;
        }
        at = sf_skip_blanks(at + 1, end);
        if (at == end || (*at != '"' && *at != '\'')) {
            break;
        }
        sf_slice inside = sf_slice_between(at + 1, end);
        *value = sf_slice_head(inside, sf_slice_find(inside, *at));
        if (value->length == inside.length) {
            break;
        }
        at = sf_slice_end(inside) - (inside.length - value->length - 1);
        *name = local_name(full);
        *tag = sf_slice_between(at, end);
        if (!sf_slice_starts_nocase(full, SF_LITERAL("xmlns"))) {
            return true;
        }
    }
    *tag = (sf_slice){ end, 0 };
    return false;
}

/* ---- escapes ---- */

/** The character that `&name;` means; 0 if none. @param name  between `&` and `;` */
static gunichar meaning_of(sf_slice name)
{
    static const struct {
        sf_slice name;
        char meaning;
    } known[] = {
        { SF_LITERAL_INIT("amp"), '&' },  { SF_LITERAL_INIT("lt"), '<' },    { SF_LITERAL_INIT("gt"), '>' },
        { SF_LITERAL_INIT("quot"), '"' }, { SF_LITERAL_INIT("apos"), '\'' },
    };
    uint64_t code = 0;
    uint32_t hex = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
        if (sf_slice_equals(name, known[i].name)) {
            return (gunichar)known[i].meaning;
        }
    }
    if (sf_slice_starts_nocase(name, SF_LITERAL("#x"))) {
        code = sf_slice_hex32(sf_slice_skip(name, 2), &hex) == SF_OK ? hex : 0;
    } else if (sf_slice_starts_nocase(name, SF_LITERAL("#"))) {
        code = sf_slice_decimal(sf_slice_skip(name, 1), 0x10ffff, &code) == SF_OK ? code : 0;
    }
    return code <= 0x10ffff && g_unichar_validate((gunichar)code) ? (gunichar)code : 0;
}

size_t sf_xml_unescape(sf_slice text, char *out)
{
    enum { MAX_NAME = 10 };
    size_t written = 0;

    while (text.length > 0) {
        sf_slice name = sf_slice_head(sf_slice_skip(text, 1), MAX_NAME);
        size_t end = sf_slice_find(name, ';');
        gunichar c = *text.text == '&' && end < name.length ? meaning_of(sf_slice_head(name, end)) : 0;
        if (c) { /* no escape is shorter than its character in UTF-8 */
            written += (size_t)g_unichar_to_utf8(c, out + written);
            text = sf_slice_skip(text, end + 2);
        } else {
            out[written++] = *text.text;
            text = sf_slice_skip(text, 1);
        }
    }
    return written;
}
