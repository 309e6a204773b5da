/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Key lines a=crypto and a=cryptoscale ([MS-SDPEXT] 3.1.5.1 and 3.1.5.2), and that no key leaves its place.
 */
#include "check.h"
#include "engine/sdp/crypto.h"
#include "facts/key_leak.h"

#define CM "AES_CM_128_HMAC_SHA1_80"
#define KEY "XzKXZWV4TAZbM6e1v+NAIkdEEWQTSzU9SfZ6snJc"
#define KEY_BYTES "5f32976565784c065b33a7b5bfe3402247441164134b353d49f67ab2725c"

typedef struct {
    const char *name;
    const char *line;
    int64_t tag; /**< -1 if malformed */
    const char *role;
    const char *suite;
    bool suite_known;
    const char *key; /**< key and salt in digits */
    bool fits;
    uint64_t lifetime;
    uint64_t mki;
    uint32_t mki_length;
    const char *problem;
} key_row;

static const key_row keys[] = {
    { "seed-scale", "a=cryptoscale:1 client " CM " inline:" KEY "|2^31|1:1", .tag = 1, .role = "client", .suite = CM,
      .suite_known = true, .key = KEY_BYTES, .fits = true, .lifetime = 2147483648, .mki = 1, .mki_length = 1 },
    { "scale-server", "a=cryptoscale:1 server " CM " inline:" KEY "|2^31|1:1", .tag = 1, .role = "server", .suite = CM,
      .suite_known = true, .key = KEY_BYTES, .fits = true, .lifetime = 2147483648, .mki = 1, .mki_length = 1 },
    { "with-mki", "a=crypto:2 " CM " inline:" KEY "|2^31|1:1", .tag = 2, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .lifetime = 2147483648, .mki = 1, .mki_length = 1 },
    { "without-mki", "a=crypto:3 " CM " inline:" KEY "|2^31", .tag = 3, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .lifetime = 2147483648 },
    { "key-alone", "a=crypto:1 " CM " inline:" KEY, .tag = 1, .suite = CM, .suite_known = true, .key = KEY_BYTES,
      .fits = true },
    { "mki-without-lifetime", "a=crypto:1 " CM " inline:" KEY "|7:4", .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .mki = 7, .mki_length = 4 },
    { "mki-before-lifetime", "a=crypto:1 " CM " inline:" KEY "|7:4|2^31", .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .lifetime = 2147483648, .mki = 7, .mki_length = 4 },
    { "parameters-of-the-session", "a=crypto:1 " CM " inline:" KEY "|2^31|1:1 KDR=0 FEC_KEY=inline:" KEY " WSH=64",
      .tag = 1, .suite = CM, .suite_known = true, .key = KEY_BYTES, .fits = true, .lifetime = 2147483648, .mki = 1,
      .mki_length = 1 },
    { "lifetime-decimal", "a=crypto:1 " CM " inline:" KEY "|1048576", .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .lifetime = 1048576 },
    { "lifetime-at-limit", "a=crypto:1 " CM " inline:" KEY "|2^48", .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .lifetime = G_GUINT64_CONSTANT(1) << 48 },
    { "any-case", "a=crypto:1 aes_cm_128_hmac_sha1_80 INLINE:" KEY, .tag = 1, .suite = "aes_cm_128_hmac_sha1_80",
      .suite_known = true, .key = KEY_BYTES, .fits = true },
    { "several-blanks", "a=crypto:1   " CM "\t inline:" KEY, .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true },
    { "session-parameters", "a=crypto:1 " CM " inline:" KEY " UNENCRYPTED_SRTCP KDR=1", .tag = 1, .suite = CM,
      .suite_known = true, .key = KEY_BYTES, .fits = true },
    /* Key material that begins with `/` or `+` */
    { "slash-first", "a=crypto:1 " CM " inline:/Kj4h/SWGZ/Eb1hnRbVBKyMTvTQGEO+0QqO0kojH", .tag = 1, .suite = CM,
      .suite_known = true, .key = "fca8f887f496199fc46f586745b5412b2313bd340610efb442a3b49288c7", .fits = true },
    { "plus-first", "a=crypto:1 " CM " inline:+m4LciJ8ni6Bhvp/zXxvSq72zurIbIknFCH5wOq/", .tag = 1, .suite = CM,
      .suite_known = true, .key = "fa6e0b72227c9e2e8186fa7fcd7c6f4aaef6ceeac86c89271421f9c0eabf", .fits = true },
    { "unknown-suite", "a=crypto:1 EXAMPLE_SUITE inline:" KEY, .tag = 1, .suite = "EXAMPLE_SUITE", .key = KEY_BYTES },
    { "key-of-other-length", "a=crypto:1 " CM " inline:AAAA", .tag = 1, .suite = CM, .suite_known = true,
      .key = "000000" },
    { "gcm-256-unpadded",
      "a=crypto:1 AEAD_AES_256_GCM inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKis", .tag = 1,
      .suite = "AEAD_AES_256_GCM", .suite_known = true,
      .key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b", .fits = true },
    { "gcm-256-padded",
      "a=crypto:1 AEAD_AES_256_GCM inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKis=", .tag = 1,
      .suite = "AEAD_AES_256_GCM", .suite_known = true,
      .key = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b", .fits = true },
    { "tag-at-limit", "a=crypto:4294967295 " CM " inline:" KEY, .tag = 4294967295, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true },
    { "tag-above-limit", "a=crypto:4294967296 " CM " inline:" KEY, .tag = -1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .problem = "The tag" },
    { "tag-no-number", "a=crypto:x " CM " inline:" KEY, .tag = -1, .suite = CM, .suite_known = true, .key = KEY_BYTES,
      .fits = true, .problem = "The tag" },
    { "role-odd", "a=cryptoscale:1 both " CM " inline:" KEY, .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .problem = "The role" },
    { "role-missing", "a=cryptoscale:1 " CM " inline:" KEY, .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .problem = "The role" },
    { "tag-and-suite-missing", "a=crypto:inline:" KEY, .tag = -1, .key = KEY_BYTES, .problem = "The crypto attribute" },
    { "suite-missing", "a=crypto:1 inline:" KEY, .tag = 1, .key = KEY_BYTES, .problem = "The crypto attribute" },
    { "key-missing", "a=crypto:1 " CM, .tag = 1, .suite = CM, .suite_known = true, .key = "",
      .problem = "The crypto attribute" },
    { "key-empty", "a=crypto:1 " CM " inline:", .tag = 1, .suite = CM, .suite_known = true, .key = "",
      .problem = "The key" },
    { "key-by-other-method", "a=crypto:1 " CM " uri:" KEY, .tag = 1, .suite = CM, .suite_known = true, .key = "",
      .problem = "The key" },
    { "key-not-base64", "a=crypto:1 " CM " inline:XzKX*", .tag = 1, .suite = CM, .suite_known = true, .key = "",
      .problem = "The key" },
    { "key-of-impossible-length", "a=crypto:1 " CM " inline:XzKXZ", .tag = 1, .suite = CM, .suite_known = true,
      .key = "", .problem = "The key" },
    { "key-only-padding", "a=crypto:1 " CM " inline:==", .tag = 1, .suite = CM, .suite_known = true, .key = "",
      .problem = "The key" },
    { "lifetime-above-limit", "a=crypto:1 " CM " inline:" KEY "|2^49", .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .problem = "The lifetime" },
    { "lifetime-of-any-exponent", "a=crypto:1 " CM " inline:" KEY "|2^4294967327", .tag = 1, .suite = CM,
      .suite_known = true, .key = KEY_BYTES, .fits = true, .problem = "The lifetime" },
    { "lifetime-empty", "a=crypto:1 " CM " inline:" KEY "||1:1", .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .mki = 1, .mki_length = 1, .problem = "The lifetime" },
    { "mki-length-zero", "a=crypto:1 " CM " inline:" KEY "|2^31|1:0", .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .lifetime = 2147483648, .problem = "The MKI" },
    { "mki-length-129", "a=crypto:1 " CM " inline:" KEY "|2^31|1:129", .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .lifetime = 2147483648, .problem = "The MKI" },
    { "mki-no-number", "a=crypto:1 " CM " inline:" KEY "|2^31|x:1", .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .lifetime = 2147483648, .problem = "The MKI" },
    { "empty", "a=crypto:", .tag = -1, .key = "", .problem = "The crypto attribute" },
    { "tag-missing", "a=crypto:" CM " inline:" KEY, .tag = -1, .suite = CM, .suite_known = true, .key = KEY_BYTES,
      .fits = true, .problem = "The crypto attribute" },
    { "role-of-the-other-scheme", "a=crypto:1 client " CM " inline:" KEY, .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .problem = "The crypto attribute" },
    { "blank-missing", "a=crypto:1 " CM "inline:" KEY, .tag = 1, .key = KEY_BYTES, .problem = "The crypto attribute" },
    { "lifetime-zero", "a=crypto:1 " CM " inline:" KEY "|0", .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .problem = "The lifetime" },
    { "lifetime-twice", "a=crypto:1 " CM " inline:" KEY "|2^31|2^20", .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .lifetime = 2147483648, .problem = "The lifetime" },
    { "mki-twice", "a=crypto:1 " CM " inline:" KEY "|1:1|2:4", .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .mki = 1, .mki_length = 1, .problem = "The MKI" },
    { "mki-longer-than-its-length", "a=crypto:1 " CM " inline:" KEY "|300:1", .tag = 1, .suite = CM,
      .suite_known = true, .key = KEY_BYTES, .fits = true, .mki = 300, .mki_length = 1, .problem = "The MKI" },
    { "bar-at-the-end", "a=crypto:1 " CM " inline:" KEY "|", .tag = 1, .suite = CM, .suite_known = true,
      .key = KEY_BYTES, .fits = true, .problem = "The lifetime" },
};

/** Reads `line` as sf_sdp_read does. */
static void read_line(sf_slice line, sf_problems *problems, sf_crypto *crypto)
{
    size_t colon = sf_slice_find(line, ':');
    bool is_scale = sf_slice_starts_nocase(line, SF_LITERAL("a=cryptoscale"));

    sf_problems_clear(problems);
    sf_crypto_read(line, sf_slice_trim(sf_slice_skip(line, colon + 1)), is_scale ? SF_SCHEME_SCALE : SF_SCHEME_SDES,
                   problems, crypto);
}

static void check_number(sf_number number, uint64_t value, bool is_present)
{
    g_assert_true(sf_number_is_present(number) == is_present);
    g_assert_cmpuint(number.value, ==, value);
}

static void check_fault(const sf_crypto *crypto, sf_crypto_fault fault, bool is_wanted)
{
    g_assert_true(((crypto->faults & fault) != 0) == is_wanted);
}

static void test_key(gconstpointer data)
{
    const key_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->line));
    sf_problems problems;
    sf_crypto crypto;

    read_line(input.text, &problems, &crypto);
    check_number(crypto.tag, MAX(row->tag, 0), row->tag >= 0);
    SF_CHECK_SLICE(crypto.role, row->role);
    SF_CHECK_SLICE(crypto.suite_text, row->suite);
    g_assert_true((crypto.suite != NULL) == row->suite_known);
    SF_CHECK_BYTES(crypto.key, crypto.key_length, row->key);
    g_assert_true(crypto.key_fits == row->fits);
    check_number(crypto.lifetime, row->lifetime, row->lifetime > 0);
    check_number(crypto.mki, row->mki, row->mki_length > 0);
    check_number(crypto.mki_length, row->mki_length, row->mki_length > 0);
    check_fault(&crypto, SF_CRYPTO_UNKNOWN_SUITE, row->suite && !row->suite_known);
    check_fault(&crypto, SF_CRYPTO_KEY_LENGTH, row->suite_known && *row->key && !row->fits);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

/** The seed's key: 16 bytes of key, 14 of salt. */
static void test_key_and_salt(void)
{
    sf_problems problems;
    sf_crypto crypto;

    read_line(SF_LITERAL("a=crypto:2 " CM " inline:" KEY), &problems, &crypto);
    SF_CHECK_PROBLEM(&problems, NULL);
    g_assert_cmpuint(sf_crypto_key_bytes(&crypto), ==, 16);
    SF_CHECK_BYTES(crypto.key, 16, "5f32976565784c065b33a7b5bfe34022");
    SF_CHECK_BYTES(crypto.key + 16, crypto.key_length - 16, "47441164134b353d49f67ab2725c");

    read_line(SF_LITERAL("a=crypto:2 EXAMPLE inline:" KEY), &problems, &crypto);
    SF_CHECK_PROBLEM(&problems, NULL);
    g_assert_cmpuint(sf_crypto_key_bytes(&crypto), ==, 30);
    read_line(SF_LITERAL("a=crypto:2 " CM " inline:AAAA"), &problems, &crypto);
    SF_CHECK_PROBLEM(&problems, NULL);
    g_assert_cmpuint(sf_crypto_key_bytes(&crypto), ==, 3);
}

static void test_same_key(void)
{
    sf_problems problems;
    sf_crypto a, b, c, salted, none;

    read_line(SF_LITERAL("a=crypto:2 " CM " inline:" KEY "|2^31|1:1"), &problems, &a);
    read_line(SF_LITERAL("a=cryptoscale:1 client " CM " inline:" KEY), &problems, &b);
    read_line(SF_LITERAL("a=crypto:2 " CM " inline:+m4LciJ8ni6Bhvp/zXxvSq72zurIbIknFCH5wOq/"), &problems, &c);
    read_line(SF_LITERAL("a=crypto:2 " CM " inline:"), &problems, &none);
    read_line(SF_LITERAL("a=crypto:2 " CM " inline:XzKXZWV4TAZbM6e1v+NAIgAAAAAAAAAAAAAAAAAA"), &problems, &salted);
    g_assert_true(sf_crypto_has_same_key(&a, &b));
    g_assert_true(sf_crypto_has_same_key(&a, &salted));
    g_assert_false(sf_crypto_has_same_key(&a, &c));
    g_assert_false(sf_crypto_has_same_key(&none, &none));
}

static void test_unencrypted(void)
{
    sf_problems problems;
    sf_crypto crypto;

    read_line(SF_LITERAL("a=crypto:1 " CM " inline:" KEY "|2^31 KDR=0 UNENCRYPTED_SRTP"), &problems, &crypto);
    g_assert_cmphex(crypto.faults, ==, SF_CRYPTO_UNENCRYPTED);
    read_line(SF_LITERAL("a=crypto:1 " CM " inline:" KEY "|2^31 UNENCRYPTED_SRTCP"), &problems, &crypto);
    g_assert_cmphex(crypto.faults, ==, SF_CRYPTO_UNENCRYPTED_RTCP);
    read_line(SF_LITERAL("a=crypto:1 " CM " inline:" KEY " unauthenticated_srtp WSH=64 UNENCRYPTED_SRTP"), &problems,
              &crypto);
    g_assert_cmphex(crypto.faults, ==, SF_CRYPTO_UNENCRYPTED | SF_CRYPTO_UNAUTHENTICATED);
    read_line(SF_LITERAL("a=crypto:1 " CM " inline:" KEY " X-UNENCRYPTED_SRTP"), &problems, &crypto);
    g_assert_cmphex(crypto.faults, ==, 0);
}

static void test_several_keys(void)
{
    sf_problems problems;
    sf_crypto crypto;

    read_line(SF_LITERAL("a=crypto:1 " CM " inline:" KEY "|2^20|1:4;inline:AAAA|2^20|2:4"), &problems, &crypto);
    SF_CHECK_BYTES(crypto.key, crypto.key_length, KEY_BYTES);
    check_number(crypto.lifetime, 1048576, true);
    check_number(crypto.mki, 1, true);
    g_assert_true(crypto.has_more_keys);
    SF_CHECK_PROBLEM(&problems, "Keys of one crypto attribute");
    read_line(SF_LITERAL("a=crypto:1 " CM " inline:" KEY "|2^20|1:4;"), &problems, &crypto);
    g_assert_false(crypto.has_more_keys);
}

typedef struct {
    const char *name;
    const char *line;
    const char *safe; /**< what may be shown anywhere */
} secret_row;

/* Wherever the key gets by a slip of whoever wrote the line, nothing that is shown has a letter of it. */
static const secret_row secrets[] = {
    { "usual", "a=crypto:2 " CM " inline:" KEY "|2^31|1:1", "a=crypto:2 " CM },
    { "no-suite", "a=crypto:2 inline:" KEY, "a=crypto:2" },
    { "no-tag", "a=crypto:" CM " inline:" KEY, "a=crypto:" CM },
    { "nothing-but-key", "a=crypto:inline:" KEY, "a=crypto:" },
    { "key-in-front-of-suite", "a=crypto:inline:" KEY " 1 " CM " inline:" KEY, "a=crypto:" },
    { "no-blank-after-suite", "a=crypto:2 " CM "inline:" KEY, "a=crypto:2" },
    { "no-blank-after-tag", "a=crypto:2inline:" KEY, "a=crypto:" },
    { "quote-for-blank", "a=crypto:2 " CM "\"inline:" KEY, "a=crypto:2" },
    { "bar-in-front-of-key", "a=crypto:2 " CM " inline:|" KEY, "a=crypto:2 " CM },
    { "bar-and-colon-in-front-of-key", "a=crypto:2 " CM " inline:AAAA|:" KEY, "a=crypto:2 " CM },
    { "second-key-after-bar", "a=crypto:2 " CM " inline:AAAA|inline:" KEY, "a=crypto:2 " CM },
    { "blank-after-inline", "a=crypto:2 " CM " inline: " KEY, "a=crypto:2 " CM },
    { "no-role", "a=cryptoscale:1 inline:" KEY, "a=cryptoscale:1" },
    { "role-runs-into-key",
      "a=cryptoscale:1 client"
      "inline:" KEY,
      "a=cryptoscale:1" },
    { "suite-and-key-by-colon", "a=crypto:1 " CM ":" KEY "|2^31", "a=crypto:1" },
    { "suite-and-key-by-bar", "a=crypto:1 " CM "|" KEY "|2^31", "a=crypto:1" },
    { "suite-and-key-by-comma", "a=crypto:1 " CM "," KEY "|2^31", "a=crypto:1" },
    { "key-for-suite", "a=crypto:1 " KEY " inline:" KEY, "a=crypto:1" },
    { "key-for-role", "a=cryptoscale:1 " KEY " inline:" KEY, "a=cryptoscale:1" },
    { "url-safe-key-for-suite", "a=crypto:1 XzKXZWV4TAZbM6e1v_NAIkdEEWQTSzU9SfZ6snJc|2^31", "a=crypto:1" },
    { "key-broken-by-a-blank", "a=crypto:1 XzKXZWV4TAZb M6e1v+NAIkdEEWQTSzU9SfZ6snJc|2^31", "a=crypto:1" },
    { "url-safe-key-alone", "a=crypto:1 XzKXZWV4TAZbM6e1v_NAIkdEEWQTSzU9SfZ6snJc", "a=crypto:1" },
};

static void test_secret(gconstpointer data)
{
    const secret_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->line));
    sf_key_places places = sf_key_places_of(input.text);
    static sf_media media;
    sf_problems problems;

    if (places.count == 0) { /* the key lost its inline: */
        places.items[places.count].begin = (size_t)(strstr(row->line, "XzKX") - row->line);
        places.items[places.count++].end = input.text.length;
    }
    g_assert_cmpuint(places.count, >=, 1);
    sf_media_clear(&media);
    media.crypto_count = 1;
    read_line(input.text, &problems, &media.cryptos[0]);
    SF_CHECK_SLICE(media.cryptos[0].safe_text, row->safe);
    g_assert_cmpstr(sf_key_leak(input.text, &places, &media, &problems), ==, NULL);
}

