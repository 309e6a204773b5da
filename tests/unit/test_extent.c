/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A message says the same of its call, whether all of it is read or only what its call needs.
 */
#include "check.h"
#include "engine/message.h"
#include "facts/facts.h"
#include "guarded.h"

#define TEAMS "<sip:sip.pstnhub.microsoft.com:5061"

typedef struct {
    const char *name;
    const char *headers;
    bool is_microsoft;
    const char *call; /**< Teams' id of the call, NULL for none */
} extent_row;

static const extent_row rows[] = {
    { "plain", "User-Agent: Example/1.0\r\nContact: <sip:a@192.0.2.1>\r\n", false, NULL },
    { "two-products", "User-Agent: Asterisk PBX 18.0\r\nServer: RTCC/6.0.0.0 MediationServer\r\n", true, NULL },
    { "two-products-the-other-way", "Server: RTCC/6.0.0.0 MediationServer\r\nUser-Agent: Asterisk PBX 18.0\r\n", true,
      NULL },
    { "call", "Contact: " TEAMS ";x-i=1;x-c=AB12/d/8>\r\n", true, "AB12" },
    { "call-in-upper-case", "Contact: " TEAMS ";X-C=AB12>\r\n", true, "AB12" },
    { "call-behind-blanks", "Contact: " TEAMS "; x-c = AB12>\r\n", true, "AB12" },
    { "call-in-the-second-address", "Contact: <sip:a@192.0.2.1>, " TEAMS ";x-c=AB12>\r\n", true, "AB12" },
    { "call-in-the-second-contact", "Contact: <sip:a@192.0.2.1>\r\nm: " TEAMS ";x-c=AB12>\r\n", true, "AB12" },
    { "call-behind-a-mark", "User-Agent: RTCC/6.0.0.0\r\nContact: " TEAMS ";x-c=AB12>\r\n", true, "AB12" },
    { "call-of-nobody", "Contact: <sip:a@192.0.2.1;x-c=AB12>\r\n", false, NULL },
    { "call-in-a-name", "Contact: \"x-c=1\" " TEAMS ">\r\n", true, NULL },
};

static void test_row(gconstpointer data)
{
    const extent_row *row = data;
    const sf_knowledge knowledge = sf_default_knowledge();
    g_autofree char *text = g_strconcat("OPTIONS sip:b@example.com SIP/2.0\r\n", row->headers, "\r\n", NULL);
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(text));
    static sf_message whole, brief;

    g_assert_cmpint(sf_message_read(input.text, &knowledge, SF_READ_ALL, &whole), ==, SF_OK);
    g_assert_cmpstr(sf_extent_fault(input.text, &knowledge, &whole, &brief), ==, NULL);
    g_assert_true(whole.is_microsoft == row->is_microsoft);
    SF_CHECK_SLICE(brief.contact_call, row->call);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/extent", rows, test_row);
    return g_test_run();
}
