/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of diagnostics codes: its lookups, and the rules for its rows.
 */
#include "engine/sip/diagnostics_codes.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

/** The rows once more as the table has them, so that order and form can be tested. */
static const struct {
    uint32_t code;
    const char *meaning;
    bool is_unconfirmed;
} rows[] = {
#define CODE(code, meaning) { code, meaning, false }
#define UNCONFIRMED(code, meaning) { code, meaning, true }
#include "engine/sip/diagnostics_codes.inc"
};

static void test_meaning(void)
{
    /* Each case names a word that the meaning cannot do without. */
    static const struct {
        uint32_t code;
        const char *word;
    } cases[] = {
        { 0, "server" },           { 4, "bandwidth" },       { 22, "both ends internal" },
        { 23, "one remote" },      { 24, "both ends remote" }, { 25, "Federated" },
        { 33, "lost" },            { 1001, "public providers" }, { 1002, "federated partners" },
        { 1008, "SRV" },           { 1009, "outside the domain" }, { 1010, "certificate" },
        { 1013, "Clocks" },        { 1017, "domain" },       { 1027, "federation" },
        { 1034, "gave no diagnostics" }, { 1047, "TLS negotiation" }, { 2139, "subscription" },
        { 3015, "Attendees" },     { 4003, "remote access" }, { 4005, "not enabled for SIP" },
        { 4141, "disabled" },      { 4268, "delegate" },     { 5002, "canceled" },
        { 7008, "SDP" },           { 10003, "SipResponseCode" }, { 10013, "gateway" },
        { 12004, "No route" },     { 13004, "devices" },     { 15637, "redirects" },
        { 15643, "redirects" },    { 15638, "received" },    { 15644, "received" },
        { 15905, "ended" },        { 17002, "version" },     { 21002, "share" },
        { 24081, "endpoint" },     { 25008, "primary pool" }, { 28020, "token" },
        { 51004, "no fault" },     { 51007, "informational" }, { 52017, "encrypted" },
        { 52035, "conversation id" }, { 52063, "SDP" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *meaning = sf_diagnostics_meaning(cases[i].code);
        if (!meaning || !strstr(meaning, cases[i].word)) {
            g_test_message("%u: \"%s\" lacks \"%s\"", cases[i].code, meaning, cases[i].word);
            g_test_fail();
        }
    }
}

static void test_no_meaning(void)
{
    static const uint32_t unknown[] = { 2,     999,   1999,   9999,    20000,
                                        51999, 53000, 100000, 4000000, UINT32_MAX };

    for (size_t i = 0; i < G_N_ELEMENTS(unknown); i++) {
        g_assert_cmpstr(sf_diagnostics_meaning(unknown[i]), ==, NULL);
    }
}

/** The binary search finds each row, which it does only in a sorted table without doubles. */
static void test_every_row(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (i > 0) {
            g_assert_cmpuint(rows[i - 1].code, <, rows[i].code);
        }
        g_autofree char *unconfirmed = g_strconcat(rows[i].meaning, " (unconfirmed)", NULL);
        g_assert_cmpstr(sf_diagnostics_meaning(rows[i].code), ==,
                        rows[i].is_unconfirmed ? unconfirmed : rows[i].meaning);
    }
}

static void test_form_of_rows(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        const char *meaning = sf_diagnostics_meaning(rows[i].code);
        size_t length = strlen(meaning);

        g_assert_cmpuint(length, >, 10);
        g_assert_cmpuint(length, <=, 160); /* one line of the packet details */
        g_assert_true(g_ascii_isupper(meaning[0]));
        g_assert_true(g_ascii_isalnum(meaning[length - 1]) || meaning[length - 1] == ')');
        g_assert_true(g_str_is_ascii(meaning));
        g_assert_cmpstr(sf_diagnostics_component(rows[i].code), !=, NULL);
    }
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
        { 14012, "Translation of dialled numbers (dial plans)" },
        { 15499, "Routing to Exchange Unified Messaging on a front end" },
        { 15500, "Exchange Unified Messaging" },
        { 15899, "Exchange Unified Messaging" },
        { 15900, "Call tracing of Exchange Unified Messaging" },
        { 16000, "Filter for instant messages" },
        { 17999, "Filter for client versions" },
        { 18000, NULL },
        { 20999, NULL },
        { 21000, "Application sharing conferencing server" },
        { 22000, NULL },
        { 24033, "Server application based on UCMA" },
        { 25000, "Routing between pools" },
        { 26000, NULL },
        { 28000, "Web ticket service (sign-in over HTTP)" },
        { 49999, NULL },
        { 50000, "Client" },
        { 52999, "Client" },
        { 53000, NULL },
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
        g_assert_cmpstr(sf_diagnostics_component(cases[i].code), ==, cases[i].component);
    }
}

/** Walks through all codes: a component begins and ends where its range does, and never comes again. */
static void test_ranges_do_not_overlap(void)
{
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
    const char *last = NULL;

    for (uint32_t code = 0; code <= 100000; code++) {
        const char *component = sf_diagnostics_component(code);
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
