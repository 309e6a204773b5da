/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Look-ups in tables of words.
 */
#include "check.h"
#include "engine/text/words.h"

static const sf_slice words[] = { SF_LITERAL_INIT("INVITE"), SF_LITERAL_INIT("ACK"), SF_LITERAL_INIT("INVITED") };

static sf_word_index index_of_words = SF_WORD_INDEX_INIT(words);

/* The word comes first in a row; what follows it is never compared. */
static const struct {
    sf_slice word;
    char filler[3];
    sf_slice other;
} rows[] = {
    { SF_LITERAL_INIT("Via"), "ab", SF_LITERAL_INIT("To") },
    { SF_LITERAL_INIT("To"), "cd", SF_LITERAL_INIT("From") },
};

static sf_word_index index_of_rows = SF_WORD_INDEX_INIT(rows);

typedef struct {
    const char *name; /**< the word itself */
    int index;
    int start; /**< of the first word that it begins with */
} words_row;

static const words_row in_words[] = {
    { "INVITE", 0, 0 },
    { "ack", 1, 1 },
    { "InviteD", 2, 0 },
    { "ACKS", SF_WORDS_NONE, 1 },
    { "AC", SF_WORDS_NONE, SF_WORDS_NONE },
};

static void test_words(gconstpointer data)
{
    const words_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->name));

    g_assert_cmpint(SF_WORDS_FIND(words, input.text), ==, row->index);
    g_assert_cmpint(sf_words_look_up(&index_of_words, input.text), ==, row->index);
    g_assert_cmpint(SF_WORDS_FIND_START(words, input.text), ==, row->start);
}

static void test_rows(void)
{
    g_assert_cmpint(SF_WORDS_FIND(rows, sf_text("via")), ==, 0);
    g_assert_cmpint(SF_WORDS_FIND(rows, sf_text("TO")), ==, 1);
    g_assert_cmpint(SF_WORDS_FIND(rows, sf_text("From")), ==, SF_WORDS_NONE);
    g_assert_cmpint(SF_WORDS_FIND(rows, sf_text("")), ==, SF_WORDS_NONE);
    g_assert_cmpint(SF_WORDS_FIND(rows, sf_text(NULL)), ==, SF_WORDS_NONE);
    g_assert_cmpint(SF_WORDS_FIND_START(rows, sf_text("to-tag")), ==, 1);
    g_assert_cmpint(sf_words_find(rows, 0, sizeof rows[0], sf_text("Via")), ==, SF_WORDS_NONE);
}

/** Words of one bucket are told apart, of two equal words the first is found, and an empty one never. */
static void test_index(void)
{
    static const sf_slice same_bucket[] = { SF_LITERAL_INIT("a-1-b"), SF_LITERAL_INIT(""), SF_LITERAL_INIT("a-2-b"),
                                            SF_LITERAL_INIT("A-1-B"), SF_LITERAL_INIT("a-3-b") };
    static sf_word_index index = SF_WORD_INDEX_INIT(same_bucket);

    g_assert_cmpint(sf_words_look_up(&index, sf_text("a-3-B")), ==, 4);
    g_assert_cmpint(sf_words_look_up(&index, sf_text("A-2-b")), ==, 2);
    g_assert_cmpint(sf_words_look_up(&index, sf_text("a-1-b")), ==, 0);
    g_assert_cmpint(sf_words_look_up(&index, sf_text("a-4-b")), ==, SF_WORDS_NONE);
    g_assert_cmpint(sf_words_look_up(&index, sf_text("")), ==, SF_WORDS_NONE);
    g_assert_cmpint(sf_words_look_up(&index, sf_text(NULL)), ==, SF_WORDS_NONE);
    g_assert_cmpint(sf_words_look_up(&index_of_rows, sf_text("tO")), ==, 1);
    g_assert_cmpint(sf_words_look_up(&index_of_rows, sf_text("From")), ==, SF_WORDS_NONE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/words/words", in_words, test_words);
    g_test_add_func("/words/rows", test_rows);
    g_test_add_func("/words/index", test_index);
    return g_test_run();
}
