/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which network an address belongs to.
 */
#include "check.h"

typedef struct {
    const char *name;
    const char *uri;
    sf_network network;
} network_row;

static const network_row networks[] = {
    { "msn", "sip:user(example.com)@msn.com", SF_NETWORK_SKYPE },
    { "hotmail-undecorated", "sip:user@hotmail.com", SF_NETWORK_SKYPE },
    { "live", "sip:user@live.com", SF_NETWORK_SKYPE },
    { "outlook-in-capitals", "sip:user@OUTLOOK.COM", SF_NETWORK_SKYPE },
    { "skype-name-routing", "sip:name@skypeids.net", SF_NETWORK_SKYPE },
    { "below-a-provider-domain", "sip:user@mail.msn.com", SF_NETWORK_SIP_DOMAIN },
    { "live-messenger-network-id", "sip:user@example.com;wl-type=1", SF_NETWORK_SKYPE },
    { "live-messenger-other-id", "sip:user@example.com;wl-type=32", SF_NETWORK_SIP_DOMAIN },
    { "yahoo", "sip:user@yahoo.com", SF_NETWORK_PUBLIC_IM },
    { "aol", "sip:user@aol.com", SF_NETWORK_PUBLIC_IM },
    { "any-domain", "sip:user@example.com", SF_NETWORK_SIP_DOMAIN },
    { "teams", "sip:sip.pstnhub.microsoft.com", SF_NETWORK_TEAMS },
    { "teams-gcc-high", "sip:sip.pstnhub.gov.teams.microsoft.us:5061", SF_NETWORK_TEAMS },
    { "teams-dod", "sip:sip.pstnhub.dod.teams.microsoft.us", SF_NETWORK_TEAMS },
    { "teams-21vianet", "sip:sip.pstnhub.partner.teams.microsoftonline.cn", SF_NETWORK_TEAMS },
    { "teams-other-us-host", "sip:x@gov.teams.microsoft.us", SF_NETWORK_SIP_DOMAIN },
    { "teams-all", "sip:x@sip-all.pstnhub.microsoft.com:5061", SF_NETWORK_TEAMS },
    { "tel", "tel:+15550100", SF_NETWORK_NUMBER },
    { "tel-in-capitals", "TEL:1234", SF_NETWORK_NUMBER },
    { "international-number", "sip:+1-555-0100@example.com", SF_NETWORK_NUMBER },
    { "number-with-extension", "sip:+15550100;ext=12@example.com", SF_NETWORK_NUMBER },
    { "plus-alone", "sip:+@example.com", SF_NETWORK_SIP_DOMAIN },
    { "plus-and-letters", "sip:+ann@example.com", SF_NETWORK_SIP_DOMAIN },
    { "plus-and-hyphen", "sip:+-@example.com", SF_NETWORK_SIP_DOMAIN },
    { "user-phone", "sip:100@example.com;user=phone", SF_NETWORK_NUMBER },
    { "user-ip", "sip:100@example.com;user=ip", SF_NETWORK_SIP_DOMAIN },
    { "ipv4", "sip:user@192.0.2.1", SF_NETWORK_UNKNOWN },
    { "ipv6", "sip:user@[2001:db8::1]", SF_NETWORK_UNKNOWN },
    { "full-name-of-provider", "sip:joe@outlook.com.", SF_NETWORK_SKYPE },
    { "full-name-of-teams", "sip:sip.pstnhub.microsoft.com.", SF_NETWORK_TEAMS },
    { "full-name", "sip:user@example.com.", SF_NETWORK_SIP_DOMAIN },
    { "full-ipv4", "sip:user@192.0.2.1.", SF_NETWORK_UNKNOWN },
    /* Callers who withhold their address, and hosts that are no domains */
    { "withheld", "sip:anonymous@anonymous.invalid", SF_NETWORK_UNKNOWN },
    { "unavailable", "sip:x@unknown.INVALID.", SF_NETWORK_UNKNOWN },
    { "invalid-below-a-domain", "sip:x@invalid.example.com", SF_NETWORK_SIP_DOMAIN },
    { "ends-in-the-letters-of-invalid", "sip:x@example.notinvalid", SF_NETWORK_SIP_DOMAIN },
    { "local-host", "sip:a@localhost", SF_NETWORK_UNKNOWN },
    { "below-local-host", "sip:a@pbx.localhost", SF_NETWORK_UNKNOWN },
    { "one-label", "sip:a@pbx", SF_NETWORK_UNKNOWN },
    { "one-label-as-full-name", "sip:a@pbx.", SF_NETWORK_UNKNOWN },
    { "dot-alone", "sip:a@.", SF_NETWORK_UNKNOWN },
};

