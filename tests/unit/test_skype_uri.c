/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * skype: URIs in any text: where they end, whom they name, what they ask for.
 */
#include "check.h"
#include "engine/sip/skype_uri.h"

static sf_skype_uris uris;

static void find(sf_slice text, sf_problems *problems)
{
    sf_problems_clear(problems);
    uris.count = uris.participant_count = 0;
    sf_skype_uris_find(text, problems, &uris);
}

typedef struct {
    const char *name;
    const char *text;
    const char *found; /* all URIs, joined by blanks */
} place_row;

/* Where URIs stand, and where they end. */
static const place_row places[] = {
    { "alone", "skype:a.user", "skype:a.user" },
    { "of-the-article", "skype:2:jdoe@example.com", "skype:2:jdoe@example.com" },
    { "of-the-article-with-action", "skype:2:jdoe@example.com?add", "skype:2:jdoe@example.com?add" },
    { "in-a-sentence", "Call skype:a.user?call, or skype:b.user. Or not!", "skype:a.user?call skype:b.user" },
    { "all-kinds-of-stops", "skype:a.; skype:b: skype:c! skype:d? skype:e,",
      "skype:a skype:b skype:c skype:d skype:e" },
    { "any-case", "SKYPE:a.user Skype:b.user", "SKYPE:a.user Skype:b.user" },
    { "in-angle-brackets", "\"A\" <skype:a.user?chat>;tag=1", "skype:a.user?chat" },
    { "in-double-quotes", "<a href=\"skype:a.user?call\">a</a>", "skype:a.user?call" },
    { "in-single-quotes", "<a href='skype:a.user?call'>a</a>", "skype:a.user?call" },
    { "in-parentheses", "me (skype:a.user)", "skype:a.user" },
    { "decorated", "skype:2:user(example.com)@msn.com?call", "skype:2:user(example.com)@msn.com?call" },
    { "decorated-in-parentheses", "(skype:2:user(example.com)@msn.com), x", "skype:2:user(example.com)@msn.com" },
    { "remark-after", "skype:a(me) skype:b(me@c)x@d skype:c()@d skype:d(e f)@g", "skype:a skype:b skype:c skype:d" },
    { "parenthesis-cut-short", "skype:a(example.com", "skype:a" },
    { "parenthesis-that-closes-last", "skype:a(example.com)", "skype:a" },
    { "parentheses-twice", "skype:a((b)@c)@d", "skype:a" },
    { "line-ends", "skype:a\r\nskype:b\nskype:c\tskype:d", "skype:a skype:b skype:c skype:d" },
    { "escaped-ampersand", "<a href=\"skype:a?chat&amp;topic=x\">", "skype:a?chat&amp;topic=x" },
    { "escaped-brackets", "&lt;skype:a.user&gt; &quot;skype:b.user&quot;", "skype:a.user skype:b.user" },
    { "escaped-bracket-after-action", "&lt;skype:a.user?call&gt;", "skype:a.user?call" },
    { "after-a-colon", "link:skype:a.user", "skype:a.user" },
    { "twice-in-a-row", "skype:askype:b", "skype:askype:b" },
    { "no-uri", "a: b, Skype: the company; skyped:x", "" },
    { "longer-scheme", "xskype:a", "" },
    { "longer-scheme-with-hyphen", "ms-skype:a x+skype:b y.skype:c", "" },
    { "no-colon", "skype a.user", "" },
    { "cut-short", "skype", "" },
    { "empty", "", "" },
    /* `skype:` alone brings the client to the front; in prose it is a word. */
    { "focus-client", "skype:", "skype:" },
    { "focus-client-in-html", "<a href=\"skype:\">open</a>", "skype:" },
    { "word-in-prose", "on skype: soon. My skype:", "" },
    { "nul-after", "skype:a.user\x01 x", "skype:a.user" },
};

static void test_place(gconstpointer data)
{
    const place_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    g_autoptr(GString) found = g_string_new(NULL);
    sf_problems problems;

    find(input.text, &problems);
    for (unsigned i = 0; i < uris.count; i++) {
        g_string_append_printf(found, "%s%.*s", i ? " " : "", (int)uris.items[i].text.length, uris.items[i].text.text);
    }
    g_assert_cmpstr(found->str, ==, row->found);
    SF_CHECK_PROBLEM(&problems, NULL);
}

typedef struct {
    const char *name;
    const char *text;
    const char *participants; /* `name` or `name (network)`, joined by `|` */
    const char *action;       /* NULL if none is written */
} part_row;

