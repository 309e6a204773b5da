/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The places of waiting messages. There are few, so a linear search is enough.
 */
#include "waiting.h"

void sf_log_waiting_init(sf_log_waiting *waiting)
{
    memset(waiting, 0, sizeof *waiting);
    for (size_t i = 0; i < G_N_ELEMENTS(waiting->places); i++) {
        sf_log_text_init(&waiting->places[i].part.text);
    }
}

void sf_log_waiting_clear(sf_log_waiting *waiting)
{
    for (size_t i = 0; i < G_N_ELEMENTS(waiting->places); i++) {
        sf_log_text_clear(&waiting->places[i].part.text);
    }
}

static bool is_full(const sf_log_waiting *waiting)
{
    for (size_t i = 0; i < G_N_ELEMENTS(waiting->places); i++) {
        if (!waiting->places[i].part.format) {
            return false;
        }
    }
    return true;
}

static bool is_same_end(const sf_log_end *a, const sf_log_end *b)
{
    return a->port == b->port && strcmp(a->host, b->host) == 0;
}

const sf_log_partial *sf_log_waiting_find(const sf_log_waiting *waiting, const sf_log_origin *origin)
{
    for (size_t i = 0; i < G_N_ELEMENTS(waiting->places); i++) {
        const sf_log_partial *part = &waiting->places[i].part;
        if (part->format && part->origin.direction == origin->direction &&
            is_same_end(&part->origin.local, &origin->local) && is_same_end(&part->origin.remote, &origin->remote)) {
            return part;
        }
    }
    return NULL;
}

void sf_log_waiting_keep(sf_log_waiting *waiting, const sf_log_read *read, size_t first, sf_log_line_state last_line)
{
    size_t free_place = 0;

    while (waiting->places[free_place].part.format) {
        free_place++;
    }
    waiting->places[free_place].age = 0;
    sf_log_join_begin(&waiting->places[free_place].part, read, first, last_line);
}

sf_log_partial sf_log_waiting_take(sf_log_waiting *waiting, const sf_log_partial *part)
{
    sf_log_partial taken = *part;

    for (size_t i = 0; i < G_N_ELEMENTS(waiting->places); i++) {
        if (&waiting->places[i].part == part) {
            waiting->places[i].part.format = NULL;
            sf_log_text_init(&waiting->places[i].part.text);
        }
    }
    return taken;
}

void sf_log_waiting_age(sf_log_waiting *waiting)
{
    for (size_t i = 0; i < G_N_ELEMENTS(waiting->places); i++) {
        waiting->places[i].age++;
    }
}

/* The place of the message that has waited longest, or NULL. */
static const sf_log_waiting_place *oldest_place(const sf_log_waiting *waiting)
{
    const sf_log_waiting_place *oldest = NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(waiting->places); i++) {
        const sf_log_waiting_place *place = &waiting->places[i];
        if (place->part.format && (!oldest || place->age > oldest->age)) {
            oldest = place;
        }
    }
    return oldest;
}

const sf_log_partial *sf_log_waiting_oldest(const sf_log_waiting *waiting)
{
    const sf_log_waiting_place *oldest = oldest_place(waiting);

    return oldest ? &oldest->part : NULL;
}

bool sf_log_waiting_must_give_way(const sf_log_waiting *waiting)
{
    const sf_log_waiting_place *oldest = oldest_place(waiting);

    return oldest && (oldest->age > SF_LOG_PART_AGE || is_full(waiting));
}
