/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The flags of ICEWarn. Sources: [MS-QoE] 2.2.1.7.1 and its footnote 57 for the
 * numbers of either numbering; the ICE warning flags of the Lync resource kit,
 * as public articles and decoders quote them, for weight and causes.
 */
#include "ice_warning.h"

#include <glib.h>

const sf_ice_meaning sf_ice_meanings[SF_ICE_MEANINGS] = {
    { "turn_unreachable",
      SF_ICE_FAILURE,
      { 0x1, 0x10 },
      "Media relay (TURN) not reachable",
      "TCP 443 and UDP 3478 to the Edge, and its A/V Edge service" },
    { "turn_udp_allocate",
      SF_ICE_FAILURE,
      { 0x2, 0x40 },
      "Media relay gave no UDP port",
      "a firewall may block UDP 3478" },
    { "turn_udp_send",
      SF_ICE_FAILURE,
      { 0x4, 0 },
      "Sending by UDP to the media relay failed",
      "a firewall may block UDP" },
    { "turn_tcp_allocate",
      SF_ICE_FAILURE,
      { 0x8, 0x200 },
      "Media relay gave no TCP port",
      "a firewall may block TCP 443, or an HTTP proxy may break its TLS" },
    { "turn_tcp_send", SF_ICE_FAILURE, { 0x10, 0 }, "Sending by TCP to the media relay failed", NULL },
    { "local_connectivity", SF_ICE_EXPECTED, { 0x20, 0x4000 }, "No direct path in the local network", NULL },
    { "udp_nat", SF_ICE_EXPECTED, { 0x40, 0x8000 }, "No UDP path through NAT", NULL },
    { "udp_turn",
      SF_ICE_FAILURE,
      { 0x80, 0x10000 },
      "No UDP path through the media relay",
      "one of the two sides may block UDP" },
    { "tcp_nat", SF_ICE_EXPECTED, { 0x100, 0x40000 }, "No TCP path through NAT", "not tried if a direct path works" },
    { "tcp_turn",
      SF_ICE_EXPECTED,
      { 0x200, 0x80000 },
      "No TCP path through the media relay",
      "unimportant if another path works" },
    { "integrity",
      SF_ICE_FAILURE,
      { 0x400, 0x100000 | 0x200000 },
      "Message integrity of a connectivity check failed",
      "a wrong password, or an attack" },
    { "policy_server", SF_ICE_INFORMATION, { 0x1000, 0 }, "A bandwidth policy server is configured", NULL },
    { "check_not_sent",
      SF_ICE_FAILURE,
      { 0x2000, 0x1000000 | 0x2000000 },
      "A connectivity check could not be sent",
      "the sender may lack memory or be overloaded" },
    { "turn_credentials",
      SF_ICE_FAILURE,
      { 0x4000, 0x8000000 }, /* the latter's words were read in part */
      "Credentials for the media relay expired or unknown",
      "the A/V authentication service (MRAS) may be down" },
    { "policy_removed",
      SF_ICE_FAILURE,
      { 0x8000, 0 },
      "Bandwidth policy removed candidates",
      "Get-CsNetworkBandwidthPolicyProfile, and the network sites" },
    { "policy_reduced", SF_ICE_INFORMATION, { 0x10000, 0 }, "Bandwidth policy reduced the bandwidth", NULL },
    { "policy_keep_alive",
      SF_ICE_INFORMATION,
      { 0x20000, 0 },
      "Keep-alive to the bandwidth policy server failed",
      NULL },
    { "policy_refused_relay",
      SF_ICE_FAILURE,
      { 0x40000, 0 },
      "Bandwidth policy refused the path from relay to relay",
      NULL },
    { "turn_missing",
      SF_ICE_FAILURE,
      { 0x80000, 0x4000000 },
      "No media relay configured, or its name could not be resolved",
      NULL },
    { "turn_several", SF_ICE_INFORMATION, { 0x100000, 0 }, "Several media relays (DNS load balancing)", NULL },
    { "ports_exhausted",
      SF_ICE_FAILURE,
      { 0x200000, 0 },
      "Port range exhausted",
      "a call takes 20 ports for audio and video, 3 for sharing and files" },
    { "turn_alternate",
      SF_ICE_FAILURE,
      { 0x400000, 0 },
      "Media relay sent the client to another one",
      "it may be overloaded" },
    { "pseudo_tls",
      SF_ICE_FAILURE,
      { 0x800000, 0 },
      "Pseudo-TLS to the media relay failed",
      "an HTTP proxy may inspect TLS" },
    { "http_proxy", SF_ICE_INFORMATION, { 0x1000000, 0 }, "An HTTP proxy is configured", NULL },
    { "http_proxy_auth", SF_ICE_FAILURE, { 0x2000000, 0 }, "HTTP proxy refused the credentials", NULL },
    { "tcp_relay_relay",
      SF_ICE_FAILURE,
      { 0x4000000, 0 },
      "TCP through the relay failed",
      "port 443, or 50000-59999 to a 2007 Edge (between the relays of both sides)" },
    { "use_candidate",
      SF_ICE_FAILURE,
      { 0x8000000, 0 },
      "Last connectivity checks (use-candidate) failed",
      "the first packets arrived, the rest did not" },
    /* Of OCS 2007 alone. */
    { "turn_secret",
      SF_ICE_FAILURE,
      { 0, 0x20 },
      "No shared secret with the media relay",
      "the A/V authentication service may be down" },
    { "check_unmatched",
      SF_ICE_FAILURE,
      { 0, 0x400000 | 0x800000 },
      "A connectivity check matches no candidate",
      NULL },
};

