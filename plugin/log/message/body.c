/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Finding the form of a body by its length. Each form is measured in one pass over the lines, and only the
 * chosen one is written.
 */
#include "body.h"

#include "log/bytes/copy.h"
#include "sip_text.h"

/* Ways to end a line, in the order in which they are tried. */
enum { AS_WRITTEN, CRLF, LF, LINE_END_WAYS };

/* At most so many blank lines after a body can come from the log itself. */
#define MAX_DROPPED_ENDS 3

/* Where bytes go. If `out` is NULL, they are only counted. */
typedef struct {
    GByteArray *out;
    uint64_t length;
} output;

static void put(output *to, sf_slice s)
{
    to->length += s.length;
    if (to->out) {
        sf_log_append(to->out, s);
    }
}

static sf_slice line_end(const sf_log_body *body, size_t index, int way)
{
    switch (way) {
    case AS_WRITTEN:
        return sf_log_text_end(body->text, index);
    case CRLF:
        return SF_LITERAL("\r\n");
    default:
        return SF_LITERAL("\n");
    }
}

/* Goes through the lines of a multipart body to find where the blank line after the headers of a part was lost. */
typedef struct {
    sf_slice boundary;
    bool is_in_headers;   /* of a part */
    bool has_seen_header; /* in these headers */
} part_walk;

static bool blank_line_lost_before(part_walk *walk, sf_slice line)
{
    bool is_closing = false;

    if (sf_log_is_delimiter(line, walk->boundary, &is_closing)) {
        bool is_lost = walk->is_in_headers && walk->has_seen_header;
        walk->is_in_headers = !is_closing;
        walk->has_seen_header = false;
        return is_lost;
    }
    if (!walk->is_in_headers) {
        return false;
    }
    if (line.length == 0) {
        walk->is_in_headers = false;
        return false;
    }
    bool is_folded = walk->has_seen_header && (line.text[0] == ' ' || line.text[0] == '\t');
    if (is_folded || sf_slice_starts_nocase(line, SF_LITERAL("Content-"))) {
        walk->has_seen_header = true;
        return false;
    }
    walk->is_in_headers = false;
    return walk->has_seen_header;
}

static size_t first_line(const sf_log_body *body, const sf_log_body_form *form)
{
    return body->first + (form->drops_first ? 1 : 0);
}

/* Index after the last line that is written: of the line ends that are left out, all but one belong to blank lines. */
static size_t last_line(const sf_log_body *body, const sf_log_body_form *form)
{
    unsigned blank = form->drop_ends > 0 ? form->drop_ends - 1 : 0;
    size_t lines = body->last - first_line(body, form);
    return body->last - (blank < lines ? blank : lines);
}

static uint64_t produce(const sf_log_body *body, const sf_log_body_form *form, GByteArray *out)
{
    output to = { out, 0 };
    part_walk walk = { .boundary = body->boundary };
    size_t last = last_line(body, form);
    size_t final = last; /* the line whose end may be left out */

    if (form->is_empty) {
        return 0;
    }
    for (size_t i = first_line(body, form); i < last; i++) {
        if (form->keeps_foreign || !sf_log_text_at(body->text, i)->is_foreign) {
            final = i;
        }
    }
    for (size_t i = first_line(body, form); i < last; i++) {
        if (sf_log_text_at(body->text, i)->is_foreign && !form->keeps_foreign) {
            continue;
        }
        sf_slice line = sf_log_text_slice(body->text, i);
        if (form->rebuilds && blank_line_lost_before(&walk, line)) {
            put(&to, SF_LITERAL("\r\n"));
        }
        put(&to, line);
        if (i != final || form->drop_ends == 0) {
            put(&to, line_end(body, i, form->line_end));
        }
    }
    return to.length;
}

/* Number of blank lines at the end of the body, at most MAX_DROPPED_ENDS. */
static unsigned blank_lines_at_end(const sf_log_body *body)
{
    unsigned count = 0;
    for (size_t i = body->last; i > body->first && count < MAX_DROPPED_ENDS; i--, count++) {
        if (sf_log_text_slice(body->text, i - 1).length > 0) {
            break;
        }
    }
    return count;
}

