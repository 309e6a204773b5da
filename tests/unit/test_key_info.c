/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ms-key-info: its lengths, time and key blob, and values that are too short, too long, damaged or no base64.
 */
#include "check.h"
#include "engine/sip/key_info.h"
#include "engine/text/limits.h"

typedef struct {
    const char *name;
    const char *text;
    bool is_decoded, is_complete;
    unsigned key_length, signature_length;
    uint64_t created;
    const char *problem;
} key_info_row;

/* The FILETIME is 2013-04-26 13:46:39.2538432 UTC. */
static const key_info_row rows[] = {
    { "no-key", "AAAAAHqing1AxSJ6hELOAQ", true, true, 0, 0, G_GUINT64_CONSTANT(130114575992538432), NULL },
    { "padded-with-letters", "AAAAAHqing1AxSJ6hELOAQAA", true, true, 0, 0, G_GUINT64_CONSTANT(130114575992538432),
      NULL },
    { "padded-with-equals-signs", "AAAAAHqing1AxSJ6hELOAQ==", true, true, 0, 0, G_GUINT64_CONSTANT(130114575992538432),
      NULL },
    { "key-and-signature", "AwACAHqing1AxSJ6hELOAQECAwQF", true, true, 3, 2, G_GUINT64_CONSTANT(130114575992538432),
      NULL },
    { "lengths-are-little-endian", "AAEAAHqing1AxSJ6hELOAQEA", true, false, 256, 0,
      G_GUINT64_CONSTANT(130114575992538432), "ms-key-info" },
    { "one-byte-lost", "AwACAHqing1AxSJ6hELOAQECAwQ", true, false, 3, 2, G_GUINT64_CONSTANT(130114575992538432),
      "ms-key-info" },
    { "one-byte-too-many", "AwACAHqing1AxSJ6hELOAQECAwQFBg", true, false, 3, 2, G_GUINT64_CONSTANT(130114575992538432),
      "ms-key-info" },
    { "one-group-too-many", "AwACAHqing1AxSJ6hELOAQECAwQFAAAA", true, false, 3, 2,
      G_GUINT64_CONSTANT(130114575992538432), "ms-key-info" },
    { "largest-lengths", "_____3qing1AxSJ6hELOAQ", true, false, 65535, 65535, G_GUINT64_CONSTANT(130114575992538432),
      "ms-key-info" },
    { "seed-front", "AAEAAXqing1AxSJ6hELOARzXMPrLNgxR-H8e9Ffw7BRL", true, false, 256, 256,
      G_GUINT64_CONSTANT(130114575992538432), "ms-key-info" },
    /* A time before 1829 or after 2057 is none. */
    { "largest-time", "AAAAAHqing3__________w", true, true, 0, 0, 0, "ms-key-info" },
    { "time-zero", "AAAAAHqing0AAAAAAAAAAA", true, true, 0, 0, 0, "ms-key-info" },
    { "time-just-too-early", "AAAAAHqing3_________AA", true, true, 0, 0, 0, "ms-key-info" },
    { "earliest-time", "AAAAAHqing0AAAAAAAAAAQ", true, true, 0, 0, G_GUINT64_CONSTANT(0x0100000000000000), NULL },
    { "latest-time", "AAAAAHqing3_________AQ", true, true, 0, 0, G_GUINT64_CONSTANT(0x01ffffffffffffff), NULL },
    { "time-just-too-late", "AAAAAHqing0AAAAAAAAAAg", true, true, 0, 0, 0, "ms-key-info" },
    { "no-time-and-damaged", "AQAAAHqing0AAAAAAAAAAA", true, false, 1, 0, 0, "ms-key-info" },
    { "fifteen-bytes", "AAEAAXqing1AxSJ6hELO", false, false, 0, 0, 0, "ms-key-info" },
    { "empty", "", false, false, 0, 0, 0, "ms-key-info" },
    { "absent", NULL, false, false, 0, 0, 0, "ms-key-info" },
    { "impossible-length", "AAEAAXqing1AxSJ6hELOARzXM", false, false, 0, 0, 0, "ms-key-info" },
    { "foreign-letter-at-the-end", "AAEAAXqing1AxSJ6hELOARzXMPrLNgxR-H8e9Ffw7BR*", false, false, 0, 0, 0,
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
    g_assert_true(info.is_decoded == row->is_decoded);
    g_assert_true(info.is_complete == row->is_complete);
    g_assert_cmpuint(info.key_length, ==, row->key_length);
    g_assert_cmpuint(info.signature_length, ==, row->signature_length);
    g_assert_cmpuint(info.created, ==, row->created);
    g_assert_null(info.algorithm);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

typedef struct {
    const char *name;
    const char *front; /**< of the key: its first 12 bytes, in hex */
    unsigned key_length;
    const char *algorithm;
    unsigned wrapping_bits;
} blob_row;

static const blob_row blobs[] = {
    { "triple-des", "010200000366000000a40000", 140, "Triple DES", 1024 },
    { "aes-256", "010200001066000000a40000", 268, "AES-256", 2048 },
    { "unknown-algorithm", "010200007766000000a40000", 140, NULL, 0 },
    { "unknown-wrapping", "010200000366000000240000", 140, NULL, 0 },
    { "public-key-blob", "060200000366000000a40000", 140, NULL, 0 },
    { "other-version", "010300000366000000a40000", 140, NULL, 0 },
    { "reserved-bytes-used", "010201000366000000a40000", 140, NULL, 0 },
    { "no-modulus-by-its-length", "010200000366000000a40000", 141, NULL, 0 },
    { "too-small-for-rsa", "010200000366000000a40000", 20, NULL, 0 },
    { "front-alone", "010200000366000000a40000", 12, NULL, 0 },
    { "bare-ciphertext", "1cd730facb360c51f87f1ef4", 256, NULL, 0 },
};

/** A value with a key of that front and length, and a signature of 128 bytes. */
static char *value_of(const blob_row *row)
{
    enum { SIGNATURE_LENGTH = 128 };
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    const guint8 front[] = { (guint8)row->key_length,
                             (guint8)(row->key_length >> 8),
                             SIGNATURE_LENGTH,
                             0,
                             1,
                             2,
                             3,
                             4,
                             0x40,
                             0xc5,
                             0x22,
                             0x7a,
                             0x84,
                             0x42,
                             0xce,
                             0x01 };
    guint8 key[512] = { 0 };

    for (size_t i = 0; row->front[2 * i]; i++) {
        key[i] = (guint8)(g_ascii_xdigit_value(row->front[2 * i]) << 4 | g_ascii_xdigit_value(row->front[2 * i + 1]));
    }
    g_byte_array_append(bytes, front, sizeof front);
    g_byte_array_append(bytes, key, row->key_length);
    memset(key, 0x5a, SIGNATURE_LENGTH);
    g_byte_array_append(bytes, key, SIGNATURE_LENGTH);
    return g_base64_encode(bytes->data, bytes->len);
}

static void test_blob(gconstpointer data)
{
    const blob_row *row = data;
    g_autofree char *text = value_of(row);
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(text));
    sf_problems problems;
    sf_key_info info;

    sf_problems_clear(&problems);
    sf_key_info_read(input.text, input.text, &problems, &info);
    SF_CHECK_PROBLEM(&problems, NULL);
    g_assert_true(info.is_complete);
    g_assert_cmpuint(info.key_length, ==, row->key_length);
    g_assert_cmpuint(info.signature_length, ==, 128);
    g_assert_cmpstr(info.algorithm, ==, row->algorithm);
    g_assert_cmpuint(info.wrapping_bits, ==, row->wrapping_bits);
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
    SF_ADD_ROWS("/key-info/blob", blobs, test_blob);
    g_test_add_func("/key-info/over-long", test_over_long);
    return g_test_run();
}
