/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Start lines in a data source, where the header of UDP or TCP may come before the first one: its last bytes may look like
 * the beginning of a header line that quotes the start line, a line end with a blank after it, say.
 */
#ifndef SF_DISSECT_FIND_START_H
#define SF_DISSECT_FIND_START_H

#include "dissect/view/compat.h"

#include "engine/text/slice.h"

/** As sf_start_line_before(), for a text that a data source begins with. */
bool sf_start_before(const packet_info *pinfo, tvbuff_t *tvb, sf_slice text, size_t *start);

/** As sf_start_line_next(), for a text that a data source begins with. */
bool sf_start_next(const packet_info *pinfo, tvbuff_t *tvb, sf_slice text, size_t from, size_t *start);

#endif
