/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The state machine for all formats: a head line, a start line, headers, a body, an end mark. The differences
 * are in the table of format.c.
 */
#include "scanner.h"

#include "dress.h"
#include "follow.h"
#include "log/bytes/decoder.h"
#include "parts.h"
#include "paste.h"
#include "prefix.h"
#include "recognize.h"

/* A record may begin so many lines after its head line, because web pages break long lines. */
#define MAX_HEAD_DISTANCE 3

struct sf_log_scanner {
    const sf_log_format *only; /* the format to look for, or NULL for all */
    const sf_log_format *seen;
    sf_log_counts counts;
    sf_log_decoder decoder;
    sf_log_line_reader lines;
    sf_log_dress *dress;
    sf_log_reads *reads;
    sf_log_parts *parts;
    sf_log_paste *paste;
    sf_log_follow *follow;
    bool has_records; /* another format than pasted text was found or requested */

    sf_log_origin head; /* of the last head line */
    unsigned head_age;  /* lines since then; 0 if there was none */
    sf_log_stamp dated; /* the last one with a date of an entry that begins no record */
    GString *fold;      /* the beginning of a broken head line, or empty */
    unsigned folds;
    sf_log_record record;
};

static void take_line(void *user, const sf_log_line *line);

static void take_raw_line(void *user, const sf_log_line *line)
{
    sf_log_scanner *s = user;
    sf_log_dress_line(s->dress, line);
}

/* The log has a format: bare messages are no longer part of it. */
static void found_records(sf_log_scanner *s)
{
    if (!s->has_records) {
        s->has_records = true;
        sf_log_paste_finish(s->paste);
        sf_log_paste_count_only(s->paste);
    }
}

sf_log_scanner *sf_log_scanner_new(const sf_log_format *format, const sf_log_sink *sink)
{
    sf_log_scanner *s = g_new0(sf_log_scanner, 1);
    const sf_log_format *paste = sf_log_format_find(SF_LITERAL("paste"));

    s->only = format;
    s->reads = sf_log_reads_new(sink, &s->counts);
    s->parts = sf_log_parts_new(s->reads, &s->counts);
    s->paste = sf_log_paste_new(paste, s->reads, &s->counts);
    s->follow = sf_log_follow_new(sf_log_format_find(SF_LITERAL("follow")), s->reads, &s->counts);
    if (format && format != paste) {
        found_records(s);
    }
    s->fold = g_string_new(NULL);
    sf_log_decoder_init(&s->decoder);
    s->dress = sf_log_dress_new(take_line, s);
    sf_log_line_reader_init(&s->lines, take_raw_line, s);
    sf_log_record_init(&s->record, s->reads, sink, &s->counts);
    return s;
}

void sf_log_scanner_free(sf_log_scanner *s)
{
    sf_log_parts_free(s->parts);
    sf_log_paste_free(s->paste);
    sf_log_follow_free(s->follow);
    sf_log_reads_free(s->reads);
    g_string_free(s->fold, TRUE);
    sf_log_decoder_clear(&s->decoder);
    sf_log_line_reader_clear(&s->lines);
    sf_log_dress_free(s->dress);
    sf_log_record_clear(&s->record);
    g_free(s);
}

/* A new entry of the log begins: closes the open record, if there is one. */
static void interrupt_record(sf_log_scanner *s)
{
    if (s->record.format) {
        sf_log_record_close(&s->record, !(s->record.format->traits & SF_LOG_TRAIT_HEAD_ENDS));
    }
}

static bool follows_head(const sf_log_scanner *s)
{
    return s->head_age > 0 && s->head_age <= MAX_HEAD_DISTANCE;
}

/* The day of the entries before is that of a time without a date. */
static void complete_date(const sf_log_scanner *s, sf_log_stamp *stamp)
{
    if (stamp->has_clock && stamp->month == 0 && s->dated.month > 0) {
        stamp->year = s->dated.year;
        stamp->month = s->dated.month;
        stamp->day = s->dated.day;
    }
}

static void open_record(sf_log_scanner *s, const sf_log_format *format, sf_log_event event, const sf_log_head *head,
                        const sf_log_line *line)
{
    sf_log_origin origin = s->head;

    interrupt_record(s);
    if (head->stamp.has_clock || !follows_head(s)) {
        memset(&origin, 0, sizeof origin);
        origin.line = line->number;
    }
    sf_log_origin_read(&origin, head, format);
    complete_date(s, &origin.stamp);
    s->head_age = 0;
    if (format->traits & SF_LOG_TRAIT_BARE) {
        sf_log_origin_direct(&origin, event);
        sf_log_paste_announce(s->paste, format, &origin, line, head->rest);
    } else {
        sf_log_record_open(&s->record, format, event, &origin);
    }
}

