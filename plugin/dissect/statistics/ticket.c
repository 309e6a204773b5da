/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Collecting and writing the ids of one call.
 */
#include "ticket.h"

/* So that the search through them is not slow. */
enum { MAX_IDS = 48 };

void sf_ticket_free(void *ticket)
{
    sf_ticket *t = ticket;

    if (t) {
        g_free(t->call_id);
        g_ptr_array_free(t->names, true);
        g_ptr_array_free(t->values, true);
        g_free(t);
    }
}

sf_ticket *sf_ticket_new(const sf_tap_message *message)
{
    sf_ticket *t = g_new0(sf_ticket, 1);

    t->call = message->call;
    t->call_id = g_strdup(message->call_id);
    t->names = g_ptr_array_new();
    t->values = g_ptr_array_new_with_free_func(g_free);
    return t;
}

static bool has_id(const sf_ticket *t, const char *name, const char *value)
{
    for (unsigned i = 0; i < t->names->len; i++) {
        if (strcmp(g_ptr_array_index(t->names, i), name) == 0 && strcmp(g_ptr_array_index(t->values, i), value) == 0) {
            return true;
        }
    }
    return false;
}

char *sf_ticket_cut(const char *value)
{
    return g_utf8_substring(value, 0, MIN(g_utf8_strlen(value, -1), SF_TICKET_LETTERS));
}

static void add_id(sf_ticket *t, const sf_tap_id *id)
{
    char *value = sf_ticket_cut(id->value);

    if (t->names->len < MAX_IDS && !has_id(t, id->name, value)) {
        g_ptr_array_add(t->names, (void *)id->name);
        g_ptr_array_add(t->values, value);
    } else {
        g_free(value);
    }
}

void sf_ticket_add(sf_ticket *ticket, const sf_tap_message *message)
{
    for (unsigned i = 0; i < message->id_count; i++) {
        add_id(ticket, &message->ids[i]);
    }
}

const char *sf_ticket_value(const sf_ticket *ticket, const char *name)
{
    for (unsigned i = 0; i < ticket->names->len; i++) {
        if (strcmp(g_ptr_array_index(ticket->names, i), name) == 0) {
            return g_ptr_array_index(ticket->values, i);
        }
    }
    return NULL;
}

void sf_ticket_write_line(GString *text, const char *name, const char *value)
{
    if (*value) {
        g_string_append_printf(text, "  %-22s%s\n", name, value);
    }
}

void sf_ticket_write_ids(GString *text, const sf_ticket *ticket)
{
    for (unsigned i = 0; i < ticket->names->len; i++) {
        sf_ticket_write_line(text, g_ptr_array_index(ticket->names, i), g_ptr_array_index(ticket->values, i));
    }
}
