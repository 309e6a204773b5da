/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Media that passes at the addresses of an offer before its answer.
 */
#include "check.h"
#include "media/flow_table.h"

enum { MUCH = 50, MOST_WATCHED = 4096 };

static sf_media_end end_of(unsigned number)
{
    sf_media_end end = { .address = { 192, 0, 2, 1 }, .port = 4000, .family = SF_ADDRESS_IPV4 };

    end.address[2] = (uint8_t)(number >> 8);
    end.address[3] = (uint8_t)number;
    return end;
}

static void take(sf_flows *flows, const sf_media_end *from, const sf_media_end *to, unsigned packets)
{
    const sf_datagram datagram = { .from = *from, .to = *to };

    for (unsigned i = 0; i < packets; i++) {
        sf_flow_early_take(flows, &datagram);
    }
}

/** A second of packets counts, in either direction, since the newest offer; each end is asked for once. */
static void test_much(void)
{
    sf_flows *flows = sf_flows_new();
    const sf_media_end own = end_of(1), other = end_of(2), unknown = { .family = SF_ADDRESS_NONE };

    sf_flow_early_watch(flows, &own, 7);
    take(flows, &own, &other, MUCH / 2);
    take(flows, &other, &own, MUCH / 2);
    g_assert_false(sf_flow_early_end(flows, &other, 7));
    g_assert_false(sf_flow_early_end(flows, &own, 8));
    g_assert_true(sf_flow_early_end(flows, &own, 7));
    g_assert_false(sf_flow_early_end(flows, &own, 7));

    sf_flow_early_watch(flows, &own, 9);
    take(flows, &own, &other, MUCH - 1);
    g_assert_false(sf_flow_early_end(flows, &own, 9));

    sf_flow_early_watch(flows, &own, 10);
    take(flows, &own, &other, MUCH);
    sf_flow_early_watch(flows, &own, 11);
    g_assert_false(sf_flow_early_end(flows, &own, 11));

    sf_flow_early_watch(flows, &unknown, 12);
    take(flows, &unknown, &other, MUCH);
    g_assert_false(sf_flow_early_end(flows, &unknown, 12));
    sf_flows_free(flows);
}

/** More addresses than are watched: those of before are forgotten, and memory is bounded. */
static void test_limit(void)
{
    sf_flows *flows = sf_flows_new();
    const sf_media_end first = end_of(0), last = end_of(MOST_WATCHED), other = end_of(60000);

    for (unsigned i = 0; i <= MOST_WATCHED; i++) {
        const sf_media_end end = end_of(i);
        sf_flow_early_watch(flows, &end, i + 1);
        g_assert_cmpuint(g_hash_table_size(flows->early), <=, MOST_WATCHED);
    }
    take(flows, &first, &other, MUCH);
    take(flows, &last, &other, MUCH);
    g_assert_false(sf_flow_early_end(flows, &first, 1));
    g_assert_true(sf_flow_early_end(flows, &last, MOST_WATCHED + 1));
    sf_flows_free(flows);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/flow-early/much", test_much);
    g_test_add_func("/flow-early/limit", test_limit);
    return g_test_run();
}
