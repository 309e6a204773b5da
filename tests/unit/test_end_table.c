/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Addresses and their uses, held against lists that are searched from one end to the other; and the records of a pool.
 */
#include <glib.h>
#include <string.h>

#include "engine/text/address.h"
#include "media/end_table.h"
#include "media/pool.h"
#include "media/secret_hash.h"

enum { ENDS = 2000, USES = 9000 };

/** One of so many addresses, of both families, which differ in few bits. */
static sf_media_end end_of(unsigned n)
{
    sf_media_end end = { .port = (uint16_t)(n % 7 * 2 + 1), .family = n % 3 ? SF_ADDRESS_IPV4 : SF_ADDRESS_IPV6 };

    end.address[3] = (uint8_t)(n / 7);
    end.address[2] = (uint8_t)(n / 7 >> 8);
    if (end.family == SF_ADDRESS_IPV6) {
        end.address[15] = 1;
    }
    return end;
}

static void finds_uses_in_their_order(void)
{
    GRand *chance = g_rand_new_with_seed(5245);
    sf_end_table *table = sf_end_table_new();
    GArray *expected[ENDS];
    uint32_t numbers[ENDS] = { 0 }, most = 0;

    for (unsigned n = 0; n < ENDS; n++) {
        expected[n] = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    }
    for (uint32_t use = 1; use <= USES; use++) {
        unsigned n = (unsigned)g_rand_int_range(chance, 0, use % 2 ? ENDS : 20); /* some have many */
        sf_media_end end = end_of(n);
        uint32_t before = sf_end_table_find(table, &end), number = sf_end_table_add(table, &end);
        g_assert_cmpuint(before, ==, numbers[n]);
        g_assert_true(before == number || before == 0);
        numbers[n] = number;
        most = MAX(most, number);
        sf_end_table_add_use(table, number, use);
        g_array_append_val(expected[n], use);
    }
    for (unsigned n = 0; n < ENDS; n++) {
        sf_media_end end = end_of(n), again = sf_end_table_end(table, numbers[n]);
        uint32_t count;
        const uint32_t *uses = sf_end_table_uses(table, numbers[n], &count);
        g_assert_cmpuint(sf_end_table_find(table, &end), ==, numbers[n]);
        g_assert_cmpmem(uses, count * sizeof *uses, expected[n]->data, expected[n]->len * sizeof *uses);
        if (numbers[n] > 0) {
            g_assert_cmpmem(&again, sizeof again, &end, sizeof end);
        }
        g_array_free(expected[n], TRUE);
    }
    g_assert_cmpuint(most, <=, ENDS);
    sf_end_table_free(table);
    g_rand_free(chance);
}

static void knows_no_unknown_address(void)
{
    sf_end_table *table = sf_end_table_new();
    sf_media_end none = { .family = SF_ADDRESS_NONE }, some = end_of(1), other = end_of(2);
    uint32_t count = 7;

    g_assert_cmpuint(sf_end_table_add(table, &none), ==, 0);
    g_assert_cmpuint(sf_end_table_find(table, &none), ==, 0);
    g_assert_cmpuint(sf_end_table_add(table, &some), ==, 1);
    g_assert_cmpuint(sf_end_table_find(table, &other), ==, 0);
    g_assert_null(sf_end_table_uses(table, 0, &count));
    g_assert_cmpuint(count, ==, 0);
    g_assert_null(sf_end_table_uses(table, 1, &count));
    none = sf_end_table_end(table, 0);
    g_assert_cmpuint(none.family, ==, SF_ADDRESS_NONE);
    sf_end_table_free(table);
}

/** Addresses whose hash would be one under a fixed multiplication of their halves: their hashes spread all the same. */
static void hosts_do_not_fall_together(void)
{
    enum { HOSTS = 1000 };
    GHashTable *hashes = g_hash_table_new(g_direct_hash, g_direct_equal);

    for (uint64_t i = 1; i <= HOSTS; i++) {
        uint64_t hash = i * UINT64_C(0x9e3779b97f4a7c15), halves[2] = { i, hash ^ hash >> 32 };
        g_hash_table_add(hashes, GUINT_TO_POINTER(sf_host_hash(halves)));
    }
    g_assert_cmpuint(g_hash_table_size(hashes), >, HOSTS * 9 / 10);
    g_hash_table_destroy(hashes);
}

/** Numbers go from 1 on, stay with their records, and are given again; a record that is given back is wiped. */
static void pools_give_records(void)
{
    enum { RECORDS = 5 * SF_POOL_CHUNK + 3, BYTES = 12 };
    static const uint8_t zeros[BYTES] = { 0 };
    sf_pool pool = sf_pool_of(BYTES);

    for (uint32_t n = 1; n <= RECORDS; n++) {
        g_assert_cmpuint(sf_pool_add(&pool), ==, n);
        g_assert_cmpmem(sf_pool_at(&pool, n), BYTES, zeros, BYTES);
        memset(sf_pool_at(&pool, n), (int)(n % 251), BYTES);
    }
    for (uint32_t n = 1; n <= RECORDS; n++) {
        uint8_t expected[BYTES];
        memset(expected, (int)(n % 251), sizeof expected);
        g_assert_cmpmem(sf_pool_at(&pool, n), BYTES, expected, BYTES);
    }
    sf_pool_remove(&pool, 0);
    sf_pool_remove(&pool, 9);
    sf_pool_remove(&pool, 700 % RECORDS);
    g_assert_cmpmem((uint8_t *)sf_pool_at(&pool, 9) + 4, BYTES - 4, zeros, BYTES - 4);
    g_assert_cmpuint(sf_pool_add(&pool), ==, 700 % RECORDS);
    g_assert_cmpuint(sf_pool_add(&pool), ==, 9);
    g_assert_cmpmem(sf_pool_at(&pool, 9), BYTES, zeros, BYTES);
    g_assert_cmpuint(sf_pool_add(&pool), ==, RECORDS + 1);
    g_assert_null(sf_pool_at(&pool, 0));
    sf_pool_clear(&pool);
    g_assert_cmpuint(sf_pool_add(&pool), ==, 1);
    sf_pool_clear(&pool);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/end-table/finds-uses-in-their-order", finds_uses_in_their_order);
    g_test_add_func("/end-table/knows-no-unknown-address", knows_no_unknown_address);
    g_test_add_func("/end-table/hosts-do-not-fall-together", hosts_do_not_fall_together);
    g_test_add_func("/end-table/pools-give-records", pools_give_records);
    return g_test_run();
}
