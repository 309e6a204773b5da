/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Via entries: what Microsoft servers add, who writes them, and what goes wrong.
 */
#include "check.h"
#include "engine/sip/via.h"

typedef struct {
    const char *name;
    const char *text;
    const char *transport;
    const char *host;
    uint16_t port;
    const char *branch;
    const char *received;
    uint16_t received_port;
    uint32_t received_cid;
    bool microsoft;
    const char *problem;
} via_row;

#define LYNC_BRANCH "z9hG4bKEC925B93.9F787FF972469CF9"

static const via_row vias[] = {
    { "seed-second",
      "SIP/2.0/TLS 157.0.0.0:60517;branch=" LYNC_BRANCH ";branched=FALSE;"
      "ms-internal-info=\"ckmnl32XuJMJH3virth0ihz93rnI8KnEgW7OM9MQelrVD5f3ifc8U1YQAA\";"
      "ms-received-port=60517;ms-received-cid=5128500",
      .transport = "TLS", .host = "157.0.0.0", .port = 60517, .branch = LYNC_BRANCH, .received_port = 60517,
      .received_cid = 0x05128500, .microsoft = true },
    { "plain-sip", "SIP/2.0/UDP a.example.com:5060;branch=z9hG4bKabc;rport", .transport = "UDP",
      .host = "a.example.com", .port = 5060, .branch = "z9hG4bKabc" },
    { "no-port", "SIP/2.0/TCP a.example.com;branch=z9hG4bKabc", .transport = "TCP", .host = "a.example.com",
      .branch = "z9hG4bKabc" },
    /* A UCCAPI client writes none, which is not malformed */
    { "missing-branch", "SIP/2.0/TLS 192.0.2.1:51152;ms-received-port=51152;ms-received-cid=3200", .transport = "TLS",
      .host = "192.0.2.1", .port = 51152, .received_port = 51152, .received_cid = 0x3200, .microsoft = true },
    /* An Edge adds its parameters to the Via of any stack */
    { "foreign-via-with-ms-params",
      "SIP/2.0/TLS exp.example.com:5061;egress-zone=x;branch=z9hG4bK0123456789abcdef01;"
      "received=192.0.2.7;ms-received-port=25001;ms-received-cid=A3300",
      .transport = "TLS", .host = "exp.example.com", .port = 5061, .branch = "z9hG4bK0123456789abcdef01",
      .received = "192.0.2.7", .received_port = 25001, .received_cid = 0xa3300, .microsoft = true },
    { "ipv6", "SIP/2.0/TLS [2001:db8::1]:5061;branch=z9hG4bKabc;received=2001:db8::2", .transport = "TLS",
      .host = "2001:db8::1", .port = 5061, .branch = "z9hG4bKabc", .received = "2001:db8::2" },
    { "received-in-brackets", "SIP/2.0/TLS a;received=[2001:db8::2]", .transport = "TLS", .host = "a",
      .received = "2001:db8::2" },
    { "blanks-around-slashes", "SIP / 2.0 / TLS a.example.com:5061 ;branch=x", .transport = "TLS",
      .host = "a.example.com", .port = 5061, .branch = "x" },
    { "fold-inside", "SIP/2.0/TLS\r\n a.example.com:5061\r\n ;branch=x", .transport = "TLS", .host = "a.example.com",
      .port = 5061, .branch = "x" },
    { "any-case-names", "SIP/2.0/tls a;BRANCH=x;MS-RECEIVED-CID=1F00", .transport = "tls", .host = "a", .branch = "x",
      .received_cid = 0x1f00, .microsoft = true },
    { "empty-parameters", "SIP/2.0/TLS a;;branch=x;; ;", .transport = "TLS", .host = "a", .branch = "x" },
    { "unknown-ms-param", "SIP/2.0/TLS a;ms-new=1", .transport = "TLS", .host = "a", .microsoft = true },
    { "blanks-about-the-colon", "SIP/2.0/TLS a :\r\n 5061 ;branch=x", .transport = "TLS", .host = "a", .port = 5061,
      .branch = "x" },
    { "something-after-the-host", "SIP/2.0/TLS a b;branch=x", .transport = "TLS", .host = "a", .branch = "x",
      .problem = "The Via" },
    { "something-after-the-port", "SIP/2.0/TLS a: 5061\tb:1;branch=x", .transport = "TLS", .host = "a", .port = 5061,
      .branch = "x", .problem = "The Via" },
    { "something-after-a-bad-port", "SIP/2.0/TLS a:70000 b", .transport = "TLS", .host = "a", .problem = "The Via" },
    { "no-sent-by", "SIP/2.0/TLS ;branch=x", .transport = "TLS", .branch = "x", .problem = "The Via" },
    { "no-protocol", "a.example.com;branch=x", .branch = "x", .problem = "The Via" },
    { "empty", "", .problem = "The Via" },
    { "port-out-of-range", "SIP/2.0/TLS a:70000;branch=x", .transport = "TLS", .host = "a", .branch = "x",
      .problem = "The port" },
    { "received-port-out-of-range", "SIP/2.0/TLS a;ms-received-port=65536", .transport = "TLS", .host = "a",
      .microsoft = true, .problem = "ms-received-port" },
    { "received-port-empty", "SIP/2.0/TLS a;ms-received-port=", .transport = "TLS", .host = "a", .microsoft = true,
      .problem = "ms-received-port" },
    { "received-port-flag", "SIP/2.0/TLS a;ms-received-port", .transport = "TLS", .host = "a", .microsoft = true,
      .problem = "ms-received-port" },
    { "cid-of-nine-digits", "SIP/2.0/TLS a;ms-received-cid=123456789", .transport = "TLS", .host = "a",
      .microsoft = true, .problem = "ms-received-cid" },
    { "cid-no-digits", "SIP/2.0/TLS a;ms-received-cid=xyz", .transport = "TLS", .host = "a", .microsoft = true,
      .problem = "ms-received-cid" },
    { "branched-odd", "SIP/2.0/TLS a;branched=MAYBE", .transport = "TLS", .host = "a", .microsoft = true,
      .problem = "branched" },
    { "branch-twice", "SIP/2.0/TLS a;branch=x;branch=y", .transport = "TLS", .host = "a", .branch = "x",
      .problem = "The parameter" },
    /* One note for one fault */
    { "internal-info-quote-left-open", "SIP/2.0/TLS a;ms-internal-info=\"ckmnl32X;ms-received-cid=100",
      .transport = "TLS", .host = "a", .microsoft = true, .problem = "The quoted value" },
    { "internal-info-flag", "SIP/2.0/TLS a;ms-internal-info", .transport = "TLS", .host = "a", .microsoft = true,
      .problem = "ms-internal-info" },
    { "internal-info-cut", "SIP/2.0/TLS a;ms-internal-info=\"ckmnl32XuJMJ\"", .transport = "TLS", .host = "a",
      .microsoft = true, .problem = "ms-internal-info" },
};

