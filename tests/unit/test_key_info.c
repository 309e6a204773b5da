/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ms-key-info: the front of the seed's value, and values that are too short, too long or no base64.
 */
#include "check.h"
#include "engine/sip/key_info.h"
#include "engine/text/limits.h"

typedef struct {
    const char *name;
    const char *text;
    bool decoded;
    uint32_t version;
    uint64_t created;
    const char *problem;
} key_info_row;

/* The FILETIME is 2013-04-26 13:46:39.2538432 UTC. */
static const key_info_row rows[] = {
    { "seed-front", "AAEAAXqing1AxSJ6hELOARzXMPrLNgxR-H8e9Ffw7BRL", true, 0x00010001,
      G_GUINT64_CONSTANT(130114575992538432), NULL },
    { "sixteen-bytes", "AAEAAXqing1AxSJ6hELOAQ", true, 0x00010001, G_GUINT64_CONSTANT(130114575992538432),
      NULL },
    { "other-version-is-shown", "AQIDBHqing1AxSJ6hELOAQAA", true, 0x01020304,
      G_GUINT64_CONSTANT(130114575992538432), NULL },
    /* A time before 1829 or after 2057 is none, of the version whose layout is known. */
    { "largest-time", "AAEAAXqing3__________w", true, 0x00010001, 0, "ms-key-info" },
    { "time-zero", "AAEAAXqing0AAAAAAAAAAA", true, 0x00010001, 0, "ms-key-info" },
    { "time-just-too-early", "AAEAAXqing3_________AA", true, 0x00010001, 0, "ms-key-info" },
    { "earliest-time", "AAEAAXqing0AAAAAAAAAAQ", true, 0x00010001, G_GUINT64_CONSTANT(0x0100000000000000), NULL },
    { "latest-time", "AAEAAXqing3_________AQ", true, 0x00010001, G_GUINT64_CONSTANT(0x01ffffffffffffff), NULL },
    { "time-just-too-late", "AAEAAXqing0AAAAAAAAAAg", true, 0x00010001, 0, "ms-key-info" },
    { "no-time-in-another-version", "AQIDBHqing3__________w", true, 0x01020304, 0, NULL },
    { "fifteen-bytes", "AAEAAXqing1AxSJ6hELO", false, 0, 0, "ms-key-info" },
    { "empty", "", false, 0, 0, "ms-key-info" },
    { "absent", NULL, false, 0, 0, "ms-key-info" },
    { "impossible-length", "AAEAAXqing1AxSJ6hELOARzXM", false, 0, 0, "ms-key-info" },
    { "foreign-letter-far-behind", "AAEAAXqing1AxSJ6hELOARzXMPrLNgxR-H8e9Ffw7BR*", false, 0, 0,
      "ms-key-info" },
};

static void test_read(gconstpointer data)
{
    const key_info_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_problems problems;
    sf_key_info info;

    sf_problems_clear(&problems);
    sf_key_info_read(input.text, input.text, &problems, &info);
    SF_CHECK_SLICE(info.text, row->text);
    g_assert_true(info.is_decoded == row->decoded);
    g_assert_cmphex(info.version, ==, row->version);
    g_assert_cmpuint(info.created, ==, row->created);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

static void test_over_long(void)
{
    g_autofree char *letters = g_strnfill(SF_MAX_BASE64 + 4, 'A');
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(letters));
    sf_problems problems;
    sf_key_info info;

    sf_problems_clear(&problems);
    sf_key_info_read(input.text, input.text, &problems, &info);
    g_assert_false(info.is_decoded);
    SF_CHECK_PROBLEM(&problems, "ms-key-info");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/key-info/read", rows, test_read);
    g_test_add_func("/key-info/over-long", test_over_long);
    return g_test_run();
}
