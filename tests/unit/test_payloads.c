/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The payload types that a side can receive, within their limits.
 */
#include "check.h"
#include "media/payloads.h"

typedef struct {
    const char *name;
    const char *formats;
    unsigned count;
    bool is_whole;
} formats_row;

static const formats_row formats[] = {
    { "none", "", 0, true },
    { "some", "0 8 101", 3, true },
    { "same-again", "0 8 0 0", 2, true },
    { "no-number", "0 * 8", 2, false },
    { "beyond-127", "0 128", 1, false },
    { "as-many-as-fit", "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31",
      SF_MAX_PAYLOADS, true },
    { "one-too-many", "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32",
      SF_MAX_PAYLOADS, false },
};

static void test_formats(gconstpointer data)
{
    const formats_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->formats));
    sf_payloads payloads = { .is_whole = true };

    sf_payloads_add_formats(&payloads, input.text);
    g_assert_cmpuint(payloads.count, ==, row->count);
    g_assert_true(payloads.is_whole == row->is_whole);
}

/** The name of a type after a=rtpmap; NULL for none. */
static const char *name_of(sf_codec_names *names, sf_payloads *payloads, const char *value, unsigned type)
{
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(value));

    sf_payloads_name(payloads, input.text, names);
    const sf_payload *found = sf_payloads_find(payloads, type);
    const sf_codec_name *name = found ? sf_codec_name_at(names, found->name) : NULL;
    return name ? name->label : NULL;
}

static void test_names(void)
{
    sf_codec_names *names = sf_codec_names_new();
    sf_payloads payloads = { .is_whole = true };

    sf_payloads_add_formats(&payloads, SF_LITERAL("96 97 98"));
    g_assert_cmpstr(name_of(names, &payloads, "96 EXAMPLE/8000", 96), ==, "EXAMPLE");
    g_assert_cmpstr(name_of(names, &payloads, "96 OTHER/8000", 96), ==, "EXAMPLE"); /* the first counts */
    g_assert_cmpstr(name_of(names, &payloads, "97 EXAMPLE/8000", 97), ==, "EXAMPLE");
    g_assert_cmpstr(name_of(names, &payloads, "98", 98), ==, NULL);
    g_assert_cmpstr(name_of(names, &payloads, "98 \x01/8000", 98), ==, NULL);
    g_assert_cmpstr(name_of(names, &payloads, "x EXAMPLE/8000", 98), ==, NULL);
    g_assert_cmpstr(name_of(names, &payloads, "99 EXAMPLE/8000", 99), ==, NULL);
    g_assert_cmpuint(names->names->len, ==, 1);
    sf_codec_names_free(names);
}

/** Of a capture with more names than there are numbers the later ones have none. */
static void test_many_names(void)
{
    sf_codec_names *names = sf_codec_names_new();

    for (unsigned i = 0; i < SF_MAX_CODEC_NAMES + 10; i++) {
        g_autofree char *value = g_strdup_printf("96 CODEC%u/8000", i), *name = g_strdup_printf("CODEC%u", i);
        sf_payloads payloads = { .is_whole = true };
        sf_payloads_add_formats(&payloads, SF_LITERAL("96"));
        g_assert_cmpstr(name_of(names, &payloads, value, 96), ==, i < SF_MAX_CODEC_NAMES ? name : NULL);
    }
    g_assert_cmpuint(names->names->len, ==, SF_MAX_CODEC_NAMES);
    sf_codec_names_free(names);
}

static void test_static_names(void)
{
    g_assert_cmpstr(sf_payload_static_name(0), ==, "G.711 mu-law");
    g_assert_null(sf_payload_static_name(96));
    g_assert_null(sf_payloads_find(NULL, 0));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/payloads/formats", formats, test_formats);
    g_test_add_func("/payloads/names", test_names);
    g_test_add_func("/payloads/many-names", test_many_names);
    g_test_add_func("/payloads/static-names", test_static_names);
    return g_test_run();
}
