/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The search for pairs of letters finds each, at any place, with the machine's
 * own instructions and without them.
 */
#include "check.h"
#include "engine/text/letter_pairs.h"

#define WAYS (SF_PAIRS_WIDE + 1)

static const char *const pairs_of_group[] = { "c/", ")@", "he", "aq", "k.", "ft", "ms", "x-" };

static sf_letter_pairs all_pairs(void)
{
    sf_letter_pairs pairs = { .nibbles = { { 0 } } };

    for (unsigned i = 0; i < G_N_ELEMENTS(pairs_of_group); i++) {
        sf_letter_pairs_add(&pairs, pairs_of_group[i], i);
    }
    return pairs;
}

/** True if a pair was found at a place of the text. */
static bool finds(sf_pairs_way way, const sf_letter_pairs *pairs, sf_slice text, size_t place)
{
    const char *at = text.text, *const end = sf_slice_end(text);
    uint32_t marks;

    while ((marks = sf_letter_pairs_next_by(way, pairs, &at, end, end)) != 0) {
        g_assert_true(at <= end);
        for (; marks != 0; marks &= marks - 1) {
            if (at + sf_first_pair(marks) == text.text + place) {
                return true;
            }
        }
        at += MIN((size_t)(end - at), SF_PAIRS_CHUNK);
    }
    g_assert_true(at == end);
    return false;
}

/** Each pair, in either case, at each place of texts that end in front of a guard page; what is alike is no pair. */
static void test_places(void)
{
    const sf_letter_pairs pairs = all_pairs();
    g_auto(sf_guarded) room = sf_guarded_new(128);

    for (size_t length = 2; length <= 100; length++) {
        for (size_t place = 0; place + 2 <= length; place++) {
            const char *pair = pairs_of_group[(length + place) % G_N_ELEMENTS(pairs_of_group)];
            char text[100];
            memset(text, 'z', sizeof text);
            text[place] = place % 2 ? g_ascii_toupper(pair[0]) : pair[0];
            text[place + 1] = place % 3 ? g_ascii_toupper(pair[1]) : pair[1];
            sf_slice input = sf_guarded_put(&room, (sf_slice){ text, length });
            for (sf_pairs_way way = 0; way < WAYS; way++) {
                g_assert_true(finds(way, &pairs, input, place));
                g_assert_false(finds(way, &pairs, input, place + 1));
                g_assert_false(finds(way, &pairs, input, length));
            }
        }
    }
}

/** Both ways find the same in any bytes. */
static void test_ways(void)
{
    const sf_letter_pairs pairs = all_pairs();
    char text[500];

    for (unsigned round = 0; round < 200; round++) {
        size_t length = (size_t)g_test_rand_int_range(0, sizeof text);
        for (size_t i = 0; i < length; i++) {
            text[i] = (char)g_test_rand_int_range(round % 2 ? 0 : 32, round % 2 ? 256 : 127);
        }
        const char *places[WAYS] = { text, text, text };
        const char *const until = text + g_test_rand_int_range(0, (gint32)length + 1);
        while (places[0] < until) {
            uint32_t marks[WAYS];
            for (sf_pairs_way way = 0; way < WAYS; way++) {
                marks[way] = sf_letter_pairs_next_by(way, &pairs, &places[way], until, text + length);
                g_assert_cmpuint(marks[way], ==, marks[0]);
                g_assert_true(places[way] == places[0]);
            }
            size_t step = marks[0] == 0 ? 0 : MIN((size_t)(text + length - places[0]), SF_PAIRS_CHUNK);
            for (sf_pairs_way way = 0; way < WAYS; way++) {
                places[way] += step;
            }
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/letter-pairs/places", test_places);
    g_test_add_func("/letter-pairs/ways", test_ways);
    return g_test_run();
}
