/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What could not be read in a message, and where.
 */
#ifndef SF_ENGINE_TEXT_PROBLEM_H
#define SF_ENGINE_TEXT_PROBLEM_H

#include "limits.h"
#include "slice.h"

typedef enum { SF_PROBLEM_MALFORMED, SF_PROBLEM_LIMIT } sf_problem_kind;

/** Kinds of elements that are counted; each is reported once when its limit is passed. */
typedef enum {
    SF_LIMIT_HEADERS,
    SF_LIMIT_LIST_ELEMENTS,
    SF_LIMIT_PARAMETERS,
    SF_LIMIT_VIAS,
    SF_LIMIT_ROUTES,
    SF_LIMIT_GRUUS,
    SF_LIMIT_IDENTITIES,
    SF_LIMIT_EPIDS,
    SF_LIMIT_REFERENCES,
    SF_LIMIT_EVIDENCE,
    SF_LIMIT_BODIES,
    SF_LIMIT_BODY_NESTING,
    SF_LIMIT_SDPS,
    SF_LIMIT_STREAMS,
    SF_LIMIT_CRYPTOS,
    SF_LIMIT_KEYS,
    SF_LIMIT_CANDIDATES,
    SF_LIMIT_REMOTE_CANDIDATES,
    SF_LIMIT_CODECS,
    SF_LIMIT_ATTRIBUTES,
    SF_LIMIT_DIAGNOSTICS,
    SF_LIMIT_DIAGNOSTIC_PARAMS,
    SF_LIMIT_MEDIA_DEBUGS,
    SF_LIMIT_MEDIA_DEBUG_PARAMS,
    SF_LIMIT_MICROSOFT_HEADERS,
    SF_LIMIT_AUTHENTICATIONS,
    SF_LIMIT_SKYPE_URIS,
    SF_LIMIT_PARTICIPANTS,
    SF_LIMIT_PROBLEMS,
    SF_LIMIT_COUNT
} sf_limit;

/* sf_problems keeps one bit for each limit, and those who show problems one for each problem. */
_Static_assert(SF_LIMIT_COUNT <= 32, "a limit for each bit of limits_hit");
_Static_assert(SF_MAX_PROBLEMS <= 64, "a problem for each bit of 64");

typedef struct {
    sf_problem_kind kind;
    sf_slice context; /**< where the element is: the canonical name of a header, or `SDP` */
    sf_slice element; /**< the element that it belongs to: a whole Via, a whole a= line, ... */
    sf_slice where;   /**< the bytes that could not be read; empty of a limit, and where they may not be shown */
    const char *what; /**< name of what was being read */
    const char *why;  /**< the rest of the sentence that begins with `what` */
} sf_problem;

typedef struct {
    sf_problem items[SF_MAX_PROBLEMS];
    unsigned count;
    uint32_t limits_hit; /**< one bit for each sf_limit */
    sf_slice context;    /**< given to each problem that is noted from now on */
    sf_slice text;       /**< the message that is being read; absent if an element is read alone */
    const char *cut;     /**< where what the capture cut off begins, see sf_problems_malformed(); NULL if it has all */
} sf_problems;

/** Empties the list. */
void sf_problems_clear(sf_problems *problems);

/* A NULL list means that nobody reads the problems: the functions below note nothing then. */

/**
 * Notes an element that could not be read. `what` and `why` are literals that
 * make a sentence: "ms-received-port" "is not a port number".
 * What is noted may be shown to users who hide keys: if the line around `where`,
 * with its folds, has the mark of a key, `where` is kept as a place only, with no bytes to quote.
 * Nothing is noted of what reaches the `cut`: it may be wrong only because the capture ends there.
 */
void sf_problems_malformed(sf_problems *problems, sf_slice element, sf_slice where, const char *what, const char *why);

/** Notes, once for each kind of limit, that the rest of something was skipped from `element` on. */
void sf_problems_limit(sf_problems *problems, sf_limit limit, sf_slice element);

/**
 * Asks for room for one more row of a table, and notes the limit if there is none.
 * @param count    rows that are taken
 * @param max      rows that there are
 * @param element  what would have gone into the row
 * @return true if count < max
 */
static inline bool sf_problems_room(sf_problems *problems, unsigned count, unsigned max, sf_limit limit,
                                    sf_slice element)
{
    if (count < max) {
        return true;
    }
    sf_problems_limit(problems, limit, element);
    return false;
}

#endif
