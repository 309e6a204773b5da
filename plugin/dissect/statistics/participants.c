/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Names and roles of addresses. A host name comes with a message of that host, or one to it; a role also with messages of
 * others.
 */
#include "participants.h"

#include <epan/to_str.h>

/* No capture can make them many: roles by host names, and addresses of which something is known. */
enum { MAX_ROLES = 256, MAX_KNOWN = 4096 };

/** What messages have told of an address. */
typedef struct {
    char *host;       /**< NULL if none is known */
    const char *role; /**< literal; NULL if none is known */
} knowledge;

typedef struct {
    char *address;          /**< as Wireshark shows it, by its name if it has one */
    char *number;           /**< the address itself, which no other row has */
    const knowledge *known; /**< NULL beyond the limit */
    char *name;             /**< of all that, what is shown */
} participant;

struct sf_participants {
    GPtrArray *rows;   /**< participant */
    GHashTable *known; /**< address as Wireshark shows it -> knowledge */
    GHashTable *roles; /**< host in lower case -> literal */
};

static void free_row(void *data)
{
    participant *row = data;

    g_free(row->address);
    g_free(row->number);
    g_free(row->name);
    g_free(row);
}

static void free_knowledge(void *data)
{
    knowledge *known = data;

    g_free(known->host);
    g_free(known);
}

sf_participants *sf_participants_new(void)
{
    sf_participants *made = g_new(sf_participants, 1);

    made->rows = g_ptr_array_new_with_free_func(free_row);
    made->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_knowledge);
    made->roles = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return made;
}

void sf_participants_clear(sf_participants *participants)
{
    g_ptr_array_set_size(participants->rows, 0);
    g_hash_table_remove_all(participants->known);
    g_hash_table_remove_all(participants->roles);
}

void sf_participants_free(sf_participants *participants)
{
    g_ptr_array_free(participants->rows, true);
    g_hash_table_destroy(participants->known);
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

/* ---- what messages tell ---- */

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

/** What is known of an address; NULL beyond the limit. */
static knowledge *known_of(sf_participants *participants, const char *end)
{
    knowledge *known = g_hash_table_lookup(participants->known, end);

    if (!known && g_hash_table_size(participants->known) < MAX_KNOWN) {
        known = g_new0(knowledge, 1);
        g_hash_table_insert(participants->known, g_strdup(end), known);
    }
    return known;
}

/** Keeps what is known first, unless it says less. @return true if there was something to learn */
static bool learn(sf_participants *participants, const address *end, const char *host, const char *role)
{
    char *text = of_glib(address_to_display(NULL, end));
    knowledge *known = known_of(participants, text);
    bool has_host = known && !known->host && *host;
    bool has_role = known && role && (!known->role || (known->role == sf_role_server && role != sf_role_server));

    if (has_host) {
        known->host = g_strdup(host);
    }
    if (has_role) {
        known->role = role;
    }
    g_free(text);
    return has_host || has_role;
}

static bool learn_all(sf_participants *participants, const packet_info *pinfo, const sf_tap_message *message)
{
    const sf_tap_hosts *hosts = &message->hosts;
    bool is_new = learn_roles(participants, message);

    is_new |= learn(participants, &pinfo->src, hosts->sender, hosts->sender_role);
    is_new |= learn(participants, &pinfo->dst, hosts->receiver, hosts->receiver_role);
    return is_new;
}

/* ---- names ---- */

static const char *role_of(const sf_participants *participants, const participant *row)
{
    if (!row->known || !row->known->host) {
        return row->known ? row->known->role : NULL;
    }
    char *host = g_ascii_strdown(row->known->host, -1);
    const char *role = g_hash_table_lookup(participants->roles, host);
    g_free(host);
    return role ? role : row->known->role;
}

static const char *host_of(const participant *row)
{
    return row->known && row->known->host ? row->known->host : row->address;
}

/** True if another one has the same host name: a pool has several addresses. */
static bool shares_host(const sf_participants *participants, const participant *row)
{
    for (unsigned i = 0; i < participants->rows->len; i++) {
        const participant *other = row_of(participants, i);
        if (other != row && g_ascii_strcasecmp(host_of(other), host_of(row)) == 0) {
            return true;
        }
    }
    return false;
}

/** Arrows are drawn and renamed by the name, so no two may have the same at any time. */
static bool is_taken(const sf_participants *participants, const participant *row, const char *name)
{
    for (unsigned i = 0; i < participants->rows->len; i++) {
        const participant *other = row_of(participants, i);
        if (other != row && other->name && strcmp(other->name, name) == 0) {
            return true;
        }
    }
    return false;
}

/**
 * `edge.example.com (Edge)`; `edge.example.com (192.0.2.1, Edge)` if another address has the same host name. To be freed.
 */
static char *name_of(const sf_participants *participants, const participant *row)
{
    const char *role = role_of(participants, row);
    const char *host = host_of(row);
    char *words = role ? g_strdup_printf(" (%s)", role) : g_strdup("");
    char *name = g_strconcat(host, words, NULL);

    if (shares_host(participants, row) || is_taken(participants, row, name)) {
        g_free(name);
        name = g_strdup_printf("%s (%s%s%s)", host, row->number, role ? ", " : "", role ? role : "");
    }
    g_free(words);
    return name;
}

static void rename_all(const sf_participants *participants, sf_participants_renamed renamed, void *data)
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

/* ---- rows ---- */

/** Its number; that of nobody, SF_MAX_DRAWN, beyond the limit. @param is_new  set if there was no row of it */
static unsigned number_of(sf_participants *participants, const address *end, bool *is_new)
{
    char *text = of_glib(address_to_display(NULL, end));
    unsigned i = 0;

    while (i < participants->rows->len && strcmp(row_of(participants, i)->address, text) != 0) {
        i++;
    }
    if (i == participants->rows->len && i < SF_MAX_DRAWN) {
        participant *row = g_new0(participant, 1);
        row->address = text;
        row->number = of_glib(address_to_str(NULL, end));
        row->known = known_of(participants, text);
        g_ptr_array_add(participants->rows, row);
        row->name = name_of(participants, row);
        *is_new = true;
        return i;
    }
    g_free(text);
    return i;
}

bool sf_participants_take(sf_participants *participants, const packet_info *pinfo, const sf_tap_message *message,
                          sf_participants_renamed renamed, void *data, unsigned *sender, unsigned *receiver)
{
    bool is_new = false;

    *sender = number_of(participants, &pinfo->src, &is_new);
    *receiver = number_of(participants, &pinfo->dst, &is_new);
    if (*sender >= SF_MAX_DRAWN || *receiver >= SF_MAX_DRAWN) {
        return false;
    }
    is_new |= learn_all(participants, pinfo, message);
    if (is_new) {
        rename_all(participants, renamed, data);
    }
    return true;
}

void sf_participants_learn(sf_participants *participants, const packet_info *pinfo, const sf_tap_message *message)
{
    if (learn_all(participants, pinfo, message)) {
        rename_all(participants, NULL, NULL);
    }
}

unsigned sf_participants_count(const sf_participants *participants)
{
    return participants->rows->len;
}

const char *sf_participants_name(const sf_participants *participants, unsigned number)
{
    return row_of(participants, number)->name;
}
