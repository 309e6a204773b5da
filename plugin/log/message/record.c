/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Collecting the lines of a record, and passing on its content.
 */
#include "record.h"

#include "layout.h"
#include "sip_text.h"

G_STATIC_ASSERT(SF_LOG_MAX_TEXT > SF_LOG_MAX_LINE + 1);

void sf_log_record_init(sf_log_record *record, sf_log_reads *reads, const sf_log_sink *sink, sf_log_counts *counts)
{
    memset(record, 0, sizeof *record);
    sf_log_text_init(&record->text);
    record->reads = reads;
    record->sink = *sink;
    record->counts = counts;
}

void sf_log_record_clear(sf_log_record *record)
{
    sf_log_text_clear(&record->text);
}

void sf_log_record_open(sf_log_record *record, const sf_log_format *format, sf_log_event event,
                        const sf_log_origin *origin)
{
    record->format = format;
    record->origin = *origin;
    sf_log_origin_direct(&record->origin, event);
    record->has_started = false;
    record->mark = SF_LOG_NO_MARK;
    sf_log_text_reset(&record->text);
    sf_log_labels_clear(&record->labels);
}

static bool add_start(sf_log_record *record, sf_slice text, const sf_log_line *line)
{
    if (!sf_log_is_start_line(text)) {
        return false;
    }
    sf_log_text_add(&record->text, text, line->end, false);
    record->has_started = true;
    return true;
}

/* Takes a line before the start line. */
static void take_front_line(sf_log_record *record, const sf_log_line *line)
{
    sf_slice text = line->text, start;

    if (record->format->traits & SF_LOG_TRAIT_BLANK_PREFIX) {
        text = sf_slice_trim(text);
        if (text.length > 0 && text.text[0] == '|') {
            add_start(record, sf_slice_skip(text, 1), line);
        }
        return;
    }
    if (add_start(record, text, line)) {
        return;
    }
    if (record->format->traits & SF_LOG_TRAIT_LABELED) {
        if (sf_log_label_start_line(text, &start)) {
            add_start(record, start, line);
        } else {
            sf_log_labels_take(&record->labels, &record->origin, text);
        }
    } else if (text.length > 0 || sf_log_reads_expect_more(record->reads, &record->origin)) {
        /* The rest of a message from an earlier read, or of one whose beginning is not in the log. */
        sf_log_text_add(&record->text, text, line->end, false);
        record->has_started = true;
    }
}

void sf_log_record_text(sf_log_record *record, const sf_log_line *line)
{
    sf_slice text = line->text, body;

    if (!record->has_started) {
        take_front_line(record, line);
        return;
    }
    if (record->format->traits & SF_LOG_TRAIT_BLANK_PREFIX && text.length > 0 && text.text[0] == ' ') {
        text = sf_slice_skip(text, 1);
    }
    if (record->format->traits & SF_LOG_TRAIT_LABELED && record->mark == SF_LOG_NO_MARK &&
        sf_log_label_body(text, &body)) {
        record->mark = sf_log_text_count(&record->text);
        text = body;
    }
    sf_log_text_add(&record->text, text, line->end, false);
}

/*
 * Entries of other threads come between. Lines of the same thread are text with the prefix of the log
 * (log-formats.md 1.3).
 */
bool sf_log_record_is_own(const sf_log_record *record, const sf_log_head *head)
{
    sf_slice thread = { record->origin.thread, strlen(record->origin.thread) };

    return !sf_slice_present(head->thread) || thread.length == 0 || sf_slice_equals_nocase(head->thread, thread);
}

void sf_log_record_foreign(sf_log_record *record, const sf_log_line *line)
{
    if (record->has_started) {
        sf_log_text_add(&record->text, line->text, line->end, true);
    }
}

void sf_log_record_prefixed(sf_log_record *record, const sf_log_head *head, const sf_log_line *line)
{
    bool is_own = sf_log_record_is_own(record, head);

    if (is_own && add_start(record, head->rest, line)) {
        return;
    }
    if (is_own && !record->has_started && sf_log_reads_expect_more(record->reads, &record->origin)) {
        sf_log_text_add(&record->text, head->rest, line->end, false);
        record->has_started = true;
    } else {
        sf_log_record_foreign(record, line);
    }
}

static const char *note_or_null(const sf_log_labels *labels, sf_log_note note)
{
    return labels->notes[note][0] ? labels->notes[note] : NULL;
}

/* For a record without a message: it is a diagnostic record or something else. */
static void close_without_message(sf_log_record *record)
{
    const sf_log_labels *labels = &record->labels;

    if (labels->notes[SF_LOG_NOTE_CALL_ID][0] == '\0') {
        if (record->format->traits & SF_LOG_TRAIT_LABELED) {
            record->counts->others++;
        } else {
            record->counts->keep_alives++;
        }
        return;
    }
    sf_log_diagnostic diagnostic = {
        .origin = &record->origin,
        .severity = note_or_null(labels, SF_LOG_NOTE_SEVERITY),
        .text = note_or_null(labels, SF_LOG_NOTE_TEXT),
        .result = note_or_null(labels, SF_LOG_NOTE_RESULT),
        .data = note_or_null(labels, SF_LOG_NOTE_DATA),
        .start_line = note_or_null(labels, SF_LOG_NOTE_START_LINE),
        .call_id = labels->notes[SF_LOG_NOTE_CALL_ID],
        .cseq = labels->notes[SF_LOG_NOTE_CSEQ],
    };
    record->sink.diagnostic(record->sink.user, &diagnostic);
}

/*
 * Removes the mark `|` after the last byte of a message (log-formats.md 5): on a line of its own, or attached
 * to the last line. Only the last line that is not blank can have it.
 * @return false if it is not there, so that the record is incomplete
 */
static bool take_end_bar(sf_log_text *text)
{
    size_t count = sf_log_text_count(text);

    while (count > 0 && (sf_log_text_at(text, count - 1)->is_foreign ||
                         sf_slice_trim(sf_log_text_slice(text, count - 1)).length == 0)) {
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

void sf_log_record_close(sf_log_record *record, bool is_cut)
{
    const sf_log_format *format = record->format;

    if (!format) {
        return;
    }
    if (!record->has_started) {
        close_without_message(record);
    } else {
        if (format->traits & SF_LOG_TRAIT_BLANK_PREFIX) {
            is_cut = !take_end_bar(&record->text);
        }
        sf_log_reads_add(record->reads,
                         &(sf_log_read){ format, &record->origin, &record->text, record->mark, is_cut, 0 });
    }
    record->format = NULL;
}

bool sf_log_record_looks_complete(const sf_log_record *record)
{
    if (!record->format || !record->has_started || !(record->format->traits & SF_LOG_TRAIT_BLANK_PREFIX)) {
        return false;
    }
    sf_slice last = sf_slice_trim(sf_log_text_slice(&record->text, sf_log_text_count(&record->text) - 1));
    return last.length > 0 && last.text[last.length - 1] == '|';
}