static const part_row parts[] = {
    { "skype-name", "skype:echo123", "echo123", NULL },
    { "call", "skype:echo123?call", "echo123", "call" },
    { "call-with-video", "skype:echo123?call&video=true", "echo123", "call" },
    { "several", "skype:a.user;b.user;+15550100?chat", "a.user|b.user|+15550100", "chat" },
    { "topic-after-action", "skype:a;b?chat&topic=Quarter%20end", "a|b", "chat" },
    { "escaped-argument", "skype:a?call&amp;video=true", "a", "call" },
    { "topic-alone", "skype:a?topic=x", "a", NULL },
    { "empty-query", "skype:a?&topic=x", "a", "" },
    { "actions", "skype:a?userinfo", "a", "userinfo" },
    { "voicemail", "skype:a?voicemail", "a", "voicemail" },
    { "sendfile", "skype:a?sendfile", "a", "sendfile" },
    { "chat-by-id", "skype:?chat&blob=abc", "", "chat" },
    { "live-name", "skype:live:a.user?add", "live:a.user", "add" },
    { "messenger", "skype:1:a@example.com", "a@example.com (Microsoft account (Messenger))", NULL },
    { "lync", "skype:2:jdoe@example.com?add", "jdoe@example.com (Lync or Skype for Business)", "add" },
    { "decorated", "skype:2:user(example.com)@msn.com?call", "user(example.com)@msn.com (Lync or Skype for Business)",
      "call" },
    { "telephone", "skype:4:+15550100?call", "+15550100 (Telephone network)", "call" },
    { "skype", "skype:8:live:a.user", "live:a.user (Skype)", NULL },
    { "skype-cid", "skype:8:live:.cid.0123456789abcdef", "live:.cid.0123456789abcdef (Skype)", NULL },
    { "thread", "skype:19:abc@thread.skype?chat", "abc@thread.skype (Group conversation)", "chat" },
    { "bot", "skype:28:0d5e", "0d5e (Bot)", NULL },
    { "unknown-network", "skype:99:x", "99:x", NULL },
    { "mixed-networks", "skype:2:a@example.com;8:b;c", "a@example.com (Lync or Skype for Business)|b (Skype)|c", NULL },
    { "empty-participants", "skype:;;a;;", "a", NULL },
};

static void test_parts(gconstpointer data)
{
    const part_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    g_autoptr(GString) participants = g_string_new(NULL);
    sf_problems problems;

    find(input.text, &problems);
    g_assert_cmpuint(uris.count, ==, 1);
    const sf_run *run = &uris.items[0].participants;
    for (unsigned i = 0; i < run->count; i++) {
        const sf_participant *one = &uris.participants[run->first + i];
        g_string_append_printf(participants, "%s%.*s", i ? "|" : "", (int)one->name.length, one->name.text);
        if (one->network) {
            g_string_append_printf(participants, " (%s)", one->network);
        }
    }
    g_assert_cmpstr(participants->str, ==, row->participants);
    SF_CHECK_TEXT(uris.items[0].action_text, row->action);
    g_assert_true(sf_slice_present(uris.items[0].action_text) == (row->action && *row->action));
    SF_CHECK_PROBLEM(&problems, NULL);
}

/** Several texts of a message fill one list; each URI keeps to its own participants. */
static void test_append(void)
{
    sf_problems problems;

    find(SF_LITERAL("skype:a;b"), &problems);
    sf_skype_uris_find(SF_LITERAL("skype:c?chat"), &problems, &uris);
    g_assert_cmpuint(uris.count, ==, 2);
    g_assert_cmpuint(uris.items[1].participants.first, ==, 2);
    g_assert_cmpuint(uris.items[1].participants.count, ==, 1);
    SF_CHECK_SLICE(uris.participants[2].name, "c");
}

static void test_limits(void)
{
    static const struct {
        const char *unit;
        const char *what;
        unsigned uris, participants;
    } rows[] = {
        { "skype:a ", "skype: URIs", SF_MAX_SKYPE_URIS, SF_MAX_SKYPE_URIS },
        { "skype:a;b;c;d ", "Participants of skype: URIs", 40, SF_MAX_PARTICIPANTS },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) text = g_string_new(NULL);
        sf_problems problems;

        for (unsigned j = 0; j < (i == 0 ? 10000 : rows[i].uris); j++) {
            g_string_append(text, rows[i].unit);
        }
        g_auto(sf_guarded) input = sf_guarded_of(sf_text(text->str));
        find(input.text, &problems);
        g_assert_cmpuint(uris.count, ==, rows[i].uris);
        g_assert_cmpuint(uris.participant_count, ==, rows[i].participants);
        SF_CHECK_PROBLEM(&problems, rows[i].what);
        g_assert_cmpint(problems.items[0].kind, ==, SF_PROBLEM_LIMIT);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/skype-uri/place", places, test_place);
    SF_ADD_ROWS("/skype-uri/parts", parts, test_parts);
    g_test_add_func("/skype-uri/append", test_append);
    g_test_add_func("/skype-uri/limits", test_limits);
    return g_test_run();
}
