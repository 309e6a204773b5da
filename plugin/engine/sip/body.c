/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * MIME parts.
 */
#include "body.h"

#include "engine/text/plain_text.h"
#include "engine/text/words.h"
#include "uri.h"

#include <glib.h>

/** A body that is still to be taken apart. */
typedef struct {
    sf_slice text;
    sf_body_headers headers;
    unsigned depth;
} pending;

/** Bodies to do, last in first out: multipart bodies nest, but nothing here recurses. */
typedef struct {
    pending items[SF_MAX_BODIES * 2];
    unsigned count;
} stack;

static void push(stack *todo, pending body, sf_problems *problems)
{
    if (sf_problems_room(problems, todo->count, G_N_ELEMENTS(todo->items), SF_LIMIT_BODIES, body.text)) {
        todo->items[todo->count++] = body;
    }
}

/* RFC 2045 6.2; RFC 9110 12.5.3, which names `identity` only where one may refuse it. */
static const sf_slice encodings_without_effect[] = {
    SF_LITERAL_INIT(""),       SF_LITERAL_INIT("7bit"),     SF_LITERAL_INIT("8bit"),
    SF_LITERAL_INIT("binary"), SF_LITERAL_INIT("identity"),
};

void sf_body_headers_keep(sf_body_headers *headers, const sf_header *header)
{
    if (header->id == SF_HEADER_CONTENT_TYPE) {
        headers->content_type = header->value;
    } else if (header->id == SF_HEADER_CONTENT_DISPOSITION) {
        headers->disposition = header->value;
    } else if (header->id == SF_HEADER_CONTENT_ENCODING &&
               SF_WORDS_FIND(encodings_without_effect, header->value) == SF_WORDS_NONE) {
        headers->encoding = header->value;
    }
}

/** True for the headers that sf_body_headers_keep() may keep. */
static bool is_of_body(const sf_header *header)
{
    return header->id == SF_HEADER_CONTENT_TYPE || header->id == SF_HEADER_CONTENT_DISPOSITION ||
           header->id == SF_HEADER_CONTENT_ENCODING;
}

static bool is_multipart(sf_slice content_type)
{
    return sf_slice_starts_nocase(content_type, SF_LITERAL("multipart/"));
}

static void append(const pending *body, sf_problems *problems, sf_bodies *bodies)
{
    const sf_body_headers *headers = &body->headers;
    sf_param param;

    if (!sf_problems_room(problems, bodies->count, SF_MAX_BODIES, SF_LIMIT_BODIES, body->text)) {
        return;
    }
    bodies->items[bodies->count++] = (sf_body){
        .text = body->text,
        .content_type = sf_slice_trim(sf_slice_head(headers->content_type, sf_slice_find(headers->content_type, ';'))),
        .encoding = headers->encoding,
        .is_fallback = sf_parameter_find(headers->disposition, SF_LITERAL("ms-proxy-2007fallback"), &param),
    };
}

/** The text without its last line end, which belongs to the boundary that follows (RFC 2046 5.1.1). */
static sf_slice without_line_end(sf_slice text)
{
    if (text.length > 0 && text.text[text.length - 1] == '\n') {
        text.length--;
        if (text.length > 0 && text.text[text.length - 1] == '\r') {
            text.length--;
        }
    }
    return text;
}

/**
 * Reads the part's own headers; its content is what follows the blank line. The line end in front of
 * the boundary is taken off last: of a part without content it is the one that ends the blank line.
 */
static pending read_part(sf_slice part, bool is_closed, unsigned depth, sf_problems *problems)
{
    pending body = { .depth = depth };
    sf_cursor cursor = sf_cursor_over(part);
    sf_header header;
    sf_headers_state state;

    while ((state = sf_header_next(&cursor, &header)) == SF_HEADERS_MORE) {
        if (!is_of_body(&header)) {
            continue;
        }
        if (!sf_header_cut_at_key(&header) || header.value.length > 0) {
            sf_body_headers_keep(&body.headers, &header);
        }
    }
    if (state == SF_HEADERS_UNTERMINATED) {
        /* Not quoted: without headers the part begins with what may be a key line. */
        sf_problems_malformed(problems, part, sf_slice_head(part, 0), "The body part",
                              "has no blank line after its headers");
    }
    body.text = sf_cursor_rest(&cursor);
    if (is_closed) {
        body.text = without_line_end(body.text);
    }
    return body;
}

typedef enum { NOT_A_BOUNDARY, BOUNDARY, CLOSING_BOUNDARY } line_kind;

