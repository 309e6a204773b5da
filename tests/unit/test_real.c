/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Decimal fractions.
 */
#include "check.h"
#include "engine/text/real.h"

#include <float.h>

typedef struct {
    const char *name;
    const char *text;
    double max;
    sf_status status;
    double value;
} real_row;

static const real_row reals[] = {
    { "whole", "15", 1000, SF_OK, 15 },
    { "fraction", "0.830", 1, SF_OK, 0.83 },
    { "point-first", ".5", 1, SF_OK, 0.5 },
    { "point-last", "1.", 1, SF_OK, 1 },
    { "zero", "0.000", 1, SF_OK, 0 },
    { "leading-zeros", "007.50", 10, SF_OK, 7.5 },
    { "at-limit", "1.0", 1, SF_OK, 1 },
    { "above-limit", "1.1", 1, SF_MALFORMED, 0 },
    { "32-bytes", "0.500000000000000000000000000000", 1, SF_OK, 0.5 },
    { "33-bytes", "0.5000000000000000000000000000000", 1, SF_MALFORMED, 0 },
    { "32-digits", "99999999999999999999999999999999", DBL_MAX, SF_OK, 99999999999999999999999999999999.0 },
    { "two-points", "0.8.3", 1, SF_MALFORMED, 0 },
    { "point-alone", ".", 1, SF_MALFORMED, 0 },
    { "comma", "0,5", 1, SF_MALFORMED, 0 },
    { "negative", "-0.5", 1, SF_MALFORMED, 0 },
    { "exponent", "1e0", 1, SF_MALFORMED, 0 },
    { "blank", " 1", 1, SF_MALFORMED, 0 },
    { "empty", "", 1, SF_ABSENT, 0 },
};

/** What could not be read leaves the number as it was. */
static void test_real(gconstpointer data)
{
    const real_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_real real = { SF_LITERAL("7"), 7 };
    double wanted = row->status == SF_OK ? row->value : 7;

    g_assert_cmpint(sf_real_read(input.text, row->max, &real), ==, row->status);
    SF_CHECK_SLICE(real.text, row->status == SF_OK ? row->text : "7");
    g_assert_cmpfloat_with_epsilon(real.value, wanted, wanted * 1e-15 + DBL_MIN);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/real/read", reals, test_real);
    return g_test_run();
}
