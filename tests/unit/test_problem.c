/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The list of problems, and the walk over parameters by table that reports to it.
 */
#include "check.h"
#include "engine/text/param_table.h"

static void test_malformed(void)
{
    const sf_slice element = SF_LITERAL("SIP/2.0/TLS a;branch=x");
    sf_problems problems;

    sf_problems_clear(&problems);
    problems.context = SF_LITERAL("Via");
    sf_problems_malformed(&problems, element, sf_slice_skip(element, 14), "branch", "is bad");
    SF_CHECK_PROBLEM(&problems, "branch");
    SF_CHECK_SLICE(problems.items[0].context, "Via");
    SF_CHECK_SLICE(problems.items[0].element, element.text);
    SF_CHECK_SLICE(problems.items[0].where, "branch=x");
    g_assert_cmpstr(problems.items[0].why, ==, "is bad");

    /* Two decoders of the same bytes say the same thing once; another thing is another problem. */
    sf_problems_malformed(&problems, element, sf_slice_skip(element, 14), "branch", "is bad");
    g_assert_cmpuint(problems.count, ==, 1);
    sf_problems_malformed(&problems, element, sf_slice_skip(element, 14), "branched", "is bad");
    g_assert_cmpuint(problems.count, ==, 2);
    sf_problems_clear(&problems);
    g_assert_cmpuint(problems.count, ==, 0);
    g_assert_false(sf_slice_present(problems.context));
}

/** Each kind of limit is noted once, with no bytes to quote. */
static void test_limits(void)
{
    const sf_slice element = SF_LITERAL("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA");
    sf_problems problems;

    sf_problems_clear(&problems);
    for (int limit = 0; limit < SF_LIMIT_COUNT; limit++) {
        sf_problems_limit(&problems, (sf_limit)limit, element);
        sf_problems_limit(&problems, (sf_limit)limit, element);
        g_assert_cmpuint(problems.count, ==, limit + 1);
        const sf_problem *problem = &problems.items[limit];
        g_assert_cmpint(problem->kind, ==, SF_PROBLEM_LIMIT);
        g_assert_nonnull(problem->what);
        g_assert_nonnull(problem->why);
        SF_CHECK_SLICE(problem->element, element.text);
        g_assert_cmpuint(problem->where.length, ==, 0);
    }
}

typedef struct {
    const char *name;
    const char *where;
    bool quoted;
} quote_row;

static const quote_row quotes[] = {
    { "plain", "branch=x", true },
    { "key", "inline:AAAA", false },
    { "key-in-the-middle", "x \"a=crypto:1 AES_CM_128_HMAC_SHA1_80 InLine:AAAA", false },
    { "cut-before-the-colon", "inline", true },
    { "empty", "", true },
};

static void test_quote(gconstpointer data)
{
    const quote_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->where));
    sf_problems problems;

    sf_problems_clear(&problems);
    sf_problems_malformed(&problems, input.text, input.text, "It", "is bad");
    SF_CHECK_SLICE(problems.items[0].where, row->quoted ? row->where : "");
    SF_CHECK_SLICE(problems.items[0].element, row->where);
}

/* What is quoted is the `Q`: whether the line around it has a key decides, with what is folded into it. */
static const quote_row lines[] = {
    { "key-before", "A: inline:Q", false },
    { "key-after", "A: Q inline:AAAA", false },
    { "key-a-fold-before", "A: inline:\r\n Q", false },
    { "key-two-folds-before", "A: inline:AAAA\r\n b\n\tQ\r\nC: d", false },
    { "key-a-fold-after", "x\r\nA: Q;\r\n inline:AAAA", false },
    { "key-after-a-carriage-return-alone", "A: inline:AAAA\rQ", false },
    { "key-in-the-line-before", "A: inline:AAAA\r\nB: Q", true },
    { "key-in-the-line-after", "B: Q\r\nA: inline:AAAA", true },
    { "crypto-line", "a=crypto:1 Q", false },
    { "clear-key", "A: k=Clear:Q", false },
    { "base64-key", "A: k=base64:Q", false },
    { "uri-of-a-key", "A: k=uri:Q", true },
    { "escaped", "A: %69nline:Q", false },
    { "escaped-colon", "A: inline%3AQ", false },
    { "escaped-in-quotes", "A: \"in\\line:Q\"", false },
    { "disposition", "Content-Disposition: inline;Q", true },
    { "last-line", "A: b\r\nQ", true },
    { "folds-at-the-end", "A: Q\r\n ", true },
};

static void test_line(gconstpointer data)
{
    const quote_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->where));
    sf_slice quote = { input.text.text + sf_slice_find(input.text, 'Q'), 1 };
    sf_problems problems;

    sf_problems_clear(&problems);
    problems.text = input.text;
    sf_problems_malformed(&problems, quote, quote, "It", "is bad");
    g_assert_true(problems.items[0].where.text == quote.text);
    SF_CHECK_SLICE(problems.items[0].where, row->quoted ? "Q" : "");
}

