/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The tokenizer: parameters, lists, words, lines and angle brackets.
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
    { "sip-and-tel", "\"n\"<sip:a@example.com>,<tel:+15550100>", { "\"n\"<sip:a@example.com>", "<tel:+15550100>" } },
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
    const char *text;
    size_t index;
} angle_row;

static const angle_row angles[] = {
    { "plain", "Ann <sip:a>", 4 },
    { "first", "<sip:a>", 0 },
    { "none", "sip:a", 5 },
    { "in-quotes", "\"a<b\" <sip:a>", 6 },
    { "in-quotes-alone", "\"a<b\"", 5 },
    { "escaped-quote", "\"a\\\"<\" <sip:a>", 7 },
    { "quotes-after-it", "<sip:a>\"<\"", 0 },
    { "quote-left-open", "\"Ann <sip:a>", 12 },
    { "backslash-at-the-end", "\"\\", 2 },
    { "empty", "", 0 },
    { "absent", NULL, 0 },
};

static void test_angle(gconstpointer data)
{
    const angle_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));

    g_assert_cmpuint(sf_angle_find(input.text), ==, row->index);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/token/list", lists, test_list);
    SF_ADD_ROWS("/token/unnamed", unnamed_rows, test_unnamed);
    SF_ADD_ROWS("/token/words", word_rows, test_words);
    SF_ADD_ROWS("/token/angle", angles, test_angle);
    SF_ADD_ROWS("/token/lines", line_rows, test_lines);
    SF_ADD_ROWS("/token/param", params, test_param);
    g_test_add_func("/token/param-anchored", test_param_anchored);
    return g_test_run();
}
