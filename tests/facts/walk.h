/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The steps of the walk over facts (facts.h), for the files that make it up.
 */
#ifndef SF_TESTS_FACTS_WALK_H
#define SF_TESTS_FACTS_WALK_H

#include "engine/message.h"
#include "key_leak.h"

#include <glib.h>

/** The input, and the first thing found that does not hold. */
typedef struct {
    sf_slice input;
    const sf_key_places *places; /**< of the keys in it; NULL: nowhere */
    const sf_message *message;   /**< NULL while a body is walked over alone */
    const sf_media *media;
    const char *fault;
    unsigned sum; /**< of all bytes touched, so that no compiler leaves the reading out */
} sf_walk;

/** Notes `what` unless it holds; the first note stays. */
void sf_walk_expect(sf_walk *w, bool holds, const char *what);

/** The slice is absent, or a part of the input; all of its bytes are read. It may hold a key: it is never shown. */
void sf_walk_place(sf_walk *w, sf_slice s, const char *what);

/** The same for a slice that may be shown. */
void sf_walk_inside(sf_walk *w, sf_slice s, const char *what);

/** The slice is absent, a part of the input, or a literal of the program. */
void sf_walk_inside_or_literal(sf_walk *w, sf_slice s, const char *what);

/** A run lies in its table of `pool` rows. */
void sf_walk_run(sf_walk *w, sf_run run, unsigned pool, const char *what);

/* Walks over each row of a table by `check`, once its count has been held to the limit. */
#define SF_WALK_ALL(w, items, count, limit, check)                          \
    do {                                                                    \
        sf_walk_expect(w, (count) <= (limit), #count " is beyond " #limit); \
        for (unsigned i_ = 0; i_ < (count) && !(w)->fault; i_++) {          \
            check(w, &(items)[i_]);                                         \
        }                                                                   \
    } while (0)

/** Walks over the bodies in w->media. */
void sf_walk_media(sf_walk *w);

/** Walks over what Microsoft's headers of w->message say. */
void sf_walk_headers(sf_walk *w);

#endif
