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

/** True if a line up to one of its colons ends with the name of such a line, and has something before it. */
bool sf_ends_with_secret_name(sf_slice front);

/** True for the front of a candidate, as most lines of a body are: there is nothing before its name. */
static inline bool sf_is_name_of_candidate(sf_slice front)
{
    static const sf_slice name = SF_LITERAL_INIT("a=candidate");

    return front.length == name.length && memcmp(front.text, "a=candidate", sizeof "a=candidate" - 1) == 0;
}

/** sf_ends_with_secret_name(), at the cost of one letter for most fronts. */
static inline bool sf_is_secret_name_lost(sf_slice front)
{
    if (front.length == 0) {
        return false;
    }
    switch (sf_lower(front.text[front.length - 1])) {
    case 'e': /* a=cryptoscale, a=candidate, inline */
        return !sf_is_name_of_candidate(front) && sf_ends_with_secret_name(front);
    case 'o': /* a=crypto */
    case 'r': /* k=clear */
    case '4': /* k=base64 */
        return sf_ends_with_secret_name(front);
    default:
        return false;
    }
}

#endif