/** The search itself sees a key that is shown. */
static void test_search(void)
{
    const sf_slice text = SF_LITERAL("a=crypto:2 " CM " inline:" KEY "|2^31");
    sf_key_places places = sf_key_places_of(text);
    static sf_media media;
    sf_problems problems;

    sf_media_clear(&media);
    sf_problems_clear(&problems);
    problems.items[problems.count++] = (sf_problem){ .where = sf_slice_skip(text, text.length - 10),
                                                     .what = "The test" };
    g_assert_cmpstr(sf_key_leak(text, &places, &media, &problems), ==, "The test");

    sf_problems_clear(&problems);
    media.crypto_count = 1;
    read_line(text, &problems, &media.cryptos[0]);
    media.cryptos[0].suite_text = sf_slice_skip(text, text.length - 10);
    g_assert_nonnull(sf_key_leak(text, &places, &media, &problems));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/crypto/read", keys, test_key);
    g_test_add_func("/crypto/key-and-salt", test_key_and_salt);
    g_test_add_func("/crypto/same-key", test_same_key);
    g_test_add_func("/crypto/unencrypted", test_unencrypted);
    g_test_add_func("/crypto/several-keys", test_several_keys);
    SF_ADD_ROWS("/crypto/secret", secrets, test_secret);
    g_test_add_func("/crypto/search", test_search);
    return g_test_run();
}
