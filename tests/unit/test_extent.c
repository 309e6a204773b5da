/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A message says the same of its call, whether all of it is read or only what its call needs; and the same whatever
 * follows it in its packet.
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
    { "mark-in-a-via-alone", "Via: SIP/2.0/TLS 192.0.2.1:5061;branch=z9hG4bK1;ms-received-port=5062\r\n", true, NULL },
    { "mark-in-the-second-via",
      "Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1\r\nFrom: <sip:a@example.com>;tag=1\r\nv: SIP/2.0/TLS 192.0.2.2;\r\n"
      " branched=FALSE;branch=z9hG4bK2\r\nContact: <sip:a@192.0.2.1>\r\n",
      true, NULL },
    { "mark-in-a-route-alone", "From: <sip:a@example.com>;tag=1\r\nRoute: <sip:192.0.2.1;lr;ms-route-sig=aa>\r\n", true,
      NULL },
    { "words-of-a-mark-in-a-via", "Via: SIP/2.0/TLS ms-1.example.com;branch=z9hG4bK1\r\n", false, NULL },
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

typedef struct {
    const char *name;
    const char *header; /**< a hundred of it, more than any list has room for */
    const char *last;   /**< the one that has a mark */
} beyond_row;

static const beyond_row beyond[] = {
    { "via", "Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1\r\n", "Via: SIP/2.0/TLS 192.0.2.2;ms-received-port=5062\r\n" },
    { "route", "Route: <sip:192.0.2.1;lr>\r\n", "Route: <sip:192.0.2.2;lr;ms-route-sig=aa>\r\n" },
    { "record-route", "Record-Route: <sip:192.0.2.1;lr>\r\n", "Record-Route: <sip:sip.pstnhub.microsoft.com;lr>\r\n" },
    { "route-after-a-mark", "Route: <sip:192.0.2.1;lr;ms-route-sig=aa>\r\n", "Route: <sip:192.0.2.2;lr>\r\n" },
    { "authentication", "WWW-Authenticate: Digest realm=\"x\"\r\n",
      "WWW-Authenticate: TLS-DSK realm=\"x\", version=4\r\n" },
};

/** A mark counts also where the list that it is in has no room for it. */
static void test_mark_beyond_limit(gconstpointer data)
{
    enum { MANY = 100 };
    const beyond_row *row = data;
    GString *headers = g_string_new(NULL);

    for (unsigned i = 0; i < MANY; i++) {
        g_string_append(headers, row->header);
    }
    g_string_append(headers, row->last);
    const extent_row all = { row->name, headers->str, true, NULL };
    test_row(&all);
    g_string_free(headers, TRUE);
}

/** Who joins a conference is known by the Contact, too, whoever the parties are. */
static void test_contact_of_conference(void)
{
    static const sf_slice own[] = { SF_LITERAL_INIT("example.com") };
    sf_knowledge knowledge = sf_default_knowledge();
    const sf_slice text = SF_LITERAL(
        "INVITE sip:b@example.com SIP/2.0\r\nFrom: <sip:a@example.com>;tag=1;epid=0123456789\r\n"
        "To: <sip:b@example.com;gruu;opaque=app:conf:focus:id:AB12>\r\nCall-ID: c\r\n"
        "CSeq: 1 INVITE\r\nUser-Agent: UCCAPI/16.0\r\nContact: <sip:192.0.2.11:5060>\r\n\r\n");
    static sf_message message;

    knowledge.own_domains = own;
    knowledge.own_domain_count = G_N_ELEMENTS(own);
    for (unsigned extent = 0; extent < 2; extent++) {
        g_assert_cmpint(sf_message_read(text, &knowledge, extent ? SF_READ_ALL : SF_READ_FOR_CALL, &message), ==,
                        SF_OK);
        SF_CHECK_SLICE(message.contact.host, "192.0.2.11");
        SF_CHECK_SLICE(message.from.epid, "0123456789");
    }
}

/** An answer of Teams that names Teams in its product alone: it was asked, however much of it is read. */
static void test_product_of_teams(void)
{
    static const char *const products[] = {
        "User-Agent: Microsoft.PSTNHub.SIPProxy v.2024.5.2.1 i.EUWE.3\r\n",
        "Server: RTCC/6.0.0.0 MediationServer\r\nUser-Agent: Microsoft.PSTNHub.SIPProxy v.2024.5.2.1 i.EUWE.3\r\n",
        "Server: Asterisk PBX 18.0\r\nUser-Agent: Microsoft.PSTNHub.SIPProxy v.2024.5.2.1 i.EUWE.3\r\n",
    };
    const sf_knowledge knowledge = sf_default_knowledge();
    static sf_message whole, brief;

    for (size_t i = 0; i < G_N_ELEMENTS(products); i++) {
        g_autofree char *text = g_strconcat(
            "SIP/2.0 486 Busy Here\r\nFrom: <sip:+12025550123@sbc.example.com>;tag=1\r\n"
            "To: <sip:+12025550155@sbc.example.com>;tag=2\r\nCSeq: 1 INVITE\r\n"
            "Contact: " TEAMS ";x-i=1>\r\n",
            products[i], "\r\n", NULL);
        g_auto(sf_guarded) input = sf_guarded_of(sf_text(text));

        g_assert_cmpint(sf_message_read(input.text, &knowledge, SF_READ_ALL, &whole), ==, SF_OK);
        g_assert_cmpstr(sf_extent_fault(input.text, &knowledge, &whole, &brief), ==, NULL);
        g_assert_cmpint(whole.to.identity.network, ==, SF_NETWORK_TEAMS);
        g_assert_cmpint(brief.to.identity.network, ==, SF_NETWORK_TEAMS);
    }
}

