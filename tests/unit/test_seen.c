/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What several sources, or two calls, show together: where some prove nothing, what others prove is but a part.
 */
#include "check.h"
#include "media/flow_table.h"

#define BIT(seen) (1u << SF_SEEN_##seen)

static void test_of_bits(void)
{
    static const struct {
        unsigned bits;
        sf_seen seen, seen_unproved; /**< the latter with media that counts and is not proved */
    } rows[] = {
        { 0, SF_SEEN_NOTHING, SF_SEEN_NOTHING },
        { BIT(UNDETERMINED), SF_SEEN_UNDETERMINED, SF_SEEN_UNDETERMINED },
        { BIT(CLEAR), SF_SEEN_CLEAR, SF_SEEN_PARTLY_CLEAR },
        { BIT(CLEAR) | BIT(UNDETERMINED), SF_SEEN_CLEAR, SF_SEEN_PARTLY_CLEAR },
        { BIT(SRTP), SF_SEEN_SRTP, SF_SEEN_PARTLY_SRTP },
        { BIT(SRTP) | BIT(UNDETERMINED), SF_SEEN_SRTP, SF_SEEN_PARTLY_SRTP },
        { BIT(READABLE) | BIT(UNDETERMINED), SF_SEEN_READABLE, SF_SEEN_PARTLY_READABLE },
        { BIT(OTHER_KEY) | BIT(UNDETERMINED), SF_SEEN_OTHER_KEY, SF_SEEN_PARTLY_OTHER_KEY },
        { BIT(SRTP) | BIT(READABLE), SF_SEEN_MIXED, SF_SEEN_MIXED },
        { BIT(CLEAR) | BIT(SRTP) | BIT(UNDETERMINED), SF_SEEN_MIXED, SF_SEEN_MIXED },
        { BIT(DTLS), SF_SEEN_DTLS, SF_SEEN_PARTLY_DTLS },
        { BIT(DTLS) | BIT(UNDETERMINED), SF_SEEN_DTLS, SF_SEEN_PARTLY_DTLS },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_assert_cmpint(sf_seen_of_bits(rows[i].bits, false), ==, rows[i].seen);
        g_assert_cmpint(sf_seen_of_bits(rows[i].bits, true), ==, rows[i].seen_unproved);
        g_assert_cmpint(sf_seen_has_parts(rows[i].seen), ==, rows[i].seen == SF_SEEN_MIXED);
        g_assert_cmpint(sf_seen_has_parts(rows[i].seen_unproved), ==,
                        rows[i].seen_unproved >= SF_SEEN_PARTLY_SRTP || rows[i].seen_unproved == SF_SEEN_MIXED);
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
        { SF_SEEN_NOTHING, SF_SEEN_PARTLY_SRTP, SF_SEEN_PARTLY_SRTP },
        { SF_SEEN_UNDETERMINED, SF_SEEN_UNDETERMINED, SF_SEEN_UNDETERMINED },
        { SF_SEEN_UNDETERMINED, SF_SEEN_SRTP, SF_SEEN_PARTLY_SRTP },
        { SF_SEEN_UNDETERMINED, SF_SEEN_READABLE, SF_SEEN_PARTLY_READABLE },
        { SF_SEEN_UNDETERMINED, SF_SEEN_CLEAR, SF_SEEN_PARTLY_CLEAR },
        { SF_SEEN_UNDETERMINED, SF_SEEN_DTLS, SF_SEEN_PARTLY_DTLS },
        { SF_SEEN_UNDETERMINED, SF_SEEN_PARTLY_SRTP, SF_SEEN_PARTLY_SRTP },
        { SF_SEEN_UNDETERMINED, SF_SEEN_MIXED, SF_SEEN_MIXED },
        { SF_SEEN_SRTP, SF_SEEN_PARTLY_SRTP, SF_SEEN_PARTLY_SRTP },
        { SF_SEEN_CLEAR, SF_SEEN_PARTLY_SRTP, SF_SEEN_MIXED },
        { SF_SEEN_PARTLY_CLEAR, SF_SEEN_PARTLY_SRTP, SF_SEEN_MIXED },
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
