/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Finding messages in prose. Nothing marks where such a message ends, and its Content-Length is often wrong
 * because addresses were shortened. So the kind of the body decides where it ends.
 */
#include "paste.h"

#include "before.h"
#include "log/bytes/copy.h"
#include "part_mark.h"
#include "prefix.h"
#include "sip_text.h"

typedef enum {
    OUTSIDE,
    START, /* a start line; it begins a message only if a header follows */
    HEADERS,
    BODY
} place;

typedef enum {
    BODY_SDP,       /* ends with the last `x=` line */
    BODY_MULTIPART, /* ends with its closing delimiter */
    BODY_OTHER      /* ends after its length or, if that is unknown, at a blank line */
} body_kind;

/* A message may begin so many lines after its head line. */
#define MAX_ANNOUNCED_LINES 12

/* How much longer than its Content-Length a multipart body may be before its end is no longer expected. */
#define MULTIPART_SLACK 8192

struct sf_log_paste {
    const sf_log_format *bare; /* the row of pasted text */
    const sf_log_format *format;
    sf_log_reads *reads;
    sf_log_counts *counts;
    bool only_counts;   /* messages that no head line has announced */
    unsigned announced; /* lines in which the announced message must begin, else 0 */
    place place;
    sf_log_origin origin;
    sf_log_labels labels; /* of lines before the start line */
    sf_log_text text;
    size_t mark;
    size_t indent; /* blanks before the start line: the quotation is indented as a whole */
    size_t taken;  /* those of them that the current line had */
    sf_log_before before;
    sf_log_part part;
    bool is_open;   /* the last line goes on in the next one */
    bool has_gap;   /* an empty line came inside the SDP body, or after it */
    bool has_inner; /* the body can have a message in it */
    bool has_type, has_length;
    bool has[SF_LOG_HEADER_COUNT]; /* headers so far */
    bool has_method;               /* its CSeq is whole */
    body_kind kind;
    char boundary[SF_LOG_MAX_NAME];
    uint64_t length; /* Content-Length, or 0 */
    uint64_t body_bytes;
};

sf_log_paste *sf_log_paste_new(const sf_log_format *format, sf_log_reads *reads, sf_log_counts *counts)
{
    sf_log_paste *paste = g_new0(sf_log_paste, 1);

    paste->bare = paste->format = format;
    paste->reads = reads;
    paste->counts = counts;
    sf_log_text_init(&paste->text);
    return paste;
}

void sf_log_paste_free(sf_log_paste *paste)
{
    sf_log_text_clear(&paste->text);
    g_free(paste);
}

static void forget_origin(sf_log_paste *paste)
{
    memset(&paste->origin, 0, sizeof paste->origin);
    paste->announced = 0;
    sf_log_before_forget(&paste->before);
    paste->format = paste->bare;
}

static void end_message(sf_log_paste *paste, bool is_cut)
{
    bool is_inside = paste->place == HEADERS || paste->place == BODY;

    if (is_inside && paste->only_counts && paste->format == paste->bare) {
        paste->counts->outside++;
    } else if (is_inside) {
        sf_log_reads_add(paste->reads,
                         &(sf_log_read){ paste->format, &paste->origin, &paste->text, paste->mark, is_cut, 0 });
    }
    paste->place = OUTSIDE;
    forget_origin(paste);
}

void sf_log_paste_count_only(sf_log_paste *paste)
{
    paste->only_counts = true;
}

static void add(sf_log_paste *paste, sf_slice text, sf_slice end)
{
    sf_log_text_add(&paste->text, text, end, false);
}

/* The time in what a collector of logs has put before a start line. */
static void take_time(sf_log_paste *paste, sf_slice line)
{
    sf_log_head head;

    if (!paste->origin.stamp.has_clock && sf_log_match("%H%*", line, &head)) {
        paste->origin.stamp = head.stamp;
    }
}

