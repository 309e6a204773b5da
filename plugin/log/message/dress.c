/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Recognizing what is around the lines of a message, and taking it off.
 */
#include "dress.h"

#include "colors.h"
#include "escape.h"
#include "json_line.h"
#include "prefix.h"
#include "sip_text.h"

/* After so many lines without the prefix, the message is over. */
#define MAX_FOREIGN_LINES 64

/* How the lines of the current message are dressed. */
typedef struct {
    GString *prefix;  /* before each line */
    GString *suffix;  /* blanks or a written line end after each line */
    bool is_guess;    /* no line after the one that showed the prefix has had it so far */
    bool is_indent;   /* the prefix is not before the start line, and need not be before the lines of the body */
    bool has_dots;    /* a dot after each line, for a CR */
    bool is_doubled;  /* an empty line after each line */
    bool drops_empty; /* if the next line is empty, it is one of them */
    unsigned foreign; /* lines without the prefix since the last one with it */
} clothes;

/* A line that is kept until the next one. */
typedef struct {
    GString *text, *end;
    uint64_t number;
} kept_line;

struct sf_log_dress {
    sf_log_line_callback callback;
    void *user;
    clothes worn;
    kept_line start;
    GString *empty_end;        /* the line end of the empty line */
    bool has_start, has_empty; /* a start line is kept, and an empty line after it */
    size_t start_at;           /* where the start line begins in the kept line */
    sf_log_colors colors;
    GString *colorless;   /* the current line without colors */
    GString *entry;       /* the text of an entry in JSON */
    GString *plain;       /* the current line without no-break spaces */
    bool has_hard_blanks; /* the start line of the current message had them */
};

sf_log_dress *sf_log_dress_new(sf_log_line_callback callback, void *user)
{
    sf_log_dress *dress = g_new0(sf_log_dress, 1);

    dress->callback = callback;
    dress->user = user;
    dress->worn.prefix = g_string_new(NULL);
    dress->worn.suffix = g_string_new(NULL);
    dress->start.text = g_string_new(NULL);
    dress->start.end = g_string_new(NULL);
    dress->empty_end = g_string_new(NULL);
    dress->colorless = g_string_new(NULL);
    dress->entry = g_string_new(NULL);
    dress->plain = g_string_new(NULL);
    return dress;
}

void sf_log_dress_free(sf_log_dress *dress)
{
    g_string_free(dress->worn.prefix, TRUE);
    g_string_free(dress->worn.suffix, TRUE);
    g_string_free(dress->start.text, TRUE);
    g_string_free(dress->start.end, TRUE);
    g_string_free(dress->empty_end, TRUE);
    g_string_free(dress->colorless, TRUE);
    g_string_free(dress->entry, TRUE);
    g_string_free(dress->plain, TRUE);
    g_free(dress);
}

static sf_slice slice_of(const GString *string)
{
    return (sf_slice){ string->str, string->len };
}

static void set(GString *string, sf_slice text)
{
    g_string_truncate(string, 0);
    g_string_append_len(string, text.text, (gssize)text.length);
}

static void undress(clothes *worn)
{
    g_string_truncate(worn->prefix, 0);
    g_string_truncate(worn->suffix, 0);
    worn->is_guess = worn->is_indent = worn->has_dots = worn->is_doubled = worn->drops_empty = false;
    worn->foreign = 0;
}

static bool is_blank(char ch)
{
    return ch == ' ' || ch == '\t';
}

static size_t blanks_before(sf_slice text)
{
    size_t count = 0;

    while (count < text.length && is_blank(text.text[count])) {
        count++;
    }
    return count;
}

static bool ends_with(sf_slice text, sf_slice end)
{
    return text.length >= end.length && sf_slice_equals(sf_slice_skip(text, text.length - end.length), end);
}

static sf_slice without_end(const clothes *worn, sf_slice text)
{
    sf_slice suffix = slice_of(worn->suffix);

    if (suffix.length > 0 && ends_with(text, suffix)) {
        text.length -= suffix.length;
    }
    if (worn->has_dots && text.length > 0 && text.text[text.length - 1] == '.') {
        text.length--;
    }
    return text;
}

