/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Where the SIP messages of a frame lie. Wireshark tells it on the first pass
 * over a frame only, so the ranges that we show are kept (shown.h) and found
 * again on every later pass.
 */
#ifndef SF_DISSECT_FIND_RANGES_H
#define SF_DISSECT_FIND_RANGES_H

#include "dissect/view/compat.h"

/** A message in one of the data sources of its frame. */
typedef struct {
    unsigned source;   /**< ordinal of its data source on the first pass */
    unsigned start;
    unsigned length;
    uint32_t checksum; /**< of its first bytes */
} sf_range;

/** A message's bytes on the present pass. */
typedef struct {
    tvbuff_t *tvb;
    unsigned start;
    unsigned length;
} sf_located;

/**
 * Asks Wireshark for the items that tell where SIP messages lie.
 * @param handle  of our post-dissector
 */
void sf_ranges_register(dissector_handle_t handle);

/**
 * The SIP messages that the dissectors found in this frame, each up to where the next one begins.
 * @param tree   the frame's tree on the first pass
 * @param count  set to their number
 * @return NULL if there are none; lives as long as the packet
 */
const sf_located *sf_ranges_find(packet_info *pinfo, proto_tree *tree, unsigned *count);

/** Describes a message so that it can be found again; `length` is its true length. */
sf_range sf_range_of(packet_info *pinfo, const sf_located *located, unsigned length);

/**
 * Finds a message again, although data sources may have come, gone or shrunk.
 * @return false if it is not there on this pass
 */
bool sf_range_locate(const packet_info *pinfo, const sf_range *range, sf_located *located);

#endif
