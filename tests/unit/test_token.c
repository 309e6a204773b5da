/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The tokenizer: parameters, lists, words, lines, text faults and escapes.
 */
#include "check.h"
#include "engine/text/token.h"

/** `items` are what the iterator gives, in order, ended by NULL. */
typedef struct {
    const char *name;
    const char *text;
    const char *items[6];
} items_row;

static const items_row lists[] = {
    { "one", "a", { "a" } },
    { "blanks-around-commas", " a ,\tb , c ", { "a", "b", "c" } },
    { "empty-elements", ",,a,, ,b,", { "a", "b" } },
    { "only-commas", ",, ,", { NULL } },
    { "empty", "", { NULL } },
    { "absent", NULL, { NULL } },
    { "comma-in-quotes", "\"a,b\" <sip:x>, c", { "\"a,b\" <sip:x>", "c" } },
    { "comma-in-angles", "<sip:a,b@example.com>,<sip:c>", { "<sip:a,b@example.com>", "<sip:c>" } },
    { "escaped-quote", "\"a\\\",b\",c", { "\"a\\\",b\"", "c" } },
    { "quote-in-angles", "<sip:\"a@example.com>,b", { "<sip:\"a@example.com>", "b" } },
    { "quote-never-ends", "a,\"b,c", { "a", "\"b,c" } },
    { "angle-never-ends", "a,<b,c", { "a", "<b,c" } },
    { "escape-at-the-end", "\"a\\", { "\"a\\" } },
    { "fold", "a,\r\n b", { "a", "b" } },
    /* P-Asserted-Identity with sip and tel in one header and no blank */
    { "sip-and-tel", "\"n\"<sip:a@example.com>,<tel:+15550100>", { "\"n\"<sip:a@example.com>",
      "<tel:+15550100>" } },
};

static void test_list(gconstpointer data)
{
    const items_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_cursor cursor = sf_cursor_over(input.text);
    sf_problems problems;
    sf_slice element;
    unsigned count = 0;

    sf_problems_clear(&problems);
    for (; sf_list_next(&cursor, &problems, &element); count++) {
        SF_CHECK_SLICE(element, row->items[count]);
    }
    g_assert_null(row->items[count]);
    SF_CHECK_PROBLEM(&problems, NULL);
}

static const items_row unnamed_rows[] = {
    { "no-quotes", "<sip:a>;tag=1", { "<sip:a>;tag=1" } },
    { "name", "\"A <sip:b>\" <sip:a>;tag=1", { "", " <sip:a>;tag=1" } },
    { "name-without-blank", "\"A\"<sip:a>", { "", "<sip:a>" } },
    { "name-before-a-fold", "\"A\"\r\n <sip:a>", { "", "\r\n <sip:a>" } },
    { "two-names", "\"A\" <sip:a>, \"B\" <sip:b>", { "", " <sip:a>, ", " <sip:b>" } },
    { "escaped-quote-in-a-name", "\"A\\\" <sip:b>\" <sip:a>", { "", " <sip:a>" } },
    { "value-in-quotes", "<sip:a>;x=\"<sip:b>\";y", { "<sip:a>;x=\"<sip:b>\";y" } },
    { "quote-never-ends", "\"A <sip:a>", { "\"A <sip:a>" } },
    { "name-at-the-end", "\"A\"", { "\"A\"" } },
    { "empty", "", { NULL } },
};

static void test_unnamed(gconstpointer data)
{
    const items_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_cursor cursor = sf_cursor_over(input.text);
    sf_slice part;
    unsigned count = 0;

    for (; sf_unnamed_next(&cursor, &part); count++) {
        g_assert_cmpmem(part.text, part.length, row->items[count], strlen(row->items[count]));
    }
    g_assert_null(row->items[count]);
}

static const items_row word_rows[] = {
    { "blanks-and-tabs", " a\t b  c ", { "a", "b", "c" } },
    { "fold", "a\r\n\tb", { "a", "b" } },
    { "trailing-blank", "1 UDP ", { "1", "UDP" } },
    { "only-blanks", " \t ", { NULL } },
    { "absent", NULL, { NULL } },
};

static void test_words(gconstpointer data)
{
    const items_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_cursor cursor = sf_cursor_over(input.text);
    sf_slice word;
    unsigned count = 0;

    for (; sf_word_next(&cursor, &word); count++) {
        SF_CHECK_SLICE(word, row->items[count]);
    }
    g_assert_null(row->items[count]);
}