/* Passes on a line of which `text` is left. */
static void give(sf_log_dress *dress, const sf_log_line *line, sf_slice text, size_t lead, bool is_foreign)
{
    sf_log_line given = *line;

    given.text = text;
    given.lead = lead;
    given.is_foreign = is_foreign;
    sf_log_colors_note(&dress->colors, &given);
    dress->callback(dress->user, &given);
}

/* The line before or after quoted code in Markdown. */
static bool is_fence(sf_slice text)
{
    static const sf_slice fence = SF_LITERAL_INIT("```");

    return sf_slice_equals(sf_slice_head(text, fence.length), fence) && sf_slice_find(text, ' ') == text.length;
}

/* Passes on a line, without what is around the lines of the current message. */
static void pass(sf_log_dress *dress, const sf_log_line *line)
{
    clothes *worn = &dress->worn;
    sf_slice text = line->text;

    if (worn->is_doubled) {
        bool is_dropped = worn->drops_empty && text.length == 0;
        worn->is_doubled = is_dropped || !worn->drops_empty;
        worn->drops_empty = !worn->drops_empty;
        if (is_dropped) {
            return;
        }
    }
    bool has_prefix = worn->prefix->len == 0 || text.length == 0 || sf_log_prefix_take(slice_of(worn->prefix), &text);
    if (!has_prefix && worn->is_guess) {
        undress(worn);
        has_prefix = true;
    }
    worn->is_guess = worn->is_guess && text.length == 0;
    if (!has_prefix && !worn->is_indent) {
        worn->foreign++;
        if (worn->foreign > MAX_FOREIGN_LINES) {
            undress(worn);
        }
        give(dress, line, text, 0, worn->prefix->len > 0);
        return;
    }
    worn->foreign = 0;
    give(dress, line, without_end(worn, text), 0, is_fence(text));
}

/* Puts on what the start line and the header after it have in common at their ends. */
static void put_on_ends(clothes *worn, sf_slice start, sf_slice header, bool is_doubled)
{
    sf_slice blanks = sf_log_escape_at_end(start);

    worn->has_dots = false;
    set(worn->suffix, (sf_slice){ "", 0 });
    if (blanks.length > 0 && ends_with(header, blanks)) {
        set(worn->suffix, blanks);
    }
    worn->has_dots = ends_with(without_end(worn, start), SF_LITERAL(".")) &&
                     ends_with(without_end(worn, header), SF_LITERAL("."));
    worn->is_doubled = worn->drops_empty = is_doubled;
    worn->foreign = 0;
}

/* What the line after a start line says about it. */
typedef struct {
    bool is_message;
    sf_slice prefix; /* before each line, or empty */
    bool is_indent;  /* not before the start line */
    sf_slice header; /* the line without it */
} finding;

/* True if both lines have the prefix of the message before; the start line has more before it. */
static bool has_same_prefix(const sf_log_dress *dress, sf_slice next, finding *found)
{
    sf_slice rest = slice_of(dress->start.text);

    found->prefix = slice_of(dress->worn.prefix);
    found->header = next;
    found->is_message = found->prefix.length > 0 && sf_log_prefix_take(found->prefix, &rest) &&
                        rest.length >= dress->start.text->len - dress->start_at &&
                        sf_log_prefix_take(found->prefix, &found->header) && sf_log_is_header_line(found->header);
    return found->is_message;
}

