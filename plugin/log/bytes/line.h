/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Splitting text into lines, with any mixture of line ends.
 */
#ifndef SF_LOG_BYTES_LINE_H
#define SF_LOG_BYTES_LINE_H

#include <glib.h>

#include "engine/text/slice.h"

typedef struct {
    sf_slice text;   /**< without its line end and without NUL padding at either end */
    sf_slice end;    /**< as written: LF with any number of CR before it; empty at the end of a file */
    uint64_t number; /**< 1 = first line of the file */
    sf_slice whole;  /**< as in the log: `text` with what is around it; the same here, see dress.h */
    size_t lead;     /**< bytes of `text` before the start line of a message, which only this line has */
    bool is_start;   /**< the start line of a message: a header follows it; see dress.h */
    bool is_foreign; /**< it came between the lines of a message, and lacks their prefix */
} sf_log_line;

typedef void (*sf_log_line_callback)(void *user, const sf_log_line *line);

typedef struct {
    sf_log_line_callback callback;
    void *user;
    GByteArray *held;   /**< owned: the beginning of a line whose end is still to come */
    uint64_t number;    /**< lines reported so far */
    uint64_t shortened; /**< lines that were longer than SF_LOG_MAX_LINE */
    bool is_too_long;   /**< the held line is one of them */
    bool has_begun;     /**< there was text */
    char line_feed;     /**< what ends a line: LF, or CR in a file that has no LF at its beginning */
} sf_log_line_reader;

/** Makes the reader ready; `callback` is called with `user` for each line. */
void sf_log_line_reader_init(sf_log_line_reader *reader, sf_log_line_callback callback, void *user);

/** Frees what the reader holds. */
void sf_log_line_reader_clear(sf_log_line_reader *reader);

/** Takes the next piece of text and reports the lines that it completes. They are valid during the callback only. */
void sf_log_line_reader_push(sf_log_line_reader *reader, sf_slice text);

/** Reports the last line of the text if it has no line end. */
void sf_log_line_reader_finish(sf_log_line_reader *reader);

#endif