/* When the user has named corp.example.org as an own domain. */
static const network_row owned[] = {
    { "own", "sip:user@corp.example.org", SF_NETWORK_OWN },
    { "below", "sip:user@eu.corp.example.org", SF_NETWORK_OWN },
    { "any-case", "sip:user@CORP.example.ORG", SF_NETWORK_OWN },
    { "number", "sip:+15550100@corp.example.org", SF_NETWORK_NUMBER },
    { "provider", "sip:user@msn.com", SF_NETWORK_SKYPE },
    { "ipv4", "sip:user@192.0.2.1", SF_NETWORK_UNKNOWN },
    { "full-name", "sip:user@corp.example.org.", SF_NETWORK_OWN },
    { "withheld", "sip:anonymous@anonymous.invalid", SF_NETWORK_UNKNOWN },
    { "one-label", "sip:a@pbx", SF_NETWORK_UNKNOWN },
    { "another-domain", "sip:user@example.com", SF_NETWORK_FEDERATED },
};

static sf_network network_of(const char *text, const sf_knowledge *knowledge)
{
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(text));
    sf_problems problems;
    sf_uri uri;

    sf_problems_clear(&problems);
    g_assert_cmpint(sf_uri_read(input.text, input.text, &problems, &uri), ==, SF_OK);
    return sf_network_of_uri(knowledge, &uri);
}

static void test_network(gconstpointer data)
{
    const network_row *row = data;
    const sf_knowledge knowledge = sf_default_knowledge();

    g_assert_cmpint(network_of(row->uri, &knowledge), ==, row->network);
}

static void test_owned(gconstpointer data)
{
    const network_row *row = data;
    const sf_slice own = SF_LITERAL("corp.example.org");
    sf_knowledge knowledge = sf_default_knowledge();

    knowledge.own_domains = &own;
    knowledge.own_domain_count = 1;
    g_assert_cmpint(network_of(row->uri, &knowledge), ==, row->network);
    /* A domain that merely ends in the same letters is not below it. */
    g_assert_cmpint(network_of("sip:user@notcorp.example.org", &knowledge), !=, SF_NETWORK_OWN);
}

/** What the user lists counts, whatever its form. */
static void test_listed(void)
{
    const sf_slice own[] = { SF_LITERAL("pbx"), SF_LITERAL("corp.example.org.") };
    const sf_provider provider = { SF_LITERAL("anonymous.invalid"), SF_LITERAL("edge.example.com."),
                                   SF_NETWORK_PUBLIC_IM };
    const sf_knowledge knowledge = { &provider, 1, own, G_N_ELEMENTS(own) };

    g_assert_cmpint(network_of("sip:a@pbx", &knowledge), ==, SF_NETWORK_OWN);
    g_assert_cmpint(network_of("sip:a@corp.example.org", &knowledge), ==, SF_NETWORK_OWN);
    g_assert_cmpint(network_of("sip:anonymous@anonymous.invalid", &knowledge), ==, SF_NETWORK_PUBLIC_IM);
    g_assert_nonnull(sf_provider_of_edge(&knowledge, SF_LITERAL("edge.example.com")));
}