static void test_via(gconstpointer data)
{
    const via_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_problems problems;
    sf_via via;

    sf_problems_clear(&problems);
    sf_via_read(input.text, SF_READ_ALL, &problems, &via);
    SF_CHECK_SLICE(via.text, row->text);
    SF_CHECK_TEXT(via.transport, row->transport);
    SF_CHECK_TEXT(via.host, row->host);
    g_assert_cmpuint(via.port.value, ==, row->port);
    SF_CHECK_SLICE(via.branch, row->branch);
    SF_CHECK_SLICE(via.received, row->received);
    g_assert_cmpuint(via.received_port.value, ==, row->received_port);
    g_assert_true(sf_number_is_present(via.received_port) == (row->received_port > 0));
    g_assert_cmphex(via.received_cid.value, ==, row->received_cid);
    g_assert_true(sf_number_is_present(via.received_cid) == (row->received_cid > 0));
    g_assert_true(via.has_microsoft == row->microsoft);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

typedef struct {
    const char *name;
    const char *parameters;
    sf_stack stack;
    uint32_t branch_id; /**< 0 if it has none */
} stack_row;

/* Fingerprints of public traces */
static const stack_row stacks[] = {
    { "lync-2010", "branch=z9hG4bKEC925B93.9F787FF972469CF9", SF_STACK_RTC_SERVER_2010, 0x9f787ff9 },
    { "ocs-2007", "branch=z9hG4bK01234567.765619AD", SF_STACK_RTC_SERVER_2007, 0x765619ad },
    { "rtcc-eight", "branch=z9hG4bK41799a16", SF_STACK_RTCC_UCMA, 0 },
    { "rtcc-six", "branch=z9hG4bK557e25", SF_STACK_RTCC_UCMA, 0 },
    { "rtcc-nine", "branch=z9hG4bK557e25e3a", SF_STACK_RTCC_UCMA, 0 },
    { "uccapi", "ms-received-port=51152;ms-received-cid=3200", SF_STACK_UCCAPI, 0 },
    { "nothing-known", "rport", SF_STACK_OTHER, 0 },
    /* Microsoft's stacks write ms-received-port in its place */
    { "rport-in-front", "rport;branch=z9hG4bK41799a16", SF_STACK_OTHER, 0 },
    { "rport-after", "branch=z9hG4bK5a3c1f2e;rport=5060;rport", SF_STACK_OTHER, 0 },
    { "rport-without-branch", "rport;ms-received-port=51152", SF_STACK_OTHER, 0 },
    { "rport-and-branch-of-rtc", "branch=z9hG4bK01234567.765619AD;rport", SF_STACK_OTHER, 0x765619ad },
    { "five-digits", "branch=z9hG4bK557e2", SF_STACK_OTHER, 0 },
    { "ten-digits", "branch=z9hG4bK557e25e3ab", SF_STACK_OTHER, 0 },
    { "sipe", "branch=z9hG4bKE0E37DBAF252C3255BAD", SF_STACK_OTHER, 0 },
    { "trueconf", "branch=z9hG4bK0123456789abcdef0123456789abcdef-1", SF_STACK_OTHER, 0 },
    { "lower-case-rtc-form", "branch=z9hG4bKec925b93.9f787ff972469cf9", SF_STACK_OTHER, 0 },
    { "two-dots", "branch=z9hG4bKEC925B93.9F787FF9.2469CF91", SF_STACK_OTHER, 0 },
    /* The cookie's case is exact (RFC 3261 8.1.1.7) */
    { "cookie-in-other-case", "branch=Z9HG4BKEC925B93.9F787FF972469CF9", SF_STACK_OTHER, 0 },
    { "cookie-alone", "branch=z9hG4bK", SF_STACK_OTHER, 0 },
    { "empty-branch", "branch=;ms-received-port=1", SF_STACK_OTHER, 0 },
};

static void test_stack(gconstpointer data)
{
    const stack_row *row = data;
    g_autofree char *text = g_strconcat("SIP/2.0/TLS 192.0.2.1:5061;", row->parameters, NULL);
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(text));
    sf_problems problems;
    sf_via via;

    sf_problems_clear(&problems);
    sf_via_read(input.text, SF_READ_ALL, &problems, &via);
    SF_CHECK_PROBLEM(&problems, NULL);
    g_assert_cmpint(via.stack, ==, row->stack);
    g_assert_true(via.has_branch_id == (row->branch_id != 0));
    g_assert_cmphex(via.branch_id, ==, row->branch_id);
}

