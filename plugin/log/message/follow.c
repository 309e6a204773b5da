/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Finding the pieces of a stream. A piece is a read of its connection; reads.c joins them to messages.
 *
 * A line of digits can also be in a body. The number of bytes of the piece says which it is. It was counted before the
 * text went through editors and mails, which change the ends of lines, so more than one way to count them may be right.
 */
#include "follow.h"

#include "prefix.h"

#include <glib.h>

/* Where a line is in such text. The first four lines have a fixed order. */
typedef enum { OUTSIDE, AFTER_TITLE, AFTER_FILTER, AFTER_FIRST_END, BETWEEN, INSIDE } place;

/* The longest number of bytes of a piece. */
#define MAX_DIGITS 10

/* The line before and after such text. */
#define MIN_RULE 40

/* Blanks and `>` before each line of a quotation. */
#define MAX_QUOTE 32

struct sf_log_follow {
    const sf_log_format *format;
    sf_log_reads *reads;
    sf_log_counts *counts;
    place place;
    int end;               /* that has sent the current piece */
    char quote[MAX_QUOTE]; /* before each line */
    size_t quote_length;
    sf_log_end ends[2];
    char transport[SF_LOG_MAX_SCHEME];
    sf_log_origin origin; /* of the current piece */
    sf_log_text text;
    bool has_text;         /* a line of it is not empty */
    uint64_t lines, bytes; /* of the piece so far, without line ends */
    bool begins_with_lf;   /* the piece before from the same end ended with CR */
    bool lacks_lf[2];      /* the last piece of each end did */
    uint64_t written;      /* the same, with line ends as they are here */
};

sf_log_follow *sf_log_follow_new(const sf_log_format *format, sf_log_reads *reads, sf_log_counts *counts)
{
    sf_log_follow *follow = g_new0(sf_log_follow, 1);

    follow->format = format;
    follow->reads = reads;
    follow->counts = counts;
    sf_log_text_init(&follow->text);
    return follow;
}

void sf_log_follow_free(sf_log_follow *follow)
{
    sf_log_text_clear(&follow->text);
    g_free(follow);
}

const sf_log_format *sf_log_follow_format(const sf_log_follow *follow)
{
    return follow->format;
}

static bool has_label(sf_slice line, sf_slice label)
{
    return sf_slice_equals(sf_slice_head(line, label.length), label);
}

/* `Follow: tcp,ascii`; hexadecimal dumps and others have no text. */
static bool take_title(sf_log_follow *follow, sf_slice line)
{
    static const sf_slice label = SF_LITERAL_INIT("Follow: ");
    sf_slice what = sf_slice_skip(line, label.length);
    size_t comma = sf_slice_find(what, ',');
    sf_slice mode = sf_slice_trim(sf_slice_skip(what, comma + 1));

    if (!has_label(line, label) ||
        (!sf_slice_equals(mode, SF_LITERAL("ascii")) && !sf_slice_equals(mode, SF_LITERAL("utf-8")))) {
        return false;
    }
    sf_slice protocol = sf_slice_head(what, MIN(comma, sizeof follow->transport - 1));
    memset(follow->transport, 0, sizeof follow->transport);
    for (size_t i = 0; i < protocol.length; i++) {
        follow->transport[i] = g_ascii_toupper(protocol.text[i]);
    }
    /* Other protocols say nothing about the transport. */
    if (strcmp(follow->transport, "UDP") != 0 && strcmp(follow->transport, "TCP") != 0 &&
        strcmp(follow->transport, "TLS") != 0) {
        follow->transport[0] = '\0';
    }
    return true;
}

static bool take_end(sf_log_follow *follow, unsigned number, sf_slice line)
{
    static const sf_slice labels[] = { SF_LITERAL_INIT("Node 0: "), SF_LITERAL_INIT("Node 1: ") };

    if (!has_label(line, labels[number])) {
        return false;
    }
    sf_log_end_read(sf_slice_skip(line, labels[number].length), (sf_slice){ NULL, 0 }, &follow->ends[number]);
    if (!follow->ends[number].host[0]) {
        /* tshark does not know the end that has sent nothing in TLS. */
        g_strlcpy(follow->ends[number].host, SF_LOG_UNKNOWN_PEER, sizeof follow->ends[number].host);
    }
    return true;
}

/* Takes the lines before the first piece. */
static sf_log_follow_answer take_head(sf_log_follow *follow, sf_slice line)
{
    place before = follow->place;

    follow->place = OUTSIDE;
    if (before == AFTER_TITLE && has_label(line, SF_LITERAL("Filter: "))) {
        follow->place = AFTER_FILTER;
    } else if (before == AFTER_FILTER && take_end(follow, 0, line)) {
        follow->place = AFTER_FIRST_END;
    } else if (before == AFTER_FIRST_END && take_end(follow, 1, line)) {
        follow->place = BETWEEN;
        follow->lacks_lf[0] = follow->lacks_lf[1] = false;
        return SF_LOG_FOLLOW_BEGIN;
    } else if (take_title(follow, line)) {
        follow->place = AFTER_TITLE;
    }
    return SF_LOG_FOLLOW_NO;
}

