/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * GUIDs in text and in Windows byte order, and the endpoint GUID of an epid.
 */
#include "check.h"
#include "engine/text/base64.h"

typedef struct {
    const char *name;
    const char *text;
    sf_status status;
    const char *guid;
} read_row;

static const char *const example = "a6680a35-4e78-424c-ae0b-3241de377835";

static const read_row reads[] = {
    { "plain-digits", "a6680a354e78424cae0b3241de377835", SF_OK, "a6680a35-4e78-424c-ae0b-3241de377835" },
    { "dashes", "a6680a35-4e78-424c-ae0b-3241de377835", SF_OK, "a6680a35-4e78-424c-ae0b-3241de377835" },
    { "upper-case", "A6680A35-4E78-424C-AE0B-3241DE377835", SF_OK, "a6680a35-4e78-424c-ae0b-3241de377835" },
    { "braces", "{a6680a35-4e78-424c-ae0b-3241de377835}", SF_OK, "a6680a35-4e78-424c-ae0b-3241de377835" },
    { "empty", "", SF_ABSENT, NULL },
    { "absent", NULL, SF_ABSENT, NULL },
    { "31-digits", "a6680a354e78424cae0b3241de37783", SF_MALFORMED, NULL },
    { "33-digits", "a6680a354e78424cae0b3241de3778355", SF_MALFORMED, NULL },
    { "no-digit", "g6680a354e78424cae0b3241de377835", SF_MALFORMED, NULL },
    { "dash-at-wrong-place", "a6680a354-e78-424c-ae0b-3241de377835", SF_MALFORMED, NULL },
    { "one-brace", "{a6680a35-4e78-424c-ae0b-3241de377835", SF_MALFORMED, NULL },
    { "digit-for-dash", "a6680a3504e78-424c-ae0b-3241de377835", SF_MALFORMED, NULL },
};

static void test_read(gconstpointer data)
{
    const read_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_guid guid;

    g_assert_cmpint(sf_guid_read(input.text, &guid), ==, row->status);
    if (row->guid) {
        SF_CHECK_GUID(guid, row->guid);
    }
}

static void test_from_windows(void)
{
    const uint8_t memory[16] = { 0x33, 0x22, 0x11, 0x00, 0x55, 0x44, 0x77, 0x66,
                                 0x88, 0x99, 0xaa, 0xbb, 0xcc, 0xdd, 0xee, 0xff };

    SF_CHECK_GUID(sf_guid_from_windows(memory), "00112233-4455-6677-8899-aabbccddeeff");
}

static void test_equals(void)
{
    sf_guid a, b;

    g_assert_cmpint(sf_guid_read(sf_text(example), &a), ==, SF_OK);
    b = a;
    g_assert_true(sf_guid_equals(&a, &b));
    b.bytes[15] ^= 1;
    g_assert_false(sf_guid_equals(&a, &b));
}

typedef struct {
    const char *name; /**< the epid itself */
    const char *guid;
    const char *letters; /**< as the endpoint's GRUU writes it */
} epid_row;

/* A pair of [MS-SIPRE] and pairs of real traffic. */
static const epid_row epids[] = {
    { "451e9252b6", "e0de506b-a705-59cc-9bfa-d37593141231", "a1De4AWnzFmb-tN1kxQSMQAA" },
    { "01010101", "4b1682a8-f968-5701-83fc-7c6741dc6697", "qIIWS2j5AVeD_HxnQdxmlwAA" },
    { "3102EB8BD1", "7af002fa-d372-5a55-b2f8-093c4c99f564", "-gLwenLTVVqy-Ak8TJn1ZAAA" },
};

static void test_epid(gconstpointer data)
{
    const epid_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->name));
    sf_guid derived = sf_guid_of_epid(input.text);
    sf_guid written;

    SF_CHECK_GUID(derived, row->guid);
    g_assert_cmpint(sf_ms_base64_guid(sf_text(row->letters), &written), ==, SF_OK);
    g_assert_true(sf_guid_equals(&derived, &written));
}

/** The letters of an epid count as they are written; any epid gives version 5 and the RFC 4122 variant. */
static void test_epid_forms(void)
{
    const char *const forms[] = { "3102EB8BD1", "3102eb8bd1", "2539071F25", "a", "0123456789abcdef", "" };
    sf_guid upper = sf_guid_of_epid(sf_text("3102EB8BD1"));
    sf_guid lower = sf_guid_of_epid(sf_text("3102eb8bd1"));

    g_assert_false(sf_guid_equals(&upper, &lower));
    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++) {
        sf_guid guid = sf_guid_of_epid(sf_text(forms[i]));
        g_assert_cmphex(guid.bytes[6] & 0xf0, ==, 0x50);
        g_assert_cmphex(guid.bytes[8] & 0xc0, ==, 0x80);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/guid/read", reads, test_read);
    g_test_add_func("/guid/from-windows", test_from_windows);
    g_test_add_func("/guid/equals", test_equals);
    SF_ADD_ROWS("/guid/epid", epids, test_epid);
    g_test_add_func("/guid/epid-forms", test_epid_forms);
    return g_test_run();
}
