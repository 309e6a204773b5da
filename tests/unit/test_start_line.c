/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Start lines between other lines and bytes, forwards and backwards.
 */
#include "check.h"
#include "engine/sip/start_line.h"

#define VIA "Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK1\r\n"
#define FROM "From: <sip:"
#define INVITE "INVITE sip:b@example.com SIP/2.0\r\n"

typedef struct {
    const char *name;
    const char *before; /**< bytes in front of the start line */
    size_t before_length;
    const char *text; /**< from the start line on; ends where a hook is called */
} back_row;

#define ROW(name, before, text)                \
    {                                          \
        name, before, sizeof(before) - 1, text \
    }

static const back_row found_behind[] = {
    ROW("first-bytes", "", INVITE VIA FROM),
    ROW("status", "", "SIP/2.0 200 OK\r\n" VIA FROM),
    ROW("status-without-reason", "", "SIP/2.0 200\r\n" VIA FROM),
    ROW("bare-lf", "a\n", "INVITE sip:b@example.com SIP/2.0\nVia: SIP/2.0/UDP a\nFrom: <sip:"),
    ROW("bare-cr", "a\r", "INVITE sip:b@example.com SIP/2.0\rVia: SIP/2.0/UDP a\rFrom: <sip:"),
    ROW("fold", "", INVITE "From:\r\n <sip:"),
    ROW("udp-header", "\x13\xc4\x13\xc4\x01\x82\0\0", INVITE VIA FROM),
    ROW("udp-checksum-of-letters", "\x13\xc4\x13\xc4\x01\x82XY", INVITE VIA FROM),
    ROW("checksum-of-letters-before-status", "\x13\xc4\x13\xc4\x01\x82XY", "SIP/2.0 200 OK\r\n" VIA FROM),
    ROW("line-end-in-other-layer", "\x08\n: ab", "SIP/2.0 200 OK\r\n" VIA FROM),
    ROW("method-within-a-method", "\x01X", "BENOTIFY sip:b@example.com SIP/2.0\r\n" VIA FROM),
    ROW("method-that-ends-with-a-method", "\x01", "PRACK sip:b@example.com SIP/2.0\r\n" VIA FROM),
    ROW("unknown-method", "\x01\x82\0\0", "FOO sip:b@example.com SIP/2.0\r\n" VIA FROM),
    ROW("method-that-ends-like-another", "\r\n", "XINFO sip:b@example.com SIP/2.0\r\n" VIA FROM),
    ROW("right-after-a-body", "v=0\r\na=x\r\n", INVITE VIA FROM),
    ROW("right-after-a-key", "v=0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abc", INVITE VIA FROM),
    ROW("after-a-message", INVITE "Content-Length: 0\r\n\r\n", "BYE sip:b@example.com SIP/2.0\r\n" FROM),
    ROW("quoted-in-a-header", "", "SIP/2.0 480 No\r\nms-diagnostics: 1;reason=\"got SIP/2.0 404 no\"\r\n" FROM),
    ROW("quoted-in-a-fold", "", "SIP/2.0 480 No\r\nms-diagnostics: 1;reason=\"got\r\n SIP/2.0 404 no\"\r\n" FROM),
    ROW("quoted-request", "", INVITE "X-Was: BYE sip:c@example.com SIP/2.0\r\n" FROM),
    ROW("other-case", "", "INVITE sip:b@example.com sip/2.0\r\n" VIA FROM),
    ROW("two-blanks", "", "INVITE  sip:b@example.com  SIP/2.0\r\n" VIA FROM),
    ROW("other-scheme", "", "INVITE tel:+15550100 SIP/2.0\r\n" VIA FROM),
    ROW("end-right-after-a-line", "", INVITE VIA),
};

static void test_before(gconstpointer data)
{
    const back_row *row = data;
    g_autoptr(GString) bytes = g_string_new_len(row->before, (gssize)row->before_length);
    size_t start = 0;

    g_string_append(bytes, row->text);
    g_auto(sf_guarded) input = sf_guarded_of((sf_slice){ bytes->str, bytes->len });
    g_assert_true(sf_start_line_before(input.text, &start));
    g_assert_cmpuint(start, ==, row->before_length);
}

typedef struct {
    const char *name;
    const char *text;
} none_row;

static const none_row none_behind[] = {
    { "empty", "" },
    { "one-line", FROM },
    { "headers-only", VIA FROM },
    { "blank-line-between", INVITE "\r\n" FROM },
    { "bare-blank-line-between", "INVITE sip:b@example.com SIP/2.0\n\n" FROM },
    { "blank-line-of-lone-cr", INVITE "A: b\r\r\n" FROM },
    { "other-version", "INVITE sip:b@example.com SIP/3.0\r\n" FROM },
    { "no-uri", "INVITE SIP/2.0\r\n" FROM },
    { "uri-without-colon", "INVITE b SIP/2.0\r\n" FROM },
    { "no-method", " sip:b@example.com SIP/2.0\r\n" FROM },
    { "status-out-of-range", "SIP/2.0 700 Odd\r\n" FROM },
    { "status-of-four-digits", "SIP/2.0 2000 Odd\r\n" FROM },
    { "key-for-a-method", "a inline:abc sip:b@example.com SIP/2.0\r\n" FROM },
    { "http", "GET http://example.com/ HTTP/1.1\r\n" FROM },
};

static void test_none_before(gconstpointer data)
{
    const none_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    size_t start;

    g_assert_false(sf_start_line_before(input.text, &start));
}

typedef struct {
    const char *name;
    const char *text;
    size_t from;
    int start; /**< -1 for none */
} next_row;

static const next_row next_rows[] = {
    { "at-once", INVITE, 0, 0 },
    { "status-at-once", "SIP/2.0 200 OK\r\n", 0, 0 },
    { "cut-off", "SIP/2.0 100", 0, 0 },
    { "after-other-lines", "a\r\n\r\n" INVITE, 0, 5 },
    { "after-other-bytes", "\x01\x82XY" INVITE, 0, 4 },
    { "after-a-lone-cr", "a\r" INVITE, 0, 2 },
    { "ended-by-a-lone-cr", "a\nBYE sip:b@example.com SIP/2.0\rVia: SIP/2.0/UDP a\r\n", 0, 2 },
    { "second-message", INVITE "BYE sip:b@example.com SIP/2.0\r\n", 34, 34 },
    { "quoted-in-a-header", "ms-diagnostics: 1;reason=\"got SIP/2.0 404 no\"\r\n", 0, -1 },
    { "vias-alone", VIA VIA, 0, -1 },
    { "nothing", "", 0, -1 },
    { "from-the-end", INVITE, 34, -1 },
};

static void test_next(gconstpointer data)
{
    const next_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    size_t start = 0;
    bool is_found = sf_start_line_next(input.text, row->from, &start);

    g_assert_cmpint(is_found ? (int)start : -1, ==, row->start);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/start-line/before", found_behind, test_before);
    SF_ADD_ROWS("/start-line/none-before", none_behind, test_none_before);
    SF_ADD_ROWS("/start-line/next", next_rows, test_next);
    return g_test_run();
}