typedef struct {
    const char *name;
    const char *text;
    bool has_source;
    sf_source_difference difference;
} source_row;

static const source_row sources[] = {
    { "no-source", "SIP/2.0/TLS 192.0.2.1:5061", false, SF_SOURCE_SAME },
    { "same-port", "SIP/2.0/TLS 192.0.2.1:60517;ms-received-port=60517", true, SF_SOURCE_SAME },
    { "other-port", "SIP/2.0/TLS 192.0.2.1:5061;ms-received-port=60517", true, SF_SOURCE_OTHER_PORT },
    { "default-port-of-tls", "SIP/2.0/TLS 192.0.2.1;ms-received-port=5061", true, SF_SOURCE_SAME },
    { "default-port-of-tcp", "SIP/2.0/TCP 192.0.2.1;ms-received-port=5060", true, SF_SOURCE_SAME },
    { "same-address", "SIP/2.0/TLS 192.0.2.1:5061;received=192.0.2.1", true, SF_SOURCE_SAME },
    { "other-address", "SIP/2.0/TLS 192.0.2.1:5061;received=192.0.2.2", true, SF_SOURCE_OTHER_ADDRESS },
    { "same-ipv6-written-otherwise", "SIP/2.0/TLS [2001:db8::1];received=2001:DB8:0:0::1", true, SF_SOURCE_SAME },
    { "other-ipv6", "SIP/2.0/TLS [2001:db8::1];received=[2001:db8::2]", true, SF_SOURCE_OTHER_ADDRESS },
    /* The receiver of a name has to add received, whatever the address (RFC 3261 18.2.1) */
    { "address-of-a-name", "SIP/2.0/TLS sbc.example.net:5061;received=203.0.113.5", false, SF_SOURCE_SAME },
    { "address-and-port-of-a-name", "SIP/2.0/TLS a.example:5061;received=192.0.2.7;ms-received-port=5061", false,
      SF_SOURCE_SAME },
    { "other-port-of-a-name", "SIP/2.0/TLS a.example:5061;received=192.0.2.7;ms-received-port=25001", true,
      SF_SOURCE_OTHER_PORT },
    { "other-rport-of-a-name", "SIP/2.0/UDP a.example;received=192.0.2.7;rport=1024", true, SF_SOURCE_OTHER_PORT },
    { "same-rport-of-a-name", "SIP/2.0/UDP a.example;received=192.0.2.7;rport=5060", false, SF_SOURCE_SAME },
    { "rport", "SIP/2.0/UDP 192.0.2.1:5060;rport=1024", true, SF_SOURCE_OTHER_PORT },
    { "rport-empty", "SIP/2.0/UDP 192.0.2.1:5060;rport", false, SF_SOURCE_SAME },
    { "rport-garbage", "SIP/2.0/UDP 192.0.2.1:5060;rport=x", false, SF_SOURCE_SAME },
    { "ms-received-port-before-rport", "SIP/2.0/TLS 192.0.2.1:5061;rport=1024;ms-received-port=5061", true,
      SF_SOURCE_SAME },
    { "other-address-and-port", "SIP/2.0/TLS 192.0.2.1:5061;received=192.0.2.2;ms-received-port=1", true,
      SF_SOURCE_OTHER_ADDRESS },
    { "same-address-and-other-port", "SIP/2.0/TLS 192.0.2.1:5061;received=192.0.2.1;ms-received-port=1", true,
      SF_SOURCE_OTHER_PORT },
};

