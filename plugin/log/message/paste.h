/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Bare messages in other text: copied from Snooper into an article, a mail or a ticket (log-formats.md 4).
 */
#ifndef SF_LOG_MESSAGE_PASTE_H
#define SF_LOG_MESSAGE_PASTE_H

#include "layout.h"
#include "log/bytes/line.h"
#include "log/grammar/labels.h"
#include "reads.h"

typedef struct sf_log_paste sf_log_paste;

/** `format` is the row of pasted text. Messages go to `reads`, which must outlive this object. */
sf_log_paste *sf_log_paste_new(const sf_log_format *format, sf_log_reads *reads);

/** Frees the object. */
void sf_log_paste_free(sf_log_paste *paste);

/** Takes the next line of the text. */
void sf_log_paste_line(sf_log_paste *paste, const sf_log_line *line);

/** Ends the current message if its body is complete. */
void sf_log_paste_idle(sf_log_paste *paste);

/** Ends the current message: the text has ended, or something else begins. */
void sf_log_paste_finish(sf_log_paste *paste);

#endif
