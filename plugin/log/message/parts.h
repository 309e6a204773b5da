/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Messages over several records of a syslog, as AudioCodes writes them (log-formats.md 6). The records of a message have
 * the same session and consecutive numbers; the Content-Length proves that they were joined rightly.
 */
#ifndef SF_LOG_MESSAGE_PARTS_H
#define SF_LOG_MESSAGE_PARTS_H

#include "log/bytes/line.h"
#include "reads.h"

typedef struct sf_log_parts sf_log_parts;

/** Messages go to `reads`, which must outlive the object, like `counts`. */
sf_log_parts *sf_log_parts_new(sf_log_reads *reads, sf_log_counts *counts);

/** Frees the object. */
void sf_log_parts_free(sf_log_parts *parts);

/**
 * Takes the first line of a record. With SF_LOG_EVENT_PART it continues a message of its session, or is about something
 * else; with any other event it announces a message.
 */
void sf_log_parts_record(sf_log_parts *parts, const sf_log_format *format, sf_log_event event, const sf_log_head *head,
                         const sf_log_line *line);

/** Takes a line that begins no record. @return false if no record of a message is open, so that the line is not ours */
bool sf_log_parts_line(sf_log_parts *parts, const sf_log_line *line);

/** Another entry of the log begins: the next lines are not ours, and messages that are complete are passed on. */
void sf_log_parts_leave(sf_log_parts *parts);

/** Passes on the messages that are complete, because nothing comes for a while. */
void sf_log_parts_idle(sf_log_parts *parts);

/** Passes on all messages as they are. */
void sf_log_parts_finish(sf_log_parts *parts);

#endif
