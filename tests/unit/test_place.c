/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Which hosts and addresses are Microsoft's.
 */
#include "check.h"
#include "engine/sip/place.h"

typedef struct {
    const char *name;  /**< the host itself */
    const char *place; /**< NULL for none */
} host_row;

static const host_row hosts[] = {
    { "52.111.255.255", NULL },
    { "52.112.0.0", "52.112.0.0/14" },
    { "52.115.255.255", "52.112.0.0/14" },
    { "52.116.0.0", NULL },
    { "52.120.0.0", "52.120.0.0/14" },
    { "52.121.255.255", "52.120.0.0/14" },
    { "52.122.0.0", "52.122.0.0/15" }, /* the narrower range */
    { "52.123.255.255", "52.122.0.0/15" },
    { "52.124.0.0", NULL },
    { "52.127.63.255", NULL },
    { "52.127.64.0", "52.127.64.0/21" },
    { "52.127.71.255", "52.127.64.0/21" },
    { "52.127.72.0", NULL },
    { "52.127.95.255", "52.127.88.0/21" },
    { "13.107.127.255", "13.107.64.0/18" },
    { "13.107.128.0", NULL },
    { "10.0.0.1", NULL },
    { "2603:1063::1", "2603:1063::/38" },
    { "[2603:1063:3ff:ffff::1]", "2603:1063::/38" },
    { "2603:1063:400::1", NULL },
    { "[]", NULL },
    { "sip.pstnhub.microsoft.com", "pstnhub.microsoft.com" },
    { "SIP2.PSTNHUB.MICROSOFT.COM.", "pstnhub.microsoft.com" },
    { "notpstnhub.microsoft.com", NULL },
    { "pstnhub.microsoft.com.example.org", NULL },
    { "sip.pstnhub.gov.teams.microsoft.us", "pstnhub.gov.teams.microsoft.us" },
    { "sipfed.online.lync.com", "lync.com" },
    { "52.112.0.0.example.org", NULL },
};

typedef struct {
    const char *name;
    const char *text; /**< the place as written */
    sf_status status;
    const char *inside; /**< NULL if there is nothing to try */
    const char *outside;
} place_row;

static const place_row places[] = {
    { "range", "192.0.2.0/24", SF_OK, "192.0.2.255", "192.0.3.0" },
    { "unaligned", "192.0.2.129/25", SF_OK, "192.0.2.128",
      "192.0.2.127" }, /* what is right of the prefix does not count */
    { "address", "192.0.2.7", SF_OK, "192.0.2.7", "192.0.2.6" },
    { "every-ipv4", "0.0.0.0/0", SF_OK, "203.0.113.1", "2001:db8::1" },
    { "ipv6-range", "2001:db8::/32", SF_OK, "2001:db8:ffff::", "2001:db9::" },
    { "every-ipv6", "::/0", SF_OK, "2001:db8::1", "203.0.113.1" },
    { "ipv6-address", "2001:db8::7", SF_OK, "2001:db8::7", "2001:db8::6" },
    { "domain", "example.com", SF_OK, "a.example.com", "example.org" },
    { "too-many-bits", "192.0.2.0/33", SF_MALFORMED, NULL, "192.0.2.1" },
    { "no-bits", "192.0.2.0/", SF_MALFORMED, NULL, "192.0.2.0" },
    { "signed-bits", "192.0.2.0/-1", SF_MALFORMED, NULL, "192.0.2.1" },
    { "short-range", "192.0.2/24", SF_MALFORMED, NULL, "192.0.2.1" },
    { "too-many-ipv6-bits", "2001:db8::/129", SF_MALFORMED, NULL, "2001:db8::" },
    { "empty", "", SF_MALFORMED, NULL, "" },
    { "short-address", "192.0.2", SF_MALFORMED, NULL, "192.0.2" },
    { "domain-with-bits", "example.com/8", SF_MALFORMED, NULL, "example.com" },
};

static void test_host(gconstpointer data)
{
    const host_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->name));
    sf_place defaults[32];

    g_assert_cmpuint(sf_default_place_count, <=, G_N_ELEMENTS(defaults));
    for (unsigned i = 0; i < sf_default_place_count; i++) {
        const sf_place_row *built_in = &sf_default_places[i];
        g_assert_cmpint(sf_place_read(built_in->text, built_in->service, &defaults[i]), ==, SF_OK);
        g_assert_cmpuint(built_in->service.length, >, 0);
    }
    const sf_place *place = sf_place_of_host(defaults, sf_default_place_count, input.text);
    g_assert_true((place != NULL) == (row->place != NULL));
    if (place) {
        g_assert_true(sf_slice_equals(place->text, sf_text(row->place)));
    }
}

static void test_place(gconstpointer data)
{
    const place_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    sf_place place;

    g_assert_cmpint(sf_place_read(input.text, SF_LITERAL("x"), &place), ==, row->status);
    if (row->inside) {
        g_assert_true(sf_place_of_host(&place, 1, sf_text(row->inside)) == &place);
    }
    g_assert_null(sf_place_of_host(&place, 1, sf_text(row->outside)));
}

/** An address that is missing or that is a name is in no range, not even in that of all. */
static void test_no_address(void)
{
    const sf_transport_address missing = { .family = SF_ADDRESS_NONE };
    sf_place all[2];

    g_assert_cmpint(sf_place_read(SF_LITERAL("0.0.0.0/0"), SF_LITERAL("x"), &all[0]), ==, SF_OK);
    g_assert_cmpint(sf_place_read(SF_LITERAL("::/0"), SF_LITERAL("x"), &all[1]), ==, SF_OK);
    g_assert_null(sf_place_of_address(all, 2, &missing));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/place/host", hosts, test_host);
    SF_ADD_ROWS("/place/read", places, test_place);
    g_test_add_func("/place/no-address", test_no_address);
    return g_test_run();
}
