/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Base64 in both alphabets, and Microsoft's padding as [MS-SIPRE] 2.2.3 and real traffic have it.
 */
#include "check.h"
#include "engine/text/base64.h"
#include "engine/text/limits.h"

typedef struct {
    const char *name;
    const char *text;
    sf_status status;
    const char *bytes;
} decode_row;

/* RFC 4648 section 10, with and without its padding, and what is not base64. */
static const decode_row plain[] = {
    { "one-byte", "Zg==", SF_OK, "66" },
    { "two-bytes", "Zm8=", SF_OK, "666f" },
    { "three-bytes", "Zm9v", SF_OK, "666f6f" },
    { "six-bytes", "Zm9vYmFy", SF_OK, "666f6f626172" },
    { "unpadded-one-byte", "Zg", SF_OK, "66" },
    { "unpadded-two-bytes", "Zm8", SF_OK, "666f" },
    { "short-padding", "Zg=", SF_OK, "66" },
    { "standard-alphabet", "+/+/", SF_OK, "fbffbf" },
    { "microsoft-alphabet", "-_-_", SF_OK, "fbffbf" },
    { "slash-first", "/3//", SF_OK, "ff7fff" },
    { "empty", "", SF_ABSENT, "" },
    { "absent", NULL, SF_ABSENT, "" },
    { "one-letter", "Z", SF_MALFORMED, "" },
    { "five-letters", "Zm9vY", SF_MALFORMED, "" },
    { "padding-inside", "Zg==Zg==", SF_MALFORMED, "" },
    { "too-much-padding", "Zg===", SF_MALFORMED, "" },
    { "only-padding", "==", SF_MALFORMED, "" },
    { "blank-inside", "Zm9v YmFy", SF_MALFORMED, "" },
    { "line-end-inside", "Zm9v\nYmF", SF_MALFORMED, "" },
    { "foreign-letter", "Zm9*", SF_MALFORMED, "" },
    { "not-ascii", "Zm\xc3\xbc", SF_MALFORMED, "" },
};

static void test_plain(gconstpointer data)
{
    const decode_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    uint8_t out[16];
    size_t length = 99;

    g_assert_cmpint(sf_base64_decode(input.text, out, sizeof out, &length), ==, row->status);
    SF_CHECK_BYTES(out, length, row->bytes);
}

typedef struct {
    const char *name;
    const char *text;
    size_t expected;
    sf_status status;
    const char *bytes;
} ms_row;

static const ms_row microsofts[] = {
    { "no-padding-needed", "Zm9v", 3, SF_OK, "666f6f" },
    { "padding-as-letters", "ZgAA", 1, SF_OK, "66" },
    { "padding-as-one-letter", "Zm8A", 2, SF_OK, "666f" },
    { "padding-as-equals", "Zg==", 1, SF_OK, "66" },
    { "padding-left-out", "Zg", 1, SF_OK, "66" },
    { "padding-is-another-letter", "ZgAB", 1, SF_MALFORMED, "" },
    { "more-than-expected", "Zm9vAAAA", 3, SF_MALFORMED, "" },
    { "less-than-expected", "Zg", 2, SF_MALFORMED, "" },
    { "not-base64", "Z*AA", 1, SF_MALFORMED, "" },
    { "empty", "", 1, SF_ABSENT, "" },
};

static void test_microsoft(gconstpointer data)
{
    const ms_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    uint8_t out[16];

    g_assert_cmpint(sf_ms_base64_decode(input.text, row->expected, out), ==, row->status);
    if (row->status == SF_OK) {
        SF_CHECK_BYTES(out, row->expected, row->bytes);
    }
}

typedef struct {
    const char *name;
    const char *text;
    sf_status status;
    const char *guid;
} guid_row;

/* Pairs of [MS-SIPRE] and of real traffic, and the seed's GRUU. */
static const guid_row guids[] = {
    { "epid-451e9252b6", "a1De4AWnzFmb-tN1kxQSMQAA", SF_OK, "e0de506b-a705-59cc-9bfa-d37593141231" },
    { "epid-01010101", "qIIWS2j5AVeD_HxnQdxmlwAA", SF_OK, "4b1682a8-f968-5701-83fc-7c6741dc6697" },
    { "epid-3102EB8BD1", "-gLwenLTVVqy-Ak8TJn1ZAAA", SF_OK, "7af002fa-d372-5a55-b2f8-093c4c99f564" },
    { "seed-server", "aXTdrLsH5l-BH67UyIuQpwAA", SF_OK, "acdd7469-07bb-5fe6-811f-aed4c88b90a7" },
    { "padded-with-equals", "a1De4AWnzFmb-tN1kxQSMQ==", SF_OK, "e0de506b-a705-59cc-9bfa-d37593141231" },
    { "unpadded", "a1De4AWnzFmb-tN1kxQSMQ", SF_OK, "e0de506b-a705-59cc-9bfa-d37593141231" },
    { "eighteen-bytes", "a1De4AWnzFmb-tN1kxQSMQBB", SF_MALFORMED, NULL },
    { "cut", "a1De4AWnzFmb-tN1kxQSMQA", SF_MALFORMED, NULL },
    { "one-group-more", "a1De4AWnzFmb-tN1kxQSMQAAAAAA", SF_MALFORMED, NULL },
    { "a-guid-in-digits", "e0de506b-a705-59cc-9bfa-d37593141231", SF_MALFORMED, NULL },
    { "empty", "", SF_ABSENT, NULL },
};

