/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a pattern captures from a line.
 */
#ifndef SF_LOG_GRAMMAR_HEAD_H
#define SF_LOG_GRAMMAR_HEAD_H

#include "engine/text/slice.h"

/** Date and time as written in a log. */
typedef struct {
    int year, month, day; /**< month and day count from 1; year is 0 if the log has none, month if there is no date */
    int hour, minute, second;
    uint32_t nanoseconds;
    bool has_clock; /**< there is a time of day */
    bool has_zone;
    int zone_minutes; /**< east of Greenwich, with has_zone only */
} sf_log_stamp;

/** What a line says about a record. Slices point into the line; what it does not say is absent. */
typedef struct {
    sf_log_stamp stamp;
    sf_slice process, thread, machine, correlation;
    sf_slice local, local_port, remote, remote_port;
    sf_slice transport, interface;
    sf_slice session;  /**< to which the record belongs */
    uint64_t sequence; /**< number of the record */
    sf_slice rest;
    uint64_t bytes;
    bool has_bytes;
    uint64_t uptime;    /**< milliseconds since the device was started, or 0 */
    bool may_lack_time; /**< the pattern looks for a time anywhere, but matches without one too */
} sf_log_head;

#endif
