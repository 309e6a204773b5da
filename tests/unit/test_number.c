/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Numbers that keep their digits. What is a number, test_slice.c has in full.
 */
#include "check.h"
#include "engine/text/number.h"

typedef struct {
    const char *name;
    const char *text;
    sf_status status;
    uint64_t value;
} number_row;

static const number_row decimals[] = {
    { "leading-zeros", "0065535", SF_OK, 65535 },
    { "above-limit", "65536", SF_MALFORMED, 0 },
    { "empty", "", SF_ABSENT, 0 },
};

static const number_row hexes[] = {
    { "eight-digits", "FFFFFFFF", SF_OK, UINT32_MAX },
    { "no-digit", "12G4", SF_MALFORMED, 0 },
    { "empty", "", SF_ABSENT, 0 },
};

/** What could not be read leaves the number as it was. */
static void check(const number_row *row, sf_status status, sf_number number, const sf_number *before)
{
    g_assert_cmpint(status, ==, row->status);
    SF_CHECK_SLICE(number.text, status == SF_OK ? row->text : before->text.text);
    g_assert_cmpuint(number.value, ==, status == SF_OK ? row->value : before->value);
}

static void test_number(const number_row *row, bool is_hex)
{
    static const sf_number before[] = { { { NULL, 0 }, 0 }, { SF_LITERAL_INIT("7"), 7 } };
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));

    for (size_t i = 0; i < G_N_ELEMENTS(before); i++) {
        sf_number number = before[i];
        sf_status status = is_hex ? sf_number_read_hex32(input.text, &number)
                                  : sf_number_read(input.text, UINT16_MAX, &number);
        check(row, status, number, &before[i]);
        g_assert_true(sf_number_is_present(number) == (status == SF_OK || i == 1));
    }
}

static void test_decimal(gconstpointer data)
{
    test_number(data, false);
}

static void test_hex(gconstpointer data)
{
    test_number(data, true);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/number/decimal", decimals, test_decimal);
    SF_ADD_ROWS("/number/hex", hexes, test_hex);
    return g_test_run();
}
