/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Bodies and the parts of multipart bodies (RFC 2046 5.1, [MS-SIPRE] 3.15).
 */
#include "check.h"
#include "engine/sip/body.h"

#define MIXED "multipart/mixed;boundary=b"

typedef struct {
    const char *name;
    const char *content_type;
    const char *text;
    const char *parts[4]; /**< contents, in order */
    const char *types[4];
    const char *problem;
} body_row;

static const body_row bodies[] = {
    { "single", "application/sdp", "v=0\r\n", { "v=0\r\n" }, { "application/sdp" }, NULL },
    { "single-with-parameters", "text/plain; charset=utf-8", "x", { "x" }, { "text/plain" }, NULL },
    { "no-content-type", NULL, "x", { "x" }, { "" }, NULL },
    { "two-parts",
      MIXED,
      "--b\r\nContent-Type: a/b\r\n\r\n1\r\n--b\r\nContent-Type: c/d\r\n\r\n2\r\n--b--\r\n",
      { "1", "2" },
      { "a/b", "c/d" },
      NULL },
    { "bare-lf", MIXED, "--b\nContent-Type: a/b\n\n1\n--b--\n", { "1" }, { "a/b" }, NULL },
    { "quoted-boundary",
      "Multipart/Alternative; boundary=\"a b\"",
      "--a b\r\n\r\n1\r\n--a b--",
      { "1" },
      { "" },
      NULL },
    { "semicolon-in-quoted-boundary",
      "multipart/mixed; boundary=\"a;b=c\"; type=x",
      "--a;b=c\r\n\r\n1\r\n--a;b=c--",
      { "1" },
      { "" },
      NULL },
    { "boundary-after-other-parameters",
      "multipart/mixed;type=x; BOUNDARY=b",
      "--b\r\n\r\n1\r\n--b--",
      { "1" },
      { "" },
      NULL },
    { "part-without-headers", MIXED, "--b\r\n\r\n1\r\n--b--", { "1" }, { "" }, NULL },
    { "upper-case-and-folded-headers",
      MIXED,
      "--b\r\nCONTENT-TYPE:\r\n a/b\r\n\r\n1\r\n--b--",
      { "1" },
      { "a/b" },
      NULL },
    { "preamble-and-epilogue",
      MIXED,
      "pre\r\n--b\r\n\r\n1\r\n--b--\r\n--b\r\n\r\nepilogue\r\n--b--",
      { "1" },
      { "" },
      NULL },
    { "blanks-after-boundary", MIXED, "--b \t\r\n\r\n1\r\n--b-- \r\n", { "1" }, { "" }, NULL },
    { "blank-lines-inside", MIXED, "--b\r\n\r\n\r\n1\r\n\r\n\r\n--b--", { "\r\n1\r\n\r\n" }, { "" }, NULL },
    { "longer-line-is-no-boundary", MIXED, "--b\r\n\r\n--bc\r\n--b-\r\n--b--", { "--bc\r\n--b-" }, { "" }, NULL },
    { "boundary-in-other-case-is-none", MIXED, "--b\r\n\r\n--B--\r\n--b--", { "--B--" }, { "" }, NULL },
    { "empty-part", MIXED, "--b\r\nContent-Type: a/b\r\n\r\n--b--", { "" }, { "a/b" }, NULL },
    { "empty-part-without-headers", MIXED, "--b\r\n\r\n--b--", { "" }, { "" }, NULL },
    { "nested",
      MIXED,
      "--b\r\nContent-Type: multipart/alternative;boundary=c\r\n\r\n--c\r\n\r\n1\r\n--c\r\n\r\n2\r\n"
      "--c--\r\n--b\r\n\r\n3\r\n--b--",
      { "1", "2", "3" },
      { "", "", "" },
      NULL },
    { "inner-never-ends",
      MIXED,
      "--b\r\nContent-Type: multipart/alternative;boundary=c\r\n\r\n--c\r\n\r\n1\r\n--b\r\n\r\n3\r\n--b--",
      { "1", "3" },
      { "", "" },
      "The multipart body" },
    { "never-ends",
      MIXED,
      "--b\r\n\r\n1\r\n--b\r\nContent-Type: a/b\r\n\r\n2\r\n",
      { "1", "2\r\n" },
      { "", "a/b" },
      "The multipart body" },
    { "never-begins", MIXED, "1\r\n2\r\n", { NULL }, { NULL }, "The multipart body" },
    { "no-boundary-named", "multipart/mixed", "--b\r\n\r\n1\r\n--b--", { NULL }, { NULL }, "The multipart body" },
    { "empty-boundary", "multipart/mixed;boundary=", "--\r\n\r\n1\r\n----", { NULL }, { NULL }, "The multipart body" },
    { "quote-of-boundary-left-open",
      "multipart/mixed;boundary=\"b",
      "--b\r\n\r\n1\r\n--b--",
      { "1" },
      { "" },
      "The boundary" },
    { "escape-in-quoted-boundary",
      "multipart/mixed; boundary=\"a\\\"b\"",
      "--a\"b\r\n\r\n1\r\n--a\"b--",
      { "1" },
      { "" },
      NULL },
    { "sdp-without-blank-line",
      MIXED,
      "--b\r\nContent-Type: a/b\r\nv=0\r\no=x: 1\r\n\r\nm=y\r\n--b--",
      { "v=0\r\no=x: 1\r\n\r\nm=y" },
      { "a/b" },
      "The body part" },
    { "sdp-without-headers", MIXED, "--b\r\nv=0\r\nm=y\r\n--b--", { "v=0\r\nm=y" }, { "" }, "The body part" },
    { "line-without-colon-among-headers",
      MIXED,
      "--b\r\ngarbage\r\nContent-Type: a/b\r\n\r\n1\r\n--b--",
      { "1" },
      { "a/b" },
      NULL },
    { "part-without-blank-line", MIXED, "--b\r\nContent-Type: a/b\r\n--b--", { "" }, { "a/b" }, "The body part" },
    { "cut-in-the-boundary", MIXED, "--b\r\n\r\n1\r\n--b-", { "1\r\n--b-" }, { "" }, "The multipart body" },
};

