/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Where a SIP message lies in its frame, so that it can be found again on a
 * later pass.
 */
#ifndef SF_DISSECT_FIND_RANGES_H
#define SF_DISSECT_FIND_RANGES_H

#include "data_sources.h"

/** A message in one of the data sources of its frame. */
typedef struct {
    unsigned before : 31; /**< data sources before its own that held the same at the same place, on the first pass */
    unsigned is_cut : 1;
    unsigned start;
    unsigned length;
    uint32_t checksum; /**< of its first bytes */
} sf_range;

/** A message's bytes on the present pass. */
typedef struct {
    tvbuff_t *tvb;
    unsigned start;
    unsigned length;
    bool is_cut; /**< they end where the capture does, and not the data */
} sf_located;

/**
 * Describes a message so that it can be found again.
 * @param length   its true length
 * @param sources  of the frame, the same for all of its messages
 */
sf_range sf_range_of(const packet_info *pinfo, const sf_located *located, unsigned length, sf_data_sources *sources);

/**
 * Finds a message again, although data sources may have come, gone or shrunk. Those that hold messages of the same
 * first bytes come in the same order on every pass, as the records of TLS and the frames of a WebSocket do.
 * @return false if it is not there on this pass
 */
bool sf_range_locate(const packet_info *pinfo, const sf_range *range, sf_located *located);

#endif
