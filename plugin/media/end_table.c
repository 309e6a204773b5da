/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A hash table of numbers, with open addressing. Most addresses are used once: only one that is used again has a list.
 */
#include "end_table.h"

#include <glib.h>
#include <string.h>

#include "engine/text/address.h"
#include "pool.h"
#include "secret_hash.h"

enum { FIRST_BITS = 6, HOST_BYTES = SF_HOST_BYTES };

static const uint32_t is_list = UINT32_C(1) << SF_END_USE_BITS;

/** An address in eight bytes: those of IPv4 as they are, or the number of a host with IPv6. */
typedef struct {
    uint32_t host;
    uint16_t port;
    uint16_t family;
} end_key;

typedef struct {
    end_key end;
    uint32_t use; /**< the only one; or `is_list` and the index of their list; 0 for none */
} end_entry;

typedef struct {
    uint32_t count;
    uint32_t room;
    uint32_t uses[]; /**< oldest first */
} use_list;

struct sf_end_table {
    sf_pool entries;
    uint32_t *slots; /**< numbers of entries; 0 for a free one */
    unsigned bits;   /**< of the number of slots */
    uint64_t factor; /**< of the hash, which nobody else can know: no capture is made of addresses that collide */
    GPtrArray *lists;
    sf_pool hosts;            /**< addresses of IPv6 */
    GHashTable *host_numbers; /**< by address */
};

sf_end_table *sf_end_table_new(void)
{
    sf_end_table *table = g_new0(sf_end_table, 1);

    table->entries = sf_pool_of(sizeof(end_entry));
    table->hosts = sf_pool_of(HOST_BYTES);
    table->host_numbers = g_hash_table_new(sf_host_hash, sf_host_is_same);
    table->lists = g_ptr_array_new_with_free_func(g_free);
    table->bits = FIRST_BITS;
    table->slots = g_new0(uint32_t, 1u << FIRST_BITS);
    table->factor = ((uint64_t)g_random_int() << 32 | g_random_int()) | 1;
    return table;
}

void sf_end_table_free(sf_end_table *table)
{
    if (table) {
        g_hash_table_destroy(table->host_numbers);
        g_ptr_array_free(table->lists, true);
        sf_pool_clear(&table->hosts);
        sf_pool_clear(&table->entries);
        g_free(table->slots);
        g_free(table);
    }
}

/** Number of an IPv6 address; 0 if it is not there. */
static uint32_t host_of(const sf_end_table *table, const sf_media_end *end)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(table->host_numbers, end->address));
}

static uint32_t add_host(sf_end_table *table, const sf_media_end *end)
{
    uint32_t number = host_of(table, end);

    if (number == 0) {
        number = sf_pool_add(&table->hosts);
        uint8_t *address = sf_pool_at(&table->hosts, number);
        memcpy(address, end->address, HOST_BYTES);
        g_hash_table_insert(table->host_numbers, address, GUINT_TO_POINTER(number));
    }
    return number;
}

static end_key key_of(const sf_media_end *end, uint32_t ipv6_host)
{
    end_key key = { .host = ipv6_host, .port = end->port, .family = end->family };

    if (end->family == SF_ADDRESS_IPV4) {
        memcpy(&key.host, end->address, sizeof key.host);
    }
    return key;
}

static uint64_t number_of(const end_key *key)
{
    uint64_t number;

    memcpy(&number, key, sizeof number);
    return number;
}

static end_entry *entry_at(const sf_end_table *table, uint32_t number)
{
    return sf_pool_at(&table->entries, number);
}

/** The slot of an address, or the free one where it belongs. There always is one. */
static uint32_t *slot_of(const sf_end_table *table, const end_key *key)
{
    uint64_t wanted = number_of(key);
    uint32_t at = (uint32_t)(wanted * table->factor >> (64 - table->bits));

    while (table->slots[at] && number_of(&entry_at(table, table->slots[at])->end) != wanted) {
        at = (at + 1) & ((1u << table->bits) - 1);
    }
    return &table->slots[at];
}

uint32_t sf_end_table_find(const sf_end_table *table, const sf_media_end *end)
{
    uint32_t host = end->family == SF_ADDRESS_IPV6 ? host_of(table, end) : 0;
    end_key key = key_of(end, host);

    return end->family == SF_ADDRESS_IPV6 && host == 0 ? 0 : *slot_of(table, &key);
}

/** Doubles the slots when three of four are taken. */
static void make_room(sf_end_table *table)
{
    if (table->entries.count < (1u << table->bits) / 4 * 3) {
        return;
    }
    g_free(table->slots);
    table->bits++;
    table->slots = g_new0(uint32_t, (size_t)1 << table->bits);
    for (uint32_t number = 1; number <= table->entries.count; number++) {
        *slot_of(table, &entry_at(table, number)->end) = number;
    }
}

uint32_t sf_end_table_add(sf_end_table *table, const sf_media_end *end)
{
    if (end->family == SF_ADDRESS_NONE) {
        return 0;
    }
    end_key key = key_of(end, end->family == SF_ADDRESS_IPV6 ? add_host(table, end) : 0);
    uint32_t number = *slot_of(table, &key);
    if (number == 0) {
        make_room(table);
        number = sf_pool_add(&table->entries);
        entry_at(table, number)->end = key;
        *slot_of(table, &key) = number;
    }
    return number;
}

sf_media_end sf_end_table_end(const sf_end_table *table, uint32_t number)
{
    const end_entry *entry = entry_at(table, number);
    sf_media_end end = { .family = SF_ADDRESS_NONE };

    if (entry) {
        bool is_ipv4 = entry->end.family == SF_ADDRESS_IPV4;
        const void *host = is_ipv4 ? &entry->end.host : sf_pool_at(&table->hosts, entry->end.host);
        memcpy(end.address, host, is_ipv4 ? sizeof entry->end.host : HOST_BYTES);
        end.port = entry->end.port;
        end.family = entry->end.family;
    }
    return end;
}

void sf_end_table_add_use(sf_end_table *table, uint32_t number, uint32_t use)
{
    end_entry *entry = entry_at(table, number);
    bool has_list = entry->use & is_list;
    uint32_t at = has_list ? entry->use & ~is_list : table->lists->len;

    if (entry->use == 0) {
        entry->use = use;
        return;
    }
    use_list *list = has_list ? g_ptr_array_index(table->lists, at) : NULL;
    if (!list || list->count == list->room) {
        uint32_t room = list ? 2 * list->room : 2;
        use_list *larger = g_realloc(list, sizeof *larger + room * sizeof larger->uses[0]);
        larger->room = room;
        if (has_list) {
            table->lists->pdata[at] = larger;
        } else {
            larger->count = 1;
            larger->uses[0] = entry->use;
            g_ptr_array_add(table->lists, larger);
            entry->use = is_list | at;
        }
        list = larger;
    }
    list->uses[list->count++] = use;
}

const uint32_t *sf_end_table_uses(const sf_end_table *table, uint32_t number, uint32_t *count)
{
    const end_entry *entry = entry_at(table, number);

    *count = 0;
    if (!entry || entry->use == 0) {
        return NULL;
    }
    if (!(entry->use & is_list)) {
        *count = 1;
        return &entry->use;
    }
    const use_list *list = g_ptr_array_index(table->lists, entry->use & ~is_list);
    *count = list->count;
    return list->uses;
}
