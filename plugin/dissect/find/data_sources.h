/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The data sources of a frame, listed once: a frame of a WebSocket or of TLS may have hundreds, each with a message.
 */
#ifndef SF_DISSECT_FIND_DATA_SOURCES_H
#define SF_DISSECT_FIND_DATA_SOURCES_H

#include "dissect/view/compat.h"
#include "engine/text/slice.h"

/** A data source. */
typedef struct {
    tvbuff_t *tvb;
    sf_slice bytes; /**< as far as they were captured */
} sf_data_source;

/** Those of a frame, in the order in which Wireshark made them. All zero before they are listed. */
typedef struct {
    sf_data_source *rows; /**< live as long as the frame */
    unsigned count;
    unsigned last; /**< the one that was asked for last */
} sf_data_sources;

/** The bytes of a data source from a place on, as far as they were captured. */
static inline sf_slice sf_bytes_from(tvbuff_t *tvb, unsigned start)
{
    unsigned length = tvb_captured_length(tvb) - start;

    return (sf_slice){ (const char *)tvb_get_ptr(tvb, (int)start, (int)length), length };
}

/** Lists the data sources of the frame, if they are not listed yet. */
void sf_data_sources_list(sf_data_sources *sources, const packet_info *pinfo);

/** The index of a data source in the list. Most are asked for one after the other. */
unsigned sf_data_sources_place(sf_data_sources *sources, const tvbuff_t *tvb);

#endif
