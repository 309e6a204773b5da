/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The one machine that all formats drive: a head line, a start line, headers,
 * a body, an end mark. What differs stands in the table of format.c.
 */
#include "scanner.h"

#include "decoder.h"
#include "end.h"
#include "labels.h"
#include "layout.h"
#include "line.h"
#include "paste.h"
#include "reads.h"
#include "sip_text.h"

/* So many lines behind its head line a record may begin: web pages break long lines. */
#define MAX_HEAD_DISTANCE 3

struct sf_log_scanner {
    const sf_log_format *only; /* the format to look for, or NULL for all */
    const sf_log_format *seen;
    sf_log_sink sink;
    sf_log_counts counts;
    sf_log_decoder decoder;
    sf_log_line_reader lines;
    sf_log_reads *reads;
    sf_log_paste *paste; /* NULL once the log shows another format, or if that is asked for */

    sf_log_origin head; /* of the last head line */
    unsigned head_age;  /* lines since; 0 = there was none */
    GString *fold;      /* a head line whose rest is to come, or empty */
    unsigned folds;

    /* The open record. */
    const sf_log_format *format; /* NULL if none is open */
    sf_log_origin origin;
    sf_log_labels labels;
    sf_log_text text;
    size_t mark;
    bool started; /* its start line was seen, or it carries on an earlier read */
};

static void take_line(void *user, const sf_log_line *line);

G_STATIC_ASSERT(SF_LOG_MAX_TEXT > SF_LOG_MAX_LINE + 1);

sf_log_scanner *sf_log_scanner_new(const sf_log_format *format, const sf_log_sink *sink)
{
    sf_log_scanner *s = g_new0(sf_log_scanner, 1);

    s->only = format;
    s->sink = *sink;
    s->reads = sf_log_reads_new(sink, &s->counts);
    if (!format || !format->rules) {
        s->paste = sf_log_paste_new(sf_log_format_find("paste"), s->reads);
    }
    s->fold = g_string_new(NULL);
    sf_log_decoder_init(&s->decoder);
    sf_log_line_reader_init(&s->lines, take_line, s);
    sf_log_text_init(&s->text);
    return s;
}

void sf_log_scanner_free(sf_log_scanner *s)
{
    g_clear_pointer(&s->paste, sf_log_paste_free);
    sf_log_reads_free(s->reads);
    g_string_free(s->fold, TRUE);
    sf_log_decoder_clear(&s->decoder);
    sf_log_line_reader_clear(&s->lines);
    sf_log_text_clear(&s->text);
    g_free(s);
}

/* Takes over what a head line tells; what it does not tell stays as it is in `origin`. */
static void read_head(const sf_log_head *head, const sf_log_format *format, sf_log_origin *origin)
{
    if (head->stamp.year > 0) {
        origin->stamp = head->stamp;
    }
    if (sf_slice_present(head->local)) {
        sf_log_end_read(head->local, head->local_port, &origin->local);
    }
    if (sf_slice_present(head->remote)) {
        sf_log_end_read(head->remote, head->remote_port, &origin->remote);
    }
    if (sf_slice_present(head->process)) {
        sf_log_copy_string(origin->process, sizeof origin->process, head->process);
        sf_log_copy_string(origin->thread, sizeof origin->thread, head->thread);
    } else if (sf_slice_present(head->thread)) {
        sf_log_copy_string(origin->thread, sizeof origin->thread, head->thread);
    }
    if (sf_slice_present(head->correlation)) {
        sf_log_copy_string(origin->correlation, sizeof origin->correlation, head->correlation);
    }
    if (sf_slice_present(head->machine)) {
        /* `[0]` is a processor; `[pool\machine]` names who wrote the entry, in UTC (FORMATS.md 2.1). */
        uint64_t processor;
        bool named = sf_slice_decimal(head->machine, UINT64_MAX, &processor) == SF_MALFORMED;
        size_t slash = sf_slice_find_last(head->machine, '\\');
        sf_slice name = slash < head->machine.length ? sf_slice_skip(head->machine, slash + 1) : head->machine;
        sf_log_copy_string(origin->machine, sizeof origin->machine,
                           named ? sf_slice_trim(name) : (sf_slice){ "", 0 });
        origin->utc = named && format->zone == SF_LOG_ZONE_BY_MACHINE;
    }
    if (head->has_bytes) {
        origin->bytes = head->bytes;
        origin->has_bytes = true;
    }
    origin->utc = origin->utc || format->zone == SF_LOG_ZONE_UTC;
}

