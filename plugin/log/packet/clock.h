/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Converting the dates and times of a log to UTC.
 */
#ifndef SF_LOG_PACKET_CLOCK_H
#define SF_LOG_PACKET_CLOCK_H

#include "log/grammar/pattern.h"

/**
 * The clock of a log that does not state its time zone. Each log has one of its own, because in the hour that
 * is repeated once a year, the time before decides which of the two it is.
 */
typedef struct {
    int64_t anchor;       /**< seconds since 1970: times without a year or a date are near it; 0 if nothing is known */
    int64_t boot;         /**< nanoseconds since 1970 at the start of the device, by a Date header; 0 if unknown */
    int64_t newest;       /**< seconds since 1970: no time without a year is later; 0 for now */
    int64_t day;          /**< of the last time read, in days since 1970; 0 if there was none */
    bool finds_zone;      /**< the zone is that which Date headers prove, if they do, else that of this machine */
    bool was_needed;      /**< there was a time whose zone the log does not state */
    bool is_local;        /**< use the time zone of this machine, not `offset_minutes` */
    int offset_minutes;   /**< east of Greenwich */
    int64_t last;         /**< wall clock seconds of the last time read */
    bool is_after_change; /**< the repeated hour has come for the second time */
    struct {
        int64_t quarter;       /**< quarter hours of the wall clock since 1970; 0 if nothing is kept */
        int64_t first, second; /**< wall clock minus UTC, in seconds; they differ in the repeated hour */
    } kept;                    /**< the last lookup of the machine's time zone */
} sf_log_clock;

/**
 * Initializes the clock for `auto`, `local`, or an offset such as `+02:00`, `-0530` or `Z`.
 * @return false if it is none of them
 */
bool sf_log_clock_init(sf_log_clock *clock, const char *zone);

/**
 * Converts a date and time to nanoseconds since 1970-01-01 UTC. Without a year, it is the one in which the time is
 * nearest to the anchor or, without an anchor, the newest one in which it is not after the newest time of the log.
 * Without a date, it is the first such time after the one before, or at most 90 minutes before that one; or, at first,
 * that of the anchor or the newest day.
 * @param is_utc  the time is UTC unless it has a zone
 * @return false if there is no such date, or if it is before 1970, which a capture cannot represent
 */
bool sf_log_clock_read(sf_log_clock *clock, const sf_log_stamp *stamp, bool is_utc, int64_t *nanoseconds);

/**
 * Takes the Date header of a message before the time of it is read: a time of day without a date that agrees with it is
 * of its day, whatever the days of the times before were.
 * @param date  seconds since 1970-01-01 UTC
 */
void sf_log_clock_note_date(sf_log_clock *clock, const sf_log_stamp *stamp, int64_t date);

/** The time of day nearest to a moment, both in seconds since 1970, of the same clock. */
int64_t sf_log_clock_wall_near(const sf_log_stamp *stamp, int64_t moment);

/**
 * True if a local clock and UTC may differ by so many seconds: by a time zone, and five minutes.
 * @param quarters  set to the zone, in quarters of an hour east of Greenwich
 */
bool sf_log_clock_is_zone(int64_t seconds, int64_t *quarters);

/** The zone of the last time read, in minutes east of Greenwich. */
int sf_log_clock_zone(const sf_log_clock *clock);

/** Reads the value of a SIP Date header (RFC 3261 20.17), `Fri, 26 Apr 2013 13:46:39 GMT`. */
bool sf_log_read_date_header(sf_slice value, int64_t *nanoseconds);

#endif
