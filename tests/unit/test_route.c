/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Record-Route and Route entries ([MS-SIPRE]).
 */
#include "check.h"
#include "engine/sip/route.h"

#define SIGNATURE "dk5YuW8DWu503daWy66OWqKyIZ-5Kc-iKIrlMKEavvoyL5f3ifL7rfswAA"
#define RR_SIGNATURE "dkwbTdd2t_AWMtau92380YH-WqJWTAqCodzaOUasbPK_f5f3ifL7rfswAA"

typedef struct {
    const char *name;
    const char *text;
    const char *host;
    const char *front_end;
    const char *tag;
    const char *epid;
    const char *state;
    uint32_t state_cid;
    bool microsoft;
    const char *problem;
} route_row;

static const route_row routes[] = {
    { "plain", "<sip:proxy.example.com;lr>", .host = "proxy.example.com" },
    { "seed-first", "<sip:edge.example.com:5061;transport=tls;lr>;tag=FADBA4EDD0E3674D3FDED518A20E47A9",
      .host = "edge.example.com", .tag = "FADBA4EDD0E3674D3FDED518A20E47A9" },
    { "seed-third", "<sip:pool.example.com:5061;transport=tls;ms-fe=FE-04.example.com;lr>;tag=512CE64317FC969E",
      .host = "pool.example.com", .front_end = "FE-04.example.com", .tag = "512CE64317FC969E", .microsoft = true },
    { "epid", "<sip:a;epid=2539071F25;lr>", .host = "a", .epid = "2539071F25", .microsoft = true },
    { "state", "<sip:a;opaque=state:T:F:Ci.R1fd200;lr>", .host = "a", .state = "T:F:Ci.R1fd200", .state_cid = 0x1fd200,
      .microsoft = true },
    { "state-through-edge", "<sip:a;opaque=state:F:T:Eu:Ci.R244100;lr>", .host = "a", .state = "F:T:Eu:Ci.R244100",
      .state_cid = 0x244100, .microsoft = true },
    { "state-under-newer-name", "<sip:a;ms-opaque=state:T;lr>", .host = "a", .state = "T", .microsoft = true },
    { "state-without-flags", "<sip:a;opaque=state:;lr>", .host = "a", .state = "", .microsoft = true,
      .problem = "The route's state" },
    { "state-not-there", "<sip:a;opaque=;lr>", .host = "a", .problem = "opaque" },
    { "opaque-of-others", "<sip:a;opaque=12345;lr>", .host = "a" },
    { "state-cid-no-number", "<sip:a;opaque=state:Ci.Rxyz:T;lr>", .host = "a", .state = "Ci.Rxyz:T", .microsoft = true,
      .problem = "The connection id in the route's state" },
    { "state-cid-of-nine-digits", "<sip:a;opaque=state:Ci.R123456789;lr>", .host = "a", .state = "Ci.R123456789",
      .microsoft = true, .problem = "The connection id in the route's state" },
    { "state-of-bad-cids", "<sip:a;opaque=state:Ci.Rx:T:Ci.Ry;lr>", .host = "a", .state = "Ci.Rx:T:Ci.Ry",
      .microsoft = true, .problem = "The connection id in the route's state" },
    { "tag-thrice-about-the-angle", "<sip:a;tag=1;tag=2>;tag=3", .host = "a", .tag = "1", .problem = "The parameter" },
    { "state-cid-empty", "<sip:a;opaque=state:Ci.R;lr>", .host = "a", .state = "Ci.R", .microsoft = true,
      .problem = "The connection id in the route's state" },
    /* Flags without a value, and flags twice */
    { "lr-twice", "<sip:a;lr;ms-fe=b;lr>", .host = "a", .front_end = "b", .microsoft = true },
    { "comma-missing", "<sip:a;lr><sip:b;lr;ms-fe=b>", .host = "a" },
    { "comma-missing-after-tag", "<sip:a;ms-fe=x>;tag=1 <sip:b;ms-fe=b>;tag=2", .host = "a", .front_end = "x",
      .tag = "1", .microsoft = true },
    { "angle-in-quotes", "<sip:a;lr>;x=\"\\\"<\";tag=1", .host = "a", .tag = "1" },
    { "lr-with-value", "<sip:a;lr=on>", .host = "a" },
    { "any-case-names", "<sip:a;MS-FE=b;LR>;TAG=1", .host = "a", .front_end = "b", .tag = "1", .microsoft = true },
    { "blanks-and-folds", "<sip:a; ms-fe = b ;lr>\r\n ; tag = 1", .host = "a", .front_end = "b", .tag = "1",
      .microsoft = true },
    { "no-angles", "sip:a;lr", .host = "a" },
    { "angle-never-closed", "<sip:a;ms-fe=b;lr", .host = "a", .front_end = "b", .microsoft = true,
      .problem = "The address" },
    { "tag-twice", "<sip:a;lr>;tag=1;tag=2", .host = "a", .tag = "1", .problem = "The parameter" },
    { "tag-inside-and-outside", "<sip:a;tag=1>;tag=2", .host = "a", .tag = "1", .problem = "The parameter" },
    { "empty", "", .problem = "The address" },
    { "bad-signature", "<sip:a;ms-route-sig=short;lr>", .host = "a", .microsoft = true, .problem = "ms-route-sig" },
    { "empty-signature", "<sip:a;lr>;ms-rrsig=", .host = "a", .microsoft = true, .problem = "ms-rrsig" },
    { "signature-flag", "<sip:a;lr>;ms-rrsig", .host = "a", .microsoft = true, .problem = "ms-rrsig" },
    { "signature-quote-left-open", "<sip:a;lr>;ms-rrsig=\"dk5Y", .host = "a", .microsoft = true,
      .problem = "The quoted value" },
    { "empty-front-end", "<sip:a;ms-fe=;lr>", .host = "a", .microsoft = true, .problem = "ms-fe" },
    { "front-end-flag", "<sip:a;ms-fe;lr>", .host = "a", .microsoft = true, .problem = "ms-fe" },
    { "empty-tag", "<sip:a;lr>;tag=", .host = "a", .problem = "tag" },
    { "empty-epid", "<sip:a;epid=\"\";lr>", .host = "a", .microsoft = true, .problem = "epid" },
    { "bad-key-info", "<sip:a;ms-key-info=AAE;lr>", .host = "a", .microsoft = true, .problem = "ms-key-info" },
    { "unknown-ms-param", "<sip:a;ms-new;lr>", .host = "a", .microsoft = true },
    { "edge-route", "<sip:a;lr>;ms-edge-route", .host = "a", .microsoft = true },
};

