/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Bare messages in other text: copied from Snooper into an article, a mail or a ticket (log-formats.md 4), or after a
 * head line that says when and between whom (log-formats.md 11).
 */
#ifndef SF_LOG_MESSAGE_PASTE_H
#define SF_LOG_MESSAGE_PASTE_H

#include "layout.h"
#include "log/bytes/line.h"
#include "log/grammar/labels.h"
#include "reads.h"

typedef struct sf_log_paste sf_log_paste;

/** `format` is the row of pasted text. Messages go to `reads`, which must outlive this object, like `counts`. */
sf_log_paste *sf_log_paste_new(const sf_log_format *format, sf_log_reads *reads, sf_log_counts *counts);

/** Frees the object. */
void sf_log_paste_free(sf_log_paste *paste);

/** From now on, messages without a head line are only counted: the text is a log of another format. */
void sf_log_paste_count_only(sf_log_paste *paste);

/**
 * Ends the current message, and takes a head line: the next message has this format and origin.
 * @param first  the first line of the message if the head line has it, else absent
 */
void sf_log_paste_announce(sf_log_paste *paste, const sf_log_format *format, const sf_log_origin *origin,
                           const sf_log_line *line, sf_slice first);

/**
 * Goes on with the current message if it has no body yet, and `first` is the first line of one: the log has a record for
 * the headers and one for the body.
 * @return false if that is not so
 */
bool sf_log_paste_continue(sf_log_paste *paste, const sf_log_format *format, const sf_log_line *line, sf_slice first);

/** True in the headers of a message. */
bool sf_log_paste_is_in_headers(const sf_log_paste *paste);

/** Takes the end of a record. A message that has no body yet waits for it. */
void sf_log_paste_close(sf_log_paste *paste);

/** Takes the next line of the text. */
void sf_log_paste_line(sf_log_paste *paste, const sf_log_line *line);

/** Ends the current message if its body is complete. */
void sf_log_paste_idle(sf_log_paste *paste);

/** Ends the current message: the text has ended, or something else begins. */
void sf_log_paste_finish(sf_log_paste *paste);

#endif
