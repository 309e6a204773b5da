/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a reader of the capture should know about a packet from a log, in words.
 */
#ifndef SF_LOG_PACKET_COMMENT_H
#define SF_LOG_PACKET_COMMENT_H

#include <glib.h>

#include "place.h"

/** Where the time of a packet comes from. */
typedef enum {
    SF_LOG_TIME_UNKNOWN,
    SF_LOG_TIME_OF_UPTIME, /**< since the device was started, as if that was in 1970 */
    SF_LOG_TIME_OF_LOG,
    SF_LOG_TIME_OF_DATE_HEADER,
    SF_LOG_TIME_OF_PREVIOUS, /**< that of the message before */
    SF_LOG_TIME_OF_LATER     /**< that of the first message after it that has one */
} sf_log_time_source;

/** Adds a comment; takes ownership of `text`, whose bytes that are not UTF-8 are replaced. */
void sf_log_comment_add(GPtrArray *comments, char *text);

/**
 * Adds the comments of a message: first where it was in the log, then one for each flaw.
 * @param places  the ends of its packet
 */
void sf_log_comment_message(GPtrArray *comments, const sf_log_message *message, const sf_log_places *places,
                            sf_log_time_source time);

/** The text of a comment with a diagnostic record, to be freed by the caller. */
char *sf_log_diagnostic_text(const sf_log_diagnostic *diagnostic);

#endif