/* Compares the kept start line with the line after it. */
static finding compare(const sf_log_dress *dress, sf_slice next)
{
    sf_slice line = slice_of(dress->start.text);
    sf_slice before = sf_slice_head(line, dress->start_at);
    bool has_bar = before.length > 0 && before.text[before.length - 1] == '|';
    finding found = { .header = next };

    if (has_bar) {
        /* The mark of an Expressway, which is before the start line only. The blank before it is part of the text. */
        before.length -= before.length > 1 ? 2 : 1;
    }
    found.prefix = before;
    if ((before.length > 0 || has_bar) && sf_log_prefix_take(before, &found.header) &&
        sf_log_is_header_line(sf_slice_skip(found.header, has_bar && blanks_before(found.header) > 0))) {
        found.is_message = true;
        return found;
    }
    if (has_same_prefix(dress, next, &found)) {
        return found;
    }
    found.prefix = sf_log_prefix_shared(line, before.length, next);
    found.header = next;
    if (found.prefix.length > 0 && sf_log_prefix_take(found.prefix, &found.header) &&
        sf_log_is_known_header(found.header)) {
        found.is_message = true;
        return found;
    }
    found.prefix = sf_slice_head(next, blanks_before(next));
    found.header = sf_slice_skip(next, found.prefix.length);
    if (!has_bar && found.prefix.length > 0) {
        /* A start line cannot be folded (RFC 3261 7.3.1), so this is a header. */
        found.is_indent = found.is_message = before.length == 0 ? sf_log_is_header_line(found.header)
                                                                : sf_log_is_known_header(found.header);
    } else if (found.prefix.length == 0) {
        found.is_message = before.length == 0 ? sf_log_is_header_line(next) : sf_log_is_known_header(next);
    }
    return found;
}

static sf_log_line kept(const sf_log_dress *dress)
{
    sf_slice text = slice_of(dress->start.text);
    return (
        sf_log_line){ .text = text, .end = slice_of(dress->start.end), .number = dress->start.number, .whole = text };
}

/* Passes on the kept start line as it is. */
static void pass_kept(sf_log_dress *dress)
{
    static const sf_slice nothing = SF_LITERAL_INIT("");
    sf_log_line line = kept(dress);
    sf_log_line empty = { .text = nothing,
                          .end = slice_of(dress->empty_end),
                          .number = line.number + 1,
                          .whole = nothing };
    bool has_empty = dress->has_empty;

    dress->has_start = dress->has_empty = false;
    pass(dress, &line);
    if (has_empty) {
        pass(dress, &empty);
    }
}

/* Passes on the kept start line with what the next line says. */
static void pass_start(sf_log_dress *dress, sf_slice next)
{
    finding found = compare(dress, next);
    sf_log_line line = kept(dress);

    if (!found.is_message) {
        pass_kept(dress);
        return;
    }
    sf_slice text = line.text;
    size_t lead = dress->start_at;
    if (found.prefix.length > 0 && !found.is_indent) {
        sf_slice rest = text;
        sf_log_prefix_take(found.prefix, &rest);
        lead -= text.length - rest.length;
        text = rest;
    }
    put_on_ends(&dress->worn, text, found.header, dress->has_empty);
    dress->worn.is_indent = found.is_indent;
    if (found.prefix.text != dress->worn.prefix->str) {
        set(dress->worn.prefix, found.prefix);
    }
    dress->worn.drops_empty = false; /* the empty line after the start line was taken already */
    dress->has_start = dress->has_empty = false;
    text = without_end(&dress->worn, text);
    text.length -= sf_log_escape_at_end(text).length;
    line.is_start = true;
    give(dress, &line, text, lead < text.length && text.text[lead] != '|' ? lead : 0, false);
}

static void keep(sf_log_dress *dress, const sf_log_line *line, size_t at)
{
    set(dress->start.text, line->text);
    set(dress->start.end, line->end);
    dress->start.number = line->number;
    dress->start_at = at;
    dress->has_start = true;
    dress->has_empty = false;
}

static void take(sf_log_dress *dress, const sf_log_line *line, bool has_version)
{
    size_t at;

    if (dress->has_start && !dress->has_empty && line->text.length == 0) {
        dress->has_empty = true;
        set(dress->empty_end, line->end);
        return;
    }
    if (dress->has_start) {
        pass_start(dress, line->text);
    }
    sf_slice text = sf_slice_head(line->text, line->text.length - sf_log_escape_at_end(line->text).length);
    if (has_version && sf_log_find_start(text, &at)) {
        keep(dress, line, at);
    } else {
        pass(dress, line);
    }
}

