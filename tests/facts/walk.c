/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The steps of the walk over facts.
 */
#include "walk.h"

#include "system/pages.h"

void sf_walk_expect(sf_walk *w, bool holds, const char *what)
{
    if (!holds && !w->fault) {
        w->fault = what;
    }
}

static bool lies_in(sf_slice s, const char *begin, const char *after)
{
    return s.text >= begin && s.text <= after && s.length <= (size_t)(after - s.text);
}

static void touch(sf_walk *w, sf_slice s)
{
    for (size_t i = 0; i < s.length; i++) {
        w->sum += (unsigned char)s.text[i];
    }
}

void sf_walk_place(sf_walk *w, sf_slice s, const char *what)
{
    bool holds = s.text ? lies_in(s, w->input.text, sf_slice_end(w->input)) : s.length == 0;

    sf_walk_expect(w, holds, what);
    if (holds) {
        touch(w, s);
    }
}

void sf_walk_inside(sf_walk *w, sf_slice s, const char *what)
{
    sf_walk_place(w, s, what);
    sf_walk_expect(w, !w->places || !sf_key_places_overlap(w->input, w->places, s), what);
}

void sf_walk_inside_or_literal(sf_walk *w, sf_slice s, const char *what)
{
    const char *begin, *end;

    sf_program_image(&begin, &end);
    if (s.text && lies_in(s, begin, end)) {
        touch(w, s);
        return;
    }
    sf_walk_inside(w, s, what);
}

void sf_walk_run(sf_walk *w, sf_run run, unsigned pool, const char *what)
{
    sf_walk_expect(w, run.first <= pool && run.count <= pool - run.first, what);
}
