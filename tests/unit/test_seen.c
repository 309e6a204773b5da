/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What several sources, or two calls, show together: what proves nothing changes nothing.
 */
#include "check.h"
#include "media/flow_table.h"

#define BIT(seen) (1u << SF_SEEN_##seen)

static void test_of_bits(void)
{
    static const struct {
        unsigned bits;
        sf_seen seen;
    } rows[] = {
        { 0, SF_SEEN_NOTHING },
        { BIT(UNDETERMINED), SF_SEEN_UNDETERMINED },
        { BIT(CLEAR), SF_SEEN_CLEAR },
        { BIT(CLEAR) | BIT(UNDETERMINED), SF_SEEN_CLEAR },
        { BIT(SRTP) | BIT(READABLE), SF_SEEN_MIXED },
        { BIT(CLEAR) | BIT(SRTP) | BIT(UNDETERMINED), SF_SEEN_MIXED },
        { BIT(DTLS), SF_SEEN_DTLS },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_assert_cmpint(sf_seen_of_bits(rows[i].bits), ==, rows[i].seen);
    }
}

static void test_in_both(void)
{
    static const struct {
        sf_seen one, other, both;
    } rows[] = {
        { SF_SEEN_NOTHING, SF_SEEN_NOTHING, SF_SEEN_NOTHING },
        { SF_SEEN_NOTHING, SF_SEEN_UNDETERMINED, SF_SEEN_UNDETERMINED },
        { SF_SEEN_NOTHING, SF_SEEN_CLEAR, SF_SEEN_CLEAR },
        { SF_SEEN_UNDETERMINED, SF_SEEN_SRTP, SF_SEEN_SRTP },
        { SF_SEEN_SRTP, SF_SEEN_SRTP, SF_SEEN_SRTP },
        { SF_SEEN_SRTP, SF_SEEN_CLEAR, SF_SEEN_MIXED },
        { SF_SEEN_MIXED, SF_SEEN_CLEAR, SF_SEEN_MIXED },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_assert_cmpint(sf_seen_in_both(rows[i].one, rows[i].other), ==, rows[i].both);
        g_assert_cmpint(sf_seen_in_both(rows[i].other, rows[i].one), ==, rows[i].both);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/seen/of-bits", test_of_bits);
    g_test_add_func("/seen/in-both", test_in_both);
    return g_test_run();
}
