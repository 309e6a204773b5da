/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Slices: comparing, trimming, domains and numbers.
 */
#include "check.h"

typedef struct {
    const char *name;
    const char *text;
    uint64_t max;
    sf_status status;
    uint64_t value;
} decimal_row;

static const decimal_row decimals[] = {
    { "zero", "0", UINT64_MAX, SF_OK, 0 },
    { "leading-zeros", "00065535", UINT16_MAX, SF_OK, 65535 },
    { "at-16-bit-limit", "65535", UINT16_MAX, SF_OK, 65535 },
    { "above-16-bit-limit", "65536", UINT16_MAX, SF_MALFORMED, 0 },
    { "at-32-bit-limit", "4294967295", UINT32_MAX, SF_OK, UINT32_MAX },
    { "above-32-bit-limit", "4294967296", UINT32_MAX, SF_MALFORMED, 0 },
    { "at-64-bit-limit", "18446744073709551615", UINT64_MAX, SF_OK, UINT64_MAX },
    { "above-64-bit-limit", "18446744073709551616", UINT64_MAX, SF_MALFORMED, 0 },
    { "wraps-around-64-bits", "18446744073709551621", UINT64_MAX, SF_MALFORMED, 0 },
    { "forty-digits", "1234567890123456789012345678901234567890", UINT64_MAX, SF_MALFORMED, 0 },
    { "one-digit-above-small-limit", "8", 7, SF_MALFORMED, 0 },
    { "empty", "", UINT64_MAX, SF_ABSENT, 0 },
    { "absent", NULL, UINT64_MAX, SF_ABSENT, 0 },
    { "minus", "-1", UINT64_MAX, SF_MALFORMED, 0 },
    { "plus", "+1", UINT64_MAX, SF_MALFORMED, 0 },
    { "blank-in-front", " 1", UINT64_MAX, SF_MALFORMED, 0 },
    { "blank-after", "1 ", UINT64_MAX, SF_MALFORMED, 0 },
    { "hexadecimal", "0x10", UINT64_MAX, SF_MALFORMED, 0 },
    { "point", "1.0", UINT64_MAX, SF_MALFORMED, 0 },
};

static void test_decimal(gconstpointer data)
{
    const decimal_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    uint64_t value = 4711;

    g_assert_cmpint(sf_slice_decimal(input.text, row->max, &value), ==, row->status);
    g_assert_cmpuint(value, ==, row->status == SF_OK ? row->value : 4711);
}

/** Digits are read four at a time: any byte at any place of nine digits. */
static void test_digits(void)
{
    char digits[] = "123456789";

    for (size_t place = 0; place < sizeof digits - 1; place++) {
        char right = digits[place];
        for (unsigned byte = 0; byte <= UINT8_MAX; byte++) {
            uint64_t value = 4711;
            digits[place] = (char)byte;
            sf_status status = sf_slice_decimal(sf_slice_between(digits, digits + sizeof digits - 1), UINT64_MAX,
                                                &value);
            g_assert_cmpint(status, ==, byte >= '0' && byte <= '9' ? SF_OK : SF_MALFORMED);
            g_assert_cmpuint(value, ==, status == SF_OK ? g_ascii_strtoull(digits, NULL, 10) : 4711);
        }
        digits[place] = right;
    }
}

typedef struct {
    const char *name;
    const char *text;
    sf_status status;
    uint32_t value;
} hex_row;

static const hex_row hexes[] = {
    { "seven-digits", "5128500", SF_OK, 0x05128500 }, /* an ms-received-cid */
    { "upper-case", "488C7F00", SF_OK, 0x488c7f00 },
    { "lower-case", "1fd200", SF_OK, 0x1fd200 },
    { "eight-digits", "FFFFFFFF", SF_OK, UINT32_MAX },
    { "nine-digits", "100000000", SF_MALFORMED, 0 },
    { "nine-digits-with-zero", "000000001", SF_MALFORMED, 0 },
    { "no-digit", "12G4", SF_MALFORMED, 0 },
    { "prefix", "0x12", SF_MALFORMED, 0 },
    { "empty", "", SF_ABSENT, 0 },
};

static void test_hex(gconstpointer data)
{
    const hex_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    uint32_t value = 4711;

    g_assert_cmpint(sf_slice_hex32(input.text, &value), ==, row->status);
    g_assert_cmphex(value, ==, row->status == SF_OK ? row->value : 4711);
}

typedef struct {
    const char *name;
    const char *host;
    const char *domain;
    bool inside;
} domain_row;

