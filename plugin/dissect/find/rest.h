/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The end of a message that began in an earlier frame. It is no message of its own, whatever it looks like.
 */
#ifndef SF_DISSECT_FIND_REST_H
#define SF_DISSECT_FIND_REST_H

#include "data_sources.h"

/**
 * How many bytes from a place of a data source on are the rest of a message that began in an earlier frame: another
 * data source has that message whole, one that Wireshark made shortly before or after.
 * @param sources  of the frame, the same for all of its messages
 * @param tvb      the data source
 * @param text     its bytes from that place on, where a start line begins
 * @return 0 if they are none
 */
size_t sf_rest_of_reassembled(sf_data_sources *sources, const packet_info *pinfo, tvbuff_t *tvb, sf_slice text);

#endif