static void test_guid(gconstpointer data)
{
    const guid_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_guid guid;

    g_assert_cmpint(sf_ms_base64_guid(input.text, &guid), ==, row->status);
    if (row->guid) {
        SF_CHECK_GUID(guid, row->guid);
    }
}

/** Decoding stops at the room given, and at SF_MAX_BASE64 letters. */
static void test_bounds(void)
{
    g_autofree char *letters = g_strnfill(SF_MAX_BASE64 + 4, 'Q');
    uint8_t out[SF_MAX_BASE64];
    size_t length;

    memset(out, 0xee, sizeof out);
    g_assert_cmpint(sf_base64_decode((sf_slice){ letters, 400 }, out, 7, &length), ==, SF_OK);
    g_assert_cmpuint(length, ==, 7);
    g_assert_cmphex(out[6], ==, 0x41);
    g_assert_cmphex(out[7], ==, 0xee);

    sf_status status = sf_base64_decode((sf_slice){ letters, SF_MAX_BASE64 }, out, sizeof out, &length);
    g_assert_cmpint(status, ==, SF_OK);
    g_assert_cmpuint(length, ==, SF_MAX_BASE64 / 4 * 3);
    status = sf_base64_decode((sf_slice){ letters, SF_MAX_BASE64 + 4 }, out, sizeof out, &length);
    g_assert_cmpint(status, ==, SF_MALFORMED);
    g_assert_cmpuint(length, ==, 0);
}

/** Every length of valid letters decodes to as many bytes as RFC 4648 says, whatever block it ends in. */
static void test_lengths(void)
{
    g_autofree char *letters = g_strnfill(1024, 'A');
    uint8_t out[1024];
    size_t length;

    for (size_t letters_used = 1; letters_used <= 1024; letters_used++) {
        g_auto(sf_guarded) input = sf_guarded_of((sf_slice){ letters, letters_used });
        sf_status status = sf_base64_decode(input.text, out, sizeof out, &length);
        g_assert_cmpint(status, ==, letters_used % 4 == 1 ? SF_MALFORMED : SF_OK);
        g_assert_cmpuint(length, ==, status == SF_OK ? letters_used * 6 / 8 : 0);
    }
}

/** Of all bytes, at each place of what is decoded and of what is only looked at. */
static void test_alphabet(void)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";
    uint8_t out[6];
    size_t length;

    for (unsigned byte = 0; byte <= UINT8_MAX; byte++) {
        bool is_letter = byte != 0 && strchr(alphabet, (int)byte);
        for (size_t place = 0; place < 20; place++) {
            char text[] = "AAAAAAAAAAAAAAAAAAAAA+";
            text[place] = (char)byte;
            sf_slice all = { text, sizeof text - 1 };
            sf_status status = sf_base64_decode(all, out, sizeof out, &length);
            g_assert_cmpint(status, ==, is_letter ? SF_OK : SF_MALFORMED);
        }
    }
}

typedef struct {
    const char *name;
    size_t first;
    size_t count;
    const char *letters;
} letters_row;

/* A letter that holds bits of two bytes belongs to both. */
static const letters_row letters_rows[] = {
    { "first-byte", 0, 1, "AB" },     { "second-byte", 1, 1, "BC" },     { "third-byte", 2, 1, "CD" },
    { "first-group", 0, 3, "ABCD" },  { "across-groups", 2, 2, "CDEF" }, { "second-group", 3, 3, "EFGH" },
    { "beyond-the-end", 5, 9, "GH" }, { "after-the-end", 6, 1, "" },     { "far-after-the-end", 99, 1, "" },
    { "nothing", 3, 0, "" },
};

static void test_letters(gconstpointer data)
{
    const letters_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text("ABCDEFGH"));

    SF_CHECK_SLICE(sf_base64_letters_of(input.text, row->first, row->count), row->letters);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/ms-base64/plain", plain, test_plain);
    SF_ADD_ROWS("/ms-base64/microsoft", microsofts, test_microsoft);
    SF_ADD_ROWS("/ms-base64/guid", guids, test_guid);
    SF_ADD_ROWS("/ms-base64/letters", letters_rows, test_letters);
    g_test_add_func("/ms-base64/alphabet", test_alphabet);
    g_test_add_func("/ms-base64/bounds", test_bounds);
    g_test_add_func("/ms-base64/lengths", test_lengths);
    return g_test_run();
}
