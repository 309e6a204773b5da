/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The lines of one record, as they are in the log.
 */
#ifndef SF_LOG_MESSAGE_TEXT_H
#define SF_LOG_MESSAGE_TEXT_H

#include <glib.h>

#include "engine/text/slice.h"

typedef struct {
    size_t offset;       /**< where the line begins in `bytes` */
    uint32_t length;     /**< without its line end */
    uint32_t end_length; /**< of the line end that follows it */
    bool is_foreign;     /**< another entry of the log that came between (log-formats.md 1.3) */
} sf_log_text_line;

typedef struct {
    GByteArray *bytes; /**< owned */
    GArray *lines;     /**< owned, of sf_log_text_line */
    uint64_t dropped;  /**< number of bytes that were not kept because the record is too long */
} sf_log_text;

/** Initializes an empty text. */
void sf_log_text_init(sf_log_text *text);

/** Frees what the text holds. */
void sf_log_text_clear(sf_log_text *text);

/** Empties the text for the next record. */
void sf_log_text_reset(sf_log_text *text);

/** Adds a line. Once the text has reached SF_LOG_MAX_TEXT, only its length is counted. */
void sf_log_text_add(sf_log_text *text, sf_slice line, sf_slice end, bool is_foreign);

/** Adds a line that continues the last one, because a read ended in the middle of it. */
void sf_log_text_join(sf_log_text *text, sf_slice line, sf_slice end);

/** Ends a line after `length` of its bytes; the rest becomes the next line. Takes index < count, length < its length. */
void sf_log_text_split(sf_log_text *text, size_t index, size_t length);

/** Number of lines. */
static inline size_t sf_log_text_count(const sf_log_text *text)
{
    return text->lines->len;
}

/** What is known about line `index`. Takes index < count. */
static inline sf_log_text_line *sf_log_text_at(const sf_log_text *text, size_t index)
{
    return &g_array_index(text->lines, sf_log_text_line, index);
}

/** Line `index` without its line end. Takes index < count. */
static inline sf_slice sf_log_text_slice(const sf_log_text *text, size_t index)
{
    const sf_log_text_line *line = sf_log_text_at(text, index);
    return (sf_slice){ (const char *)text->bytes->data + line->offset, line->length };
}

/** The line end after line `index`. Takes index < count. */
static inline sf_slice sf_log_text_end(const sf_log_text *text, size_t index)
{
    const sf_log_text_line *line = sf_log_text_at(text, index);
    return (sf_slice){ (const char *)text->bytes->data + line->offset + line->length, line->end_length };
}

#endif