/** The kind of a line that begins with two dashes. */
static line_kind kind_of(sf_slice line, sf_slice boundary)
{
    sf_slice after_dashes = sf_slice_skip(line, 2);

    if (!sf_slice_equals(sf_slice_head(after_dashes, boundary.length), boundary)) {
        return NOT_A_BOUNDARY;
    }
    sf_slice rest = sf_slice_trim(sf_slice_skip(after_dashes, boundary.length));
    if (rest.length == 0) {
        return BOUNDARY;
    }
    return sf_slice_equals(rest, SF_LITERAL("--")) ? CLOSING_BOUNDARY : NOT_A_BOUNDARY;
}

/** The next line that begins with two dashes, as few do. There are fewer dashes than lines. */
static bool next_dashed_line(sf_cursor *lines, sf_slice *line)
{
    const char *const begin = lines->at;
    const char *const last = lines->end - (begin < lines->end); /* no line begins with two dashes here */

    for (const char *at = begin; (at = memchr(at, '-', (size_t)(last - at))) != NULL; at++) {
        if (at[1] == '-' && (at == begin || at[-1] == '\n')) {
            lines->at = at;
            return sf_line_next(lines, line);
        }
    }
    lines->at = lines->end;
    return false;
}

/** Pushes the parts in reverse, so that they come off the stack in their order. */
static void split(const pending *multipart, sf_slice boundary, sf_problems *problems, stack *todo)
{
    pending parts[SF_MAX_BODIES];
    unsigned count = 0;
    const char *begin = NULL;
    bool is_closed = false;
    sf_cursor lines = sf_cursor_over(multipart->text);
    sf_slice line;

    while (!is_closed && next_dashed_line(&lines, &line)) {
        line_kind kind = kind_of(line, boundary);
        if (kind == NOT_A_BOUNDARY) {
            continue;
        }
        if (begin && !sf_problems_room(problems, count, SF_MAX_BODIES, SF_LIMIT_BODIES, multipart->text)) {
            is_closed = true;
            break;
        }
        if (begin) {
            parts[count++] = read_part(sf_slice_between(begin, line.text), true, multipart->depth + 1, problems);
        }
        begin = lines.at;
        is_closed = kind == CLOSING_BOUNDARY;
    }
    if (!is_closed) {
        sf_problems_malformed(problems, multipart->text, sf_slice_head(multipart->text, 0), "The multipart body",
                              begin ? "has no closing boundary" : "does not contain its boundary");
        if (begin && count < SF_MAX_BODIES) {
            parts[count++] = read_part(sf_slice_between(begin, lines.end), false, multipart->depth + 1, problems);
        }
    }
    while (count > 0) {
        push(todo, parts[--count], problems);
    }
}

/** Takes a multipart body apart, if its headers say how. */
static void open_multipart(const pending *body, sf_problems *problems, stack *todo)
{
    char room[256]; /* RFC 2046 5.1.1 allows 70 letters */
    sf_param boundary;

    if (sf_slice_present(body->headers.encoding)) {
        sf_problems_malformed(problems, body->text, body->headers.encoding, "The multipart body", SF_BODY_IS_ENCODED);
        return;
    }
    if (!sf_parameter_find(body->headers.content_type, SF_LITERAL("boundary"), &boundary) ||
        boundary.value.length == 0) {
        sf_problems_malformed(problems, body->text, body->headers.content_type, "The multipart body",
                              "has no boundary in its Content-Type");
        return;
    }
    if (boundary.is_unterminated) {
        sf_problems_malformed(problems, body->text, boundary.text, "The boundary", "has no closing quote");
    }
    if (boundary.is_quoted && boundary.value.length <= sizeof room) {
        boundary.value = (sf_slice){ room, sf_unescape(boundary.value, true, room) };
    }
    split(body, boundary.value, problems, todo);
}

void sf_bodies_read(sf_slice text, const sf_body_headers *headers, sf_problems *problems, sf_bodies *bodies)
{
    stack todo; /* large, so its items are not cleared */

    todo.count = 0;
    bodies->count = 0;
    push(&todo, (pending){ text, *headers, 0 }, problems);
    while (todo.count > 0) {
        pending body = todo.items[--todo.count];
        if (!is_multipart(body.headers.content_type)) {
            append(&body, problems, bodies);
        } else if (sf_problems_room(problems, body.depth, SF_MAX_BODY_NESTING, SF_LIMIT_BODY_NESTING, body.text)) {
            open_multipart(&body, problems, &todo);
        }
    }
}
