/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of diagnostics codes: its lookups, and the rules for its rows.
 */
#include "engine/sip/diagnostics_codes.h"

#include <string.h>

#include <glib.h>

#define CODE(code, severity, meaning) \
    {                                 \
        code, true, meaning           \
    }
#define UNCONFIRMED(code, severity, meaning) \
    {                                        \
        code, false, meaning                 \
    }

/** The rows once more as the table has them, so that order and form can be tested. */
static const struct {
    uint32_t code;
    bool is_confirmed;
    const char *meaning;
} rows[] = {
#include "engine/sip/diagnostics_codes.inc"
};

static void test_meaning(void)
{
    /* Each case names words that the meaning cannot do without. */
    static const struct {
        uint32_t code;
        sf_severity severity;
        bool is_confirmed;
        const char *words;
    } cases[] = {
        { 0, SF_SEVERITY_FAILURE, true, "event log" },
        { 2, SF_SEVERITY_FAILURE, false, "response code" },
        { 4, SF_SEVERITY_FAILURE, true, "Get-CsNetworkBandwidthPolicyProfile" },
        { 5, SF_SEVERITY_NOTE, false, "telephone network" },
        { 21, SF_SEVERITY_FAILURE, true, "unknown location" },
        { 22, SF_SEVERITY_FAILURE, true, "both ends internal" },
        { 23, SF_SEVERITY_FAILURE, true, "one remote" },
        { 24, SF_SEVERITY_FAILURE, true, "both ends remote" },
        { 25, SF_SEVERITY_FAILURE, true, "Federated" },
        { 27, SF_SEVERITY_FAILURE, false, "both ends remote" },
        { 33, SF_SEVERITY_FAILURE, false, "lost" },
        { 1001, SF_SEVERITY_FAILURE, true, "EnablePublicCloudAccess in Get-CsExternalAccessPolicy" },
        { 1001, SF_SEVERITY_FAILURE, true, "Grant-CsExternalAccessPolicy" },
        { 1002, SF_SEVERITY_FAILURE, true, "EnableFederationAccess in Get-CsExternalAccessPolicy" },
        { 1008, SF_SEVERITY_FAILURE, true, "SRV" },
        { 1009, SF_SEVERITY_FAILURE, true, "outside the domain" },
        { 1010, SF_SEVERITY_FAILURE, true, "certificate" },
        { 1012, SF_SEVERITY_FAILURE, true, "Grant-CsExternalAccessPolicy" },
        { 1013, SF_SEVERITY_FAILURE, true, "Clocks" },
        { 1018, SF_SEVERITY_FAILURE, false, "parsed" },
        { 1027, SF_SEVERITY_FAILURE, true, "Test-CsFederatedPartner" },
        { 1034, SF_SEVERITY_FAILURE, true, "gave no diagnostics" },
        { 1035, SF_SEVERITY_FAILURE, false, "Get-CsPublicProvider" },
        { 1037, SF_SEVERITY_FAILURE, true, "called client" },
        { 1047, SF_SEVERITY_FAILURE, true, "TLS negotiation" },
        { 2139, SF_SEVERITY_INFORMATION, true, "not an error" },
        { 2165, SF_SEVERITY_NOTE, true, "unified contact store" },
        { 3015, SF_SEVERITY_FAILURE, true, "Get-CsConferencingPolicy" },
        { 4003, SF_SEVERITY_FAILURE, true, "EnableOutsideAccess" },
        { 4005, SF_SEVERITY_FAILURE, true, "Get-CsTrustedApplicationEndpoint" },
        { 5002, SF_SEVERITY_INFORMATION, true, "canceled" },
        { 7008, SF_SEVERITY_NOTE, true, "tries again" },
        { 10003, SF_SEVERITY_FAILURE, true, "SipResponseCode" },
        { 12004, SF_SEVERITY_FAILURE, true, "Test-CsVoiceUser" },
        { 13004, SF_SEVERITY_INFORMATION, true, "devices" },
        { 14010, SF_SEVERITY_FAILURE, true, "Test-CsDialPlan" },
        { 14011, SF_SEVERITY_INFORMATION, false, "translated" },
        { 15637, SF_SEVERITY_INFORMATION, true, "redirects" },
        { 15905, SF_SEVERITY_INFORMATION, true, "ended" },
        { 17002, SF_SEVERITY_FAILURE, true, "Get-CsClientVersionPolicy" },
        { 18000, SF_SEVERITY_FAILURE, true, "Communicator Web Access" },
        { 20010, SF_SEVERITY_FAILURE, true, "Group chat" },
        { 24000, SF_SEVERITY_FAILURE, true, "SDP" },
        { 24012, SF_SEVERITY_FAILURE, true, "no media that this server can use" },
        { 24083, SF_SEVERITY_NOTE, true, "dialog" },
        { 28033, SF_SEVERITY_NOTE, true, "expired" },
        { 35002, SF_SEVERITY_FAILURE, true, "orbit" },
        { 51004, SF_SEVERITY_INFORMATION, true, "not an error" },
        { 51007, SF_SEVERITY_INFORMATION, true, "informational" },
        { 52017, SF_SEVERITY_FAILURE, true, "encryption" },
        { 52031, SF_SEVERITY_FAILURE, false, "media path" },
        { 52063, SF_SEVERITY_FAILURE, true, "SDP" },
        { 52082, SF_SEVERITY_INFORMATION, true, "declined" },
        { 54503, SF_SEVERITY_FAILURE, true, "internal DNS" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const sf_code_row *row = sf_code_row_of(cases[i].code);
        g_assert_nonnull(row);
        g_assert_cmpint(row->severity, ==, cases[i].severity);
        g_assert_cmpint(row->is_confirmed, ==, cases[i].is_confirmed);
        if (!strstr(row->meaning, cases[i].words)) {
            g_test_message("%u: \"%s\" lacks \"%s\"", cases[i].code, row->meaning, cases[i].words);
            g_test_fail();
        }
    }
}

static void test_no_meaning(void)
{
    static const uint32_t unknown[] = { 3,     28,    999,   1999,  9999,   10404,   20012,
                                        51999, 53000, 60001, 62999, 100000, 4000000, UINT32_MAX };

    for (size_t i = 0; i < G_N_ELEMENTS(unknown); i++) {
        g_assert_null(sf_code_row_of(unknown[i]));
    }
}

/** The binary search finds each row, which it does only in a sorted table without doubles. */
static void test_every_row(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (i > 0) {
            g_assert_cmpuint(rows[i - 1].code, <, rows[i].code);
        }
        const sf_code_row *row = sf_code_row_of(rows[i].code);
        g_assert_nonnull(row);
        g_assert_cmpint(row->is_confirmed, ==, rows[i].is_confirmed);
        g_assert_cmpint(row->severity, <, SF_SEVERITY_UNKNOWN);
        g_assert_true(g_str_has_prefix(row->meaning, rows[i].meaning));
        g_assert_cmpint(g_str_has_suffix(row->meaning, " (unconfirmed)"), ==, !rows[i].is_confirmed);
    }
}