static const domain_row domains[] = {
    { "same", "example.com", "example.com", true },
    { "below", "a.b.example.com", "example.com", true },
    { "any-case", "A.Example.COM", "example.com", true },
    { "suffix-of-a-label", "badexample.com", "example.com", false },
    { "above", "com", "example.com", false },
    { "longer-at-its-end", "example.com.example.org", "example.com", false },
    { "empty-domain", "example.com", "", false },
    { "empty-host", "", "example.com", false },
};

static void test_domain(gconstpointer data)
{
    const domain_row *row = data;
    g_auto(sf_guarded) host = sf_guarded_of(sf_text(row->host));
    g_auto(sf_guarded) domain = sf_guarded_of(sf_text(row->domain));

    g_assert_true(sf_slice_in_domain(host.text, domain.text) == row->inside);
}

static void test_nocase(void)
{
    g_assert_true(sf_slice_equals_nocase(sf_text("Record-ROUTE"), sf_text("record-route")));
    g_assert_false(sf_slice_equals_nocase(sf_text("Route"), sf_text("Routes")));
    g_assert_false(sf_slice_equals_nocase(sf_text("["), sf_text("{"))); /* 0x20 apart, yet no letters */
    g_assert_true(sf_slice_starts_nocase(sf_text("MS-fe"), sf_text("ms-")));
    g_assert_false(sf_slice_starts_nocase(sf_text("ms"), sf_text("ms-")));
    g_assert_true(sf_slice_ends_nocase(sf_text("a.EXAMPLE"), sf_text(".example")));
    g_assert_false(sf_slice_ends_nocase(sf_text("ample"), sf_text("example")));
    /* The branch cookie is of one case only. */
    g_assert_false(sf_slice_equals(sf_text("z9hG4bK"), sf_text("Z9hG4bK")));
    g_assert_true(sf_slice_equals(sf_text(""), sf_text(NULL)));
}

static void test_literal(void)
{
    static const sf_slice constant = SF_LITERAL_INIT("a\0b");

    g_assert_cmpuint(constant.length, ==, 3);
    g_assert_true(sf_slice_equals(constant, SF_LITERAL("a\0b")));
    SF_CHECK_SLICE(SF_LITERAL(""), "");
}

static void test_trim(void)
{
    SF_CHECK_SLICE(sf_slice_trim(sf_text(" \t\r\n a b \r\n\t ")), "a b");
    SF_CHECK_SLICE(sf_slice_trim(sf_text(" \r\n ")), "");
    SF_CHECK_SLICE(sf_slice_trim(sf_text("")), "");
    SF_CHECK_SLICE(sf_slice_trim(sf_text(NULL)), NULL);
}

static void test_parts(void)
{
    sf_slice s = sf_text("a=b=c");

    g_assert_cmpuint(sf_slice_find(s, '='), ==, 1);
    g_assert_cmpuint(sf_slice_find_last(s, '='), ==, 3);
    g_assert_cmpuint(sf_slice_find(s, 'x'), ==, 5);
    g_assert_cmpuint(sf_slice_find_last(s, 'x'), ==, 5);
    g_assert_cmpuint(sf_slice_find(sf_text(NULL), 'x'), ==, 0);
    SF_CHECK_SLICE(sf_slice_head(s, 99), "a=b=c");
    SF_CHECK_SLICE(sf_slice_skip(s, 99), "");
    SF_CHECK_SLICE(sf_slice_skip(s, 2), "b=c");
    SF_CHECK_SLICE(sf_slice_skip(sf_text(NULL), 2), NULL);
    g_assert_true(sf_slice_end(sf_text(NULL)) == NULL);
}

/** Of all bytes. */
static void test_hex_digit(void)
{
    for (unsigned byte = 0; byte <= UINT8_MAX; byte++) {
        g_assert_cmpint(sf_hex_digit((char)byte), ==, g_ascii_xdigit_value((char)byte));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/slice/decimal", decimals, test_decimal);
    g_test_add_func("/slice/digits", test_digits);
    SF_ADD_ROWS("/slice/hex", hexes, test_hex);
    SF_ADD_ROWS("/slice/domain", domains, test_domain);
    g_test_add_func("/slice/nocase", test_nocase);
    g_test_add_func("/slice/literal", test_literal);
    g_test_add_func("/slice/trim", test_trim);
    g_test_add_func("/slice/parts", test_parts);
    g_test_add_func("/slice/hex-digit", test_hex_digit);
    return g_test_run();
}
