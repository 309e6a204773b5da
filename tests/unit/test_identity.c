/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Decorated addresses: `user(example.com)@msn.com` is user@example.com.
 */
#include "check.h"
#include "engine/sip/identity.h"

typedef struct {
    const char *name;
    const char *uri;
    const char *problem;
    const char *text;
    const char *local;
    const char *domain;
    bool decorated;
} identity_row;

#define DECORATION "The decorated address"

static const identity_row identities[] = {
    { "seed", "sip:user(example.com)@msn.com", NULL, "user(example.com)@msn.com", "user", "example.com", true },
    { "escaped", "sip:user%28example.com%29@msn.com", NULL, "user%28example.com%29@msn.com", "user", "example.com",
      true },
    { "half-escaped", "sip:user(example.com%29@msn.com", NULL, "user(example.com%29@msn.com", "user", "example.com",
      true },
    { "parentheses-in-local", "sip:a(b)(example.com)@msn.com", NULL, "a(b)(example.com)@msn.com", "a(b)", "example.com",
      true },
    { "utf-8-domain",
      "sip:user(b\xc3\xbc"
      "cher.example)@msn.com",
      NULL,
      "user(b\xc3\xbc"
      "cher.example)@msn.com",
      "user",
      "b\xc3\xbc"
      "cher.example",
      true },
    { "digits-in-front-of-escape", "sip:user28%28example.com%29@msn.com", NULL, "user28%28example.com%29@msn.com",
      "user28", "example.com", true },
    { "undecorated-at-provider", "sip:user@hotmail.com", NULL, "user@hotmail.com", "user", "hotmail.com", false },
    { "parentheses-elsewhere", "sip:user(example.com)@example.org", NULL, "user(example.com)@example.org",
      "user(example.com)", "example.org", false },
    { "skype-name-with-a-colon", "sip:live:joe@skypeids.net", NULL, "live:joe@skypeids.net", "live:joe", "skypeids.net",
      false },
    { "skype-name-of-an-id", "sip:live:.cid.0a1b2c@skypeids.net:5061;x=1", NULL, "live:.cid.0a1b2c@skypeids.net",
      "live:.cid.0a1b2c", "skypeids.net", false },
    { "colon-at-the-end", "sip:joe:@skypeids.net", NULL, "joe:@skypeids.net", "joe:", "skypeids.net", false },
    { "password-elsewhere", "sip:joe:secret@yahoo.com", NULL, "joe:secret@yahoo.com", "joe", "yahoo.com", false },
    { "full-host-name", "sip:joe@outlook.com.", NULL, "joe@outlook.com.", "joe", "outlook.com", false },
    { "decorated-at-a-full-host-name", "sip:user(example.com)@msn.com.", NULL, "user(example.com)@msn.com.", "user",
      "example.com", true },
    { "tel", "tel:+15550100", NULL, "+15550100", "+15550100", NULL, false },
    { "host-only", "sip:example.com", NULL, "example.com", NULL, "example.com", false },
    { "urn", "urn:service:sos", NULL, "urn:service:sos", "urn:service:sos", NULL, false },
    { "ipv6-host", "sip:user@[2001:db8::1]:5061", NULL, "user@[2001:db8::1]", "user", "2001:db8::1", false },
    { "empty-domain", "sip:user()@msn.com", DECORATION, "user()@msn.com", "user()", "msn.com", false },
    { "empty-local", "sip:(example.com)@msn.com", DECORATION, "(example.com)@msn.com", "(example.com)", "msn.com",
      false },
    { "never-closed", "sip:user(example.com@msn.com", DECORATION, "user(example.com@msn.com", "user(example.com",
      "msn.com", false },
    { "domain-of-one-label", "sip:user(home)@aol.com", DECORATION, "user(home)@aol.com", "user(home)", "aol.com",
      false },
    { "domain-of-dots", "sip:user(b..example)@msn.com", DECORATION, "user(b..example)@msn.com", "user(b..example)",
      "msn.com", false },
    { "dot-at-the-end", "sip:user(example.)@msn.com", DECORATION, "user(example.)@msn.com", "user(example.)", "msn.com",
      false },
    { "text-after", "sip:user(example.com)x@msn.com", DECORATION, "user(example.com)x@msn.com", "user(example.com)x",
      "msn.com", false },
};

static void test_identity(gconstpointer data)
{
    const identity_row *row = data;
    const sf_knowledge knowledge = sf_default_knowledge();
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->uri));
    sf_problems problems;
    sf_identity identity;
    sf_uri uri;

    sf_problems_clear(&problems);
    g_assert_cmpint(sf_uri_read(input.text, input.text, &problems, &uri), ==, SF_OK);
    sf_identity_read(&uri, &knowledge, SF_LITERAL("From"), input.text, &problems, &identity);
    SF_CHECK_SLICE(identity.text, row->text);
    SF_CHECK_SLICE(identity.local, row->local);
    SF_CHECK_TEXT(identity.domain, row->domain);
    g_assert_true(identity.is_decorated == row->decorated);
    SF_CHECK_SLICE(identity.header, "From");
    SF_CHECK_PROBLEM(&problems, row->problem);
}

