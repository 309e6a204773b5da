/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a diagnostics code means in the message that has it: the one place where
 * words and severity come from, for the tree, expert infos, the table of calls
 * and the statistics.
 */
#ifndef SF_ENGINE_SIP_DIAGNOSIS_H
#define SF_ENGINE_SIP_DIAGNOSIS_H

#include "diagnostics.h"
#include "diagnostics_codes.h"

/** What kind of message has the code. */
typedef enum {
    SF_IN_REQUEST,  /**< of any method but INVITE */
    SF_IN_INVITE,   /**< in an INVITE itself: it reports something earlier, and the call goes on */
    SF_IN_PROGRESS, /**< in a 1xx */
    SF_IN_SUCCESS,  /**< in a 2xx */
    SF_IN_REDIRECT, /**< in a 3xx */
    SF_IN_REFUSAL   /**< in a 4xx, 5xx or 6xx */
} sf_occasion;

/** The occasion of a message. @param method  of the request; @param status  0 in a request */
sf_occasion sf_occasion_of(sf_slice method, uint16_t status);

typedef struct {
    const char *meaning;        /**< literal; NULL if nobody knows it */
    const char *component;      /**< literal; NULL if the code lies in no known range */
    uint16_t gateway_status;    /**< the gateway's SIP response, if the code says that; else 0 */
    const char *gateway_phrase; /**< its name */
    bool is_everyday;           /**< the gateway's response is a busy, canceled, declined or unanswered call */
    sf_severity severity;       /**< in this message: never SF_SEVERITY_UNKNOWN */
} sf_diagnosis;

/**
 * What a code means on an occasion.
 *
 * Severity: what the code means counts, not the message around it. A failure stays one in a BYE (the media path failed)
 * and in a 2xx; progress stays progress in a 4xx (the user hung up). Where the work goes on - in an INVITE, a 1xx or a
 * 3xx - a failure is a note: the message that ends the matter has a code of its own. What is not confirmed, inferred or
 * unknown never weighs more than the message does: a failure in a refusal alone.
 */
sf_diagnosis sf_diagnosis_of(uint32_t code, sf_occasion occasion);

/**
 * How much a header says about the fate of its call: that of a failure more than any other, and among those one that
 * says what happened more than one that we do not know, and that more than one that only points at somebody who knows
 * more (`gave no diagnostics`). Of two that say as much, the newer one is used.
 */
typedef enum { SF_RANK_NOTHING, SF_RANK_NO_FAILURE, SF_RANK_POINTER, SF_RANK_UNKNOWN, SF_RANK_CAUSE } sf_rank;

/** The rank of a code; never SF_RANK_NOTHING. */
sf_rank sf_diagnosis_rank(uint32_t code, sf_occasion occasion);

/** The element of a message that says most, the first of several that say as much; NULL if none has a code. */
const sf_diagnostics *sf_diagnosis_most_telling(const sf_diagnostics_table *table, sf_occasion occasion);

/**
 * True if an element says that media could not flow: no path could be set up, or the path was lost. A code whose meaning
 * is not confirmed counts if the header's own reason speaks of media as well.
 */
bool sf_diagnosis_is_media_failure(const sf_diagnostics *diagnostics);

/** Bytes of a reason that are quoted where the header's own row is not at hand. */
#define SF_MAX_REASON 128

/**
 * The reason as its writer meant it, on one line and without escapes.
 * @param out  room for SF_MAX_REASON bytes: what is longer is cut, not in the middle of a character, and ends with dots
 * @return bytes written; 0 without a reason, and for one that looks like a key line
 */
size_t sf_diagnosis_reason(const sf_diagnostics *diagnostics, char out[SF_MAX_REASON]);

/** The same for the text of any header. @param is_quoted  it stood in quotes, so it may have escapes */
size_t sf_diagnosis_quote(sf_slice text, bool is_quoted, char out[SF_MAX_REASON]);

#endif
