/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The flags of ICEWarn, in either numbering.
 */
#include "check.h"
#include "engine/sip/ice_warning.h"

#include <string.h>

/** The names of the meanings, blank-separated; unknown bits after them as a number. */
static char *names_of(sf_ice_flags flags, uint32_t meanings)
{
    GString *out = g_string_new(NULL);

    for (unsigned i = 0; i < SF_ICE_MEANINGS; i++) {
        if (meanings & UINT32_C(1) << i) {
            g_string_append_printf(out, "%s%s", out->len ? " " : "", sf_ice_meanings[i].name);
        }
    }
    if (flags.unknown) {
        g_string_append_printf(out, "%s0x%x", out->len ? " " : "", flags.unknown);
    }
    return g_string_free(out, FALSE);
}

typedef struct {
    const char *name;
    uint32_t warning;
    sf_ice_numbering numbering;
    const char *meanings;
    const char *failures;
} flags_row;

static const flags_row values[] = {
    { "none", 0, SF_ICE_LYNC, "", "" },
    { "expected-alone", 0x320, SF_ICE_LYNC, "local_connectivity tcp_nat tcp_turn", "" },
    { "decisive-among-expected", 0x4000320, SF_ICE_LYNC, "local_connectivity tcp_nat tcp_turn tcp_relay_relay",
      "tcp_relay_relay" },
    { "udp-and-tcp", 0x40003a0, SF_ICE_LYNC, "local_connectivity udp_turn tcp_nat tcp_turn tcp_relay_relay",
      "udp_turn tcp_relay_relay" },
    { "use-candidate", 0x8000100, SF_ICE_LYNC, "tcp_nat use_candidate", "use_candidate" },
    { "information-alone", 0x1131000, SF_ICE_LYNC,
      "policy_server policy_reduced policy_keep_alive turn_several http_proxy", "" },
    { "unknown-bits", 0xf0000801, SF_ICE_LYNC, "turn_unreachable 0xf0000800", "turn_unreachable 0xf0000800" },
    { "all", 0xffffffff, SF_ICE_LYNC,
      "turn_unreachable turn_udp_allocate turn_udp_send turn_tcp_allocate turn_tcp_send local_connectivity udp_nat "
      "udp_turn tcp_nat tcp_turn integrity policy_server check_not_sent turn_credentials policy_removed "
      "policy_reduced policy_keep_alive policy_refused_relay turn_missing turn_several ports_exhausted "
      "turn_alternate pseudo_tls http_proxy http_proxy_auth tcp_relay_relay use_candidate 0xf0000800",
      "turn_unreachable turn_udp_allocate turn_udp_send turn_tcp_allocate turn_tcp_send udp_turn integrity "
      "check_not_sent turn_credentials policy_removed policy_refused_relay turn_missing ports_exhausted "
      "turn_alternate pseudo_tls http_proxy_auth tcp_relay_relay use_candidate 0xf0000800" },
    { "ocs-relay", 0x210, SF_ICE_OCS_2007, "turn_unreachable turn_tcp_allocate", "turn_unreachable turn_tcp_allocate" },
    { "ocs-expected", 0xcc000, SF_ICE_OCS_2007, "local_connectivity udp_nat tcp_nat tcp_turn", "" },
    { "ocs-two-bits-of-one-meaning", 0x300000, SF_ICE_OCS_2007, "integrity", "integrity" },
    { "ocs-no-name-for-the-relay", 0x4000000, SF_ICE_OCS_2007, "turn_missing", "turn_missing" },
    { "ocs-secret", 0x20, SF_ICE_OCS_2007, "turn_secret", "turn_secret" },
    { "ocs-unknown", 0x3d8f, SF_ICE_OCS_2007, "0x3d8f", "0x3d8f" },
};

static void test_flags(gconstpointer data)
{
    const flags_row *row = data;
    sf_ice_flags flags = sf_ice_flags_of(row->warning, row->numbering);
    g_autofree char *all = names_of(flags, flags.meanings);
    g_autofree char *failures = names_of(flags, sf_ice_flags_weighing(flags, SF_ICE_FAILURE, SF_ENDS_UNKNOWN));

    g_assert_cmpstr(all, ==, row->meanings);
    g_assert_cmpstr(failures, ==, row->failures);
}

