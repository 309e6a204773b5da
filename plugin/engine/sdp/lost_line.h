/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Lines of SDP that ran into the one before, since a line end was lost. A key
 * or a password must not be taken for a part of something that is shown.
 */
#ifndef SF_ENGINE_SDP_LOST_LINE_H
#define SF_ENGINE_SDP_LOST_LINE_H

#include "engine/text/key_mark.h"

/**
 * Where a key line (a=crypto, k=), a candidate or a key (`inline:`) begins after something else.
 * @param line         a line as its ends bound it; a crypto line itself holds none
 * @param first_colon  index of its first colon, or its length
 * @return index of the first byte; the length of the line if there is none
 */
size_t sf_lost_line_at(sf_slice line, size_t first_colon);

/** True if a line up to one of its colons ends with the name of such a line, and has something before it. */
bool sf_ends_with_secret_name(sf_slice front);

enum { SF_CANDIDATE_LETTERS = sizeof "a=candidate:" - 1, SF_CRYPTO_LETTERS = sizeof "a=crypto" - 1 };

/** True for a candidate, as most lines of a body are: there is nothing before its name. */
static inline bool sf_begins_candidate(sf_slice line)
{
    return line.length >= SF_CANDIDATE_LETTERS && memcmp(line.text, "a=candidate:", SF_CANDIDATE_LETTERS) == 0;
}

/** True for a crypto line, which has its key within itself. */
static inline bool sf_begins_crypto(sf_slice line)
{
    return line.length >= SF_CRYPTO_LETTERS && memcmp(line.text, "a=crypto", SF_CRYPTO_LETTERS) == 0;
}

/** sf_ends_with_secret_name(), at the cost of one letter for most fronts. */
static inline bool sf_is_secret_name_lost(sf_slice front)
{
    return sf_may_end_key_name(front) && sf_ends_with_secret_name(front); /* a=candidate ends like a=cryptoscale */
}

#endif
