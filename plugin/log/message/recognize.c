/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Trying the formats on a line.
 */
#include "recognize.h"

/* True inside a record that nothing but the next head line ends: that of another log, in a text with several. */
static bool has_open_end(const sf_log_situation *s)
{
    return s->record->format && s->record->format->traits & SF_LOG_TRAIT_HEAD_ENDS;
}

/*
 * True if a line can be what a rule of `format` says. The beginning of a record without a time of its own
 * needs a head line right before it. Inside a record, only the format of the record is possible, unless the
 * record may have ended, or the line is the beginning that a head line announced.
 */
static bool is_possible(const sf_log_situation *s, const sf_log_format *format, sf_log_event event,
                        const sf_log_head *head)
{
    bool is_announced = sf_log_event_opens(event) && !head->stamp.has_clock;
    bool is_certain = (format->traits & (SF_LOG_TRAIT_BARE | SF_LOG_TRAIT_PARTS)) != 0 &&
                      !(format->traits & SF_LOG_TRAIT_TWO_HEADS);

    if (is_announced && !is_certain) {
        return s->follows_head;
    }
    bool is_next = has_open_end(s) && sf_log_event_opens(event) && head->stamp.has_clock;
    return !s->record->format || format == s->record->format || is_next || sf_log_record_looks_complete(s->record);
}

sf_log_event sf_log_recognize(const sf_log_situation *s, sf_slice text, const sf_log_format **format, sf_log_head *head)
{
    const sf_log_format *only = s->only;
    sf_log_anchors anchors;

    /* For most lines, one format is enough. */
    if (s->record->format && !s->follows_head && !has_open_end(s) && !sf_log_record_looks_complete(s->record)) {
        only = s->record->format;
    }
    if (!only) {
        sf_log_formats_anchors(text, &anchors);
    }
    for (*format = only ? only : sf_log_formats; (*format)->title; (*format)++) {
        sf_log_event event = sf_log_format_match(*format, text, only ? NULL : &anchors, head);
        if (event != SF_LOG_EVENT_TEXT && is_possible(s, *format, event, head)) {
            return event;
        }
        if (only) {
            break;
        }
    }
    return SF_LOG_EVENT_TEXT;
}

sf_log_event sf_log_recognize_head(const sf_log_situation *s, sf_slice text, const sf_log_format **format,
                                   sf_log_head *head)
{
    const sf_log_format *first = s->only ? s->only : sf_log_formats;

    for (*format = first; (*format)->title && (*format == first || !s->only); (*format)++) {
        sf_log_event event = sf_log_format_match(*format, text, NULL, head);
        if (event != SF_LOG_EVENT_TEXT) {
            return event;
        }
    }
    return SF_LOG_EVENT_TEXT;
}

/* A collector of logs puts no more words before a line. */
#define MAX_PREFIX_WORDS 16

/* Looks for a head line behind what is before each line of the log. */
static sf_log_event recognize_behind(const sf_log_situation *s, sf_slice line, size_t *prefix,
                                     const sf_log_format **format, sf_log_head *head)
{
    sf_log_anchors anchors;
    unsigned words = 0;

    sf_log_formats_anchors(line, &anchors);
    for (size_t at = 1; anchors.has_some && at < line.length && words < MAX_PREFIX_WORDS; at++) {
        bool begins = strchr(" \t:|>]", line.text[at - 1]) && line.text[at] != ' ' && line.text[at] != '\t';
        words += begins;
        sf_log_event event = begins ? sf_log_recognize(s, sf_slice_skip(line, at), format, head) : SF_LOG_EVENT_TEXT;
        if (event != SF_LOG_EVENT_TEXT && event != SF_LOG_EVENT_FOLD) {
            *prefix = at;
            return event;
        }
    }
    return SF_LOG_EVENT_TEXT;
}

sf_log_event sf_log_recognize_line(const sf_log_situation *s, const sf_log_line *line, size_t *prefix,
                                   const sf_log_format **format, sf_log_head *head)
{
    bool has_prefix = line->text.text != line->whole.text;
    *prefix = 0;
    sf_log_event event = sf_log_recognize(s, has_prefix ? line->whole : line->text, format, head);

    if (event == SF_LOG_EVENT_TEXT && has_prefix) {
        event = sf_log_recognize(s, line->text, format, head);
    } else if (has_prefix && sf_log_event_opens(event) && !head->stamp.has_clock) {
        /* The rule may have skipped the prefix, and with it what another one knows. */
        const sf_log_format *inner_format = NULL;
        sf_log_head inner;
        sf_log_event inner_event = sf_log_recognize(s, line->text, &inner_format, &inner);
        if (sf_log_event_opens(inner_event) && inner.stamp.has_clock) {
            *format = inner_format;
            *head = inner;
            event = inner_event;
        }
    }
    return event == SF_LOG_EVENT_TEXT && !s->record->format && !s->is_in_headers
               ? recognize_behind(s, line->whole, prefix, format, head)
               : event;
}