/* A start line with the prefix of the log, and a header after it: a message without the entry that announces it. */
static void open_single(sf_log_scanner *s, const sf_log_format *format, const sf_log_head *head,
                        const sf_log_line *line)
{
    if (line->lead > 0) {
        open_record(s, format, SF_LOG_EVENT_OPEN, head, line);
        sf_log_record_prefixed(&s->record, head, line);
    }
}

/*
 * Takes another entry of the log. In formats with end marks, the open record continues after it.
 */
static void note_head(sf_log_scanner *s, const sf_log_format *format, const sf_log_head *head, const sf_log_line *line)
{
    if (s->record.format && !(s->record.format->traits & SF_LOG_TRAIT_HEAD_ENDS)) {
        sf_log_record_foreign(&s->record, line);
    } else {
        interrupt_record(s);
    }
    memset(&s->head, 0, sizeof s->head);
    s->head.line = line->number;
    sf_log_origin_read(&s->head, head, format);
    s->head_age = 1;
    if (head->stamp.month > 0) {
        s->dated = head->stamp;
    }
}

static sf_log_situation situation(const sf_log_scanner *s)
{
    return (sf_log_situation){ s->only, &s->record, follows_head(s), sf_log_paste_is_in_headers(s->paste) };
}

static void begin_fold(sf_log_scanner *s, sf_slice text)
{
    g_string_truncate(s->fold, 0);
    g_string_append_len(s->fold, text.text, (gssize)MIN(text.length, SF_LOG_MAX_NOTE));
    s->folds = 0;
}

static void take_event(sf_log_scanner *s, const sf_log_format *format, sf_log_event event, const sf_log_head *head,
                       const sf_log_line *line)
{
    switch (event) {
    case SF_LOG_EVENT_TEXT:
        break;
    case SF_LOG_EVENT_FOLD:
        begin_fold(s, line->text);
        break;
    case SF_LOG_EVENT_HEAD:
        note_head(s, format, head, line);
        break;
    case SF_LOG_EVENT_OPEN:
    case SF_LOG_EVENT_SENT:
    case SF_LOG_EVENT_RECEIVED:
    case SF_LOG_EVENT_SEEN:
        open_record(s, format, event, head, line);
        break;
    case SF_LOG_EVENT_PART: /* of sf_log_parts_record() */
        break;
    case SF_LOG_EVENT_PREFIXED:
        if (s->record.format == format) {
            sf_log_record_prefixed(&s->record, head, line);
        } else {
            interrupt_record(s);
            open_single(s, format, head, line);
        }
        break;
    case SF_LOG_EVENT_CLOSE:
        if (!s->record.format) {
            s->counts.fragments++;
        } else if (sf_log_record_is_own(&s->record, head)) {
            sf_log_record_close(&s->record, false);
        }
        break;
    }
}

/* Tries the line as the rest of a broken head line. */
static sf_log_event recognize_folded(sf_log_scanner *s, sf_slice text, const sf_log_format **format, sf_log_head *head)
{
    // cppcheck-suppress variableScope ; it is the length before the line is appended
    size_t before = s->fold->len;

    g_string_append_len(s->fold, text.text, (gssize)MIN(text.length, SF_LOG_MAX_NOTE));
    sf_log_situation now = situation(s);
    sf_log_event event = sf_log_recognize(&now, (sf_slice){ s->fold->str, s->fold->len }, format, head);
    if (event == SF_LOG_EVENT_FOLD && ++s->folds < SF_LOG_MAX_FOLDS) {
        return event;
    }
    if (event == SF_LOG_EVENT_FOLD || event == SF_LOG_EVENT_TEXT) {
        g_string_truncate(s->fold, before);
        event = SF_LOG_EVENT_TEXT;
    }
    return event;
}

/* Takes a line of a followed stream. @return false if it is something else */
static bool take_followed(sf_log_scanner *s, const sf_log_line *line)
{
    const sf_log_format *format = sf_log_follow_format(s->follow);

    if (s->only && s->only != format) {
        return false;
    }
    sf_log_follow_answer answer = sf_log_follow_line(s->follow, line);
    if (answer == SF_LOG_FOLLOW_BEGIN) {
        s->seen = s->seen ? s->seen : format;
        found_records(s);
        interrupt_record(s);
        sf_log_paste_finish(s->paste);
        sf_log_parts_leave(s->parts);
    }
    return answer != SF_LOG_FOLLOW_NO;
}

/* The rules of some formats skip what is before the head. The other lines of a quoted record have it too. */
static void wear_quote(sf_log_scanner *s, const sf_log_line *line)
{
    sf_slice quote = sf_slice_head(line->whole, sf_log_prefix_quote(line->whole));

    if (quote.length > 0) {
        sf_log_dress_wear(s->dress, quote);
    }
}

