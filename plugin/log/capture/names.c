/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writing Name Resolution Blocks. libwiretap 4.0 writes names at the end of the file, which is too late for a
 * program that reads the capture as it is written. A block can be written between any two others.
 */
#include "names.h"

#define BLOCK_TYPE 4u
#define RECORD_IPV6 2u

void sf_log_names_init(sf_log_names *names)
{
    names->announced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
}

void sf_log_names_clear(sf_log_names *names)
{
    g_clear_pointer(&names->announced, g_hash_table_unref);
}

/* libwiretap writes the section in the byte order of this machine. */
static void put16(GByteArray *out, uint16_t value)
{
    g_byte_array_append(out, (const guint8 *)&value, sizeof value);
}

static void put32(GByteArray *out, uint32_t value)
{
    g_byte_array_append(out, (const guint8 *)&value, sizeof value);
}

static bool put_name(sf_log_names *names, const sf_log_place *place, GByteArray *out)
{
    static const uint8_t padding[3] = { 0 };

    if (place->name[0] == '\0' || g_hash_table_contains(names->announced, place->name)) {
        return false;
    }
    /* Forgetting names bounds the memory. The cost is that some records are repeated. */
    if (g_hash_table_size(names->announced) >= SF_LOG_MAX_HOSTS) {
        g_hash_table_remove_all(names->announced);
    }
    g_hash_table_add(names->announced, g_strdup(place->name));

    size_t length = place->address_size + strlen(place->name) + 1;
    put16(out, RECORD_IPV6);
    put16(out, (uint16_t)length);
    g_byte_array_append(out, place->address, place->address_size);
    g_byte_array_append(out, (const guint8 *)place->name, (guint)strlen(place->name) + 1);
    g_byte_array_append(out, padding, (guint)(-length & 3));
    return true;
}

bool sf_log_names_block(sf_log_names *names, const sf_log_packet *packet, GByteArray *out)
{
    g_byte_array_set_size(out, 0);
    put32(out, BLOCK_TYPE);
    put32(out, 0); /* the length, set below */
    bool has_source = put_name(names, &packet->places.source, out);
    bool has_destination = put_name(names, &packet->places.destination, out);
    if (!has_source && !has_destination) {
        return false;
    }
    put32(out, 0); /* end of the records */
    uint32_t total = out->len + 4;
    put32(out, total);
    memcpy(out->data + 4, &total, sizeof total);
    return true;
}
