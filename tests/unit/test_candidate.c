/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Candidates of both dialects ([MS-ICE], [MS-ICE2]).
 */
#include "check.h"
#include "engine/sdp/candidate.h"

#define USER "uHfxpC5Yu329AWHdJ9IyB2p43Sk3+HQy5alRqrpBF7w"
#define PASSWORD "PF57frcH6o61FPTS51wG3g"

#define THREE_PAIRS " generation 0 network-id 1 network-cost 10"
#define MANY_PAIRS THREE_PAIRS THREE_PAIRS THREE_PAIRS

typedef struct {
    const char *name;
    const char *value;
    uint32_t component;
    const char *transport;
    const char *address;
    sf_address_family family;
    uint16_t port;
    double q;              /**< draft 06 */
    const char *likely;    /**< draft 06 */
    uint32_t priority;     /**< draft 19 */
    const char *type;      /**< draft 19 */
    const char *related;   /**< draft 19 */
    uint16_t related_port; /**< draft 19 */
    const char *problem;
} candidate_row;

static const candidate_row draft_06[] = {
    { "seed-host", USER " 1 " PASSWORD " UDP 0.830 10.0.0.0 54846", .component = 1, .transport = "UDP",
      .address = "10.0.0.0", .family = SF_ADDRESS_IPV4, .port = 54846, .q = 0.83, .likely = "host" },
    { "seed-tcp-relay", USER " 2 " PASSWORD " TCP 0.150 157.0.0.0 56418", .component = 2, .transport = "TCP",
      .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 56418, .q = 0.15, .likely = "relay" },
    { "seed-udp-relay", USER " 1 " PASSWORD " UDP 0.450 157.0.0.0 52862", .component = 1, .transport = "UDP",
      .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 52862, .q = 0.45, .likely = "relay" },
    { "seed-tcp-reflexive", USER " 1 " PASSWORD " TCP 0.250 157.0.0.0 52803", .component = 1, .transport = "TCP",
      .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 52803, .q = 0.25, .likely = "srflx" },
    { "udp-reflexive", USER " 1 " PASSWORD " UDP 0.550 157.0.0.0 52862", .component = 1, .transport = "UDP",
      .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 52862, .q = 0.55, .likely = "srflx" },
    { "preference-of-nothing-known", USER " 1 " PASSWORD " UDP 0.010 157.0.0.0 1", .component = 1, .transport = "UDP",
      .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .q = 0.01 },
    /* Lync 2013 writes a blank before the line end; Live Messenger pads */
    { "trailing-blank", USER " 1 " PASSWORD " UDP 0.850 157.0.0.0 50018 ", .component = 1, .transport = "UDP",
      .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 50018, .q = 0.85, .likely = "host" },
    { "padded", USER "= 1 " PASSWORD "== udp 0.850 157.0.0.0 50018", .component = 1, .transport = "udp",
      .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 50018, .q = 0.85, .likely = "host" },
    { "several-blanks", USER "  1\t" PASSWORD "  UDP 0.850 157.0.0.0 50018", .component = 1, .transport = "UDP",
      .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 50018, .q = 0.85, .likely = "host" },
    { "ipv6", USER " 1 " PASSWORD " UDP 0.830 2001:db8::1 54846", .component = 1, .transport = "UDP",
      .address = "2001:db8::1", .family = SF_ADDRESS_IPV6, .port = 54846, .q = 0.83, .likely = "host" },
    { "cut", USER " 1 " PASSWORD " UDP 0.830 10.0.0.0", .transport = "UDP", .family = SF_ADDRESS_NONE,
      .problem = "The candidate" },
    { "cut-after-username", USER, .family = SF_ADDRESS_NONE, .problem = "The candidate" },
    { "component-no-number", USER " x " PASSWORD " UDP 0.830 10.0.0.0 1", .transport = "UDP", .address = "10.0.0.0",
      .family = SF_ADDRESS_IPV4, .port = 1, .q = 0.83, .likely = "host", .problem = "The component" },
    { "component-of-11-digits", USER " 99999999999 " PASSWORD " UDP 0.830 10.0.0.0 1", .transport = "UDP",
      .address = "10.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .q = 0.83, .likely = "host",
      .problem = "The component" },
    { "password-for-an-address", USER " 1 x UDP 0.830 " PASSWORD " 50018", .component = 1, .transport = "UDP",
      .family = SF_ADDRESS_NONE, .port = 50018, .q = 0.83, .likely = "host", .problem = "The candidate's address" },
    { "host-name", USER " 1 " PASSWORD " UDP 0.830 a-1.example.com 1", .component = 1, .transport = "UDP",
      .address = "a-1.example.com", .family = SF_ADDRESS_HOST_NAME, .port = 1, .q = 0.83, .likely = "host" },
    { "type-as-in-draft-19", USER " 1 " PASSWORD " UDP 0.830 10.0.0.0 1 typ host", .component = 1, .transport = "UDP",
      .address = "10.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .q = 0.83, .likely = "host" },
    { "component-zero", USER " 0 " PASSWORD " UDP 0.830 10.0.0.0 1", .transport = "UDP", .address = "10.0.0.0",
      .family = SF_ADDRESS_IPV4, .port = 1, .q = 0.83, .likely = "host", .problem = "The component" },
    { "preference-above-one", USER " 1 " PASSWORD " UDP 1.1 10.0.0.0 1", .component = 1, .transport = "UDP",
      .address = "10.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .problem = "The preference" },
    { "preference-two-points", USER " 1 " PASSWORD " UDP 0.8.3 10.0.0.0 1", .component = 1, .transport = "UDP",
      .address = "10.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .problem = "The preference" },
    { "preference-point-alone", USER " 1 " PASSWORD " UDP . 10.0.0.0 1", .component = 1, .transport = "UDP",
      .address = "10.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .problem = "The preference" },
    { "preference-of-40-digits", USER " 1 " PASSWORD " UDP 0.0000000000000000000000000000000000000001 10.0.0.0 1",
      .component = 1, .transport = "UDP", .address = "10.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1,
      .problem = "The preference" },
    { "address-out-of-range", USER " 1 " PASSWORD " UDP 0.830 10.0.0.256 1", .component = 1, .transport = "UDP",
      .address = "10.0.0.256", .family = SF_ADDRESS_NONE, .port = 1, .q = 0.83, .likely = "host",
      .problem = "The candidate's address" },
    { "port-out-of-range", USER " 1 " PASSWORD " UDP 0.830 10.0.0.0 65536", .component = 1, .transport = "UDP",
      .address = "10.0.0.0", .family = SF_ADDRESS_IPV4, .q = 0.83, .likely = "host",
      .problem = "The candidate's port" },
};

static const candidate_row draft_19[] = {
    { "seed-host", "1 1 UDP 2130706431 157.0.0.0 49160 typ host", .component = 1, .transport = "UDP",
      .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 49160, .priority = 2130706431, .type = "host" },
    { "seed-relay", "4 1 tcp-pass 174455295 157.0.0.0 52424 typ relay raddr 157.0.0.0 rport 49710", .component = 1,
      .transport = "tcp-pass", .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 52424, .priority = 174455295,
      .type = "relay", .related = "157.0.0.0", .related_port = 49710 },
    { "seed-reflexive", "7 2 tcp-act 1684795902 157.0.0.0 49710 typ srflx raddr 157.0.0.0 rport 49710", .component = 2,
      .transport = "tcp-act", .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 49710, .priority = 1684795902,
      .type = "srflx", .related = "157.0.0.0", .related_port = 49710 },
    { "trailing-blank", "1 1 UDP 2130706431 157.0.0.0 49160 typ host ", .component = 1, .transport = "UDP",
      .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 49160, .priority = 2130706431, .type = "host" },
    { "any-case", "32 1 udp 1 157.0.0.0 1 TYP host RADDR 10.0.0.1 RPORT 2", .component = 1, .transport = "udp",
      .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .priority = 1, .type = "host",
      .related = "10.0.0.1", .related_port = 2 },
    { "related-of-other-family", "5 1 UDP 1 2001:db8::1 1 typ relay raddr 192.0.2.1 rport 2", .component = 1,
      .transport = "UDP", .address = "2001:db8::1", .family = SF_ADDRESS_IPV6, .port = 1, .priority = 1,
      .type = "relay", .related = "192.0.2.1", .related_port = 2 },
    { "64-bit-extension", "1 1 UDP 1 157.0.0.0 1 typ relay raddr 10.0.0.1 rport 2 MTURNID 18446744073709551615",
      .component = 1, .transport = "UDP", .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .priority = 1,
      .type = "relay", .related = "10.0.0.1", .related_port = 2 },
    { "extension-without-value", "1 1 UDP 1 157.0.0.0 1 typ host MTURNID", .component = 1, .transport = "UDP",
      .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .priority = 1, .type = "host" },
    { "host-name", "1 1 UDP 1 a-1.example.com 1 typ host", .component = 1, .transport = "UDP",
      .address = "a-1.example.com", .family = SF_ADDRESS_HOST_NAME, .port = 1, .priority = 1, .type = "host" },
    { "priority-at-limit", "1 256 UDP 4294967295 157.0.0.0 65535 typ host", .component = 256, .transport = "UDP",
      .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 65535, .priority = 4294967295, .type = "host" },
    { "priority-above-limit", "1 1 UDP 4294967296 157.0.0.0 1 typ host", .component = 1, .transport = "UDP",
      .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .type = "host", .problem = "The priority" },
    { "component-above-limit", "1 257 UDP 1 157.0.0.0 1 typ host", .transport = "UDP", .address = "157.0.0.0",
      .family = SF_ADDRESS_IPV4, .port = 1, .priority = 1, .type = "host", .problem = "The component" },
    { "address-no-address", "1 1 UDP 1 157.0.0 1 typ host", .component = 1, .transport = "UDP", .address = "157.0.0",
      .family = SF_ADDRESS_NONE, .port = 1, .priority = 1, .type = "host", .problem = "The candidate's address" },
    { "related-after-another-extension", "1 1 UDP 1 157.0.0.0 1 typ relay generation 0 RADDR 10.0.0.1 RPORT 2",
      .component = 1, .transport = "UDP", .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .priority = 1,
      .type = "relay", .related = "10.0.0.1", .related_port = 2 },
    { "related-port-out-of-range", "1 1 UDP 1 157.0.0.0 1 typ relay raddr 10.0.0.1 rport 65536", .component = 1,
      .transport = "UDP", .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .priority = 1, .type = "relay",
      .related = "10.0.0.1", .problem = "The candidate's port" },
    { "related-after-many-extensions", "1 1 UDP 1 157.0.0.0 1 typ relay" MANY_PAIRS " raddr 10.0.0.1 rport 2",
      .component = 1, .transport = "UDP", .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .priority = 1,
      .type = "relay", .related = "10.0.0.1", .related_port = 2 },
    { "related-twice", "1 1 UDP 1 157.0.0.0 1 typ relay raddr 10.0.0.1 rport 2 raddr 10.0.0.3 rport 4", .component = 1,
      .transport = "UDP", .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .priority = 1, .type = "relay",
      .related = "10.0.0.1", .related_port = 2, .problem = "The related address" },
    { "related-without-address", "1 1 UDP 1 157.0.0.0 1 typ relay raddr", .component = 1, .transport = "UDP",
      .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .priority = 1, .type = "relay",
      .problem = "The candidate" },
    { "related-without-port", "1 1 UDP 1 157.0.0.0 1 typ relay raddr 10.0.0.1 rport", .component = 1,
      .transport = "UDP", .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .priority = 1, .type = "relay",
      .related = "10.0.0.1", .problem = "The candidate" },
    { "host-name-with-underscore", "1 1 UDP 1 a_1.example.com 1 typ host", .component = 1, .transport = "UDP",
      .address = "a_1.example.com", .family = SF_ADDRESS_HOST_NAME, .port = 1, .priority = 1, .type = "host" },
    { "ipv6-with-zone", "1 1 UDP 1 fe80::1%12 1 typ host", .component = 1, .transport = "UDP", .address = "fe80::1%12",
      .family = SF_ADDRESS_IPV6, .port = 1, .priority = 1, .type = "host" },
    { "ipv4-with-zone", "1 1 UDP 1 10.0.0.1%12 1 typ host", .component = 1, .transport = "UDP",
      .address = "10.0.0.1%12", .family = SF_ADDRESS_NONE, .port = 1, .priority = 1, .type = "host",
      .problem = "The candidate's address" },
    { "long-foundation", "0123456789abcdef0123456789abcdef 1 UDP 1 157.0.0.0 1 typ host", .component = 1,
      .transport = "UDP", .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .priority = 1, .type = "host" },
    { "foundation-of-60-letters",
      "012345678901234567890123456789012345678901234567890123456789 1 UDP 1 157.0.0.0 1 typ host", .component = 1,
      .transport = "UDP", .address = "157.0.0.0", .family = SF_ADDRESS_IPV4, .port = 1, .priority = 1, .type = "host" },
    { "foundation-missing", "1 UDP 2130706431 157.0.0.0 1 typ host", .family = SF_ADDRESS_NONE,
      .problem = "The candidate" },
    { "one-part-too-many", "1 1 UDP x 1 157.0.0.0 1 typ host", .transport = "UDP", .family = SF_ADDRESS_NONE,
      .problem = "The candidate" },
    { "typ-missing", "1 1 UDP 1 157.0.0.0 1 host", .component = 1, .transport = "UDP", .address = "157.0.0.0",
      .family = SF_ADDRESS_IPV4, .port = 1, .priority = 1, .problem = "The candidate" },
    { "cut-before-typ", "1 1 UDP 1 157.0.0.0 1", .component = 1, .transport = "UDP", .address = "157.0.0.0",
      .family = SF_ADDRESS_IPV4, .port = 1, .priority = 1, .problem = "The candidate" },
    { "cut-after-typ", "1 1 UDP 1 157.0.0.0 1 typ", .component = 1, .transport = "UDP", .address = "157.0.0.0",
      .family = SF_ADDRESS_IPV4, .port = 1, .priority = 1, .problem = "The candidate" },
    { "priority-missing", "1 1 UDP 157.0.0.0 1 typ host", .transport = "UDP", .family = SF_ADDRESS_NONE,
      .problem = "The candidate" },
    { "cut-before-port", "1 1 TCP-ACT 1 157.0.0.0", .transport = "TCP-ACT", .family = SF_ADDRESS_NONE,
      .problem = "The candidate" },
};

static void check_candidate(const candidate_row *row, sf_ice_dialect dialect)
{
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->value));
    sf_problems problems;
    sf_candidate candidate;

    sf_problems_clear(&problems);
    sf_candidate_read(input.text, input.text, &problems, &candidate);
    g_assert_cmpint(candidate.dialect, ==, dialect);
    g_assert_cmpuint(candidate.component.value, ==, row->component);
    g_assert_true(sf_number_is_present(candidate.component) == (row->component > 0));
    SF_CHECK_SLICE(candidate.transport, row->transport);
    SF_CHECK_SLICE(candidate.address.text, row->address);
    g_assert_cmpint(candidate.address.family, ==, row->family);
    g_assert_cmpuint(candidate.address.port.value, ==, row->port);
    g_assert_cmpfloat_with_epsilon(candidate.q.value, row->q, 1e-9);
    g_assert_cmpstr(candidate.likely_type, ==, row->likely);
    g_assert_cmpuint(candidate.priority.value, ==, row->priority);
    SF_CHECK_SLICE(candidate.type_text, row->type);
    SF_CHECK_SLICE(candidate.related.text, row->related);
    g_assert_cmpuint(candidate.related.port.value, ==, row->related_port);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

static void test_draft_06(gconstpointer data)
{
    check_candidate(data, SF_ICE_DRAFT_06);
}

static void test_draft_19(gconstpointer data)
{
    check_candidate(data, SF_ICE_DRAFT_19);
}

typedef struct {
    const char *name;
    const char *line;
    sf_ice_dialect dialect;
} unread_row;

/* Of these no part is kept: any word may be the password, or nothing says what the words are. */
static const unread_row unread[] = {
    { "component-missing", USER " " PASSWORD " UDP 0.830 10.0.0.1 50018", SF_ICE_DRAFT_06 },
    { "component-after-password", USER " " PASSWORD " 1 UDP 0.830 10.0.0.1 50018", SF_ICE_DRAFT_06 },
    { "transport-in-front-of-password", USER " 1 UDP " PASSWORD " 0.830 10.0.0.1 50018", SF_ICE_DRAFT_06 },
    { "transport-missing", USER " 1 " PASSWORD " 0.830 10.0.0.1 50018", SF_ICE_DRAFT_06 },
    { "one-word-too-many", USER " 1 extra " PASSWORD " UDP 0.830 10.0.0.1 50018", SF_ICE_DRAFT_06 },
    { "two-words-too-many", USER " 1 x y " PASSWORD " UDP 0.830 10.0.0.1 50018", SF_ICE_DRAFT_06 },
    { "username-and-component-together", USER "1 " PASSWORD " UDP 0.830 10.0.0.1 50018", SF_ICE_DRAFT_06 },
    { "username-and-password-together", USER PASSWORD " 1 UDP 0.830 10.0.0.1 50018", SF_ICE_DRAFT_06 },
    { "component-and-password-together", USER " 1" PASSWORD " UDP 0.830 10.0.0.1 50018", SF_ICE_DRAFT_06 },
    { "password-and-transport-together", USER " 1 " PASSWORD "UDP 0.830 10.0.0.1 50018", SF_ICE_DRAFT_06 },
    { "component-missing-and-cut", USER " " PASSWORD, SF_ICE_DRAFT_06 },
    { "password-first", PASSWORD " 1 " USER " UDP 0.830 10.0.0.1 50018", SF_ICE_NONE },
    { "username-missing", "1 " PASSWORD " UDP 0.830 10.0.0.1 50018", SF_ICE_NONE },
    { "username-missing-password-first", PASSWORD " 1 UDP 0.830 10.0.0.1 50018", SF_ICE_NONE },
    { "username-and-component-missing", PASSWORD " UDP 0.830 10.0.0.1 50018", SF_ICE_NONE },
    { "empty", "", SF_ICE_NONE },
    { "one-word", "1", SF_ICE_NONE },
    { "two-words", "1 1", SF_ICE_NONE },
    { "priority-no-number", "1 1 UDP x 10.0.0.1 50018", SF_ICE_NONE },
};

static void test_unread(gconstpointer data)
{
    const unread_row *row = data;
    g_autofree char *text = g_strconcat("a=candidate:", row->line, NULL);
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(text));
    sf_problems problems;
    sf_candidate candidate;

    sf_problems_clear(&problems);
    sf_candidate_read(input.text, sf_slice_skip(input.text, sizeof "a=candidate:" - 1), &problems, &candidate);
    g_assert_cmpint(candidate.dialect, ==, row->dialect);
    SF_CHECK_SLICE(candidate.safe_text, "a=candidate:");
    SF_CHECK_SLICE(candidate.foundation, NULL);
    SF_CHECK_SLICE(candidate.username, NULL);
    SF_CHECK_SLICE(candidate.password, NULL);
    SF_CHECK_SLICE(candidate.transport, NULL);
    SF_CHECK_SLICE(candidate.address.text, NULL);
    SF_CHECK_PROBLEM(&problems, "The candidate");
    SF_CHECK_SLICE(problems.items[0].where, "");
}

static void test_names(void)
{
    const sf_slice line = SF_LITERAL(USER " 1 " PASSWORD " UDP 0.830 10.0.0.0 54846");
    sf_problems problems;
    sf_candidate candidate;

    sf_problems_clear(&problems);
    sf_candidate_read(line, line, &problems, &candidate);
    SF_CHECK_PROBLEM(&problems, NULL);
    SF_CHECK_SLICE(candidate.username, USER);
    SF_CHECK_SLICE(candidate.password, PASSWORD);
    SF_CHECK_SLICE(candidate.foundation, NULL);
    SF_CHECK_SLICE(candidate.safe_text, USER " 1 ");
    SF_CHECK_BYTES(candidate.address.bytes, 4, "0a000000");
}

/** The parts of the seed's priorities (draft-ietf-mmusic-ice-tcp-07). */
static void test_priority(void)
{
    g_assert_cmpuint(sf_priority_type(2130706431), ==, 126);
    g_assert_cmpuint(sf_priority_transport(2130706431), ==, 15);
    g_assert_cmpuint(sf_priority_direction(2130706431), ==, 7);
    g_assert_cmpuint(sf_priority_type(174455295), ==, 10); /* TCP-PASS relay */
    g_assert_cmpuint(sf_priority_transport(174455295), ==, 6);
    g_assert_cmpuint(sf_priority_direction(174455295), ==, 2);
    g_assert_cmpuint(sf_priority_type(1684796415), ==, 100); /* TCP-ACT srflx */
    g_assert_cmpuint(sf_priority_direction(1684796415), ==, 5);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/candidate/draft-06", draft_06, test_draft_06);
    SF_ADD_ROWS("/candidate/draft-19", draft_19, test_draft_19);
    SF_ADD_ROWS("/candidate/unread", unread, test_unread);
    g_test_add_func("/candidate/names", test_names);
    g_test_add_func("/candidate/priority", test_priority);
    return g_test_run();
}
