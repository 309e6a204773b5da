/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * P-Asserted-Identity beside From, and the words of Privacy.
 */
#include "check.h"
#include "engine/sip/asserted.h"

typedef struct {
    const char *name;
    const char *caller;
    const char *asserted[2];
    bool differs;
} differs_row;

static const differs_row rows[] = {
    { "nothing-asserted", "sip:+15550100@example.com", { NULL, NULL }, false },
    { "same-number", "sip:+15550100@a.example.com;user=phone", { "tel:+15550100", NULL }, false },
    { "same-number-with-separators", "sip:+1-555-0100@example.com", { "tel:+15550100", NULL }, false },
    { "same-number-beside-an-address",
      "sip:+15550100@example.com",
      { "sip:anna@example.com", "tel:+15550100" },
      false },
    { "other-number", "sip:+15550100@example.com", { "tel:+15550199", "sip:anna@example.com" }, true },
    { "national-number", "sip:05550100@example.com", { "tel:+495550100", NULL }, false },
    { "extension", "sip:1001@192.0.2.1", { "tel:+155501001", NULL }, false },
    { "other-extension", "sip:1002@192.0.2.1", { "tel:+155501001", NULL }, true },
    { "two-digits-are-no-extension", "sip:01@192.0.2.1", { "tel:+155501001", NULL }, true },
    { "number-with-parameters", "sip:+15550100;ext=12@example.com", { "tel:+15550100", NULL }, false },
    { "number-beside-a-name", "sip:+15550100@example.com", { "sip:anna@example.com", NULL }, false },
    { "same-name", "sip:Anna@Example.com", { "sip:anna@example.com", NULL }, false },
    { "other-name", "sip:anna@example.com", { "sip:nora@example.com", NULL }, true },
    { "other-domain", "sip:anna@example.com", { "sip:anna@example.org", NULL }, true },
    { "decorated-name", "sip:anna(example.com)@msn.com", { "sip:anna@example.com", NULL }, false },
    { "name-beside-a-number", "sip:anna@example.com", { "tel:+15550100", NULL }, false },
    { "withheld", "sip:anonymous@anonymous.invalid", { "tel:+15550100", NULL }, false },
    { "withheld-at-a-host", "sip:Anonymous@sbc.example.com", { "sip:anna@example.com", NULL }, false },
    { "withheld-by-the-network", "sip:+15550100@example.com", { "sip:anonymous@anonymous.invalid", NULL }, false },
    { "host-alone", "sip:sbc.example.com", { "sip:other.example.com", NULL }, false },
};

static void read_identity(const char *text, sf_identity *identity)
{
    const sf_knowledge knowledge = sf_default_knowledge();
    sf_problems problems;
    sf_uri uri;

    sf_problems_clear(&problems);
    g_assert_cmpint(sf_uri_read(sf_text(text), sf_text(text), &problems, &uri), ==, SF_OK);
    sf_identity_read(&uri, &knowledge, SF_LITERAL("From"), uri.text, &problems, identity);
}

static void test_differs(gconstpointer data)
{
    const differs_row *row = data;
    sf_asserted asserted = { .identity_count = 0 };
    sf_identity caller;

    read_identity(row->caller, &caller);
    for (size_t i = 0; i < G_N_ELEMENTS(row->asserted) && row->asserted[i]; i++) {
        read_identity(row->asserted[i], &asserted.identities[asserted.identity_count++]);
    }
    g_assert_true(sf_asserted_differs(&asserted, &caller) == row->differs);
}

static void test_privacy(void)
{
    sf_asserted asserted = { .identity_count = 0 };

    sf_asserted_add_privacy(&asserted, SF_LITERAL("id; critical"));
    sf_asserted_add_privacy(&asserted, SF_LITERAL("history"));
    g_assert_cmpuint(asserted.privacy_count, ==, 3);
    SF_CHECK_SLICE(asserted.privacy[1], "critical");
    SF_CHECK_SLICE(asserted.privacy[2], "history");
    sf_asserted_add_privacy(&asserted, SF_LITERAL("a;b;c;d;e;f;g;h"));
    g_assert_cmpuint(asserted.privacy_count, ==, SF_MAX_PRIVACY);
    g_assert_nonnull(sf_privacy_in_words(SF_LITERAL("ID")));
    g_assert_null(sf_privacy_in_words(SF_LITERAL("comet")));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/asserted/differs", rows, test_differs);
    g_test_add_func("/asserted/privacy", test_privacy);
    return g_test_run();
}
