/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The labeled lines that servers write before a message, or instead of one in diagnostic records
 * (log-formats.md 2.2 and 2.3).
 */
#ifndef SF_LOG_GRAMMAR_LABELS_H
#define SF_LOG_GRAMMAR_LABELS_H

#include <glib.h>

#include "origin.h"

/** The texts of a diagnostic record. */
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

/** The texts in one record. */
typedef struct {
    char notes[SF_LOG_NOTE_COUNT][SF_LOG_MAX_NOTE]; /**< empty if there is none */
} sf_log_labels;

/** Forgets all notes. */
void sf_log_labels_clear(sf_log_labels *labels);

/**
 * Takes a labeled line: what it says about a message goes to `origin`, about a diagnostic to `labels`.
 * @return false if the line has none of the known labels
 */
bool sf_log_labels_take(sf_log_labels *labels, sf_log_origin *origin, sf_slice line);

/** True if the line is `Start-Line: ...`; `value` is the rest. */
bool sf_log_label_start_line(sf_slice line, sf_slice *value);

/** True if the line is `Message-Body:`; `value` is what follows after one blank. */
bool sf_log_label_body(sf_slice line, sf_slice *value);

#endif