static void test_route(gconstpointer data)
{
    const route_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_problems problems;
    sf_route route;

    sf_problems_clear(&problems);
    sf_route_read(input.text, true, SF_READ_ALL, &problems, &route);
    SF_CHECK_TEXT(route.address.uri.host, row->host);
    SF_CHECK_SLICE(route.front_end, row->front_end);
    SF_CHECK_SLICE(route.tag, row->tag);
    SF_CHECK_SLICE(route.epid, row->epid);
    SF_CHECK_SLICE(route.state, row->state);
    g_assert_cmphex(route.state_cid.value, ==, row->state_cid);
    g_assert_true(sf_number_is_present(route.state_cid) == (row->state_cid > 0));
    g_assert_true(route.has_microsoft == row->microsoft);
    g_assert_true(route.is_record_route);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

/** Signatures and flags are read from either side of the closing angle. */
static void test_signatures(void)
{
    sf_slice text = SF_LITERAL("<sip:a;ms-role-rs-from;ms-role-rs-to;ms-ent-dest;ms-route-sig=" SIGNATURE
                               ";ms-identity=" SIGNATURE ";ms-key-info=AAAAAHqing1AxSJ6hELOAQAA>"
                               ";ms-rrsig=" RR_SIGNATURE);
    g_auto(sf_guarded) input = sf_guarded_of(text);
    sf_problems problems;
    sf_route route;

    sf_problems_clear(&problems);
    sf_route_read(input.text, false, SF_READ_ALL, &problems, &route);
    SF_CHECK_PROBLEM(&problems, NULL);
    SF_CHECK_SLICE(route.role_from, "ms-role-rs-from");
    SF_CHECK_SLICE(route.role_to, "ms-role-rs-to");
    SF_CHECK_SLICE(route.enterprise_destination, "ms-ent-dest");
    SF_CHECK_SLICE(route.signature[SF_ROUTE_SIG], SIGNATURE);
    SF_CHECK_SLICE(route.signature[SF_ROUTE_RR_SIG], RR_SIGNATURE);
    SF_CHECK_SLICE(route.signature[SF_ROUTE_IDENTITY], SIGNATURE);
    for (int kind = 0; kind < SF_ROUTE_SIGNATURES; kind++) {
        g_assert_cmpuint(route.token[kind].mac_length, ==, 32);
        g_assert_cmphex(route.token[kind].branch_id, ==, 0x9f787ff9);
    }
    g_assert_true(route.key_info.is_decoded);
    g_assert_false(route.is_record_route);
    SF_CHECK_PROBLEM(&problems, NULL);
}

/** Where the first of two ends whose comma is missing. */
static void test_end(void)
{
    g_auto(sf_guarded) input = sf_guarded_of(SF_LITERAL("<sip:a;lr>;tag=1 <sip:b;lr> <sip:c>"));
    sf_problems problems;
    sf_route route;

    sf_problems_clear(&problems);
    sf_route_read(input.text, true, SF_READ_ALL, &problems, &route);
    SF_CHECK_PROBLEM(&problems, NULL);
    SF_CHECK_SLICE(route.text, "<sip:a;lr>;tag=1");
    SF_CHECK_SLICE(route.tag, "1");
}

/** More than a kilobyte in one parameter is kept whole. */
static void test_long_key_info(void)
{
    g_autofree char *blob = g_strnfill(1400, 'A');
    g_autofree char *text = g_strconcat("<sip:a;lr;ms-key-info=", blob, ">;tag=1", NULL);
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(text));
    sf_problems problems;
    sf_route route;

    sf_problems_clear(&problems);
    sf_route_read(input.text, true, SF_READ_ALL, &problems, &route);
    g_assert_cmpuint(route.key_info.text.length, ==, 1400);
    SF_CHECK_SLICE(route.tag, "1");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/route/read", routes, test_route);
    g_test_add_func("/route/signatures", test_signatures);
    g_test_add_func("/route/end", test_end);
    g_test_add_func("/route/long-key-info", test_long_key_info);
    return g_test_run();
}
