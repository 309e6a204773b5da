/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What logs, mails and web pages put around the lines of a message: a prefix before each line, blanks or a dot after
 * each line, an empty line between all lines, all lines in one (log-formats.md 10). It is recognized by being the same
 * on the start line and the header after it, and taken off all lines of the message.
 */
#ifndef SF_LOG_MESSAGE_DRESS_H
#define SF_LOG_MESSAGE_DRESS_H

#include "log/bytes/line.h"

typedef struct sf_log_dress sf_log_dress;

/** Makes an object that calls `callback` with `user` for each line: `text` without, `whole` with what is around it. */
sf_log_dress *sf_log_dress_new(sf_log_line_callback callback, void *user);

/** Frees the object. */
void sf_log_dress_free(sf_log_dress *dress);

/** Takes the next line of the log. A start line is kept until the next line. */
void sf_log_dress_line(sf_log_dress *dress, const sf_log_line *line);

/** Says what is before the next lines too, as a line of the log shows that is not of a message. Not for an empty prefix. */
void sf_log_dress_wear(sf_log_dress *dress, sf_slice prefix);

/** Passes on what was kept: nothing comes for a while. */
void sf_log_dress_flush(sf_log_dress *dress);

/** Forgets what is around the lines: the log has ended. */
void sf_log_dress_finish(sf_log_dress *dress);

#endif