static const char *note_or_null(const sf_log_labels *labels, sf_log_note note)
{
    return labels->notes[note][0] ? labels->notes[note] : NULL;
}

/* A record without a message: a diagnostic of one, or something else. */
static void close_without_message(sf_log_scanner *s)
{
    const sf_log_labels *labels = &s->labels;

    if (labels->notes[SF_LOG_NOTE_CALL_ID][0] == '\0') {
        if (s->format->traits & SF_LOG_TRAIT_LABELLED) {
            s->counts.others++;
        } else {
            s->counts.keep_alives++;
        }
        return;
    }
    sf_log_diagnostic diagnostic = {
        .origin = &s->origin,
        .severity = note_or_null(labels, SF_LOG_NOTE_SEVERITY),
        .text = note_or_null(labels, SF_LOG_NOTE_TEXT),
        .result = note_or_null(labels, SF_LOG_NOTE_RESULT),
        .data = note_or_null(labels, SF_LOG_NOTE_DATA),
        .start_line = note_or_null(labels, SF_LOG_NOTE_START_LINE),
        .call_id = labels->notes[SF_LOG_NOTE_CALL_ID],
        .cseq = labels->notes[SF_LOG_NOTE_CSEQ],
    };
    s->counts.diagnostics++;
    s->sink.diagnostic(s->sink.user, &diagnostic);
}

/*
 * The mark `|` behind the last byte of a message (FORMATS.md 5): on a line of its own, or glued to
 * the last line. Only the last line that is not blank can bear it.
 * @return false if it is not there: the record was cut
 */
static bool take_end_bar(sf_log_text *text)
{
    size_t count = sf_log_text_count(text);

    while (count > 0 && sf_slice_trim(sf_log_text_slice(text, count - 1)).length == 0) {
        count--;
    }
    if (count == 0) {
        return false;
    }
    sf_slice last = sf_log_text_slice(text, count - 1);
    sf_slice trimmed = sf_slice_trim(last);
    if (trimmed.text[trimmed.length - 1] != '|') {
        return false;
    }
    if (trimmed.length == 1) {
        g_array_set_size(text->lines, (guint)(count - 1));
    } else {
        sf_log_text_line *line = sf_log_text_at(text, count - 1);
        line->length = (uint32_t)(trimmed.text - last.text + (ptrdiff_t)trimmed.length - 1);
        line->end_length = 0;
        g_array_set_size(text->lines, (guint)count);
    }
    return true;
}

static void close_record(sf_log_scanner *s, bool cut)
{
    const sf_log_format *format = s->format;

    if (!format) {
        return;
    }
    if (!s->started) {
        close_without_message(s);
    } else {
        if (format->traits & SF_LOG_TRAIT_BLANK_PREFIX) {
            cut = !take_end_bar(&s->text);
        }
        sf_log_reads_add(s->reads, format, &s->origin, &s->text, s->mark, cut);
    }
    s->format = NULL;
}

/* A new entry of the log begins while a record is open. */
static void interrupt_record(sf_log_scanner *s)
{
    if (s->format) {
        close_record(s, !(s->format->traits & SF_LOG_TRAIT_HEAD_ENDS));
    }
}

static void open_record(sf_log_scanner *s, const sf_log_format *format, sf_log_event event,
                        const sf_log_head *head, const sf_log_line *line)
{
    interrupt_record(s);
    if (head->stamp.year > 0 || s->head_age == 0) {
        memset(&s->origin, 0, sizeof s->origin);
        s->origin.line = line->number;
    } else {
        s->origin = s->head;
    }
    read_head(head, format, &s->origin);
    if (event != SF_LOG_EVENT_OPEN) {
        s->origin.direction = event == SF_LOG_EVENT_SENT ? SF_LOG_DIRECTION_SENT : SF_LOG_DIRECTION_RECEIVED;
    }
    s->format = format;
    s->started = false;
    s->mark = SF_LOG_NO_MARK;
    s->head_age = 0;
    sf_log_text_reset(&s->text);
    sf_log_labels_clear(&s->labels);
}

