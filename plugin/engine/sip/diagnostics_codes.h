/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the numbers in ms-diagnostics, ms-diagnostics-public and
 * ms-client-diagnostics mean ([MS-OCER] 2.2.1 calls them ErrorId): the tables.
 * diagnosis.h says what a code means in a message.
 */
#ifndef SF_ENGINE_SIP_DIAGNOSTICS_CODES_H
#define SF_ENGINE_SIP_DIAGNOSTICS_CODES_H

#include <stdbool.h>
#include <stdint.h>

/** How bad it is, mildest first. */
typedef enum {
    SF_SEVERITY_INFORMATION, /**< progress, or an end that somebody wanted */
    SF_SEVERITY_NOTE,        /**< refused, but the other side normally goes on: tries again, renews, or came too late */
    SF_SEVERITY_FAILURE,     /**< the request or the call fails for it */
    SF_SEVERITY_UNKNOWN      /**< the table does not say: the message that has the code decides */
} sf_severity;

/** A code with a meaning. */
typedef struct {
    uint32_t code;
    sf_severity severity;
    /** False for a meaning from memory alone: it names, and is no ground for a warning. */
    bool is_confirmed;
    /**
     * For a reader who does not know the product: what happened and, where that is known, what to check. Begins with a
     * capital, has no final stop, and ends with "(unconfirmed)" if nothing confirms it.
     */
    const char *meaning;
} sf_code_row;

/** Codes of one component ([MS-OCER] 7 and 8): which side produced a code that has no meaning of its own here. */
typedef struct {
    uint32_t first;
    uint32_t last;
    const char *component;
    sf_severity severity; /**< of all codes in it; SF_SEVERITY_UNKNOWN for most ranges */
} sf_code_range;

/** The row of a code, or NULL if it has none in diagnostics_codes.inc. */
const sf_code_row *sf_code_row_of(uint32_t code);

/** The range that a code lies in, or NULL. */
const sf_code_range *sf_code_range_of(uint32_t code);

#endif
