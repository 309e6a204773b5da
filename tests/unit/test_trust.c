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
      .source_type = "AuthorizedServer", .source_network = "publiccloud", .edge = "edge.example.com",
      .remote = SKYPE_EDGE, .verified_text = "verified", .is_verified = true, .network = SF_NETWORK_SKYPE },
    { "in-reverse-order",
      "ms-remote-fqdn=" SKYPE_EDGE ";ms-source-network=publiccloud;ms-source-verified-user=verified;"
      "ms-ep-fqdn=edge.example.com;ms-source-type=AuthorizedServer",
      .source_type = "AuthorizedServer", .source_network = "publiccloud", .edge = "edge.example.com",
      .remote = SKYPE_EDGE, .verified_text = "verified", .is_verified = true, .network = SF_NETWORK_SKYPE },
    { "without-the-optional-remote",
      "ms-source-type=AutoFederation;ms-ep-fqdn=edge.example.com;ms-source-verified-user=unverified;"
      "ms-source-network=federation",
      .source_type = "AutoFederation", .source_network = "federation", .edge = "edge.example.com",
      .verified_text = "unverified", .network = SF_NETWORK_FEDERATED },
    { "blanks-and-capitals", " MS-SOURCE-TYPE = directpartner ; Ms-Source-Verified-User = VERIFIED ",
      .source_type = "directpartner", .verified_text = "VERIFIED", .is_verified = true,
      .network = SF_NETWORK_FEDERATED },
    { "quoted", "ms-source-type=\"InternetUser\";ms-ep-fqdn=\"edge.example.com\"", .source_type = "InternetUser",
      .edge = "edge.example.com", .network = SF_NETWORK_OWN },
    { "unknown-parameter", "ms-source-type=InternetUser;ms-new=1", .source_type = "InternetUser",
      .network = SF_NETWORK_OWN },
    /* Values that the grammar does not have are kept, and are no error. */
    { "unknown-values", "ms-source-type=Comet;ms-source-verified-user=perhaps;ms-source-network=galaxy",
      .source_type = "Comet", .source_network = "galaxy", .network = SF_NETWORK_UNKNOWN },
    { "empty-values", "ms-source-type=;ms-source-verified-user=", .source_type = "", .network = SF_NETWORK_UNKNOWN },
    { "parameter-twice", "ms-ep-fqdn=a.example.com;ms-ep-fqdn=b.example.com", .edge = "a.example.com",
      .network = SF_NETWORK_UNKNOWN, .problem = "The parameter" },
    { "verification-alone", "ms-source-verified-user=unverified", .verified_text = "unverified",
      .network = SF_NETWORK_UNKNOWN },
    { "no-closing-quote", "ms-source-type=\"InternetUser", .source_type = "InternetUser", .network = SF_NETWORK_OWN,
      .problem = "The quoted value" },
    { "garbage", "%%&=;;!!", .network = SF_NETWORK_UNKNOWN, .problem = "The header" },
    { "empty", "", .network = SF_NETWORK_UNKNOWN, .problem = "The header" },
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
    { "public-provider", "AuthorizedServer", "publiccloud", NULL, SF_NETWORK_PUBLIC, false, "publiccloud" },
    { "hosting-provider", "AuthorizedServer", "federation", NULL, SF_NETWORK_FEDERATED, false, "federation" },
    { "skype", "AuthorizedServer", "publiccloud", SKYPE_EDGE, SF_NETWORK_SKYPE, false, SKYPE_EDGE },
    { "yahoo", "AuthorizedServer", "publiccloud", "lcsap.msg.yahoo.com", SF_NETWORK_PUBLIC_IM, false,
      "lcsap.msg.yahoo.com" },
    { "unknown-provider", "AuthorizedServer", "publiccloud", "sip.example.net", SF_NETWORK_PUBLIC, false,
      "publiccloud" },
    { "network-alone", NULL, "PublicCloud", NULL, SF_NETWORK_PUBLIC, false, "PublicCloud" },
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
