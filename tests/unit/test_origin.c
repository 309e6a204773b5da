/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The judgment over all marks of origin.
 */
#include "check.h"
#include "engine/sip/origin.h"

#include <stdio.h>

/** One mark; a row of the table has up to four. */
typedef struct {
    sf_evidence_kind kind;
    const char *value;
    sf_network network;
} mark;

typedef struct {
    const char *name;
    mark marks[4];
    unsigned count;
    sf_network judgment;
    unsigned kept;
    sf_network likely;
} origin_row;

static const origin_row origins[] = {
    { "no-marks", { { SF_EVIDENCE_ADDRESS, NULL, SF_NETWORK_UNKNOWN } }, 0, SF_NETWORK_UNKNOWN, 0, SF_NETWORK_UNKNOWN },
    { "plain-domain-alone",
      { { SF_EVIDENCE_ORDINARY, "a@example.com", SF_NETWORK_SIP_DOMAIN } },
      1,
      SF_NETWORK_SIP_DOMAIN,
      1,
      SF_NETWORK_UNKNOWN },
    { "seed",
      { { SF_EVIDENCE_DECORATION, "user(example.com)@msn.com", SF_NETWORK_SKYPE },
        { SF_EVIDENCE_ROUTE, "federation.messenger.msn.com", SF_NETWORK_SKYPE },
        { SF_EVIDENCE_MEDIA_GATEWAY, "online.lync.com", SF_NETWORK_SKYPE } },
      3,
      SF_NETWORK_SKYPE,
      3,
      SF_NETWORK_UNKNOWN },
    { "route-outweighs-plain-domain",
      { { SF_EVIDENCE_ORDINARY, "a@example.com", SF_NETWORK_SIP_DOMAIN },
        { SF_EVIDENCE_ROUTE, "federation.messenger.msn.com", SF_NETWORK_SKYPE } },
      2,
      SF_NETWORK_SKYPE,
      2,
      SF_NETWORK_UNKNOWN },
    /* A thin mark alone judges nothing; beside another of its network it counts. */
    { "media-gateway-alone-is-likely",
      { { SF_EVIDENCE_ORDINARY, "a@example.com", SF_NETWORK_SIP_DOMAIN },
        { SF_EVIDENCE_MEDIA_GATEWAY, "online.lync.com", SF_NETWORK_SKYPE } },
      2,
      SF_NETWORK_SIP_DOMAIN,
      2,
      SF_NETWORK_SKYPE },
    { "media-gateway-beside-nothing",
      { { SF_EVIDENCE_MEDIA_GATEWAY, "online.lync.com", SF_NETWORK_SKYPE } },
      1,
      SF_NETWORK_UNKNOWN,
      1,
      SF_NETWORK_SKYPE },
    { "media-gateway-beside-an-address",
      { { SF_EVIDENCE_ADDRESS, "a@outlook.com", SF_NETWORK_SKYPE },
        { SF_EVIDENCE_MEDIA_GATEWAY, "online.lync.com", SF_NETWORK_SKYPE },
        { SF_EVIDENCE_ROUTE, "lcsap.msg.yahoo.com", SF_NETWORK_PUBLIC_IM } },
      3,
      SF_NETWORK_SKYPE,
      3,
      SF_NETWORK_UNKNOWN },
    { "number-alone",
      { { SF_EVIDENCE_NUMBER, "+15550100@example.com", SF_NETWORK_NUMBER } },
      1,
      SF_NETWORK_NUMBER,
      1,
      SF_NETWORK_UNKNOWN },
    { "number-beside-a-mediation-server",
      { { SF_EVIDENCE_NUMBER, "+15550100@example.com", SF_NETWORK_NUMBER },
        { SF_EVIDENCE_MEDIATION_SERVER, "example.com", SF_NETWORK_TELEPHONE } },
      2,
      SF_NETWORK_TELEPHONE,
      2,
      SF_NETWORK_UNKNOWN },
    { "mediation-server-beside-an-address-is-likely",
      { { SF_EVIDENCE_ORDINARY, "a@example.com", SF_NETWORK_SIP_DOMAIN },
        { SF_EVIDENCE_MEDIATION_SERVER, "example.com", SF_NETWORK_TELEPHONE } },
      2,
      SF_NETWORK_SIP_DOMAIN,
      2,
      SF_NETWORK_TELEPHONE },
    { "number-beside-a-gateway",
      { { SF_EVIDENCE_NUMBER, "+15550100@example.com", SF_NETWORK_NUMBER },
        { SF_EVIDENCE_GATEWAY, "isGateway", SF_NETWORK_TELEPHONE } },
      2,
      SF_NETWORK_TELEPHONE,
      2,
      SF_NETWORK_UNKNOWN },
    { "product-outweighs-an-ordinary-address",
      { { SF_EVIDENCE_ORDINARY, "sbc.example.com", SF_NETWORK_SIP_DOMAIN },
        { SF_EVIDENCE_PRODUCT, "Microsoft.PSTNHub.SIPProxy v.1.2", SF_NETWORK_TEAMS } },
      2,
      SF_NETWORK_TEAMS,
      2,
      SF_NETWORK_UNKNOWN },
    { "same-mark-twice-counts-once",
      { { SF_EVIDENCE_MEDIA_GATEWAY, "online.lync.com", SF_NETWORK_SKYPE },
        { SF_EVIDENCE_MEDIA_GATEWAY, "ONLINE.lync.com", SF_NETWORK_SKYPE },
        { SF_EVIDENCE_ADDRESS, "a@outlook.com", SF_NETWORK_SKYPE },
        { SF_EVIDENCE_ROUTE, "lcsap.msg.yahoo.com", SF_NETWORK_PUBLIC_IM } },
      4,
      SF_NETWORK_SKYPE,
      3,
      SF_NETWORK_UNKNOWN },
};

static void test_judge(gconstpointer data)
{
    const origin_row *row = data;
    sf_origin origin = { .count = 0 };
    sf_problems problems;

    sf_problems_clear(&problems);
    for (unsigned i = 0; i < row->count; i++) {
        sf_origin_add(&origin,
                      (sf_evidence){ row->marks[i].kind, SF_LITERAL("From"), sf_text(row->marks[i].value),
                                     row->marks[i].network },
                      &problems);
    }
    sf_origin_judge(&origin);
    g_assert_cmpuint(origin.count, ==, row->kept);
    g_assert_cmpint(origin.network, ==, row->judgment);
    g_assert_cmpint(origin.likely, ==, row->likely);
    SF_CHECK_PROBLEM(&problems, NULL);
}

static void test_limit(void)
{
    sf_origin origin = { .count = 0 };
    sf_problems problems;
    char values[SF_MAX_EVIDENCE + 2][4];

    sf_problems_clear(&problems);
    for (unsigned i = 0; i < G_N_ELEMENTS(values); i++) {
        snprintf(values[i], sizeof values[i], "%u", i);
        sf_origin_add(&origin,
                      (sf_evidence){ SF_EVIDENCE_ROUTE, SF_LITERAL("Record-Route"), sf_text(values[i]),
                                     SF_NETWORK_SKYPE },
                      &problems);
    }
    g_assert_cmpuint(origin.count, ==, SF_MAX_EVIDENCE);
    SF_CHECK_PROBLEM(&problems, "Pieces of origin evidence");
    g_assert_cmpint(problems.items[0].kind, ==, SF_PROBLEM_LIMIT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/origin/judge", origins, test_judge);
    g_test_add_func("/origin/limit", test_limit);
    return g_test_run();
}