/* Takes the end of a record with a bare message, and a record with its body. @return false if the line is another */
static bool take_bare(sf_log_scanner *s, const sf_log_format *format, sf_log_event event, const sf_log_head *head,
                      const sf_log_line *line)
{
    if (event == SF_LOG_EVENT_CLOSE) {
        sf_log_paste_close(s->paste);
        return true;
    }
    return sf_log_event_opens(event) && sf_log_paste_continue(s->paste, format, line, head->rest);
}

static void take_line(void *user, const sf_log_line *line)
{
    sf_log_scanner *s = user;
    const sf_log_format *format = NULL;
    sf_log_head head;
    bool is_fold = s->fold->len > 0;

    if (take_followed(s, line)) {
        return;
    }
    if (follows_head(s) && line->text.length > 0) {
        s->head_age++;
    }
    if (is_fold && !sf_slice_starts_nocase(line->text, SF_LITERAL("TL_"))) {
        sf_log_event event = recognize_folded(s, line->text, &format, &head);
        if (event == SF_LOG_EVENT_FOLD) {
            return;
        }
        if (event != SF_LOG_EVENT_TEXT) {
            take_event(s, format, event, &head, line);
            g_string_truncate(s->fold, 0);
            return;
        }
    }
    g_string_truncate(s->fold, 0);
    sf_log_situation now = situation(s);
    size_t prefix;
    sf_log_event event = sf_log_recognize_line(&now, line, &prefix, &format, &head);
    if (prefix > 0) {
        sf_log_dress_wear(s->dress, sf_slice_head(line->whole, prefix));
    }
    if (s->record.format && event == SF_LOG_EVENT_HEAD) {
        event = sf_log_recognize_head(&now, line->text, &format, &head);
    }
    if (event == SF_LOG_EVENT_CLOSE && !s->record.format && !s->has_records) {
        s->counts.fragments += !(format->traits & SF_LOG_TRAIT_LABELED);
        sf_log_paste_line(s->paste, line);
    } else if (event == SF_LOG_EVENT_HEAD && !s->has_records) {
        /* Entries of many logs look alike. One that begins no record does not prove that bare messages do not matter. */
        take_event(s, format, event, &head, line);
        sf_log_paste_line(s->paste, line);
    } else if (event != SF_LOG_EVENT_TEXT) {
        if (!s->seen) {
            s->seen = format;
        }
        found_records(s);
        if (format->traits & SF_LOG_TRAIT_BARE && take_bare(s, format, event, &head, line)) {
            return;
        }
        sf_log_paste_finish(s->paste);
        sf_log_parts_leave(s->parts);
        if (format->traits & SF_LOG_TRAIT_PARTS) {
            interrupt_record(s);
            wear_quote(s, line);
            sf_log_parts_record(s->parts, format, event, &head, line);
        } else {
            take_event(s, format, event, &head, line);
        }
    } else if (s->record.format && line->is_foreign) {
        sf_log_record_foreign(&s->record, line);
    } else if (s->record.format) {
        sf_log_record_text(&s->record, line);
    } else if (!line->is_foreign && !sf_log_parts_line(s->parts, line)) {
        sf_log_paste_line(s->paste, line);
    }
}

void sf_log_scanner_push(sf_log_scanner *s, sf_slice bytes)
{
    sf_log_line_reader_push(&s->lines, sf_log_decode(&s->decoder, bytes));
    s->counts.shortened_lines = s->lines.shortened;
}

void sf_log_scanner_idle(sf_log_scanner *s)
{
    sf_log_dress_flush(s->dress);
    if (s->lines.held->len == 0) {
        sf_log_parts_idle(s->parts);
        sf_log_follow_idle(s->follow);
    }
    sf_log_paste_idle(s->paste);
    if (s->lines.held->len == 0 && sf_log_record_looks_complete(&s->record)) {
        sf_log_record_close(&s->record, false);
    }
}

void sf_log_scanner_next_file(sf_log_scanner *s)
{
    sf_log_line_reader_push(&s->lines, sf_log_decode_end(&s->decoder));
    sf_log_decoder_restart(&s->decoder);
    s->lines.number = 0;
}

void sf_log_scanner_finish(sf_log_scanner *s)
{
    sf_log_scanner_next_file(s);
    sf_log_line_reader_finish(&s->lines);
    sf_log_dress_finish(s->dress);
    sf_log_record_close(&s->record, true);
    sf_log_parts_finish(s->parts);
    sf_log_paste_finish(s->paste);
    sf_log_follow_finish(s->follow);
    sf_log_reads_finish(s->reads);
    s->lines.number = 0;
}

const sf_log_counts *sf_log_scanner_counts(const sf_log_scanner *s)
{
    return &s->counts;
}

const sf_log_format *sf_log_scanner_format(const sf_log_scanner *s)
{
    return s->seen;
}