static void outside(sf_log_paste *paste, const sf_log_line *line)
{
    size_t blanks = line->lead > 0 ? line->lead : sf_log_prefix_blanks(line->text);
    sf_slice text = sf_slice_skip(line->text, blanks), first = text;

    if (!sf_log_label_start_line(text, &first) && !sf_log_is_start_line(first)) {
        if (paste->announced > 1) {
            paste->announced--;
        } else if (paste->announced == 1) {
            paste->counts->keep_alives++;
            forget_origin(paste);
        } else if (!sf_log_labels_take(&paste->labels, &paste->origin, text)) {
            /* Direction and peer are used only directly before a message. */
            memset(&paste->origin, 0, sizeof paste->origin);
        }
        sf_log_before_keep(&paste->before, line->whole);
        sf_log_part_begin(&paste->part, line->whole);
        return;
    }
    if (!sf_log_is_start_line(first)) {
        return;
    }
    sf_log_text_reset(&paste->text);
    paste->place = START;
    paste->indent = line->lead > 0 ? 0 : paste->taken + blanks;
    if (line->whole.length > text.length) {
        take_time(paste, line->whole);
    }
    if (paste->announced == 0) {
        sf_log_before_read(&paste->before, sf_slice_head(line->text, line->lead), &paste->origin);
    }
    sf_log_before_forget(&paste->before);
    paste->origin.line = paste->announced > 0 ? paste->origin.line : line->number;
    paste->mark = SF_LOG_NO_MARK;
    paste->has_type = paste->has_length = paste->has_method = paste->has_inner = paste->has_gap = false;
    paste->is_open = false;
    memset(paste->has, 0, sizeof paste->has);
    paste->kind = BODY_OTHER;
    paste->boundary[0] = '\0';
    paste->length = 0;
    paste->body_bytes = 0;
    add(paste, first, line->end);
}

static void note_content_type(sf_log_paste *paste, sf_slice value)
{
    sf_slice boundary = sf_log_boundary(value);

    paste->has_type = true;
    paste->has_inner = sf_slice_starts_nocase(value, SF_LITERAL("message/")) ||
                       sf_slice_starts_nocase(value, SF_LITERAL("text/"));
    if (boundary.length > 0 && boundary.length < sizeof paste->boundary) {
        sf_log_copy_string(paste->boundary, sizeof paste->boundary, boundary);
        paste->kind = BODY_MULTIPART;
    } else if (sf_slice_starts_nocase(value, SF_LITERAL("application/sdp"))) {
        paste->kind = BODY_SDP;
    }
}

static void note_header(sf_log_paste *paste, sf_slice line)
{
    sf_slice value;

    sf_log_header header = sf_log_header_read(line, &value);
    if (header != SF_LOG_HEADER_COUNT) {
        paste->has[header] = true;
    }
    switch (header) {
    case SF_LOG_HEADER_CONTENT_LENGTH:
        paste->has_length = sf_slice_decimal(value, UINT32_MAX, &paste->length) == SF_OK;
        break;
    case SF_LOG_HEADER_CONTENT_TYPE:
        note_content_type(paste, value);
        break;
    case SF_LOG_HEADER_CSEQ:
        paste->has_method = sf_slice_find(value, ' ') < value.length;
        break;
    default:
        break;
    }
}

/* The body ends inside a line, without a line end, and the next message begins there. */
static void end_inside(sf_log_paste *paste, const sf_log_line *line)
{
    sf_log_line rest = *line;

    add(paste, sf_slice_head(line->text, line->lead), (sf_slice){ "", 0 });
    end_message(paste, false);
    rest.text = rest.whole = sf_slice_skip(line->text, line->lead);
    rest.lead = 0;
    outside(paste, &rest);
}

/* An empty line between two lines of SDP, as web pages put it there: only if the body is still too short. */
static bool is_gap(const sf_log_paste *paste, sf_slice text)
{
    return paste->kind == BODY_SDP && text.length == 0 && !paste->has_gap && paste->body_bytes > 0 &&
           paste->has_length && paste->body_bytes < paste->length;
}

