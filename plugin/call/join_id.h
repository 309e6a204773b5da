/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What can be an id that joins calls.
 */
#ifndef SF_CALL_JOIN_ID_H
#define SF_CALL_JOIN_ID_H

#include "engine/text/slice.h"

/**
 * True if a text can be the id of one thing: it is long enough, and no filler such as 0000 or ffff.
 * @param fewest_letters  of an id of that kind
 */
bool sf_is_join_id(sf_slice text, size_t fewest_letters);

#endif
