/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Instances, regions and ids of Teams Direct Routing.
 */
#include "check.h"
#include "engine/sip/teams.h"

#include <stdio.h>

typedef struct {
    const char *code;
    const char *area;
    const char *direction;
    bool direction_first;
    const char *number;
} region_row;

static const region_row regions[] = {
    { "EUWE", "Europe", "West", true, "" },    { "euno", "Europe", "North", true, "" },
    { "ASEA", "Asia", "East", true, "" },      { "ASSE", "Asia", "Southeast", true, "" },
    { "USWE2", "US", "West", true, "2" },      { "USSC", "US", "South Central", true, "" },
    { "USGV", "US", "Government", false, "" }, { "JPWE", "Japan", "West", false, "" },
    { "us", "US", NULL, false, "" },           { "eu", "Europe", NULL, false, "" },
    { "XXWE", NULL, NULL, false, NULL },       { "EUXX", NULL, NULL, false, NULL },
    { "EUW", NULL, NULL, false, NULL },        { "", NULL, NULL, false, NULL },
    { "2", NULL, NULL, false, NULL },
};

static void test_regions(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(regions); i++) {
        sf_teams_region region = sf_teams_region_of(sf_text(regions[i].code));
        g_assert_cmpstr(region.area, ==, regions[i].area);
        g_assert_cmpstr(region.direction, ==, regions[i].direction);
        g_assert_true(region.direction_first == regions[i].direction_first);
        SF_CHECK_TEXT(region.number, regions[i].number);
    }
}

static void test_instances(void)
{
    sf_teams teams = { .instance_count = 0 };
    const sf_slice agent = SF_LITERAL("User-Agent");

    sf_teams_take_product(&teams, SF_LITERAL("Microsoft.PSTNHub.SIPProxy v.2022.9.9.1 i.EUNO.10"), agent);
    sf_teams_take_product(&teams, SF_LITERAL("Example/1.0 i.EUNO.11"), agent);
    sf_teams_take_product(&teams, SF_LITERAL("Microsoft.PSTNHub.SIPProxy v.2022.9.9.1 i."), agent);
    sf_teams_take_host(&teams, SF_LITERAL("api-du-b-euwe.pstnhub.microsoft.com"), SF_LITERAL("Contact"));
    sf_teams_take_host(&teams, SF_LITERAL("API-du-b-euwe.pstnhub.microsoft.com"), SF_LITERAL("Record-Route"));
    sf_teams_take_host(&teams, SF_LITERAL("sip.pstnhub.microsoft.com"), SF_LITERAL("From"));
    sf_teams_take_host(&teams, SF_LITERAL("sip-all.pstnhub.microsoft.com"), SF_LITERAL("From"));
    sf_teams_take_host(&teams, SF_LITERAL("api-du-b-euwe.example.com"), SF_LITERAL("Contact"));
    g_assert_cmpuint(teams.instance_count, ==, 2);
    SF_CHECK_SLICE(teams.instances[0].text, "EUNO.10");
    g_assert_cmpstr(teams.instances[0].region.direction, ==, "North");
    SF_CHECK_SLICE(teams.instances[1].text, "api-du-b-euwe");
    SF_CHECK_SLICE(teams.instances[1].header, "Contact");
    g_assert_cmpstr(teams.instances[1].region.direction, ==, "West");
}

static void test_limit(void)
{
    sf_teams teams = { .instance_count = 0 };
    char hosts[SF_MAX_TEAMS_INSTANCES + 2][48];

    for (unsigned i = 0; i < G_N_ELEMENTS(hosts); i++) {
        snprintf(hosts[i], sizeof hosts[i], "api-du-%u-euwe.pstnhub.microsoft.com", i);
        sf_teams_take_host(&teams, sf_text(hosts[i]), SF_LITERAL("Contact"));
    }
    g_assert_cmpuint(teams.instance_count, ==, SF_MAX_TEAMS_INSTANCES);
}

static void take_ids(sf_teams *teams, const char *text)
{
    sf_problems problems;
    sf_uri uri;

    sf_problems_clear(&problems);
    g_assert_cmpint(sf_uri_read(sf_text(text), sf_text(text), &problems, &uri), ==, SF_OK);
    sf_teams_take_ids(teams, &uri);
}

static void test_ids(void)
{
    sf_teams teams = { .instance_count = 0 };

    take_ids(&teams, "sip:sbc.example.com;x-i=11111111-2222-4333-8444-555555555555;x-c=abc/d");
    SF_CHECK_SLICE(teams.call, NULL);
    take_ids(&teams, "sip:api.pstnhub.microsoft.com:443;x-i=nonsense;x-c=");
    SF_CHECK_SLICE(teams.trace_text, NULL);
    SF_CHECK_SLICE(teams.call, NULL);
    take_ids(&teams, "sip:api.pstnhub.microsoft.com:443;x-i=11111111-2222-4333-8444-555555555555;x-c=abc/d/8/def");
    SF_CHECK_SLICE(teams.trace_text, "11111111-2222-4333-8444-555555555555");
    SF_CHECK_GUID(teams.trace_id, "11111111-2222-4333-8444-555555555555");
    SF_CHECK_SLICE(teams.call, "abc");
    teams.call = (sf_slice){ NULL, 0 };
    take_ids(&teams, "sip:api.pstnhub.microsoft.com:443;x-c=/v1/ngc/options/22222222");
    SF_CHECK_SLICE(teams.call, "/v1/ngc/options/22222222");
}

