/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Name Resolution Blocks. A name is written before the first packet that needs it, because a program that reads the
 * capture as it is written shows the packets at once.
 */
#include "names.h"

#include "pcapng.h"

enum { RECORD_END = 0, RECORD_IPV6 = 2 };

void sf_log_names_init(sf_log_names *names)
{
    names->announced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void sf_log_names_clear(sf_log_names *names)
{
    g_clear_pointer(&names->announced, g_hash_table_unref);
}

static bool is_new(const sf_log_names *names, const sf_log_place *place)
{
    return place->name[0] != '\0' && !g_hash_table_contains(names->announced, place->name);
}

static void put_name(sf_log_names *names, const sf_log_place *place, GByteArray *out)
{
    /* Both ends of a packet may have the same name. */
    if (!is_new(names, place)) {
        return;
    }
    /* Forgetting names bounds the memory. The cost is that some records are repeated. */
    if (g_hash_table_size(names->announced) >= SF_LOG_MAX_HOSTS) {
        g_hash_table_remove_all(names->announced);
    }
    g_hash_table_add(names->announced, g_strdup(place->name));

    GByteArray *record = g_byte_array_new();
    g_byte_array_append(record, place->address, place->address_size);
    g_byte_array_append(record, (const guint8 *)place->name, (guint)strlen(place->name) + 1);
    sf_log_pcapng_option(out, RECORD_IPV6, record->data, record->len);
    g_byte_array_unref(record);
}

void sf_log_names_block(sf_log_names *names, const sf_log_packet *packet, GByteArray *out)
{
    if (!is_new(names, &packet->places.source) && !is_new(names, &packet->places.destination)) {
        return;
    }
    guint begin = sf_log_pcapng_begin(out, SF_LOG_PCAPNG_NAMES);
    put_name(names, &packet->places.source, out);
    put_name(names, &packet->places.destination, out);
    sf_log_pcapng_option(out, RECORD_END, NULL, 0);
    sf_log_pcapng_end(out, begin);
}