/* `137`, with a tab before it for the second end. @return the number of the end, or -1 */
static int read_number(sf_slice line, uint64_t *number)
{
    bool is_second = line.length > 0 && line.text[0] == '\t';
    sf_slice digits = sf_slice_skip(line, is_second ? 1 : 0);

    if (digits.length == 0 || digits.length > MAX_DIGITS || !g_ascii_isdigit(digits.text[0]) ||
        sf_slice_decimal(digits, UINT32_MAX, number) != SF_OK) {
        return -1;
    }
    return is_second ? 1 : 0;
}

static bool is_rule(sf_slice line)
{
    size_t count = 0;

    while (count < line.length && line.text[count] == '=') {
        count++;
    }
    return count >= MIN_RULE && count == line.length;
}

/* The bytes of the piece, if all its lines ended with CR and LF; a LF at its beginning may belong to a CR before. */
static uint64_t with_crlf(const sf_log_follow *follow)
{
    return follow->bytes + 2 * follow->lines - (follow->begins_with_lf ? 1 : 0);
}

/* One line end comes after each piece, whatever the piece ends with. */
static bool has_all_bytes(const sf_log_follow *follow)
{
    uint64_t wanted = follow->origin.bytes;

    return follow->written == wanted + 1 || (with_crlf(follow) >= wanted && with_crlf(follow) <= wanted + 2);
}

/* True if the piece may be over: it has its bytes, or more, because something was done to the text. */
static bool may_end(const sf_log_follow *follow)
{
    return has_all_bytes(follow) || follow->bytes + follow->lines > follow->origin.bytes + 2;
}

static void end_piece(sf_log_follow *follow)
{
    if (follow->place != INSIDE) {
        return;
    }
    follow->place = BETWEEN;
    follow->lacks_lf[follow->end] = with_crlf(follow) == follow->origin.bytes + 1;
    if (!follow->has_text && !sf_log_reads_expect_more(follow->reads, &follow->origin)) {
        follow->counts->keep_alives++;
        return;
    }
    sf_log_reads_add(follow->reads, &(sf_log_read){ follow->format, &follow->origin, &follow->text, SF_LOG_NO_MARK,
                                                    !has_all_bytes(follow), 0 });
}

static void begin_piece(sf_log_follow *follow, int end, uint64_t bytes, uint64_t line)
{
    end_piece(follow);
    memset(&follow->origin, 0, sizeof follow->origin);
    follow->origin.local = follow->ends[end];
    follow->origin.remote = follow->ends[1 - end];
    follow->origin.line = line;
    follow->origin.bytes = bytes;
    follow->origin.has_bytes = true;
    g_strlcpy(follow->origin.transport, follow->transport, sizeof follow->origin.transport);
    sf_log_text_reset(&follow->text);
    follow->end = end;
    follow->has_text = follow->begins_with_lf = false;
    follow->lines = follow->bytes = follow->written = 0;
    follow->place = INSIDE;
}

static void add_line(sf_log_follow *follow, const sf_log_line *line, sf_slice text)
{

    follow->begins_with_lf = follow->begins_with_lf ||
                             (follow->lines == 0 && text.length == 0 && follow->lacks_lf[follow->end]);
    follow->lines++;
    follow->bytes += text.length;
    follow->written += text.length + line->end.length;
    follow->has_text = follow->has_text || text.length > 0;
    if (line->lead > 0) {
        /* A body without a line end at its end, and the next message after it. */
        size_t start = (size_t)(line->text.text - text.text) + line->lead;
        sf_log_text_add(&follow->text, sf_slice_head(text, start), (sf_slice){ "", 0 }, false);
        text = sf_slice_skip(text, start);
    }
    sf_log_text_add(&follow->text, text, line->end, false);
}

static void take_quote(sf_log_follow *follow, sf_slice line)
{
    follow->quote_length = sf_log_prefix_quote(line);
    if (follow->quote_length > 0 && follow->quote_length <= sizeof follow->quote) {
        memcpy(follow->quote, line.text, follow->quote_length);
    } else {
        follow->quote_length = 0;
    }
}

sf_log_follow_answer sf_log_follow_line(sf_log_follow *follow, const sf_log_line *line)
{
    uint64_t bytes = 0;
    sf_slice text = line->whole;

    if (follow->place == OUTSIDE) {
        take_quote(follow, text);
    }
    if (follow->quote_length > 0) {
        sf_log_prefix_take((sf_slice){ follow->quote, follow->quote_length }, &text);
    }
    if (follow->place < BETWEEN) {
        return take_head(follow, text);
    }
    if (follow->place == INSIDE && !may_end(follow)) {
        add_line(follow, line, text);
        return SF_LOG_FOLLOW_YES;
    }
    int end = read_number(text, &bytes);
    if (end >= 0) {
        begin_piece(follow, end, bytes, line->number);
        return SF_LOG_FOLLOW_YES;
    }
    if (is_rule(text) || follow->place == BETWEEN) {
        end_piece(follow);
        follow->place = OUTSIDE;
        return is_rule(text) ? SF_LOG_FOLLOW_YES : SF_LOG_FOLLOW_NO;
    }
    add_line(follow, line, text);
    return SF_LOG_FOLLOW_YES;
}

void sf_log_follow_idle(sf_log_follow *follow)
{
    if (follow->place == INSIDE && has_all_bytes(follow)) {
        end_piece(follow);
    }
}

void sf_log_follow_finish(sf_log_follow *follow)
{
    end_piece(follow);
    follow->place = OUTSIDE;
}
