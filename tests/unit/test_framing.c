/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The end of a message: what its Content-Length headers say, and whether all of it is there.
 */
#include "check.h"
#include "engine/sip/framing.h"

#define START "INVITE sip:b@example.com SIP/2.0\r\n"
#define BODY "v=0\r\n"
#define NEXT "BYE sip:b@example.com SIP/2.0\r\n\r\n"

typedef struct {
    const char *name;
    const char *whole; /**< the message; NULL for one that is cut off */
    const char *rest;  /**< what follows it */
} whole_row;

static const whole_row rows[] = {
    { "no-body", START "Content-Length: 0\r\n\r\n", NEXT },
    { "body", START "Content-Length: 5\r\n\r\n" BODY, NEXT },
    { "compact", START "l: 5\r\n\r\n" BODY, NEXT },
    { "body-that-ends-the-text", START "Content-Length: 5\r\n\r\n" BODY, "" },
    { "last-of-several", START "Content-Length: 2\r\nl: 5\r\n\r\n" BODY, NEXT },
    { "last-is-no-number", START "Content-Length: 5\r\nl: x\r\n\r\n", BODY NEXT },
    { "no-number", START "Content-Length: abc\r\n\r\n", BODY NEXT },
    { "no-content-length", START "A: b\r\n\r\n" BODY, "" },
    { "bare-lf", "INVITE sip:b@example.com SIP/2.0\nl: 5\n\n" BODY, NEXT },
    { "cut-in-the-body", NULL, START "Content-Length: 5\r\n\r\nv=0\r" },
    { "cut-before-the-body", NULL, START "Content-Length: 5\r\n\r\n" },
    { "cut-before-the-blank-line", NULL, START "Content-Length: 0\r\n" },
    { "cut-in-a-header", NULL, START "Content-Len" },
    { "cut-in-the-start-line", NULL, "INVITE sip:b@exam" },
    { "nothing", NULL, "" },
};

static const whole_row longest[] = {
    { "return-after-the-length", START "Content-Length: 2\r\r\n\r\n", "ab" },
    { "return-after-another-header", START "Content-Length: 3\r\nX: y\r\r\nabc", "d" },
    { "return-before-the-length", START "X: y\r\r\nContent-Length: 2\r\n\r\nabc", "" },
    { "return-and-no-number", START "Content-Length: x\r\r\n\r\nabc", "" },
    { "return-and-cut-body", START "Content-Length: 9\r\r\nab", "" },
    { "return-in-the-body", START "Content-Length: 2\r\n\r\na\r\r\n", "" },
    { "no-return", START "Content-Length: 2\r\n\r\nabc", "" },
    { "return-at-the-end", START "X: y\r", "" },
};

static void test_longest(gconstpointer data)
{
    const whole_row *row = data;
    g_autofree char *text = g_strconcat(row->whole, row->rest, NULL);
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(text));

    g_assert_cmpuint(sf_longest_message_length(input.text), ==, strlen(row->whole));
}

static void test_whole(gconstpointer data)
{
    const whole_row *row = data;
    g_autofree char *text = g_strconcat(row->whole ? row->whole : "", row->rest, NULL);
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(text));

    g_assert_cmpuint(sf_whole_message_length(input.text), ==, row->whole ? strlen(row->whole) : 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/framing/whole", rows, test_whole);
    SF_ADD_ROWS("/framing/longest", longest, test_longest);
    return g_test_run();
}
