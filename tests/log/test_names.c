/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The blocks with names of hosts in a capture: each name once, in bounded memory.
 */
#include "log/bytes/limits.h"
#include "log/capture/names.h"

#include <glib.h>

/* How many bytes the names of a packet take in the capture. */
static guint block_of(sf_log_names *names, const char *source, const char *destination)
{
    sf_log_packet packet = { .has_time = false };
    g_autoptr(GByteArray) out = g_byte_array_new();

    g_strlcpy(packet.places.source.name, source, sizeof packet.places.source.name);
    g_strlcpy(packet.places.destination.name, destination, sizeof packet.places.destination.name);
    sf_log_names_block(names, &packet, out);
    return out->len;
}

static void test_once(void)
{
    sf_log_names names;

    sf_log_names_init(&names);
    g_assert_cmpuint(block_of(&names, "", ""), ==, 0);
    guint one = block_of(&names, "a.example.com", "");
    g_assert_cmpuint(one, >, 0);
    g_assert_cmpuint(block_of(&names, "a.example.com", "a.example.com"), ==, 0);
    g_assert_cmpuint(block_of(&names, "b.example.com", "b.example.com"), ==, one);
    g_assert_cmpuint(block_of(&names, "b.example.com", "c.example.com"), ==, one);
    g_assert_cmpuint(block_of(&names, "d.example.com", "e.example.com"), >, one);
    sf_log_names_clear(&names);
}

/* Beyond the limit they are forgotten: a name that comes again is written again. */
static void test_limit(void)
{
    sf_log_names names;

    sf_log_names_init(&names);
    for (unsigned i = 0; i < SF_LOG_MAX_HOSTS; i++) {
        g_autofree char *name = g_strdup_printf("host%u", i);
        g_assert_cmpuint(block_of(&names, name, ""), >, 0);
    }
    g_assert_cmpuint(g_hash_table_size(names.announced), ==, SF_LOG_MAX_HOSTS);
    g_assert_cmpuint(block_of(&names, "host0", ""), ==, 0);
    g_assert_cmpuint(block_of(&names, "one more", ""), >, 0);
    g_assert_cmpuint(g_hash_table_size(names.announced), ==, 1);
    g_assert_cmpuint(block_of(&names, "host0", ""), >, 0);
    sf_log_names_clear(&names);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/log/names/once", test_once);
    g_test_add_func("/log/names/limit", test_limit);
    return g_test_run();
}
