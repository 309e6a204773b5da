/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the log says about a record: when, between whom, by which process.
 */
#ifndef SF_LOG_GRAMMAR_ORIGIN_H
#define SF_LOG_GRAMMAR_ORIGIN_H

#include "end.h"
#include "format.h"
#include "log/bytes/limits.h"

/** Direction as seen by the program that wrote the log. */
typedef enum { SF_LOG_DIRECTION_UNKNOWN, SF_LOG_DIRECTION_SENT, SF_LOG_DIRECTION_RECEIVED } sf_log_direction;

/** What the log says about a record, apart from its text. */
typedef struct {
    sf_log_stamp stamp;
    sf_log_direction direction;
    sf_log_end local, remote;
    char process[SF_LOG_MAX_WORD]; /**< this and the next three are empty if the log has none */
    char thread[SF_LOG_MAX_WORD];
    char correlation[SF_LOG_MAX_WORD];
    char machine[SF_LOG_MAX_NAME];
    char interface[SF_LOG_MAX_WORD];   /**< of the program that wrote the log; empty if the log has none */
    char transport[SF_LOG_MAX_SCHEME]; /**< as written; empty if the log has none */
    uint64_t line;                     /**< line number of the head line in its file, from 1 */
    uint64_t bytes;                    /**< length stated by the head line, with has_bytes */
    bool has_bytes;
    uint64_t uptime; /**< milliseconds since the device was started, or 0; for logs without a clock */
    bool is_utc;     /**< the time is UTC although it has no zone */
} sf_log_origin;

/** Sets the direction that an event states. One that states none leaves it unchanged. */
void sf_log_origin_direct(sf_log_origin *origin, sf_log_event event);

/** Copies into `origin` what a head line says. What it does not say stays unchanged. */
void sf_log_origin_read(sf_log_origin *origin, const sf_log_head *head, const sf_log_format *format);

#endif