static void test_body(gconstpointer data)
{
    const body_row *row = data;
    g_auto(sf_guarded) text = sf_guarded_of(sf_text(row->text));
    g_auto(sf_guarded) content_type = sf_guarded_of(sf_text(row->content_type));
    sf_problems problems;
    sf_bodies read;

    sf_problems_clear(&problems);
    sf_bodies_read(text.text, &(sf_body_headers){ .content_type = content_type.text }, &problems, &read);
    for (unsigned i = 0; i < read.count; i++) {
        g_assert_nonnull(row->parts[i]);
        SF_CHECK_TEXT(read.items[i].text, row->parts[i]);
        SF_CHECK_TEXT(read.items[i].content_type, row->types[i]);
    }
    g_assert_null(row->parts[read.count]);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

typedef struct {
    const char *name;
    const char *disposition;
    bool fallback;
} fallback_row;

/* Compared in any case, blanks optional: Lync and the Skype gateway write it differently */
static const fallback_row fallbacks[] = {
    { "lync", "session; handling=optional; ms-proxy-2007fallback", true },
    { "seed", "Session;handling=optional;ms-proxy-2007fallback", true },
    { "capitals", "SESSION ; HANDLING=OPTIONAL ; MS-PROXY-2007FALLBACK", true },
    { "second-part", "session; handling=optional", false },
    { "in-a-quoted-value", "session; x=\";ms-proxy-2007fallback\"", false },
    { "part-of-a-longer-name", "session; no-ms-proxy-2007fallback", false },
    { "absent", NULL, false },
};

static void test_fallback(gconstpointer data)
{
    const fallback_row *row = data;
    g_auto(sf_guarded) disposition = sf_guarded_of(sf_text(row->disposition));
    sf_problems problems;
    sf_bodies read;

    sf_problems_clear(&problems);
    sf_bodies_read(SF_LITERAL("v=0"), &(sf_body_headers){ .disposition = disposition.text }, &problems, &read);
    g_assert_cmpuint(read.count, ==, 1);
    g_assert_true(read.items[0].is_fallback == row->fallback);

    g_autofree char *part = g_strconcat("--b\r\n", row->disposition ? "Content-Disposition: " : "",
                                        row->disposition ? row->disposition : "", row->disposition ? "\r\n" : "",
                                        "\r\nv=0\r\n--b--", NULL);
    sf_bodies_read(sf_text(part), &(sf_body_headers){ .content_type = SF_LITERAL(MIXED) }, &problems, &read);
    g_assert_cmpuint(read.count, ==, 1);
    g_assert_true(read.items[0].is_fallback == row->fallback);
}

typedef struct {
    const char *name;
    const char *header;
    const char *encoding; /**< as it is kept */
} encoding_row;

static const encoding_row encodings[] = {
    { "none", "Content-ID: <a>", NULL },
    { "7bit", "Content-Transfer-Encoding: 7bit", NULL },
    { "8bit-in-capitals", "CONTENT-TRANSFER-ENCODING: 8BIT", NULL },
    { "binary", "Content-Transfer-Encoding: binary", NULL },
    { "identity", "Content-Encoding: identity", NULL },
    { "empty", "Content-Encoding:", NULL },
    { "quoted-printable", "Content-Transfer-Encoding: quoted-printable", "quoted-printable" },
    { "base64", "Content-Transfer-Encoding: base64", "base64" },
    { "gzip", "Content-Encoding: gzip", "gzip" },
    { "gzip-and-7bit", "e: gzip\r\nContent-Transfer-Encoding: 7bit", "gzip" },
};

static void test_encoding(gconstpointer data)
{
    const encoding_row *row = data;
    g_autofree char *part = g_strconcat("--b\r\n", row->header, "\r\n\r\nv=0\r\n--b--", NULL);
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(part));
    sf_body_headers headers = { .content_type = SF_LITERAL(MIXED) };
    sf_problems problems;
    sf_bodies read;

    sf_problems_clear(&problems);
    sf_bodies_read(input.text, &headers, &problems, &read);
    g_assert_cmpuint(read.count, ==, 1);
    SF_CHECK_SLICE(read.items[0].encoding, row->encoding);
    SF_CHECK_PROBLEM(&problems, NULL);

    headers.encoding = SF_LITERAL("gzip");
    sf_bodies_read(input.text, &headers, &problems, &read);
    g_assert_cmpuint(read.count, ==, 0);
    SF_CHECK_PROBLEM(&problems, "The multipart body");
}

