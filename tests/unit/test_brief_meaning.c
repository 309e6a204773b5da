/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Brief meanings: of texts, and of every code in the table.
 */
#include "check.h"
#include "engine/sip/brief_meaning.h"
#include "engine/sip/diagnostics_codes.h"

#include <string.h>

static char *brief_of(const char *meaning)
{
    char out[SF_MAX_BRIEF];
    size_t length = sf_brief_meaning(meaning, out);

    g_assert_cmpuint(length, <=, sizeof out);
    return g_strndup(out, length);
}

static void test_texts(void)
{
    static const struct {
        const char *meaning, *brief;
    } rows[] = {
        { "All of it", "All of it" },
        { "", "" },
        { "What happened: what to check", "What happened" },
        { "What happened (who, where): check (this: that)", "What happened" },
        { "The host (A: address) is unknown; look it up", "The host is unknown" },
        { "Never closed (here: there", "Never closed" },
        { "Call park: no number (orbit) is free; add some", "Call park: no number is free" },
        { "Group chat: the service is busy", "Group chat: the service is busy" },
        { "The user did this, for example hung up: no fault", "The user did this" },
        { "Not together, often in a hybrid deployment: compare", "Not together" },
        { "It was lost: check the network (unconfirmed)", "It was lost (unconfirmed)" },
        { "It was lost (unconfirmed)", "It was lost (unconfirmed)" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *brief = brief_of(rows[i].meaning);
        g_assert_cmpstr(brief, ==, rows[i].brief);
    }
}

static void test_advice(void)
{
    static const struct {
        const char *meaning, *advice;
    } rows[] = {
        { "", "" },
        { "All of it", "" },
        { "What happened: check this", "Check this" },
        { "What happened (who: where): check (this: that)", "Check (this: that)" },
        { "It failed (Get-CsUser)", "Check Get-CsUser" },
        { "It failed (Enabled in Get-CsUser)", "Check Enabled in Get-CsUser" },
        { "It failed (see there)", "" },
        { "Never closed (Get-CsUser", "Check Get-CsUser" },
        { "It failed: it was removed", "" },
        { "It failed: it was removed (Get-CsUser)", "" },
        { "Call park: no number (orbit) is free; add some", "Add some" },
        { "Call park: the request is not valid", "" },
        { "The user did this, for example hung up: try again", "Try again" },
        { "It failed: checks were made", "" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        char out[SF_MAX_ADVICE];
        g_autofree char *advice = g_strndup(out, sf_meaning_advice(rows[i].meaning, out));
        g_assert_cmpstr(advice, ==, rows[i].advice);
    }
}

static void test_long_advice(void)
{
    g_autofree char *word = g_strnfill(100, 'a');
    g_autofree char *text = g_strjoin(" ", "It failed: check", word, word, word, NULL);
    g_autofree char *expected = g_strjoin(" ", "Check", word, word, NULL);
    char out[SF_MAX_ADVICE];
    g_autofree char *advice = g_strndup(out, sf_meaning_advice(text, out));

    g_assert_cmpstr(advice, ==, expected);
}

/** What does not fit ends with a whole word, and keeps its mark. */
static void test_long_text(void)
{
    g_autofree char *words = g_strnfill(40, 'a');
    g_autofree char *text = g_strjoin(" ", words, words, words, words, "(unconfirmed)", NULL);
    g_autofree char *expected = g_strjoin(" ", words, words, "(unconfirmed)", NULL);
    g_autofree char *brief = brief_of(text);

    g_assert_cmpstr(brief, ==, expected);
}

/** Every brief meaning of the table is whole: none was cut for its length. */
static void test_all_codes(void)
{
    unsigned found = 0;

    for (uint32_t code = 0; code < 100000; code++) {
        const sf_code_row *row = sf_code_row_of(code);
        if (!row) {
            continue;
        }
        g_autofree char *brief = brief_of(row->meaning);
        char *mark = strstr(brief, " (unconfirmed)");
        g_assert_cmpint(mark != NULL, ==, !row->is_confirmed);
        if (mark) {
            *mark = '\0';
        }
        size_t length = strlen(brief);
        g_assert_cmpuint(length, >, 8);
        g_assert_cmpuint(length, <=, 100);
        g_assert_null(strpbrk(brief, "();"));
        g_assert_true(g_ascii_isalpha(brief[length - 1]));
        found++;
    }
    g_assert_cmpuint(found, >, 200);
}

static void test_examples(void)
{
    static const struct {
        uint32_t code;
        const char *brief;
    } rows[] = {
        { 22, "No media path could be set up, both ends internal" },
        { 1010, "No TLS trust with the next server" },
        { 1014, "The DNS address record of the next server cannot be resolved" },
        { 1034, "The federated peer refused and gave no diagnostics" },
        { 15904, "Exchange Unified Messaging: the call could not be set up" },
        { 51004, "The user ended or canceled it" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *brief = brief_of(sf_code_row_of(rows[i].code)->meaning);
        g_assert_cmpstr(brief, ==, rows[i].brief);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/brief-meaning/texts", test_texts);
    g_test_add_func("/brief-meaning/advice", test_advice);
    g_test_add_func("/brief-meaning/long-advice", test_long_advice);
    g_test_add_func("/brief-meaning/long-text", test_long_text);
    g_test_add_func("/brief-meaning/all-codes", test_all_codes);
    g_test_add_func("/brief-meaning/examples", test_examples);
    return g_test_run();
}
