/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the beginning of a log says about its times, before the first packet is made.
 */
#ifndef SF_LOG_PACKET_PREVIEW_H
#define SF_LOG_PACKET_PREVIEW_H

#include "clock.h"
#include "log/grammar/format.h"
#include "window.h"

typedef struct {
    unsigned proofs;  /**< messages whose Date header and time in the log give the same zone; 0 if they disagree */
    int zone_minutes; /**< that zone, east of Greenwich */
    int64_t anchor;   /**< seconds since 1970, by a Date header, near which times without a year or a date are; or 0 */
    int64_t boot;     /**< nanoseconds since 1970 at the start of the device, by a Date header; or 0 */
    bool has_first;   /**< a message has a time; those before it have none */
    sf_log_stamp first; /**< the time of that message in the log; without has_clock, it is `date` */
    bool is_utc;        /**< `first` is UTC unless it has a zone */
    int64_t date;       /**< the Date header of that message, in nanoseconds since 1970 */
} sf_log_preview;

/**
 * Reads the beginning of a log.
 * @param only  the only format to look for, or NULL
 */
void sf_log_preview_read(sf_log_preview *preview, sf_slice bytes, const sf_log_format *only);

/**
 * Tells the clock and the window what the beginning of their log says.
 * @return true if the clock has its zone from Date headers now
 */
bool sf_log_preview_apply(const sf_log_preview *preview, sf_log_clock *clock, sf_log_window *window);

#endif