/* True if a line of a body is the start line of the next message. One that is in the body is not announced before it. */
static bool begins_message(const sf_log_paste *paste, const sf_log_line *line)
{
    bool is_next = line->is_start && (line->lead > 0 || !paste->has_inner);
    return is_next || (sf_log_is_start_line(line->text) && paste->body_bytes >= paste->length);
}

static void body(sf_log_paste *paste, const sf_log_line *line)
{
    sf_slice boundary = { paste->boundary, strlen(paste->boundary) };
    bool is_closing = false;

    if (line->lead > 0 && paste->has_length && paste->body_bytes + line->lead == paste->length) {
        end_inside(paste, line);
        return;
    }
    if (sf_log_is_record_end(line->text)) {
        end_message(paste, false);
        return;
    }
    if (is_gap(paste, line->text)) {
        paste->has_gap = true;
        return;
    }
    paste->has_gap = paste->has_gap && !sf_log_is_sdp_line(line->text);
    bool is_over = begins_message(paste, line);
    switch (paste->kind) {
    case BODY_SDP:
        is_over = !sf_log_is_sdp_line(line->text) && (line->text.length > 0 || paste->body_bytes > 0);
        break;
    case BODY_MULTIPART:
        is_over = is_over || paste->body_bytes > 2 * paste->length + MULTIPART_SLACK;
        break;
    case BODY_OTHER:
        is_over = is_over || (paste->has_length ? paste->body_bytes >= paste->length
                                                : line->text.length == 0 && paste->body_bytes > 0);
        break;
    }
    if (is_over) {
        end_message(paste, false);
        outside(paste, line);
        return;
    }
    add(paste, line->text, line->end);
    paste->body_bytes += line->text.length + 2;
    paste->has_inner = paste->has_inner || sf_slice_starts_nocase(line->text, SF_LITERAL("Content-Type: message/"));
    if (paste->kind == BODY_MULTIPART && sf_log_is_delimiter(line->text, boundary, &is_closing) && is_closing) {
        end_message(paste, false);
    }
}

static void labeled_body(sf_log_paste *paste, sf_slice first, sf_slice end)
{
    paste->place = BODY;
    paste->mark = sf_log_text_count(&paste->text);
    add(paste, first, end);
    paste->body_bytes = sf_slice_trim(first).length > 0 ? first.length + 2 : 0;
    if (sf_slice_equals(sf_slice_trim(first), SF_LITERAL("-")) && paste->length <= 1) {
        end_message(paste, false);
    }
}

static void headers(sf_log_paste *paste, const sf_log_line *line)
{
    sf_slice text = line->text, value;
    bool is_folded = text.length > 0 && (text.text[0] == ' ' || text.text[0] == '\t');

    if (sf_log_is_record_end(text)) {
        end_message(paste, false);
    } else if (sf_log_label_body(text, &value)) {
        labeled_body(paste, value, line->end);
    } else if (sf_log_is_header_line(text) || (is_folded && sf_slice_trim(text).length > 0)) {
        note_header(paste, text);
        add(paste, text, line->end);
    } else if (text.length == 0 && (paste->has_length ? paste->length > 0 : paste->has_type)) {
        add(paste, text, line->end);
        paste->place = BODY;
    } else if (text.length > 0 && !line->is_start && !sf_log_is_start_line(text) &&
               (paste->length > 0 || sf_log_begins_body(text))) {
        paste->place = BODY;
        body(paste, line);
    } else {
        /* Without a blank line and a length, what follows can be the rest of a damaged message. */
        end_message(paste, text.length > 0 && !sf_log_is_start_line(text) && !paste->has_length);
        outside(paste, line);
    }
}

static void start(sf_log_paste *paste, const sf_log_line *line)
{
    sf_slice again;

    if (sf_log_label_start_line(line->text, &again)) {
        /* The same start line again, with its label, is the same message (log-formats.md 4). */
        if (sf_slice_equals(again, sf_slice_trim(sf_log_text_slice(&paste->text, 0)))) {
            return;
        }
    } else if (sf_log_is_header_line(line->text)) {
        paste->place = HEADERS;
        headers(paste, line);
        return;
    }
    paste->place = OUTSIDE;
    outside(paste, line);
}

