/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Transport addresses: their families, and which are private.
 */
#include "check.h"
#include "engine/text/address.h"

typedef struct {
    const char *name; /**< the address itself */
    sf_address_family family;
    bool is_private;
} address_row;

static const address_row addresses[] = {
    { "10.0.0.0", SF_ADDRESS_IPV4, true },
    { "10.255.255.255", SF_ADDRESS_IPV4, true },
    { "11.0.0.0", SF_ADDRESS_IPV4, false },
    { "172.15.255.255", SF_ADDRESS_IPV4, false },
    { "172.16.0.0", SF_ADDRESS_IPV4, true },
    { "172.31.255.255", SF_ADDRESS_IPV4, true },
    { "172.32.0.0", SF_ADDRESS_IPV4, false },
    { "192.168.1.1", SF_ADDRESS_IPV4, true },
    { "192.169.0.1", SF_ADDRESS_IPV4, false },
    { "100.64.0.0", SF_ADDRESS_IPV4, true },
    { "100.127.255.255", SF_ADDRESS_IPV4, true },
    { "100.128.0.0", SF_ADDRESS_IPV4, false },
    { "169.254.1.1", SF_ADDRESS_IPV4, true },
    { "157.0.0.0", SF_ADDRESS_IPV4, false },
    { "fd00::1", SF_ADDRESS_IPV6, true },
    { "fc00::1", SF_ADDRESS_IPV6, true },
    { "fe80::1", SF_ADDRESS_IPV6, true },
    { "febf::1", SF_ADDRESS_IPV6, true },
    { "fec0::1", SF_ADDRESS_IPV6, false },
    { "2001:db8::1", SF_ADDRESS_IPV6, false },
    { "a00::1", SF_ADDRESS_IPV6, false }, /* the first two bytes of 10.0.0.0 in the other family */
    { "::ffff:192.0.2.1", SF_ADDRESS_IPV6, false },
    { "::ffff:10.0.0.1", SF_ADDRESS_IPV6, true },
    { "::fffe:10.0.0.1", SF_ADDRESS_IPV6, false },
    { "example.com", SF_ADDRESS_NONE, false },
    { "0.0.0.0", SF_ADDRESS_IPV4, false },
    { "255.255.255.255", SF_ADDRESS_IPV4, false },
    { "10.0.0", SF_ADDRESS_NONE, false },
    { "10.0.0.", SF_ADDRESS_NONE, false },
    { "10..0.1", SF_ADDRESS_NONE, false },
    { "10.0.0.1.", SF_ADDRESS_NONE, false },
    { "10.0.0.1.1", SF_ADDRESS_NONE, false },
    { "10.0.0.256", SF_ADDRESS_NONE, false },
    { "10.0.0.1000", SF_ADDRESS_NONE, false },
    { "10.0.0.01", SF_ADDRESS_NONE, false },
    { "010.0.0.1", SF_ADDRESS_NONE, false },
    { "10.0.0.1 ", SF_ADDRESS_NONE, false },
    { "10.0.0,1", SF_ADDRESS_NONE, false },
    { "1111:2222:3333:4444:5555:6666:7777:8888:9999", SF_ADDRESS_NONE, false },
};

static void test_address(gconstpointer data)
{
    const address_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->name));
    sf_transport_address address = { .family = SF_ADDRESS_NONE };

    g_assert_cmpint(sf_transport_address_read(input.text, &address), ==, row->family);
    g_assert_true(sf_transport_address_is_private(&address) == row->is_private);
}

static void test_nul(void)
{
    sf_transport_address address = { .family = SF_ADDRESS_IPV4 };

    g_assert_cmpint(sf_transport_address_read(SF_LITERAL("10.0.0.1\0"), &address), ==, SF_ADDRESS_NONE);
    g_assert_cmpint(sf_transport_address_read((sf_slice){ NULL, 0 }, &address), ==, SF_ADDRESS_NONE);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/address/family", addresses, test_address);
    g_test_add_func("/address/nul", test_nul);
    return g_test_run();
}