/** A full list says so in its last row, and keeps the others. */
static void test_full(void)
{
    char text[SF_MAX_PROBLEMS + 8];
    sf_problems problems;

    memset(text, 'x', sizeof text);
    sf_problems_clear(&problems);
    for (size_t i = 0; i < sizeof text; i++) {
        sf_slice byte = { text + i, 1 };
        sf_problems_malformed(&problems, byte, byte, "It", "is bad");
    }
    g_assert_cmpuint(problems.count, ==, SF_MAX_PROBLEMS);
    g_assert_true(problems.items[SF_MAX_PROBLEMS - 2].where.text == text + SF_MAX_PROBLEMS - 2);
    g_assert_cmpint(problems.items[SF_MAX_PROBLEMS - 1].kind, ==, SF_PROBLEM_LIMIT);
    g_assert_cmpstr(problems.items[SF_MAX_PROBLEMS - 1].what, ==, "Malformed elements");
}

/** Without a list nobody reads the problems. */
static void test_nobody(void)
{
    const sf_slice element = SF_LITERAL("x");

    sf_problems_malformed(NULL, element, element, "It", "is bad");
    sf_problems_limit(NULL, SF_LIMIT_VIAS, element);
    g_assert_true(sf_problems_room(NULL, 0, 1, SF_LIMIT_VIAS, element));
    g_assert_false(sf_problems_room(NULL, 1, 1, SF_LIMIT_VIAS, element));
}

static void test_room(void)
{
    const sf_slice element = SF_LITERAL("x");
    sf_problems problems;

    sf_problems_clear(&problems);
    g_assert_true(sf_problems_room(&problems, 0, 2, SF_LIMIT_VIAS, element));
    g_assert_true(sf_problems_room(&problems, 1, 2, SF_LIMIT_VIAS, element));
    SF_CHECK_PROBLEM(&problems, NULL);
    g_assert_false(sf_problems_room(&problems, 2, 2, SF_LIMIT_VIAS, element));
    g_assert_false(sf_problems_room(&problems, 3, 2, SF_LIMIT_VIAS, element));
    SF_CHECK_PROBLEM(&problems, "Via entries");
    SF_CHECK_SLICE(problems.items[0].element, "x");
}

enum { LR, TAG, FE, EPID };

static const sf_param_row table[] = {
    [LR] = { SF_LITERAL("lr"), SF_PARAM_REPEATS },
    [TAG] = { SF_LITERAL("tag"), SF_PARAM_OF_ANYBODY },
    [FE] = { SF_LITERAL("ms-fe"), SF_PARAM_MICROSOFT },
    [EPID] = { SF_LITERAL("epid"), SF_PARAM_MICROSOFT | SF_PARAM_VALUED },
};

typedef struct {
    const char *name;
    const char *parameters;
    int ids[6]; /**< as the walk gives them, ended by END */
    bool microsoft;
    const char *problem;
} walk_row;

static sf_word_index table_index = SF_WORD_INDEX_INIT(table);

enum { END = -2 };

static const walk_row walks[] = {
    { "known", "lr;tag=1;ms-fe=a", { LR, TAG, FE, END }, true, NULL },
    { "unknown", "x;lr", { SF_PARAM_UNKNOWN, LR, END }, false, NULL },
    { "any-case", "LR;TAG=1;MS-FE=a", { LR, TAG, FE, END }, true, NULL },
    { "may-repeat", "lr;lr;lr", { LR, END }, false, NULL },
    { "may-not-repeat", "tag=1;tag=2", { TAG, END }, false, "The parameter" },
    { "repeats-often", "tag=1;tag=2;TAG=3;tag;tag=4", { TAG, END }, false, "The parameter" },
    { "unknown-repeats", "x=1;x=2", { SF_PARAM_UNKNOWN, SF_PARAM_UNKNOWN, END }, false, NULL },
    { "unknown-of-microsoft", "Ms-New=1", { SF_PARAM_UNKNOWN, END }, true, NULL },
    { "value-missing", "epid;lr", { LR, END }, true, "epid" },
    { "value-empty", "EPID=\"\";lr", { LR, END }, true, "epid" },
    { "value-not-needed", "tag;ms-fe=", { TAG, FE, END }, true, NULL },
    { "quote-left-open-at-once", "epid=\"", { END }, true, "The quoted value" },
    { "quote-left-open", "tag=\"1;lr", { TAG, END }, false, "The quoted value" },
    { "empty", "", { END }, false, NULL },
};

static void check_walk(const walk_row *row, sf_word_index *index)
{
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->parameters));
    sf_problems problems;
    sf_param param;
    unsigned count = 0;
    int id;

    sf_problems_clear(&problems);
    sf_param_walk walk = sf_param_walk_over(input.text, input.text, &problems, table, G_N_ELEMENTS(table));
    walk.index = index;
    for (; sf_param_walk_next(&walk, &id, &param); count++) {
        g_assert_cmpint(id, ==, row->ids[count]);
    }
    g_assert_cmpint(row->ids[count], ==, END);
    g_assert_true(walk.has_microsoft == row->microsoft);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

/** With an index over the table, and without one. */
static void test_walk(gconstpointer data)
{
    check_walk(data, NULL);
    check_walk(data, &table_index);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/problem/malformed", test_malformed);
    g_test_add_func("/problem/limits", test_limits);
    SF_ADD_ROWS("/problem/quote", quotes, test_quote);
    SF_ADD_ROWS("/problem/line", lines, test_line);
    g_test_add_func("/problem/full", test_full);
    g_test_add_func("/problem/nobody", test_nobody);
    g_test_add_func("/problem/room", test_room);
    SF_ADD_ROWS("/param-walk", walks, test_walk);
    return g_test_run();
}
