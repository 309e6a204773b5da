/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The current record of a log: what its head line says, and the lines of its message so far.
 */
#ifndef SF_LOG_MESSAGE_RECORD_H
#define SF_LOG_MESSAGE_RECORD_H

#include "log/bytes/line.h"
#include "log/grammar/labels.h"
#include "reads.h"

typedef struct {
    const sf_log_format *format; /**< NULL if no record is open */
    sf_log_origin origin;
    sf_log_labels labels;
    sf_log_text text;
    size_t mark;      /**< first line of the body according to a label, see layout.h */
    bool has_started; /**< its start line was seen, or it continues an earlier read */
    sf_log_reads *reads;
    sf_log_sink sink;
    sf_log_counts *counts;
} sf_log_record;

/** Initializes a closed record. Messages go to `reads`, diagnostics to `sink`. `reads` and `counts` must outlive it. */
void sf_log_record_init(sf_log_record *record, sf_log_reads *reads, const sf_log_sink *sink, sf_log_counts *counts);

/** Frees what the record holds. */
void sf_log_record_clear(sf_log_record *record);

/** Opens the record; the last one must be closed. `event` gives the direction. */
void sf_log_record_open(sf_log_record *record, const sf_log_format *format, sf_log_event event,
                        const sf_log_origin *origin);

/** Takes a line of the open record that matches no rule of its format. */
void sf_log_record_text(sf_log_record *record, const sf_log_line *line);

/** Takes an entry of the log that came between the lines of the open record. */
void sf_log_record_foreign(sf_log_record *record, const sf_log_line *line);

/**
 * Takes a line with the prefix of the log while the record is open: another entry, or text of the record
 * (log-formats.md 1.3).
 */
void sf_log_record_prefixed(sf_log_record *record, const sf_log_head *head, const sf_log_line *line);

/** True if an end mark with this head ends the open record. One of another thread does not. */
bool sf_log_record_is_own(const sf_log_record *record, const sf_log_head *head);

/** True if the open record seems to have reached its end mark. Only the next entry of the log proves it. */
bool sf_log_record_looks_complete(const sf_log_record *record);

/**
 * Closes the record, if one is open, and passes on its messages or its diagnostic.
 * @param is_cut its end is not in the log
 */
void sf_log_record_close(sf_log_record *record, bool is_cut);

#endif
