/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The Reason header (RFC 3326): why a call was refused or ended, as Teams Direct Routing and gateways write it.
 */
#ifndef SF_ENGINE_SIP_REASON_H
#define SF_ENGINE_SIP_REASON_H

#include "diagnosis.h"
#include "engine/text/guid.h"
#include "engine/text/number.h"
#include "engine/text/problem.h"

/** Who ended or refused the call. */
typedef enum {
    SF_SIDE_UNKNOWN = 0,
    SF_SIDE_MICROSOFT = 1,
    SF_SIDE_SBC = 2 /**< the session border controller, or what is beyond it */
} sf_side;

typedef struct {
    sf_slice text;        /**< the element */
    sf_slice protocol;    /**< `Q.850`, `SIP`, ... */
    sf_number cause;      /**< absent if there is none or it is no number */
    sf_slice reason_text; /**< of `text=`, without its quotes, escapes not undone; absent if there is none */
    sf_slice guid_text;   /**< the GUID that Teams writes first; absent if there is none */
    sf_guid guid;
    sf_slice phrase; /**< what follows the GUID; absent without one */
    sf_number code;  /**< Microsoft's response code in the text, documented or not; absent if there is none */
} sf_reason;

/** Reads one element of a Reason header. Faults are noted. */
void sf_reason_read(sf_slice element, sf_problems *problems, sf_reason *reason);

/** The cause in the words of ITU-T Q.850, or of SIP; NULL if it has none. */
const char *sf_reason_cause_in_words(const sf_reason *reason);

/**
 * What Teams' code or phrase means, and what to do: Microsoft's response codes, and phrases of public traces.
 * That a code is not documented is said too.
 * @return NULL if there is no code and the phrase is not known
 */
const char *sf_reason_meaning(const sf_reason *reason);

/** Whose side it is, by the code, or by the phrase; unknown for a reason that Teams has not written. */
sf_side sf_reason_side(const sf_reason *reason);

/**
 * How grave a reason of Teams is. A documented response code can be a failure; another, or a phrase, is a note at most. That
 * a call was cleared, or that its user was busy or did not answer, is never a failure.
 */
sf_severity sf_reason_severity(const sf_reason *reason, sf_occasion occasion);

/** How much a reason of Teams says about the fate of its call; SF_RANK_NOTHING for the reason of anybody else. */
sf_rank sf_reason_rank(const sf_reason *reason, sf_occasion occasion);

/** The reason that says most, the first of several that say as much; NULL if none says anything. */
const sf_reason *sf_reason_most_telling(const sf_reason *reasons, unsigned count, sf_occasion occasion);

/** The first cause of Q.850 that has a name: what the telephone network says; 0 if there is none. */
uint8_t sf_reason_network_cause(const sf_reason *reasons, unsigned count);

/** True if the code says that media could not flow. */
bool sf_reason_is_media_failure(const sf_reason *reason);

#endif
