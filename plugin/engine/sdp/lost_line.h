/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Lines of SDP that ran into the one before, since a line end was lost. A key
 * or a password must not be taken for a part of something that is shown.
 */
#ifndef SF_ENGINE_SDP_LOST_LINE_H
#define SF_ENGINE_SDP_LOST_LINE_H

#include "engine/text/slice.h"

/**
 * Where a key line (a=crypto, k=), a candidate or a key (`inline:`) begins after something else.
 * @param line         a line as its ends bound it; a crypto line itself holds none
 * @param first_colon  index of its first colon, or its length
 * @return index of the first byte; the length of the line if there is none
 */
size_t sf_lost_line_at(sf_slice line, size_t first_colon);

#endif