/** An IPv6 address that the text ends in, without its closing bracket: nothing after it is read. */
static void test_open_bracket(void)
{
    const sf_knowledge knowledge = sf_default_knowledge();
    g_auto(sf_guarded) input = sf_guarded_of(SF_LITERAL("sip:user@[2001:db8::1"));
    sf_problems problems;
    sf_identity identity;
    sf_uri uri;

    sf_problems_clear(&problems);
    g_assert_cmpint(sf_uri_read(input.text, input.text, &problems, &uri), ==, SF_MALFORMED);
    sf_identity_read(&uri, &knowledge, SF_LITERAL("From"), input.text, &problems, &identity);
    SF_CHECK_SLICE(identity.text, "user@[2001:db8::1");
    SF_CHECK_PROBLEM(&problems, "The IPv6 address");
}

typedef struct {
    const char *name;
    const char *value;
    const char *found[4];
} find_row;

static const find_row finds[] = {
    { "in-angles", "\"A\" <sip:a(example.com)@msn.com>;tag=1", { "a(example.com)@msn.com" } },
    { "two",
      "<sip:a(example.com)@msn.com>,<sip:b%28example.org%29@msn.com>",
      { "a(example.com)@msn.com", "b%28example.org%29@msn.com" } },
    { "in-a-parameter", "x;y=a(example.com)@msn.com;z", { "a(example.com)@msn.com" } },
    { "at-the-beginning", "a(example.com)@msn.com", { "a(example.com)@msn.com" } },
    { "host-followed-by-port", "sip:a(example.com)@msn.com:5061", { "a(example.com)@msn.com" } },
    { "name-with-a-colon", "<sip:live:a(example.com)@msn.com>", { "live:a(example.com)@msn.com" } },
    { "name-with-a-colon-and-no-scheme", "x;y=live:a(example.com)@msn.com", { "a(example.com)@msn.com" } },
    { "secure-scheme", "<SIPS:a(example.com)@msn.com>", { "a(example.com)@msn.com" } },
    { "plain-addresses", "<sip:a@msn.com>, <sip:a(example.com)@example.org>", { NULL } },
    /* Lync shows the address as name where it has no other */
    { "display-name-too", "\"a(example.com)@msn.com\" <sip:a(example.com)@msn.com>", { "a(example.com)@msn.com" } },
    { "display-name-alone", "\"a(example.com)@msn.com\"<sip:b@example.com>", { NULL } },
    { "display-name-without-quotes", "a(example.com)@msn.com <sip:b@example.com>", { NULL } },
    { "domain-of-one-label", "sip:user(home)@aol.com", { NULL } },
    { "parenthesis-closed-only", "sip:example.com)@msn.com", { NULL } },
    { "nothing-after-at", "sip:a(example.com)@", { NULL } },
    { "many-at", "@@@)@)@msn.com", { NULL } },
    { "at-alone", "@", { NULL } },
    { "empty", "", { NULL } },
};

static void test_find(gconstpointer data)
{
    const find_row *row = data;
    const sf_knowledge knowledge = sf_default_knowledge();
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->value));
    sf_cursor cursor = sf_cursor_over(input.text);
    sf_identity identity;
    unsigned count = 0;

    for (; sf_identity_find(&cursor, &knowledge, SF_LITERAL("X"), &identity); count++) {
        SF_CHECK_SLICE(identity.text, row->found[count]);
        g_assert_true(identity.is_decorated);
        g_assert_cmpint(identity.network, ==, SF_NETWORK_SKYPE);
    }
    g_assert_null(row->found[count]);
}

typedef struct {
    const char *name;
    const char *uri;
    bool has_own;
    bool ordinary;
} ordinary_row;

static const ordinary_row ordinaries[] = {
    { "any-domain", "sip:user@example.com", false, true },
    { "none-of-the-own", "sip:user@example.com", true, true },
    { "host-alone", "sip:example.com", true, true },
    { "own", "sip:user@corp.example.org", true, false },
    { "provider", "sip:user@msn.com", true, false },
    { "partner-by-the-table", "sip:user@partner.example", true, false },
    { "number", "sip:+15550100@example.com", false, false },
    { "address-without-a-domain", "sip:user@192.0.2.1", false, false },
};

/** A network found by elimination alone may be corrected by who knows better. */
static void test_ordinary(gconstpointer data)
{
    const ordinary_row *row = data;
    const sf_slice own = SF_LITERAL("corp.example.org");
    const sf_provider providers[] = {
        { SF_LITERAL("msn.com"), { NULL, 0 }, SF_NETWORK_SKYPE },
        { SF_LITERAL("partner.example"), { NULL, 0 }, SF_NETWORK_FEDERATED },
    };
    const sf_knowledge knowledge = { providers, G_N_ELEMENTS(providers), &own, row->has_own ? 1 : 0 };
    sf_problems problems;
    sf_identity identity;
    sf_uri uri;

    sf_problems_clear(&problems);
    g_assert_cmpint(sf_uri_read(sf_text(row->uri), sf_text(row->uri), &problems, &uri), ==, SF_OK);
    sf_identity_read(&uri, &knowledge, SF_LITERAL("From"), uri.text, &problems, &identity);
    g_assert_true(identity.is_ordinary == row->ordinary);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/identity/read", identities, test_identity);
    g_test_add_func("/identity/open-bracket", test_open_bracket);
    SF_ADD_ROWS("/identity/find", finds, test_find);
    SF_ADD_ROWS("/identity/ordinary", ordinaries, test_ordinary);
    return g_test_run();
}
