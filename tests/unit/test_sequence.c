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
                    sf_sequence_take(&sequence, number);
                    twice++;
                }
            }
        }
        g_assert_cmpuint(sf_sequence_lost(&sequence), ==, lost > twice ? lost - twice : 0);
    }
    g_rand_free(chance);
}

/** Rows of numbers that come one after the other, and what was lost by then. */
static void takes_new_beginnings(void)
{
    static const struct {
        uint16_t numbers[8];
        unsigned count;
        uint32_t lost;
    } rows[] = {
        { { 7 }, 1, 0 },
        { { 7, 8, 10 }, 3, 1 },
        { { 7, 3006 }, 2, 2998 },                /* a large gap */
        { { 7, 3007, 8 }, 3, 0 },                /* a stray */
        { { 7, 8, 40000, 40001, 40003 }, 5, 1 }, /* a new beginning */
        { { 7, 8, 40000, 9, 40001, 10 }, 6, 0 }, /* two strays that do not follow each other */
        { { 7, 6, 8 }, 3, 0 },                   /* before the first */
        { { 65534, 65535, 0, 2 }, 4, 1 },
        { { 65534, 1, 65535 }, 3, 1 },
        { { 9, 65535, 0, 1, 2 }, 5, 0 },     /* a few numbers back are late packets, no beginning */
        { { 9, 30000, 65535, 0, 1 }, 5, 0 }, /* a roll-over right after a new beginning */
    };

    for (size_t r = 0; r < G_N_ELEMENTS(rows); r++) {
        sf_sequence sequence = sf_sequence_of(rows[r].numbers[0]);
        for (unsigned i = 0; i < rows[r].count; i++) {
            sf_sequence_take(&sequence, rows[r].numbers[i]);
        }
        g_test_message("row %u", (unsigned)r);
        g_assert_cmpuint(sf_sequence_lost(&sequence), ==, rows[r].lost);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/sequence/counts-what-was-lost", counts_what_was_lost);
    g_test_add_func("/sequence/takes-new-beginnings", takes_new_beginnings);
    return g_test_run();
}