static bool has_foreign(const sf_log_body *body)
{
    for (size_t i = body->first; i < body->last; i++) {
        if (sf_log_text_at(body->text, i)->is_foreign) {
            return true;
        }
    }
    return false;
}

static bool is_blank(const sf_log_body *body)
{
    for (size_t i = body->first; i < body->last; i++) {
        if (!sf_log_text_at(body->text, i)->is_foreign && sf_log_text_slice(body->text, i).length > 0) {
            return false;
        }
    }
    return true;
}

/*
 * An empty body is written as `Message-Body: -`. A body that is a dash looks the same; only its length
 * differs.
 */
static bool is_dash(const sf_log_body *body)
{
    if (!body->is_labeled || body->first == body->last ||
        !sf_slice_equals(sf_slice_trim(sf_log_text_slice(body->text, body->first)), SF_LITERAL("-"))) {
        return false;
    }
    sf_log_body rest = *body;
    rest.first++;
    return is_blank(&rest) && !(body->has_length && body->length == 1);
}

/* Tries all line ends, and how many of the last ones come from the log. */
static bool fits_some_way(const sf_log_body *body, sf_log_body_form *form)
{
    unsigned most = 1 + blank_lines_at_end(body);

    for (form->line_end = AS_WRITTEN; form->line_end < LINE_END_WAYS; form->line_end++) {
        for (form->drop_ends = 0; form->drop_ends <= most; form->drop_ends++) {
            form->length = produce(body, form, NULL);
            if (form->length == body->length) {
                return true;
            }
        }
    }
    return false;
}

/* The form to use if none has the right length: nothing is lost, and line ends are those of SIP. */
static sf_log_body_form fallback(const sf_log_body *body, bool may_drop_first)
{
    sf_log_body_form form = {
        .drops_first = may_drop_first,
        .rebuilds = body->boundary.length > 0,
        .line_end = CRLF,
        .drop_ends = body->has_length ? 1 : 0,
    };
    form.length = produce(body, &form, NULL);
    return form;
}

sf_log_body_form sf_log_body_find_form(const sf_log_body *body)
{
    bool may_drop_first = body->is_labeled && body->first < body->last &&
                          sf_slice_trim(sf_log_text_slice(body->text, body->first)).length == 0;

    if (is_dash(body) || (is_blank(body) && body->length == 0)) {
        return (sf_log_body_form){ .is_empty = true, .fits = body->length == 0 };
    }
    if (body->has_length) {
        bool foreign = has_foreign(body);
        for (int rebuild = 0; rebuild <= (body->boundary.length > 0 ? 1 : 0); rebuild++) {
            for (int with_foreign = 0; with_foreign <= (foreign ? 1 : 0); with_foreign++) {
                for (int second = 0; second <= (may_drop_first ? 1 : 0); second++) {
                    /*
                     * Only a multipart body begins with a line end. If blank lines were lost, this one was
                     * added by the copy.
                     */
                    bool keeps_first = body->boundary.length > 0 && !rebuild;
                    sf_log_body_form form = {
                        .rebuilds = rebuild,
                        .keeps_foreign = with_foreign,
                        .drops_first = may_drop_first && keeps_first == (second == 1),
                    };
                    if (fits_some_way(body, &form)) {
                        form.fits = true;
                        return form;
                    }
                }
            }
        }
    }
    return fallback(body, may_drop_first);
}

uint64_t sf_log_body_length(const sf_log_body *body, const sf_log_body_form *form)
{
    return produce(body, form, NULL);
}

void sf_log_body_append(const sf_log_body *body, const sf_log_body_form *form, GByteArray *out)
{
    produce(body, form, out);
}

bool sf_log_body_is_masked(const sf_log_body *body)
{
    static const sf_slice stars = SF_LITERAL_INIT("****");

    for (size_t i = body->first; i < body->last; i++) {
        sf_slice line = sf_slice_trim(sf_log_text_slice(body->text, i));
        if (line.length > 0) {
            return line.length > 2 * stars.length && sf_slice_starts_nocase(line, stars) &&
                   sf_slice_ends_nocase(line, stars);
        }
    }
    return false;
}
