/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Finding request lines and status lines (RFC 3261 sections 7.1 and 7.2) in a
 * text that holds other things as well, even bytes that are no text.
 */
#ifndef SF_ENGINE_SIP_START_LINE_H
#define SF_ENGINE_SIP_START_LINE_H

#include "engine/text/slice.h"

/**
 * Goes back line by line to the start line of the message in whose headers a text ends.
 * Lines end as Wireshark's do: with CR, LF or both. The start line's own line may begin with bytes of other layers.
 * @param text   ends anywhere after the start line, but in front of the blank line that ends the headers
 * @param start  set to the index of the start line's first byte on true only
 * @return false if there is none before the next blank line, or none at all
 */
bool sf_start_line_before(sf_slice text, size_t *start);

/** True if a line, given without its end, begins with a start line. */
bool sf_start_line_is(sf_slice line);

/**
 * Looks for the next start line.
 * @param from   where to begin; a line begins there
 * @param start  set to the index of its first byte on true only
 * @return false if there is none
 */
bool sf_start_line_next(sf_slice text, size_t from, size_t *start);

#endif
