/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Texts as they are shown: encodings, folds and escapes.
 */
#include "check.h"
#include "engine/text/plain_text.h"

typedef struct {
    const char *name;
    sf_slice text;
    long fault_at; /**< -1 if it is text */
} fault_row;

static const fault_row faults[] = {
    { "ascii", SF_LITERAL("plain text of more than eight bytes"), -1 },
    { "utf-8", SF_LITERAL("J\xc3\xbcrgen \xf0\x9f\x93\x9e"), -1 },
    { "empty", SF_LITERAL(""), -1 },
    { "absent", { NULL, 0 }, -1 },
    { "latin-1", SF_LITERAL("J\xfcrgen"), 1 },
    { "nul-first", SF_LITERAL("\0abcdefghi"), 0 },
    { "nul-in-second-block", SF_LITERAL("12345678abc\0d"), 11 },
    { "nul-last", SF_LITERAL("12345678\0"), 8 },
    { "cut-sequence", SF_LITERAL("12345678J\xc3"), 9 },
    { "overlong-form", SF_LITERAL("\xc0\xaf"), 0 },
    { "surrogate", SF_LITERAL("a\xed\xa0\x80"), 1 },
    { "byte-one-is-text", SF_LITERAL("\1\1\1\1\1\1\1\1"), -1 },
};

static void test_fault(gconstpointer data)
{
    const fault_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(row->text);
    sf_slice fault = sf_text_fault(input.text);

    if (row->fault_at < 0) {
        g_assert_false(sf_slice_present(fault));
    } else {
        g_assert_cmpuint(fault.length, ==, 1);
        g_assert_cmpint(fault.text - input.text.text, ==, row->fault_at);
        g_assert_cmpstr(sf_text_fault_reason(fault), ==, *fault.text ? "is not UTF-8 text" : "holds a NUL byte");
    }
}

/** Parts are asked for in their order, some not at all, some beyond what was looked at: none with a fault is missed. */
static void test_fault_ahead(void)
{
    enum { LONG = 3000 };
    g_autofree char *padding = g_strnfill(LONG, 'a');
    g_autofree char *block = g_strconcat("1a\n2b\n3", padding, "\n4\xfc\n5", padding, padding, "\xfc\n6c\n7\xc3\xbc\n8",
                                         NULL);
    g_auto(sf_guarded) text = sf_guarded_of(sf_text(block));
    sf_ascii_ahead ahead = sf_ascii_ahead_over(text.text);
    sf_slice rest = text.text;
    GString *found = g_string_new(NULL);

    while (rest.length > 0) {
        sf_slice part = sf_slice_head(rest, sf_slice_find(rest, '\n'));
        rest = sf_slice_skip(rest, part.length + 1);
        bool may_have_fault = part.text[0] != '2' && sf_may_have_text_fault(&ahead, part);
        g_assert_true(may_have_fault || !sf_slice_present(sf_text_fault(part)));
        if (may_have_fault && sf_slice_present(sf_text_fault(part))) {
            g_string_append_c(found, part.text[0]);
        }
    }
    g_assert_cmpstr(found->str, ==, "45");
    g_string_free(found, TRUE);
}

/** One look at a text of ASCII alone answers for all of its parts. */
static void test_ascii_ahead(void)
{
    g_auto(sf_guarded) text = sf_guarded_of(sf_text("From: a\r\nTo: b\r\n"));
    sf_ascii_ahead ahead = sf_ascii_ahead_over(text.text);

    g_assert_false(sf_may_have_text_fault(&ahead, sf_slice_head(text.text, 1)));
    g_assert_true(ahead.seen_end == sf_slice_end(text.text));
    g_assert_false(sf_may_have_text_fault(&ahead, sf_slice_skip(text.text, 1)));
    g_assert_false(sf_may_have_text_fault(&ahead, sf_slice_skip(text.text, text.text.length)));
}

typedef struct {
    const char *name;
    const char *text;
    bool quoted;
    const char *plain;
} escape_row;

static const escape_row escapes[] = {
    { "nothing", "user", false, "user" },
    { "parentheses", "user%28example.com%29", false, "user(example.com)" },
    { "lower-case-digits", "%4a%2f", false, "J/" },
    { "percent-at-the-end", "a%", false, "a%" },
    { "one-digit", "a%4", false, "a%4" },
    { "no-digits", "a%zzb", false, "a%zzb" },
    { "percent-percent", "%%41", false, "%A" },
    { "quoted-pair", "a\\\"b\\\\c", true, "a\"b\\c" },
    { "backslash-at-the-end", "a\\", true, "a\\" },
    { "percent-in-quotes-stays", "%41", true, "%41" },
    { "backslash-in-uri-stays", "\\a", false, "\\a" },
};

static void test_escape(gconstpointer data)
{
    const escape_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    char out[64];

    g_assert_cmpuint(input.text.length, <=, sizeof out);
    SF_CHECK_SLICE(((sf_slice){ out, sf_unescape(input.text, row->quoted, out) }), row->plain);
}

static const struct {
    const char *name;
    const char *text;
    const char *plain;
} folds[] = {
    { "none", "a  b", "a  b" },
    { "one", "a\r\n b", "a b" },
    { "blanks-around", "a \t\r\n\t  b", "a b" },
    { "bare-line-feed", "a\n b", "a b" },
    { "bare-return", "a\r b", "a b" },
    { "two", "a\r\n b\r\n\tc  d", "a b c  d" },
    { "at-the-ends", "\r\n a\r\n", " a " },
    { "blanks-alone", " \t ", " \t " },
    { "empty", "", "" },
};

static void test_unfold(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(folds); i++) {
        g_auto(sf_guarded) input = sf_guarded_of(sf_text(folds[i].text));
        char out[64];

        g_test_message("%s", folds[i].name);
        g_assert_cmpuint(input.text.length, <=, sizeof out);
        size_t length = sf_unfold(input.text, out);
        g_assert_cmpmem(out, length, folds[i].plain, strlen(folds[i].plain));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/plain-text/fault", faults, test_fault);
    g_test_add_func("/plain-text/fault-ahead", test_fault_ahead);
    g_test_add_func("/plain-text/ascii-ahead", test_ascii_ahead);
    SF_ADD_ROWS("/plain-text/escape", escapes, test_escape);
    g_test_add_func("/plain-text/unfold", test_unfold);
    return g_test_run();
}
