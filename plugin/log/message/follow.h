/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The text that tshark writes of a followed stream (log-formats.md 14): both ends, then the pieces of the stream, each
 * after a line with its number of bytes. A tab before the number says that the second end has sent the piece.
 */
#ifndef SF_LOG_MESSAGE_FOLLOW_H
#define SF_LOG_MESSAGE_FOLLOW_H

#include "log/bytes/line.h"
#include "reads.h"

typedef struct sf_log_follow sf_log_follow;

/** `format` is the row of such text. Messages go to `reads`, which must outlive the object, like `counts`. */
sf_log_follow *sf_log_follow_new(const sf_log_format *format, sf_log_reads *reads, sf_log_counts *counts);

/** Frees the object. */
void sf_log_follow_free(sf_log_follow *follow);

/** The row of such text. */
const sf_log_format *sf_log_follow_format(const sf_log_follow *follow);

/** What a line is. */
typedef enum {
    SF_LOG_FOLLOW_NO,    /**< not a part of such text */
    SF_LOG_FOLLOW_BEGIN, /**< the last line before the first piece: now it is certain that this is such text */
    SF_LOG_FOLLOW_YES    /**< taken: a piece of the stream, or what is around it */
} sf_log_follow_answer;

/** Takes a line if it is a part of such text. */
sf_log_follow_answer sf_log_follow_line(sf_log_follow *follow, const sf_log_line *line);

/** Passes on the current piece if it is complete, because nothing comes for a while. */
void sf_log_follow_idle(sf_log_follow *follow);

/** Passes on the current piece: the text has ended. */
void sf_log_follow_finish(sf_log_follow *follow);

#endif
