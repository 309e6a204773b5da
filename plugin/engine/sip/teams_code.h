/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Microsoft's response codes of Teams Direct Routing, and the phrases that its proxy writes.
 */
#ifndef SF_ENGINE_SIP_TEAMS_CODE_H
#define SF_ENGINE_SIP_TEAMS_CODE_H

#include "engine/text/slice.h"

/** What a response code means, and what to do; NULL if it is not known. */
const char *sf_teams_code_in_words(uint32_t code);

/** True if the code is the session border controller's own answer: 560NNN is its NNN. */
static inline bool sf_teams_code_is_of_sbc(uint32_t code)
{
    return code >= 560000 && code <= 560699;
}

/** What a phrase means, and what to do; NULL if it is not known. */
const char *sf_teams_phrase_in_words(sf_slice phrase);

#endif
