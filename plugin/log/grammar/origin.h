/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the log says of a record beside its text: when, between whom, by which process.
 */
#ifndef SF_LOG_GRAMMAR_ORIGIN_H
#define SF_LOG_GRAMMAR_ORIGIN_H

#include "end.h"
#include "format.h"
#include "log/bytes/limits.h"

/** Direction as seen by the program that wrote the log. */
typedef enum { SF_LOG_DIRECTION_UNKNOWN, SF_LOG_DIRECTION_SENT, SF_LOG_DIRECTION_RECEIVED } sf_log_direction;

/** What the log says of a record beside its text. */
typedef struct {
    sf_log_stamp stamp;
    sf_log_direction direction;
    sf_log_end local, remote;
    char process[SF_LOG_MAX_WORD]; /**< this and the next are empty where the log has none */
    char thread[SF_LOG_MAX_WORD];
    char correlation[SF_LOG_MAX_WORD];
    char machine[SF_LOG_MAX_NAME];
    uint64_t line;  /**< line of the head in its file, 1 = first */
    uint64_t bytes; /**< length that the head tells, with has_bytes */
    bool has_bytes;
    bool is_utc; /**< the stamp is UTC though it bears no zone */
} sf_log_origin;

/** Takes over into `origin` what a head line tells; what it does not tell stays as it is. */
void sf_log_origin_read(sf_log_origin *origin, const sf_log_head *head, const sf_log_format *format);

#endif