/** Each bit has one meaning in a numbering, each meaning a bit in one of them, and a name of its own. */
static void test_table(void)
{
    for (unsigned numbering = 0; numbering < SF_ICE_NUMBERINGS; numbering++) {
        uint32_t taken = 0;
        for (unsigned i = 0; i < SF_ICE_MEANINGS; i++) {
            g_assert_cmpuint(taken & sf_ice_meanings[i].bits[numbering], ==, 0);
            taken |= sf_ice_meanings[i].bits[numbering];
        }
    }
    for (unsigned i = 0; i < SF_ICE_MEANINGS; i++) {
        const sf_ice_meaning *meaning = &sf_ice_meanings[i];
        g_assert_cmpuint(meaning->bits[SF_ICE_LYNC] | meaning->bits[SF_ICE_OCS_2007], !=, 0);
        g_assert_true(g_ascii_isupper(meaning->words[0]));
        for (unsigned j = 0; j < i; j++) {
            g_assert_cmpstr(meaning->name, !=, sf_ice_meanings[j].name);
            g_assert_cmpstr(meaning->words, !=, sf_ice_meanings[j].words);
        }
    }
}

static void test_numbering(void)
{
    static const struct {
        const char *product;
        sf_ice_numbering numbering;
    } rows[] = {
        { "UCCAPI/3.5.6907.206", SF_ICE_OCS_2007 },
        { "UCCAPI/2.0.6362.189 OC/2.0.6362.189", SF_ICE_OCS_2007 },
        { "UCCP/2.0.6362.189", SF_ICE_OCS_2007 },
        { "OC/2.0", SF_ICE_OCS_2007 },
        { "RTC/2.0", SF_ICE_OCS_2007 },
        { "RTC/3.5", SF_ICE_OCS_2007 },
        { "RTCC/3.5.0.0 MCXService/3.5.0.0", SF_ICE_OCS_2007 },
        { "UCCAPI/4.0.7577.0", SF_ICE_LYNC },
        { "UCCAPI/15.0.4420.1017", SF_ICE_LYNC },
        { "UCCAPI/20.0.0", SF_ICE_LYNC },
        { "UCCAPI/3.50", SF_ICE_LYNC },
        { "RTC/1.3", SF_ICE_LYNC },
        { "RTC/4.0", SF_ICE_LYNC },
        { "WebRTC/3.5", SF_ICE_LYNC },
        { "", SF_ICE_LYNC },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_auto(sf_guarded) input = sf_guarded_of(sf_text(rows[i].product));
        g_assert_cmpint(sf_ice_numbering_of(input.text), ==, rows[i].numbering);
    }
    g_assert_cmpint(sf_ice_numbering_of((sf_slice){ NULL, 0 }), ==, SF_ICE_LYNC);
}

/** Only the missing direct path weighs more between ends in one network. */
static void test_weight(void)
{
    for (unsigned i = 0; i < SF_ICE_MEANINGS; i++) {
        const sf_ice_meaning *meaning = &sf_ice_meanings[i];
        bool is_direct_path = strcmp(meaning->name, "local_connectivity") == 0;
        g_assert_cmpint(sf_ice_weight(meaning, SF_ENDS_UNKNOWN), ==, meaning->weight);
        g_assert_cmpint(sf_ice_weight(meaning, SF_ENDS_INSIDE), ==, is_direct_path ? SF_ICE_FAILURE : meaning->weight);
        g_assert_cmpint(sf_ice_weight(meaning, SF_ENDS_SAME_NETWORK), ==,
                        is_direct_path ? SF_ICE_FAILURE : meaning->weight);
    }
}

/** A guess is for bits that have no meaning. */
static void test_guess(void)
{
    unsigned guesses = 0;

    for (unsigned i = 0; i < 32; i++) {
        uint32_t bit = UINT32_C(1) << i;
        if (sf_ice_guess(bit)) {
            g_assert_cmpuint(sf_ice_flags_of(bit, SF_ICE_LYNC).unknown, ==, bit);
            guesses++;
        }
    }
    g_assert_cmpuint(guesses, ==, 2);
    g_assert_nonnull(strstr(sf_ice_guess(0x800), "integrity"));
    g_assert_nonnull(strstr(sf_ice_guess(0x10000000), "FIPS"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/ice-warning/flags", values, test_flags);
    g_test_add_func("/ice-warning/table", test_table);
    g_test_add_func("/ice-warning/numbering", test_numbering);
    g_test_add_func("/ice-warning/weight", test_weight);
    g_test_add_func("/ice-warning/guess", test_guess);
    return g_test_run();
}