static void note_head(sf_log_scanner *s, const sf_log_format *format, const sf_log_head *head,
                      const sf_log_line *line)
{
    interrupt_record(s);
    memset(&s->head, 0, sizeof s->head);
    s->head.line = line->number;
    read_head(head, format, &s->head);
    s->head_age = 1;
}

static bool add_start(sf_log_scanner *s, sf_slice text, const sf_log_line *line)
{
    if (!sf_log_is_start_line(text)) {
        return false;
    }
    sf_log_text_add(&s->text, text, line->end, false);
    s->started = true;
    return true;
}

/* A line of the record in front of its start line. */
static void take_front_line(sf_log_scanner *s, const sf_log_line *line)
{
    sf_slice text = line->text, start;

    if (s->format->traits & SF_LOG_TRAIT_BLANK_PREFIX) {
        text = sf_slice_trim(text);
        if (text.length > 0 && text.text[0] == '|') {
            add_start(s, sf_slice_skip(text, 1), line);
        }
        return;
    }
    if (add_start(s, text, line)) {
        return;
    }
    if (s->format->traits & SF_LOG_TRAIT_LABELLED) {
        if (sf_log_label_start_line(text, &start)) {
            add_start(s, start, line);
        } else {
            sf_log_labels_take(&s->labels, &s->origin, text);
        }
    } else if (text.length > 0 || sf_log_reads_expect_more(s->reads, &s->origin)) {
        /* The rest of a message: of the last read, or of one whose beginning is not in the log. */
        sf_log_text_add(&s->text, text, line->end, false);
        s->started = true;
    }
}

static void take_text(sf_log_scanner *s, const sf_log_line *line)
{
    sf_slice text = line->text, body;

    if (!s->started) {
        take_front_line(s, line);
        return;
    }
    if (s->format->traits & SF_LOG_TRAIT_BLANK_PREFIX && text.length > 0 && text.text[0] == ' ') {
        text = sf_slice_skip(text, 1);
    }
    if (s->format->traits & SF_LOG_TRAIT_LABELLED && s->mark == SF_LOG_NO_MARK && sf_log_label_body(text, &body)) {
        s->mark = sf_log_text_count(&s->text);
        text = body;
    }
    sf_log_text_add(&s->text, text, line->end, false);
}

/* Entries of other threads come between; those of the same one are text with the log's prefix (FORMATS.md 1.3). */
static bool same_thread(const sf_log_scanner *s, const sf_log_head *head)
{
    return !sf_slice_present(head->thread) || s->origin.thread[0] == '\0' ||
           sf_slice_equals_nocase(head->thread, (sf_slice){ s->origin.thread, strlen(s->origin.thread) });
}

static void take_prefixed(sf_log_scanner *s, const sf_log_head *head, const sf_log_line *line)
{
    bool own = same_thread(s, head);

    if (own && add_start(s, head->rest, line)) {
        return;
    }
    if (own && !s->started && sf_log_reads_expect_more(s->reads, &s->origin)) {
        sf_log_text_add(&s->text, head->rest, line->end, false);
        s->started = true;
    } else if (s->started) {
        sf_log_text_add(&s->text, line->text, line->end, true);
    }
}

static void begin_fold(sf_log_scanner *s, sf_slice text)
{
    interrupt_record(s);
    g_string_truncate(s->fold, 0);
    g_string_append_len(s->fold, text.text, (gssize)MIN(text.length, SF_LOG_MAX_NOTE));
    s->folds = 0;
}

static void take_event(sf_log_scanner *s, const sf_log_format *format, sf_log_event event,
                       const sf_log_head *head, const sf_log_line *line)
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
        open_record(s, format, event, head, line);
        break;
    case SF_LOG_EVENT_PREFIXED:
        if (s->format) {
            take_prefixed(s, head, line);
        }
        break;
    case SF_LOG_EVENT_CLOSE:
        if (!s->format) {
            s->counts.fragments++;
        } else if (same_thread(s, head)) {
            close_record(s, false);
        }
        break;
    }
}