/** Multipart bodies within each other: `levels` of them around one text. */
static char *nest(unsigned levels)
{
    GString *text = g_string_new("innermost");

    for (unsigned level = levels; level > 0; level--) {
        g_autofree char *inner = g_strdup(text->str);
        const char *type = level == levels ? "text/plain" : "multipart/mixed;boundary=";
        g_string_printf(text, "--b%u\r\nContent-Type: %s", level, type);
        if (level < levels) {
            g_string_append_printf(text, "b%u", level + 1);
        }
        g_string_append_printf(text, "\r\n\r\n%s\r\n--b%u--", inner, level);
    }
    return g_string_free(text, FALSE);
}

static void test_nesting(void)
{
    for (unsigned levels = 1; levels <= SF_MAX_BODY_NESTING + 2; levels++) {
        g_autofree char *text = nest(levels);
        bool fits = levels <= SF_MAX_BODY_NESTING;
        sf_problems problems;
        sf_bodies read;

        sf_problems_clear(&problems);
        sf_body_headers headers = { .content_type = SF_LITERAL("multipart/mixed;boundary=b1") };
        sf_bodies_read(sf_text(text), &headers, &problems, &read);
        g_assert_cmpuint(read.count, ==, fits ? 1 : 0);
        SF_CHECK_PROBLEM(&problems, fits ? NULL : "Levels of multipart bodies");
        if (fits) {
            SF_CHECK_SLICE(read.items[0].text, "innermost");
        }
    }
}

static void test_part_limit(void)
{
    for (unsigned parts = SF_MAX_BODIES - 1; parts <= SF_MAX_BODIES + 1; parts++) {
        GString *text = g_string_new(NULL);
        sf_problems problems;
        sf_bodies read;

        for (unsigned i = 0; i < parts; i++) {
            g_string_append_printf(text, "--b\r\n\r\n%u\r\n", i);
        }
        g_string_append(text, "--b--\r\n");
        sf_problems_clear(&problems);
        sf_bodies_read(sf_text(text->str), &(sf_body_headers){ .content_type = SF_LITERAL(MIXED) }, &problems, &read);
        g_assert_cmpuint(read.count, ==, MIN(parts, SF_MAX_BODIES));
        SF_CHECK_SLICE(read.items[14].text, "14");
        SF_CHECK_PROBLEM(&problems, parts > SF_MAX_BODIES ? "Body parts" : NULL);
        g_string_free(text, TRUE);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/body/read", bodies, test_body);
    SF_ADD_ROWS("/body/fallback", fallbacks, test_fallback);
    SF_ADD_ROWS("/body/encoding", encodings, test_encoding);
    g_test_add_func("/body/nesting", test_nesting);
    g_test_add_func("/body/part-limit", test_part_limit);
    return g_test_run();
}
