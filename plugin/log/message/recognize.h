/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Finding the format that has a rule for a line.
 */
#ifndef SF_LOG_MESSAGE_RECOGNIZE_H
#define SF_LOG_MESSAGE_RECOGNIZE_H

#include "record.h"

/** What decides which formats are possible. */
typedef struct {
    const sf_log_format *only;   /**< the only one, or NULL */
    const sf_log_record *record; /**< the open record, if its format is not NULL */
    bool follows_head;           /**< a head line was right before */
    bool is_in_headers;          /**< of a bare message: a head line does not hide behind other words there */
} sf_log_situation;

/**
 * Finds the format that has a rule for a text.
 * @param format  set to it, unless SF_LOG_EVENT_TEXT is returned
 * @param head    filled with what the rule captures
 */
sf_log_event sf_log_recognize(const sf_log_situation *s, sf_slice text, const sf_log_format **format,
                              sf_log_head *head);

/** The same for a head line inside a record: another format may know it as the beginning of a record. */
sf_log_event sf_log_recognize_head(const sf_log_situation *s, sf_slice text, const sf_log_format **format,
                                   sf_log_head *head);

/**
 * The same for a line with what is around it, which can be a part of the head or not.
 * @param prefix  set to the bytes before a head line that was found behind them, else to 0
 */
sf_log_event sf_log_recognize_line(const sf_log_situation *s, const sf_log_line *line, size_t *prefix,
                                   const sf_log_format **format, sf_log_head *head);

#endif