/* A record of AudioCodes can be a part of a message. Elsewhere, `&#012;` can be in a body. */
static bool has_number(sf_slice text)
{
    static const sf_slice number = SF_LITERAL_INIT("[S=");
    size_t at = 0;

    while (at < text.length && !sf_slice_equals(sf_slice_head(sf_slice_skip(text, at), number.length), number)) {
        at += 1 + sf_slice_find(sf_slice_skip(text, at + 1), number.text[0]);
    }
    return at < text.length;
}

#define NO_BREAK_SPACE "\xC2\xA0"

/* Web pages have no-break spaces. A message whose start line has them has them for all its blanks. */
static sf_slice with_blanks(sf_log_dress *dress, sf_slice text, bool has_version)
{
    if (!has_version && !dress->has_hard_blanks) {
        return text;
    }
    g_string_truncate(dress->plain, 0);
    for (size_t i = 0; i < text.length; i++) {
        bool is_hard = text.text[i] == NO_BREAK_SPACE[0] && i + 1 < text.length &&
                       text.text[i + 1] == NO_BREAK_SPACE[1];
        g_string_append_c(dress->plain, is_hard ? ' ' : text.text[i]);
        i += is_hard;
    }
    size_t at;
    if (sf_log_find_start(slice_of(dress->plain), &at)) {
        dress->has_hard_blanks = dress->plain->len < text.length;
    }
    return dress->has_hard_blanks ? slice_of(dress->plain) : text;
}

static void dress_line(sf_log_dress *dress, const sf_log_line *given)
{
    sf_log_line piece = *given;
    const sf_log_line *line = &piece;
    size_t at, length;

    /* Some programs write a CR after their LF. */
    while (piece.text.length > 0 && piece.text.text[0] == '\r') {
        piece.text = sf_slice_skip(piece.text, 1);
    }
    piece.text = sf_log_colors_take_off(&dress->colors, piece.text, dress->worn.prefix->len, dress->colorless);
    bool has_version = sf_log_has_version(piece.text);
    piece.text = piece.whole = with_blanks(dress, piece.text, has_version);
    if ((!has_version && !has_number(line->text)) || !sf_log_escape_is_inside(line->text)) {
        take(dress, line, has_version);
        return;
    }
    while ((length = sf_log_escape_find(piece.text, &at)) > 0) {
        sf_slice rest = sf_slice_skip(piece.text, at + length);
        piece.text = piece.whole = sf_slice_head(piece.text, at);
        piece.end = SF_LITERAL("\r\n");
        take(dress, &piece, sf_log_has_version(piece.text));
        piece.text = piece.whole = rest;
    }
    piece.end = given->end;
    take(dress, &piece, sf_log_has_version(piece.text));
}

void sf_log_dress_line(sf_log_dress *dress, const sf_log_line *line)
{
    if (line->text.length == 0 || line->text.text[0] != '{' || !sf_log_json_line_read(line->text, dress->entry)) {
        dress_line(dress, line);
        return;
    }
    sf_slice rest = slice_of(dress->entry);
    bool has_more = true;
    while (has_more) {
        sf_log_line piece = *line;
        size_t length = sf_slice_find(rest, '\n');
        has_more = length < rest.length;
        piece.text = sf_slice_head(rest, length);
        piece.text.length -= length > 0 && rest.text[length - 1] == '\r';
        piece.whole = piece.text;
        rest = sf_slice_skip(rest, length + 1);
        dress_line(dress, &piece);
    }
}

void sf_log_dress_wear(sf_log_dress *dress, sf_slice prefix)
{
    undress(&dress->worn);
    set(dress->worn.prefix, prefix);
    dress->worn.is_guess = true;
}

void sf_log_dress_flush(sf_log_dress *dress)
{
    if (dress->has_start) {
        pass_kept(dress);
    }
}

void sf_log_dress_finish(sf_log_dress *dress)
{
    sf_log_dress_flush(dress);
    undress(&dress->worn);
}
