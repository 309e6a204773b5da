/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ms-edge-proxy-message-trust ([MS-SIPRE] 2.2.15): what it says in any order, and the network behind it.
 */
#include "check.h"
#include "engine/sip/trust.h"

typedef struct {
    const char *name;
    const char *value;
    const char *source_type, *source_network, *edge, *remote, *verified_text;
    bool is_verified;
    sf_network network;
    const char *problem;
} trust_row;

#define SKYPE_EDGE "federation.messenger.msn.com"

static const trust_row trusts[] = {
    { "in-the-order-of-the-grammar",
      "ms-source-type=AuthorizedServer;ms-ep-fqdn=edge.example.com;ms-source-verified-user=verified;"
      "ms-source-network=publiccloud;ms-remote-fqdn=" SKYPE_EDGE,
      "AuthorizedServer", "publiccloud", "edge.example.com", SKYPE_EDGE, "verified", true, SF_NETWORK_SKYPE, NULL },
    { "in-reverse-order",
      "ms-remote-fqdn=" SKYPE_EDGE ";ms-source-network=publiccloud;ms-source-verified-user=verified;"
      "ms-ep-fqdn=edge.example.com;ms-source-type=AuthorizedServer",
      "AuthorizedServer", "publiccloud", "edge.example.com", SKYPE_EDGE, "verified", true, SF_NETWORK_SKYPE, NULL },
    { "without-the-optional-remote",
      "ms-source-type=AutoFederation;ms-ep-fqdn=edge.example.com;ms-source-verified-user=unverified;"
      "ms-source-network=federation",
      "AutoFederation", "federation", "edge.example.com", NULL, "unverified", false, SF_NETWORK_FEDERATED, NULL },
    { "blanks-and-capitals", " MS-SOURCE-TYPE = directpartner ; Ms-Source-Verified-User = VERIFIED ", "directpartner",
      NULL, NULL, NULL, "VERIFIED", true, SF_NETWORK_FEDERATED, NULL },
    { "quoted", "ms-source-type=\"InternetUser\";ms-ep-fqdn=\"edge.example.com\"", "InternetUser", NULL,
      "edge.example.com", NULL, NULL, false, SF_NETWORK_OWN, NULL },
    { "unknown-parameter", "ms-source-type=InternetUser;ms-new=1", "InternetUser", NULL, NULL, NULL, NULL, false,
      SF_NETWORK_OWN, NULL },
    /* Values that the grammar does not have are kept, and are no error. */
    { "unknown-values", "ms-source-type=Comet;ms-source-verified-user=perhaps;ms-source-network=galaxy", "Comet",
      "galaxy", NULL, NULL, NULL, false, SF_NETWORK_UNKNOWN, NULL },
    { "empty-values", "ms-source-type=;ms-source-verified-user=", "", NULL, NULL, NULL, NULL, false,
      SF_NETWORK_UNKNOWN, NULL },
    { "parameter-twice", "ms-ep-fqdn=a.example.com;ms-ep-fqdn=b.example.com", NULL, NULL, "a.example.com", NULL, NULL,
      false, SF_NETWORK_UNKNOWN, "The parameter" },
    { "verification-alone", "ms-source-verified-user=unverified", NULL, NULL, NULL, NULL, "unverified", false,
      SF_NETWORK_UNKNOWN, NULL },
    { "no-closing-quote", "ms-source-type=\"InternetUser", "InternetUser", NULL, NULL, NULL, NULL, false,
      SF_NETWORK_OWN, "The quoted value" },
    { "garbage", "%%&=;;!!", NULL, NULL, NULL, NULL, NULL, false, SF_NETWORK_UNKNOWN, "The header" },
    { "empty", "", NULL, NULL, NULL, NULL, NULL, false, SF_NETWORK_UNKNOWN, "The header" },
};

