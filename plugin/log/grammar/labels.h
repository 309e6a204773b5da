/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The labelled lines that servers write in front of a message, or in place of
 * one in their diagnostic records (log-formats.md 2.2 and 2.3).
 */
#ifndef SF_LOG_GRAMMAR_LABELS_H
#define SF_LOG_GRAMMAR_LABELS_H

#include <glib.h>

#include "origin.h"

/** Texts of a record that tells of a message. */
typedef enum {
    SF_LOG_NOTE_SEVERITY,
    SF_LOG_NOTE_TEXT,
    SF_LOG_NOTE_RESULT,
    SF_LOG_NOTE_DATA,
    SF_LOG_NOTE_START_LINE,
    SF_LOG_NOTE_CALL_ID,
    SF_LOG_NOTE_CSEQ,
    SF_LOG_NOTE_COUNT
} sf_log_note;

/** What the labels of one record say. */
typedef struct {
    char notes[SF_LOG_NOTE_COUNT][SF_LOG_MAX_NOTE]; /**< empty where there is none */
} sf_log_labels;

/** Forgets all notes. */
void sf_log_labels_clear(sf_log_labels *labels);

/**
 * Takes a labelled line: what it tells of a message goes to `origin`, of a diagnostic to `labels`.
 * @return false if the line bears no label of these
 */
bool sf_log_labels_take(sf_log_labels *labels, sf_log_origin *origin, sf_slice line);

/** True if the line is `Start-Line: ...`; `value` is the rest. */
bool sf_log_label_start_line(sf_slice line, sf_slice *value);

/** True if the line is `Message-Body:`; `value` is what follows its one blank, up to the end of the line. */
bool sf_log_label_body(sf_slice line, sf_slice *value);

#endif