static void test_form_of_rows(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        const char *meaning = rows[i].meaning;
        size_t length = strlen(meaning);

        g_assert_cmpuint(length, >, 10);
        g_assert_cmpuint(length, <=, 180); /* one line of the packet details, after the header's name and the code */
        g_assert_true(g_ascii_isupper(meaning[0]));
        g_assert_true(g_ascii_isalnum(meaning[length - 1]) || meaning[length - 1] == ')');
        g_assert_true(g_str_is_ascii(meaning));
        g_assert_nonnull(sf_code_range_of(rows[i].code));
    }
}

static const char *component_of(uint32_t code)
{
    const sf_code_range *range = sf_code_range_of(code);

    return range ? range->component : NULL;
}

static void test_component(void)
{
    static const struct {
        uint32_t code;
        const char *component;
    } cases[] = {
        { 0, "Common to all components" },
        { 999, "Common to all components" },
        { 1000, "SIP routing of a front end or Edge server" },
        { 1999, "SIP routing of a front end or Edge server" },
        { 2000, "Presence service of a front end" },
        { 3500, "Conference control (focus) of a front end" },
        { 4999, "User services of a front end" },
        { 5999, "Server application interface of a front end" },
        { 6001, "Instant messaging conferencing server" },
        { 7999, "Audio/video conferencing server" },
        { 8001, "Telephony conferencing server" },
        { 9001, "Media relay authentication service" },
        { 10999, "Mediation Server (gateway to the telephone network)" },
        { 11000, "Call quality metrics service" },
        { 12999, "Outbound routing (calls to telephone numbers)" },
        { 13999, "Inbound routing (calls to users)" },
        { 14012, "Translation of dialed numbers (dial plans)" },
        { 15499, "Routing to Exchange Unified Messaging on a front end" },
        { 15500, "Exchange Unified Messaging" },
        { 15899, "Exchange Unified Messaging" },
        { 15900, "Call tracing of Exchange Unified Messaging" },
        { 16000, "Filter for instant messages" },
        { 17999, "Filter for client versions" },
        { 18000, "Communicator Web Access" },
        { 19000, NULL },
        { 20999, "Group chat server" },
        { 21000, "Application sharing conferencing server" },
        { 22000, NULL },
        { 24033, "Server application based on UCMA" },
        { 25000, "Routing between pools" },
        { 26000, NULL },
        { 28000, "Web ticket service (sign-in over HTTP)" },
        { 35999, "Call park service" },
        { 36000, NULL },
        { 49999, NULL },
        { 50000, "Client" },
        { 52999, "Client" },
        { 53000, NULL },
        { 54001, "Client in a web conference" },
        { 55000, NULL },
        { 60000, "UCMA application: success" },
        { 61999, "UCMA application: expected failure" },
        { 62999, "UCMA application: unexpected failure" },
        { 63000, NULL },
        { 90000, "Link to public instant messaging providers" },
        { 91000, NULL },
        { 2000004, NULL }, /* the seven-digit ids of X-Ms-diagnostics are Exchange's and SharePoint's */
        { UINT32_MAX, NULL },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_assert_cmpstr(component_of(cases[i].code), ==, cases[i].component);
    }
}

/** Walks through all codes: a component begins and ends where its range does, and never comes again. */
static void test_ranges_do_not_overlap(void)
{
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
    const char *last = NULL;

    for (uint32_t code = 0; code <= 100000; code++) {
        const char *component = component_of(code);
        if (component && component != last) {
            g_assert_true(g_hash_table_add(seen, (gpointer)component));
        }
        last = component;
    }
    g_assert_cmpuint(g_hash_table_size(seen), >, 0);
    g_hash_table_unref(seen);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/diagnostics-codes/meaning", test_meaning);
    g_test_add_func("/diagnostics-codes/no-meaning", test_no_meaning);
    g_test_add_func("/diagnostics-codes/every-row", test_every_row);
    g_test_add_func("/diagnostics-codes/form-of-rows", test_form_of_rows);
    g_test_add_func("/diagnostics-codes/component", test_component);
    g_test_add_func("/diagnostics-codes/ranges-do-not-overlap", test_ranges_do_not_overlap);
    return g_test_run();
}
