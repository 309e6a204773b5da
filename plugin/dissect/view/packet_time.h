/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SF_DISSECT_VIEW_PACKET_TIME_H
#define SF_DISSECT_VIEW_PACKET_TIME_H

#include <epan/packet_info.h>

#include <stdint.h>

/**
 * The time of a packet in microseconds since 1970. A capture may state any time: one of more than 146,000 years from
 * then is taken for the last one before, so that the difference of two is a number, too.
 */
static inline int64_t sf_packet_time(const packet_info *pinfo)
{
    const int64_t most = INT64_MAX / 2 / 1000000 - 1;
    int64_t seconds = (int64_t)pinfo->abs_ts.secs;

    return CLAMP(seconds, -most, most) * 1000000 + pinfo->abs_ts.nsecs / 1000;
}

#endif