void sf_log_paste_announce(sf_log_paste *paste, const sf_log_format *format, const sf_log_origin *origin,
                           const sf_log_line *line, sf_slice first)
{
    sf_log_line inner = *line;

    sf_log_paste_finish(paste);
    sf_log_part_begin(&paste->part, line->whole);
    paste->format = format;
    paste->origin = *origin;
    paste->announced = MAX_ANNOUNCED_LINES;
    if (sf_slice_present(first)) {
        inner.text = first;
        inner.lead = 0;
        paste->taken = 0;
        outside(paste, &inner);
    }
}

static bool lacks_body(const sf_log_paste *paste)
{
    return paste->place == BODY && paste->length > 0 && paste->body_bytes == 0;
}

bool sf_log_paste_continue(sf_log_paste *paste, const sf_log_format *format, const sf_log_line *line, sf_slice first)
{
    if (!lacks_body(paste) || paste->format != format || !sf_slice_present(first) || !sf_log_begins_body(first)) {
        return false;
    }
    sf_log_line inner = *line;
    inner.text = first;
    inner.lead = 0;
    body(paste, &inner);
    return true;
}

bool sf_log_paste_is_in_headers(const sf_log_paste *paste)
{
    return paste->place == HEADERS;
}

void sf_log_paste_close(sf_log_paste *paste)
{
    if (!lacks_body(paste)) {
        sf_log_paste_finish(paste);
    }
}

/* Takes a line that goes on behind the head of the next part, and that head. @return false if it is another line */
static bool take_part(sf_log_paste *paste, const sf_log_line *line)
{
    sf_slice before;

    if (paste->is_open) {
        sf_log_text_join(&paste->text, line->text, line->end);
        paste->body_bytes += paste->place == BODY ? line->text.length : 0;
        paste->is_open = false;
        return true;
    }
    if (!sf_log_part_next(&paste->part, line->text, &before)) {
        return false;
    }
    if (before.length > 0) {
        add(paste, before, line->end);
        paste->body_bytes += paste->place == BODY ? before.length + 2 : 0;
        paste->is_open = true;
    }
    return true;
}

void sf_log_paste_line(sf_log_paste *paste, const sf_log_line *line)
{
    static void (*const steps[])(sf_log_paste *, const sf_log_line *) = {
        [OUTSIDE] = outside,
        [START] = start,
        [HEADERS] = headers,
        [BODY] = body,
    };
    sf_log_line inner = *line;

    if (line->text.length == 0 && line->end.length == 0) {
        return; /* the text ends inside what is before a line */
    }
    if ((paste->place == HEADERS || paste->place == BODY) && take_part(paste, line)) {
        return;
    }
    paste->taken = paste->place == OUTSIDE ? 0 : MIN(paste->indent, sf_log_prefix_blanks(line->text));
    inner.text = sf_slice_skip(line->text, paste->taken);
    steps[paste->place](paste, &inner);
}

static bool body_is_complete(const sf_log_paste *paste)
{
    return paste->place == BODY && paste->kind != BODY_MULTIPART && paste->body_bytes + 2 >= paste->length;
}

void sf_log_paste_idle(sf_log_paste *paste)
{
    if (body_is_complete(paste)) {
        end_message(paste, false);
    }
}

/*
 * True if the headers may be all, although no blank line follows. A log never lacks it; pasted text does, and may lack the
 * Content-Length too, but nothing else that every message has.
 */
static bool headers_are_complete(const sf_log_paste *paste)
{
    if (paste->has_length) {
        return paste->length == 0;
    }
    return paste->format == paste->bare && !paste->has_type && paste->has_method && paste->has[SF_LOG_HEADER_CALL_ID] &&
           paste->has[SF_LOG_HEADER_VIA];
}

void sf_log_paste_finish(sf_log_paste *paste)
{
    bool is_complete = body_is_complete(paste) || (paste->place == HEADERS && headers_are_complete(paste));

    paste->counts->keep_alives += paste->announced > 0 && paste->place == OUTSIDE;
    end_message(paste, !is_complete);
}
