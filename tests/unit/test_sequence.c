/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Loss by sequence numbers, held against a sender that knows what it sent.
 */
#include <glib.h>

#include "media/sequence.h"

enum { SENDERS = 3000, PACKETS = 400 };

/** Numbers from anywhere, of which some are lost, come twice, or change places with the next. */
static void counts_what_was_lost(void)
{
    GRand *chance = g_rand_new_with_seed(3550);

    for (unsigned n = 0; n < SENDERS; n++) {
        uint16_t first = (uint16_t)(n % 3 == 0 ? 65536u - g_rand_int(chance) % PACKETS : g_rand_int(chance));
        sf_sequence sequence = sf_sequence_of(first);
        uint32_t lost = 0, twice = 0;
        for (unsigned i = 0; i < PACKETS; i++) {
            uint16_t number = (uint16_t)(first + i);
            int fate = i == 0 || i + 2 >= PACKETS ? 9 : g_rand_int_range(chance, 0, 10);
            if (fate == 0) {
                lost++;
            } else if (fate == 1) {
                sf_sequence_take(&sequence, (uint16_t)(number + 1));
                sf_sequence_take(&sequence, number);
                i++;
            } else {
                sf_sequence_take(&sequence, number);
                if (fate == 2 && n % 2 == 0) {
                    g_assert_false(sf_sequence_take(&sequence, number));
                    twice++;
                }
            }
        }
        g_assert_cmpuint(sf_sequence_lost(&sequence), ==, lost);
        g_assert_cmpuint(sequence.duplicates, ==, twice);
        g_assert_cmpuint(sequence.packets, ==, PACKETS - lost);
    }
    g_rand_free(chance);
}

/** A capture of both sides of a relay: the copy of each packet comes a few packets later, or gets lost on the way. */
static void knows_copies(void)
{
    enum { LATEST = 63 };
    GRand *chance = g_rand_new_with_seed(3711);

    for (unsigned n = 0; n < SENDERS; n++) {
        uint16_t first = (uint16_t)(n % 3 == 0 ? 65536u - g_rand_int(chance) % PACKETS : g_rand_int(chance));
        unsigned later = n % (LATEST + 1);
        sf_sequence sequence = sf_sequence_of(first);
        bool came[PACKETS] = { false };
        uint32_t packets = 0, copies = 0;
        for (unsigned i = 0; i < PACKETS + later; i++) {
            if (i < PACKETS && (i == 0 || i == PACKETS - 1 || g_rand_int_range(chance, 0, 10) > 0)) {
                g_assert_true(sf_sequence_take(&sequence, (uint16_t)(first + i)));
                came[i] = true;
                packets++;
            }
            if (i >= later && g_rand_int_range(chance, 0, 10) > 0) {
                unsigned at = i - later; /* of one that is missing, the copy is the first that comes */
                g_assert_cmpint(sf_sequence_take(&sequence, (uint16_t)(first + at)), ==, !came[at]);
                packets += !came[at];
                copies += came[at];
                came[at] = true;
            }
        }
        g_assert_cmpuint(sequence.packets, ==, packets);
        g_assert_cmpuint(sequence.duplicates, ==, copies);
        g_assert_cmpuint(sf_sequence_lost(&sequence), ==, PACKETS - packets);
    }
    g_rand_free(chance);
}

/** Roll-overs of a long call, each packet twice. */
static void counts_on(void)
{
    enum { ALL = 300000, FIRST = 65000, EVERY = 1000 };
    sf_sequence sequence = sf_sequence_of(FIRST);

    for (unsigned i = 0; i < ALL; i++) {
        if (i % EVERY != 1) {
            g_assert_true(sf_sequence_take(&sequence, (uint16_t)(FIRST + i)));
            g_assert_false(sf_sequence_take(&sequence, (uint16_t)(FIRST + i)));
        }
    }
    g_assert_cmpuint(sequence.packets, ==, ALL - ALL / EVERY);
    g_assert_cmpuint(sequence.duplicates, ==, ALL - ALL / EVERY);
    g_assert_cmpuint(sf_sequence_lost(&sequence), ==, ALL / EVERY);
}

/** Rows of numbers that come one after the other, and what was lost and came twice by then. */
static void takes_new_beginnings(void)
{
    static const struct {
        uint16_t numbers[8];
        unsigned count;
        uint32_t lost;
        uint32_t twice;
    } rows[] = {
        { { 7 }, 1, 0, 0 },
        { { 7, 8, 10 }, 3, 1, 0 },
        { { 7, 7, 7 }, 3, 0, 2 },
        { { 7, 3006 }, 2, 2998, 0 },                /* a large gap */
        { { 7, 3006, 3006, 3005 }, 4, 2997, 1 },    /* a copy after it, and one that is late */
        { { 7, 3007, 8 }, 3, 0, 0 },                /* a stray */
        { { 7, 3007, 3007, 8 }, 4, 0, 1 },          /* twice */
        { { 7, 8, 40000, 40001, 40003 }, 5, 1, 0 }, /* a new beginning */
        { { 7, 40000, 40000, 40001, 40001, 40003 }, 6, 1, 2 },
        { { 7, 8, 40000, 9, 40001, 10 }, 6, 0, 0 }, /* two strays that do not follow each other */
        { { 7, 6, 8 }, 3, 0, 0 },                   /* before the first */
        { { 7, 6, 6, 8, 10 }, 5, 1, 1 },            /* which makes up for nothing */
        { { 7, 9, 8, 8, 11, 9 }, 6, 1, 2 },         /* nor does a copy */
        { { 100, 172, 101, 101 }, 4, 69, 0 },       /* further apart than 64: no copy that is known */
        { { 7, 8, 9, 7, 8, 9, 10 }, 7, 0, 3 },      /* a sender that begins again at its last numbers looks so, too */
        { { 65534, 65535, 0, 2 }, 4, 1, 0 },
        { { 65534, 65535, 65535, 0, 65534, 2 }, 6, 1, 2 }, /* copies around a roll-over */
        { { 65534, 1, 65535 }, 3, 1, 0 },
        { { 9, 65535, 0, 1, 2 }, 5, 0, 0 },     /* a few numbers back are late packets, no beginning */
        { { 9, 30000, 65535, 0, 1 }, 5, 0, 0 }, /* a roll-over right after a new beginning */
    };

    for (size_t r = 0; r < G_N_ELEMENTS(rows); r++) {
        sf_sequence sequence = sf_sequence_of(rows[r].numbers[0]);
        for (unsigned i = 0; i < rows[r].count; i++) {
            sf_sequence_take(&sequence, rows[r].numbers[i]);
        }
        g_test_message("row %u", (unsigned)r);
        g_assert_cmpuint(sf_sequence_lost(&sequence), ==, rows[r].lost);
        g_assert_cmpuint(sequence.duplicates, ==, rows[r].twice);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sequence/counts-what-was-lost", counts_what_was_lost);
    g_test_add_func("/sequence/knows-copies", knows_copies);
    g_test_add_func("/sequence/counts-on", counts_on);
    g_test_add_func("/sequence/takes-new-beginnings", takes_new_beginnings);
    return g_test_run();
}