/** Reads an answer whole and for its call; both have to say the same of it. */
static void read_both(sf_slice text, sf_message *whole, sf_message *brief)
{
    const sf_knowledge knowledge = sf_default_knowledge();
    g_auto(sf_guarded) input = sf_guarded_of(text);

    g_assert_cmpint(sf_message_read(input.text, &knowledge, SF_READ_ALL, whole), ==, SF_OK);
    g_assert_cmpstr(sf_extent_fault(input.text, &knowledge, whole, brief), ==, NULL);
}

typedef struct {
    const char *name, *headers;
    sf_network network; /**< of To */
} contacts_row;

static const contacts_row contacts[] = {
    { "the-first-is-the-senders",
      "Contact: <sip:sbc.example.com>\r\nContact: <sip:a@example.net>\r\nContact: " TEAMS ">\r\n", SF_NETWORK_NUMBER },
    { "a-later-one-if-the-first-is-empty", "Server: RTC/6.0\r\nContact: \r\nSubject: a\r\nContact: " TEAMS ">\r\n",
      SF_NETWORK_TELEPHONE },
};

/** Whether a number is one of the telephone network, the first Contact with an address tells, marked or not. */
static void test_contacts(gconstpointer data)
{
    const contacts_row *row = data;
    static sf_message whole, brief;
    g_autofree char *text = g_strconcat("SIP/2.0 200 OK\r\n"
                                        "To: <sip:+12025550155@sbc.example.com;user=phone>;tag=2\r\nCSeq: 1 INVITE\r\n",
                                        row->headers, "\r\n", NULL);

    read_both(sf_text(text), &whole, &brief);
    g_assert_cmpint(whole.to.identity.network, ==, row->network);
    g_assert_cmpint(brief.to.identity.network, ==, row->network);
}

/** The second line is cut off by Content-Length: what follows has the mark of a key, which hid the bytes at fault. */
static void test_what_follows(void)
{
    const sf_knowledge knowledge = sf_default_knowledge();
    const sf_slice text = SF_LITERAL("MESSAGE sip:b@example.com SIP/2.0\r\nFrom: <sip:a@example.com>;tag=1\r\n"
                                     "User-Agent: UCCAPI/16.0\r\nContent-Type: application/sdp\r\n"
                                     "Content-Length: 10\r\n\r\nv=0\r\ns=a\xFF"
                                     "b;k=clear:0123456789abcdef\r\n");
    static sf_message message, alone;

    g_assert_cmpint(sf_message_read(text, &knowledge, SF_READ_ALL, &message), ==, SF_OK);
    g_assert_cmpuint(message.problems.count, ==, 1);
    SF_CHECK_SLICE(message.problems.items[0].where, "\xFF");
    g_assert_cmpstr(sf_alone_fault(&knowledge, &message, &alone), ==, NULL);
}

/** SDP that has lost the blank line in front of it, and of which Content-Length leaves some bytes, or none. */
static void test_length_without_blank_line(void)
{
    const sf_knowledge knowledge = sf_default_knowledge();
    static sf_message message, alone;

    for (unsigned length = 0; length <= 26; length++) {
        g_autofree char *text = g_strdup_printf("MESSAGE sip:b@example.com SIP/2.0\r\nUser-Agent: UCCAPI/16.0\r\n"
                                                "Content-Type: application/sdp\r\nContent-Length: %u\r\n"
                                                "v=0\r\nm=audio 9 RTP/AVP 0\r\n",
                                                length);
        g_auto(sf_guarded) input = sf_guarded_of(sf_text(text));
        size_t headers = strlen(text) - 26;

        g_assert_cmpint(sf_message_read(input.text, &knowledge, SF_READ_ALL, &message), ==, SF_OK);
        g_assert_cmpuint(message.text.length, ==, headers + (length == 1 ? 0 : length));
        g_assert_cmpstr(sf_alone_fault(&knowledge, &message, &alone), ==, NULL);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/extent", rows, test_row);
    SF_ADD_ROWS("/extent/beyond-limit", beyond, test_mark_beyond_limit);
    g_test_add_func("/extent/contact-of-conference", test_contact_of_conference);
    g_test_add_func("/extent/product-of-teams", test_product_of_teams);
    SF_ADD_ROWS("/extent/contacts", contacts, test_contacts);
    g_test_add_func("/extent/what-follows", test_what_follows);
    g_test_add_func("/extent/length-without-blank-line", test_length_without_blank_line);
    return g_test_run();
}