static void test_source(gconstpointer data)
{
    const source_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_problems problems;
    sf_via via;

    sf_problems_clear(&problems);
    sf_via_read(input.text, SF_READ_ALL, &problems, &via);
    SF_CHECK_PROBLEM(&problems, NULL);
    g_assert_true(sf_via_has_source(&via) == row->has_source);
    g_assert_cmpint(sf_via_source_difference(&via), ==, row->difference);
    g_assert_true(sf_via_is_translated(&via) == (row->difference != SF_SOURCE_SAME));
}

/* What was read of host and port, and no more: nothing is derived from it */
static const struct {
    const char *name;
    const char *text;
    const char *sent_by;
} unreadables[] = {
    { "something-after-the-host", "SIP/2.0/TLS a b;ms-received-port=5", "a" },
    { "something-after-the-port", "SIP/2.0/TLS a : 1 b;ms-received-port=5;branch=z9hG4bK41799a16", "a : 1" },
    { "port-out-of-range", "SIP/2.0/TLS a:70000;branch=" LYNC_BRANCH ";received=192.0.2.1", "a:70000" },
    { "bracket-left-open", "SIP/2.0/TLS [2001:db8::1;ms-received-port=5", "[2001:db8::1" },
    { "no-sent-by", "SIP/2.0/TLS ;ms-received-port=5;branch=z9hG4bK41799a16", NULL },
    { "no-protocol", "garbage;ms-received-port=5", NULL },
};

static void test_unreadable(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(unreadables); i++) {
        g_auto(sf_guarded) input = sf_guarded_of(sf_text(unreadables[i].text));
        sf_problems problems;
        sf_via via;

        sf_problems_clear(&problems);
        g_test_message("%s", unreadables[i].name);
        sf_via_read(input.text, SF_READ_ALL, &problems, &via);
        SF_CHECK_TEXT(via.sent_by, unreadables[i].sent_by);
        g_assert_false(via.is_readable);
        g_assert_cmpint(via.stack, ==, SF_STACK_OTHER);
        g_assert_false(sf_via_has_source(&via));
        g_assert_cmpuint(problems.count, ==, 1);
    }
}

/** UCCAPI writes the transport in capitals; pidgin-sipe leaves out the branch as well, but writes small letters. */
static void test_small_letters(void)
{
    g_auto(sf_guarded) input = sf_guarded_of(sf_text("SIP/2.0/tls 192.0.2.1:42140;ms-received-port=42140"));
    sf_problems problems;
    sf_via via;

    sf_problems_clear(&problems);
    sf_via_read(input.text, SF_READ_ALL, &problems, &via);
    g_assert_cmpint(via.stack, ==, SF_STACK_OTHER);
    SF_CHECK_PROBLEM(&problems, NULL);
}

/** The seed's connections: ids without their low byte. */
static void test_connection_number(void)
{
    g_assert_cmpuint(sf_connection_number(0x05128500), ==, 332421);
    g_assert_cmpuint(sf_connection_number(0x488c7f00), ==, 4754559);
    g_assert_cmpuint(sf_connection_number(0x00571200), ==, 22290);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/via/read", vias, test_via);
    SF_ADD_ROWS("/via/stack", stacks, test_stack);
    SF_ADD_ROWS("/via/source", sources, test_source);
    g_test_add_func("/via/small-letters", test_small_letters);
    g_test_add_func("/via/unreadable", test_unreadable);
    g_test_add_func("/via/connection-number", test_connection_number);
    return g_test_run();
}