static const items_row line_rows[] = {
    { "crlf", "a\r\n\r\nb\r\n", { "a", "", "b" } },
    { "bare-lf", "a\nb\n", { "a", "b" } },
    { "mixed", "a\nb\r\nc", { "a", "b", "c" } },
    { "no-last-line-end", "a\r\nb", { "a", "b" } },
    { "cr-inside", "a\rb\r\n", { "a\rb" } },
    { "cr-at-the-end-is-text", "a\r", { "a\r" } },
    { "empty", "", { NULL } },
};

static void test_lines(gconstpointer data)
{
    const items_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_cursor cursor = sf_cursor_over(input.text);
    sf_slice line;
    unsigned count = 0;

    for (; sf_line_next(&cursor, &line); count++) {
        SF_CHECK_SLICE(line, row->items[count]);
    }
    g_assert_null(row->items[count]);
}

typedef struct {
    const char *name;
    const char *text;
    const char *param;
    const char *value;
    bool quoted;
    bool unterminated;
} param_row;

static const param_row params[] = {
    { "value", "tag=7166e331a", "tag", "7166e331a", false, false },
    { "flag", "lr", "lr", NULL, false, false },
    { "empty-value", "epid=", "epid", "", false, false },
    { "blanks-around-equals", " gruu = x ", "gruu", "x", false, false },
    { "fold-in-front", "\r\n tag=a", "tag", "a", false, false },
    { "empty-pieces-in-front", "; ;;lr", "lr", NULL, false, false },
    { "equals-in-value", "opaque=srvr:a:QUI=", "opaque", "srvr:a:QUI=", false, false }, /* caution 7 */
    { "only-equals", "==", "", "=", false, false },
    { "quoted", "reason=\"a; b, (c): d=e\"", "reason", "a; b, (c): d=e", true, false }, /* caution 8 */
    { "quoted-empty", "reason=\"\"", "reason", "", true, false },
    { "quoted-escape", "reason=\"a\\\";b\"", "reason", "a\\\";b", true, false },
    { "quote-never-ends", "reason=\"a;b", "reason", "a;b", true, true },
    { "quote-alone", "reason=\"", "reason", "", true, true },
    { "escape-at-the-end", "reason=\"a\\", "reason", "a\\", true, true },
};

static void test_param(gconstpointer data)
{
    const param_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_cursor cursor = sf_cursor_over(input.text);
    sf_problems problems;
    sf_param param;

    sf_problems_clear(&problems);
    g_assert_true(sf_param_next(&cursor, ';', input.text, &problems, &param));
    SF_CHECK_SLICE(param.name, row->param);
    SF_CHECK_SLICE(param.value, row->value);
    g_assert_true(param.is_quoted == row->quoted);
    g_assert_true(param.is_unterminated == row->unterminated);
    g_assert_false(sf_param_next(&cursor, ';', input.text, &problems, &param));
    SF_CHECK_PROBLEM(&problems, NULL);
}

/** No parameter is found inside a quoted string, nor by the end of another one's name. */
static void test_param_anchored(void)
{
    sf_slice text = SF_LITERAL("x=\"tag=1;tag=2\";etag=3;tag=4;tag=5");
    sf_cursor cursor = sf_cursor_over(text);
    sf_problems problems;
    sf_param param;
    const char *values[] = { "tag=1;tag=2", "3", "4", "5" };

    sf_problems_clear(&problems);
    for (size_t i = 0; i < G_N_ELEMENTS(values); i++) {
        g_assert_true(sf_param_next(&cursor, ';', text, &problems, &param));
        SF_CHECK_SLICE(param.value, values[i]);
    }
    g_assert_false(sf_param_next(&cursor, ';', text, &problems, &param));
}

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
        g_assert_cmpstr(sf_text_fault_reason(fault), ==,
                        *fault.text ? "is not UTF-8 text" : "holds a NUL byte");
    }
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
    SF_ADD_ROWS("/token/list", lists, test_list);
    SF_ADD_ROWS("/token/unnamed", unnamed_rows, test_unnamed);
    g_test_add_func("/token/unfold", test_unfold);
    SF_ADD_ROWS("/token/words", word_rows, test_words);
    SF_ADD_ROWS("/token/lines", line_rows, test_lines);
    SF_ADD_ROWS("/token/param", params, test_param);
    g_test_add_func("/token/param-anchored", test_param_anchored);
    SF_ADD_ROWS("/token/fault", faults, test_fault);
    SF_ADD_ROWS("/token/escape", escapes, test_escape);
    return g_test_run();
}
