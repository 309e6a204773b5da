/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From the date and time in a log to UTC.
 */
#ifndef SF_LOG_PACKET_CLOCK_H
#define SF_LOG_PACKET_CLOCK_H

#include "log/grammar/pattern.h"

/**
 * The clock of a log whose lines do not name their zone. One for each log, since the hour that comes
 * twice a year is told apart by what was logged before.
 */
typedef struct {
    bool is_local;        /**< the zone of this machine; else `offset_minutes` */
    int offset_minutes;   /**< east of Greenwich */
    int64_t last;         /**< wall clock seconds of the last time read */
    bool is_after_change; /**< the repeated hour is read for the second time */
    struct {
        int64_t quarter;       /**< quarter hours of the wall clock since 1970; 0 = nothing is kept */
        int64_t first, second; /**< wall clock minus UTC, seconds; different in the hour that comes twice */
    } kept;                    /**< what the machine's zone was last asked */
} sf_log_clock;

/**
 * Reads `local` or an offset such as `+02:00`, `-0530`, `Z`.
 * @return false if it is neither
 */
bool sf_log_clock_init(sf_log_clock *clock, const char *zone);

/**
 * Turns a stamp into nanoseconds since 1970-01-01 UTC.
 * @param is_utc  the stamp is UTC unless it bears a zone
 * @return false if there is no such date, or if it lies before 1970: no capture tells such a time
 */
bool sf_log_clock_read(sf_log_clock *clock, const sf_log_stamp *stamp, bool is_utc, int64_t *nanoseconds);

/** Reads the value of a SIP Date header (RFC 3261 20.17), `Fri, 26 Apr 2013 13:46:39 GMT`. */
bool sf_log_read_date_header(sf_slice value, int64_t *nanoseconds);

#endif