static void test_trust(gconstpointer data)
{
    const trust_row *row = data;
    const sf_knowledge knowledge = sf_default_knowledge();
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->value));
    sf_problems problems;
    sf_trust trust;

    sf_problems_clear(&problems);
    sf_trust_read(input.text, &problems, &trust);
    SF_CHECK_SLICE(trust.source_type, row->source_type);
    SF_CHECK_SLICE(trust.source_network, row->source_network);
    SF_CHECK_SLICE(trust.edge, row->edge);
    SF_CHECK_SLICE(trust.remote, row->remote);
    SF_CHECK_SLICE(trust.verified.text, row->verified_text);
    g_assert_cmpuint(trust.verified.value, ==, row->is_verified);
    sf_slice by;

    g_assert_cmpint(sf_trust_network(&trust, &knowledge, &by), ==, row->network);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

/* Source types, networks and remote Edges alone and together; the Edge's own messages say nothing of the sender. */
typedef struct {
    const char *name;
    const char *source_type, *source_network, *remote;
    sf_network network;
    bool is_of_edge;
    const char *by;
} source_row;

static const source_row sources[] = {
    { "internet-user", "InternetUser", NULL, NULL, SF_NETWORK_OWN, false, "InternetUser" },
    { "direct-partner", "DirectPartner", NULL, NULL, SF_NETWORK_FEDERATED, false, "DirectPartner" },
    { "auto-federation", "AutoFederation", NULL, NULL, SF_NETWORK_FEDERATED, false, "AutoFederation" },
    { "auto-fed-of-mspl", "AutoFed", NULL, NULL, SF_NETWORK_FEDERATED, false, "AutoFed" },
    { "clearing-house", "ClearingHouse", NULL, NULL, SF_NETWORK_FEDERATED, false, "ClearingHouse" },
    { "edge-generated", "EdgeProxyGenerated", NULL, NULL, SF_NETWORK_OWN, true, "EdgeProxyGenerated" },
    { "access-proxy-of-mspl", "AccessProxy", NULL, NULL, SF_NETWORK_OWN, true, "AccessProxy" },
    { "forwarding-proxy", "ForwardingProxy", NULL, NULL, SF_NETWORK_UNKNOWN, false, NULL },
    { "unknown", "Unknown", NULL, NULL, SF_NETWORK_UNKNOWN, false, NULL },
    { "provider-without-network", "AuthorizedServer", NULL, NULL, SF_NETWORK_UNKNOWN, false, NULL },
    { "public-provider", "AuthorizedServer", "publiccloud", NULL, SF_NETWORK_PUBLIC_IM, false, "publiccloud" },
    { "hosting-provider", "AuthorizedServer", "federation", NULL, SF_NETWORK_FEDERATED, false, "federation" },
    { "skype", "AuthorizedServer", "publiccloud", SKYPE_EDGE, SF_NETWORK_SKYPE, false, SKYPE_EDGE },
    { "yahoo", "AuthorizedServer", "publiccloud", "lcsap.msg.yahoo.com", SF_NETWORK_PUBLIC_IM, false,
      "lcsap.msg.yahoo.com" },
    { "unknown-provider", "AuthorizedServer", "publiccloud", "sip.example.net", SF_NETWORK_PUBLIC_IM, false,
      "publiccloud" },
    { "network-alone", NULL, "PublicCloud", NULL, SF_NETWORK_PUBLIC_IM, false, "PublicCloud" },
    { "federation-alone", NULL, "FEDERATION", NULL, SF_NETWORK_FEDERATED, false, "FEDERATION" },
    { "remote-alone", NULL, NULL, SKYPE_EDGE, SF_NETWORK_SKYPE, false, SKYPE_EDGE },
    { "nothing", NULL, NULL, NULL, SF_NETWORK_UNKNOWN, false, NULL },
};

static void test_source(gconstpointer data)
{
    const source_row *row = data;
    const sf_knowledge knowledge = sf_default_knowledge();
    sf_trust trust = {
        .source_type = sf_text(row->source_type),
        .source_network = sf_text(row->source_network),
        .remote = sf_text(row->remote),
    };

    sf_slice by;

    g_assert_cmpint(sf_trust_network(&trust, &knowledge, &by), ==, row->network);
    if (row->network != SF_NETWORK_UNKNOWN) {
        SF_CHECK_SLICE(by, row->by);
    }
    g_assert_true(sf_trust_is_of_edge(&trust) == row->is_of_edge);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/trust/read", trusts, test_trust);
    SF_ADD_ROWS("/trust/source", sources, test_source);
    return g_test_run();
}
