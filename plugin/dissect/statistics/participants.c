/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Names and roles of addresses. A host name comes with a request of that host, a role also with messages of others.
 */
#include "participants.h"

#include <epan/to_str.h>

/* Roles by host names: no capture can make them many. */
enum { MAX_ROLES = 256 };

typedef struct {
    char *address;    /**< as Wireshark shows it, by its name if it has one */
    char *number;     /**< the address itself, which no other row has */
    char *host;       /**< NULL if none is known */
    const char *role; /**< literal; NULL if none is known */
    char *name;       /**< of all that, what is shown */
} participant;

struct sf_participants {
    GPtrArray *rows;   /**< participant */
    GHashTable *roles; /**< host in lower case -> literal */
};

static void free_row(void *data)
{
    participant *row = data;

    g_free(row->address);
    g_free(row->number);
    g_free(row->host);
    g_free(row->name);
    g_free(row);
}

sf_participants *sf_participants_new(void)
{
    sf_participants *made = g_new(sf_participants, 1);

    made->rows = g_ptr_array_new_with_free_func(free_row);
    made->roles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return made;
}

void sf_participants_clear(sf_participants *participants)
{
    g_ptr_array_set_size(participants->rows, 0);
    g_hash_table_remove_all(participants->roles);
}

void sf_participants_free(sf_participants *participants)
{
    g_ptr_array_free(participants->rows, true);
    g_hash_table_destroy(participants->roles);
    g_free(participants);
}

static participant *row_of(const sf_participants *participants, unsigned number)
{
    return g_ptr_array_index(participants->rows, number);
}

/** Takes a text of Wireshark's allocator. To be freed with g_free(). */
static char *of_glib(char *shared)
{
    char *text = g_strdup(shared);

    wmem_free(NULL, shared);
    return text;
}

/** @return true if there was something to learn */
static bool learn_roles(sf_participants *participants, const sf_tap_message *message)
{
    guint before = g_hash_table_size(participants->roles);

    for (unsigned i = 0; i < message->hosts.count && g_hash_table_size(participants->roles) < MAX_ROLES; i++) {
        char *host = g_ascii_strdown(message->hosts.items[i].name, -1);
        if (g_hash_table_contains(participants->roles, host)) {
            g_free(host);
        } else {
            g_hash_table_insert(participants->roles, host, (void *)message->hosts.items[i].role);
        }
    }
    return g_hash_table_size(participants->roles) > before;
}

static const char *role_of(const sf_participants *participants, const participant *row)
{
    if (!row->host) {
        return row->role;
    }
    char *host = g_ascii_strdown(row->host, -1);
    const char *role = g_hash_table_lookup(participants->roles, host);
    g_free(host);
    return role ? role : row->role;
}

static bool is_taken(const sf_participants *participants, const participant *row, const char *name)
{
    for (unsigned i = 0; i < participants->rows->len; i++) {
        const participant *other = row_of(participants, i);
        if (other != row && strcmp(other->name, name) == 0) {
            return true;
        }
    }
    return false;
}

/**
 * `edge.example.com (Edge)`; with the address behind the host if another one has that name: arrows are drawn and renamed
 * by it. To be freed.
 */
static char *name_of(const sf_participants *participants, const participant *row)
{
    const char *role = role_of(participants, row);
    const char *host = row->host ? row->host : row->address;
    char *words = role ? g_strdup_printf(" (%s)", role) : g_strdup("");
    char *name = g_strconcat(host, words, NULL);

    if (is_taken(participants, row, name)) {
        g_free(name);
        name = g_strconcat(host, " ", row->number, words, NULL);
    }
    g_free(words);
    return name;
}

/** Its number; that of nobody, SF_MAX_DRAWN, beyond the limit. */
static unsigned number_of(sf_participants *participants, const address *end)
{
    char *text = of_glib(address_to_display(NULL, end));
    unsigned i = 0;

    while (i < participants->rows->len && strcmp(row_of(participants, i)->address, text) != 0) {
        i++;
    }
    if (i == participants->rows->len && i < SF_MAX_DRAWN) {
        participant *row = g_new(participant, 1);
        *row = (participant){ .address = text, .number = of_glib(address_to_str(NULL, end)) };
        row->name = name_of(participants, row);
        g_ptr_array_add(participants->rows, row);
        return i;
    }
    g_free(text);
    return i;
}

static void rename_all(sf_participants *participants, sf_participants_renamed renamed, void *data)
{
    for (unsigned i = 0; i < participants->rows->len; i++) {
        participant *row = row_of(participants, i);
        char *name = name_of(participants, row);
        if (strcmp(name, row->name) == 0) {
            g_free(name);
            continue;
        }
        if (renamed) {
            renamed(data, row->name, name);
        }
        g_free(row->name);
        row->name = name;
    }
}

/** Keeps what is known first, unless it says less. @return true if there was something to learn */
static bool learn(participant *row, const char *host, const char *role)
{
    bool has_host = !row->host && *host;
    bool has_role = role && (!row->role || (row->role == sf_role_server && role != sf_role_server));

    if (has_host) {
        row->host = g_strdup(host);
    }
    if (has_role) {
        row->role = role;
    }
    return has_host || has_role;
}

bool sf_participants_take(sf_participants *participants, const packet_info *pinfo, const sf_tap_message *message,
                          sf_participants_renamed renamed, void *data, unsigned *sender, unsigned *receiver)
{
    *sender = number_of(participants, &pinfo->src);
    *receiver = number_of(participants, &pinfo->dst);
    if (*sender >= SF_MAX_DRAWN || *receiver >= SF_MAX_DRAWN) {
        return false;
    }
    bool is_new = learn_roles(participants, message);
    is_new |= learn(row_of(participants, *sender), message->hosts.sender, message->hosts.sender_role);
    is_new |= learn(row_of(participants, *receiver), "", message->hosts.receiver_role);
    if (is_new) {
        rename_all(participants, renamed, data);
    }
    return true;
}

unsigned sf_participants_count(const sf_participants *participants)
{
    return participants->rows->len;
}

const char *sf_participants_name(const sf_participants *participants, unsigned number)
{
    return row_of(participants, number)->name;
}