/**
 * Bits whose meaning is only inferred: the members of MSIceWarningFlags (the browser's list, documented without
 * numbers) come in the order of the bits, and two of them fall on these places.
 */
static const struct {
    uint32_t bit;
    const char *guess;
} guesses[] = {
    { 0x800, "the relay's answer failed its integrity check" },
    { 0x10000000, "the relay gave no port under the rules of FIPS" },
};

/** What clients and servers of OCS 2007 and 2007 R2 begin their User-Agent or Server header with. */
static const sf_slice of_ocs_2007[] = {
    SF_LITERAL_INIT("UCCAPI/2.0"), SF_LITERAL_INIT("UCCAPI/3.5"), SF_LITERAL_INIT("UCCP/2.0"),
    SF_LITERAL_INIT("UCCP/3.5"),   SF_LITERAL_INIT("OC/2.0"),     SF_LITERAL_INIT("OC/3.5"),
    SF_LITERAL_INIT("RTC/2.0"),    SF_LITERAL_INIT("RTC/3.0"),    SF_LITERAL_INIT("RTC/3.5"),
    SF_LITERAL_INIT("RTCC/2.0"),   SF_LITERAL_INIT("RTCC/3.0"),   SF_LITERAL_INIT("RTCC/3.5"),
};

sf_ice_flags sf_ice_flags_of(uint32_t warning, sf_ice_numbering numbering)
{
    sf_ice_flags flags = { 0, warning };

    for (unsigned i = 0; i < SF_ICE_MEANINGS; i++) {
        if (warning & sf_ice_meanings[i].bits[numbering]) {
            flags.meanings |= UINT32_C(1) << i;
        }
        flags.unknown &= ~sf_ice_meanings[i].bits[numbering];
    }
    return flags;
}

sf_ice_class sf_ice_weight(const sf_ice_meaning *meaning, sf_ice_ends ends)
{
    static const uint32_t direct_path = 0x20; /* of SF_ICE_LYNC, which every meaning of a path has */

    return ends != SF_ENDS_UNKNOWN && meaning->bits[SF_ICE_LYNC] == direct_path ? SF_ICE_FAILURE : meaning->weight;
}

uint32_t sf_ice_flags_weighing(sf_ice_flags flags, sf_ice_class weight, sf_ice_ends ends)
{
    uint32_t found = 0;

    for (unsigned i = 0; i < SF_ICE_MEANINGS; i++) {
        found |= sf_ice_weight(&sf_ice_meanings[i], ends) == weight ? flags.meanings & UINT32_C(1) << i : 0;
    }
    return found;
}

sf_ice_numbering sf_ice_numbering_of(sf_slice product)
{
    for (size_t i = 0; i < G_N_ELEMENTS(of_ocs_2007); i++) {
        sf_slice rest = sf_slice_skip(product, of_ocs_2007[i].length);
        bool is_whole_number = rest.length == 0 || rest.text[0] == '.' || sf_is_blank(rest.text[0]);
        if (sf_slice_starts_nocase(product, of_ocs_2007[i]) && is_whole_number) {
            return SF_ICE_OCS_2007;
        }
    }
    return SF_ICE_LYNC;
}

const char *sf_ice_guess(uint32_t bit)
{
    for (size_t i = 0; i < G_N_ELEMENTS(guesses); i++) {
        if (guesses[i].bit == bit) {
            return guesses[i].guess;
        }
    }
    return NULL;
}