static void take_party(sf_teams *teams, const char *text)
{
    sf_problems problems;
    sf_uri uri;

    sf_problems_clear(&problems);
    g_assert_cmpint(sf_uri_read(sf_text(text), sf_text(text), &problems, &uri), ==, SF_OK);
    sf_teams_take_party(teams, &uri, SF_LITERAL("Refer-To"));
}

static void test_party(void)
{
    sf_teams teams = { .party_count = 0 };
    const sf_teams_party *party = &teams.parties[0];

    take_party(&teams, "sip:sbc.example.com;x-m=8:orgid:11111111-2222-4333-8444-555555555555");
    take_party(&teams, "sip:sip.pstnhub.microsoft.com:5061;transport=tls");
    take_party(&teams, "sip:sip.pstnhub.microsoft.com:5061;x-m=;x-t=nonsense");
    g_assert_cmpuint(teams.party_count, ==, 0);
    for (unsigned i = 0; i < 2; i++) { /* the second time it is no other */
        take_party(&teams, "sip:sip.pstnhub.microsoft.com:5061;x-m=8:orgid:11111111-2222-4333-8444-555555555555;"
                           "x-t=66666666-7777-4888-8999-aaaaaaaaaaaa;x-ti=abc");
    }
    g_assert_cmpuint(teams.party_count, ==, 1);
    SF_CHECK_SLICE(party->object, "8:orgid:11111111-2222-4333-8444-555555555555");
    SF_CHECK_SLICE(party->object_text, "11111111-2222-4333-8444-555555555555");
    SF_CHECK_GUID(party->object_id, "11111111-2222-4333-8444-555555555555");
    SF_CHECK_GUID(party->tenant, "66666666-7777-4888-8999-aaaaaaaaaaaa");
    SF_CHECK_SLICE(party->transfer, "abc");
    SF_CHECK_SLICE(party->target, NULL);
    take_party(&teams, "sip:sip.pstnhub.microsoft.com:5061;x-m=4:+15550100");
    g_assert_cmpuint(teams.party_count, ==, 2);
    SF_CHECK_SLICE(teams.parties[1].object_text, NULL);
}

static void test_target(void)
{
    static const struct {
        const char *text;
        sf_status status;
        const char *target;
    } rows[] = {
        { NULL, SF_ABSENT, "" },
        { "aHR0cHM6Ly9hLmV4YW1wbGUvdj9yY2k9MQ==", SF_OK, "https://a.example/v?rci=1" },
        { "aHR0cHM6Ly9hLmV4YW1wbGUvdj9yY2k9MQ%3D%3d", SF_OK, "https://a.example/v?rci=1" },
        { "aHR0cDovL2EuZXhhbXBsZS8=", SF_MALFORMED, "" }, /* http:// */
        { "ahr0chm6ly9hlmv4yw1wbguv", SF_MALFORMED, "" }, /* its letters have lost their case */
        { "aHR0cHM6Ly9hLmV4CmFtcGxl", SF_MALFORMED, "" }, /* a line feed */
        { "aHR0cHM6Ly9h,LmV4", SF_MALFORMED, "" },
        { "%3D", SF_MALFORMED, "" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        char out[SF_MAX_TEAMS_TARGET];
        size_t length = 1;
        sf_teams_party party = { .target = sf_text(rows[i].text) };
        g_assert_cmpint(sf_teams_target_read(&party, out, &length), ==, rows[i].status);
        SF_CHECK_TEXT(((sf_slice){ out, length }), rows[i].target);
    }
}

static void test_long_target(void)
{
    char text[SF_MAX_TEAMS_TARGET * 2];
    char out[SF_MAX_TEAMS_TARGET];
    size_t length;
    sf_teams_party party = { .target = { text, sizeof text } };

    for (size_t i = 0; i < sizeof text; i += 4) {
        memcpy(text + i, "YWFh", 4);
    }
    memcpy(text, "aHR0cHM6Ly9h", 12);
    g_assert_cmpint(sf_teams_target_read(&party, out, &length), ==, SF_OK);
    g_assert_cmpuint(length, ==, SF_MAX_TEAMS_TARGET);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/teams/regions", test_regions);
    g_test_add_func("/teams/instances", test_instances);
    g_test_add_func("/teams/limit", test_limit);
    g_test_add_func("/teams/ids", test_ids);
    g_test_add_func("/teams/party", test_party);
    g_test_add_func("/teams/target", test_target);
    g_test_add_func("/teams/long-target", test_long_target);
    return g_test_run();
}