/* A begin without a time of its own needs a head line right before it. */
static bool lacks_head(const sf_log_scanner *s, sf_log_event event, const sf_log_head *head)
{
    bool opens = event == SF_LOG_EVENT_OPEN || event == SF_LOG_EVENT_SENT || event == SF_LOG_EVENT_RECEIVED;
    return opens && head->stamp.year == 0 && (s->head_age == 0 || s->head_age > MAX_HEAD_DISTANCE);
}

/* Finds the format in which the line means something. */
static sf_log_event recognise(const sf_log_scanner *s, sf_slice text, const sf_log_format **format,
                              sf_log_head *head)
{
    const sf_log_format *only = s->format ? s->format : s->only;

    for (*format = only ? only : sf_log_formats; (*format)->name; (*format)++) {
        sf_log_event event = sf_log_format_match(*format, text, head);
        if (event != SF_LOG_EVENT_TEXT && !lacks_head(s, event, head)) {
            return event;
        }
        if (only) {
            break;
        }
    }
    return SF_LOG_EVENT_TEXT;
}

/* Tries the line as the rest of a head line that was broken. */
static sf_log_event recognise_folded(sf_log_scanner *s, sf_slice text, const sf_log_format **format,
                                     sf_log_head *head)
{
    size_t before = s->fold->len;

    g_string_append_len(s->fold, text.text, (gssize)MIN(text.length, SF_LOG_MAX_NOTE));
    sf_log_event event = recognise(s, (sf_slice){ s->fold->str, s->fold->len }, format, head);
    if (event == SF_LOG_EVENT_FOLD && ++s->folds < SF_LOG_MAX_FOLDS) {
        return event;
    }
    if (event == SF_LOG_EVENT_FOLD || event == SF_LOG_EVENT_TEXT) {
        g_string_truncate(s->fold, before);
        event = SF_LOG_EVENT_TEXT;
    }
    return event;
}

static void take_line(void *user, const sf_log_line *line)
{
    sf_log_scanner *s = user;
    const sf_log_format *format = NULL;
    sf_log_head head;
    bool folded = s->fold->len > 0;

    if (s->head_age > 0 && s->head_age <= MAX_HEAD_DISTANCE) {
        s->head_age++;
    }
    if (folded && !sf_slice_starts_nocase(line->text, SF_LITERAL("TL_"))) {
        sf_log_event event = recognise_folded(s, line->text, &format, &head);
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
    sf_log_event event = recognise(s, line->text, &format, &head);
    if (s->format && event == SF_LOG_EVENT_HEAD) {
        /* The entry that begins here may be of another format of the same log. */
        interrupt_record(s);
        event = recognise(s, line->text, &format, &head);
    }
    if (event == SF_LOG_EVENT_CLOSE && !s->format && s->paste) {
        s->counts.fragments += !(format->traits & SF_LOG_TRAIT_LABELLED);
        sf_log_paste_line(s->paste, line);
    } else if (event != SF_LOG_EVENT_TEXT) {
        if (!s->seen) {
            s->seen = format;
        }
        if (s->paste) {
            sf_log_paste_finish(s->paste);
            g_clear_pointer(&s->paste, sf_log_paste_free);
        }
        take_event(s, format, event, &head, line);
    } else if (s->format) {
        take_text(s, line);
    } else if (s->paste) {
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
    if (s->paste) {
        sf_log_paste_idle(s->paste);
    }
    if (s->format && s->format->traits & SF_LOG_TRAIT_BLANK_PREFIX && s->started && s->lines.held->len == 0) {
        sf_slice last = sf_slice_trim(sf_log_text_slice(&s->text, sf_log_text_count(&s->text) - 1));
        if (last.length > 0 && last.text[last.length - 1] == '|') {
            close_record(s, false);
        }
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
    if (s->format) {
        close_record(s, true);
    }
    if (s->paste) {
        sf_log_paste_finish(s->paste);
    }
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