static void test_providers(void)
{
    sf_knowledge knowledge = sf_default_knowledge();
    sf_knowledge nothing = { NULL, 0, NULL, 0 };
    const sf_slice edge = SF_LITERAL("Federation.Messenger.MSN.com");
    const sf_slice empty = { NULL, 0 };

    g_assert_cmpint(sf_provider_of_edge(&knowledge, edge)->network, ==, SF_NETWORK_SKYPE);
    g_assert_null(sf_provider_of_edge(&knowledge, SF_LITERAL("x.federation.messenger.msn.com")));
    g_assert_cmpint(sf_provider_of_edge(&knowledge, SF_LITERAL("FEDERATION.messenger.msn.com."))->network, ==,
                    SF_NETWORK_SKYPE);
    g_assert_null(sf_provider_of_edge(&knowledge, SF_LITERAL(".")));
    g_assert_null(sf_provider_of_edge(&nothing, edge));
    /* Providers without an Edge of their own do not answer for messages without a host. */
    g_assert_null(sf_provider_of_edge(&knowledge, empty));
    g_assert_null(sf_provider_of_domain(&knowledge, empty));
    g_assert_cmpint(sf_provider_of_domain(&knowledge, SF_LITERAL("msn.com"))->network, ==, SF_NETWORK_SKYPE);
}

static void test_edges(void)
{
    const sf_knowledge knowledge = sf_default_knowledge();
    const sf_knowledge nothing = { NULL, 0, NULL, 0 };
    const struct {
        sf_slice host;
        sf_network network;
    } edges[] = {
        { SF_LITERAL("federation.messenger.msn.com"), SF_NETWORK_SKYPE },
        { SF_LITERAL("federation2.messenger.msn.com."), SF_NETWORK_SKYPE },
        { SF_LITERAL("lcsap.msg.yahoo.com"), SF_NETWORK_PUBLIC_IM },
        { SF_LITERAL("messenger.msn.com.example.com"), SF_NETWORK_UNKNOWN },
        { SF_LITERAL("edge.example.com"), SF_NETWORK_UNKNOWN },
        { { NULL, 0 }, SF_NETWORK_UNKNOWN },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(edges); i++) {
        g_assert_cmpint(sf_network_of_edge(&knowledge, edges[i].host), ==, edges[i].network);
        g_assert_cmpint(sf_network_of_edge(&nothing, edges[i].host), ==, SF_NETWORK_UNKNOWN);
    }
}

static void test_hosts(void)
{
    g_assert_true(sf_host_is_microsoft(SF_LITERAL("sipfed.online.lync.com")));
    g_assert_true(sf_host_is_microsoft(SF_LITERAL("federation.messenger.msn.com")));
    g_assert_true(sf_host_is_microsoft(SF_LITERAL("sip.pstnhub.microsoft.com")));
    g_assert_true(sf_host_is_microsoft(SF_LITERAL("sipfed.online.lync.com.")));
    g_assert_true(sf_host_is_microsoft(SF_LITERAL("sip.pstnhub.gov.teams.microsoft.us")));
    g_assert_true(sf_host_is_microsoft(SF_LITERAL("sipdir.online.gov.skypeforbusiness.us")));
    g_assert_true(sf_host_is_microsoft(SF_LITERAL("sipfed.online.dod.skypeforbusiness.us")));
    g_assert_true(sf_host_is_microsoft(SF_LITERAL("sipfed.online.partner.lync.cn")));
    g_assert_false(sf_host_is_microsoft(SF_LITERAL("lync.cn")));
    g_assert_false(sf_host_is_microsoft(SF_LITERAL("notlync.com")));
    g_assert_false(sf_host_is_microsoft(SF_LITERAL("lync.com.example.com")));
    g_assert_false(sf_host_is_microsoft(SF_LITERAL("www.microsoft.com")));
    g_assert_false(sf_host_is_microsoft((sf_slice){ NULL, 0 }));
}

static void test_outside(void)
{
    const bool outside[SF_NETWORK_COUNT] = {
        [SF_NETWORK_FEDERATED] = true,
        [SF_NETWORK_SKYPE] = true,
        [SF_NETWORK_PUBLIC_IM] = true,
        [SF_NETWORK_PUBLIC] = true,
    };

    for (int network = 0; network < SF_NETWORK_COUNT; network++) {
        g_assert_true(sf_network_is_outside((sf_network)network) == outside[network]);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/network/of-uri", networks, test_network);
    SF_ADD_ROWS("/network/owned", owned, test_owned);
    g_test_add_func("/network/providers", test_providers);
    g_test_add_func("/network/listed", test_listed);
    g_test_add_func("/network/edges", test_edges);
    g_test_add_func("/network/hosts", test_hosts);
    g_test_add_func("/network/outside", test_outside);
    return g_test_run();
}
