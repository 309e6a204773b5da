/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Collecting and writing the ids of one call.
 */
#include "ticket.h"

#include <stdlib.h>

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

static sf_ticket *new_ticket(const sf_call *call, const char *call_id)
{
    sf_ticket *t = g_new0(sf_ticket, 1);

    t->call = call;
    t->call_id = g_strdup(call_id);
    t->names = g_ptr_array_new();
    t->values = g_ptr_array_new_with_free_func(g_free);
    return t;
}

sf_ticket *sf_ticket_new(const sf_tap_message *message)
{
    return new_ticket(message->call, message->call_id);
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

static char *cut_to(const char *value, glong letters)
{
    return g_utf8_substring(value, 0, MIN(g_utf8_strlen(value, -1), letters));
}

char *sf_ticket_cut(const char *value)
{
    return cut_to(value, SF_TICKET_LETTERS);
}

void sf_ticket_add_id(sf_ticket *ticket, const char *name, const char *value)
{
    char *cut = cut_to(value, name == sf_tap_diagnostics ? SF_TICKET_HEADER_LETTERS : SF_TICKET_LETTERS);

    if (ticket->names->len < MAX_IDS && !has_id(ticket, name, cut)) {
        g_ptr_array_add(ticket->names, (void *)name);
        g_ptr_array_add(ticket->values, cut);
    } else {
        g_free(cut);
    }
}

void sf_ticket_add(sf_ticket *ticket, const sf_tap_message *message)
{
    for (unsigned i = 0; i < message->id_count; i++) {
        sf_ticket_add_id(ticket, message->ids[i].name, message->ids[i].value);
    }
}

sf_ticket *sf_ticket_of_all(const sf_ticket *const *tickets, unsigned count)
{
    sf_ticket *all = new_ticket(tickets[0]->call, tickets[0]->call_id);

    for (unsigned i = 0; i < count; i++) {
        for (unsigned j = 0; j < tickets[i]->names->len; j++) {
            sf_ticket_add_id(all, g_ptr_array_index(tickets[i]->names, j), g_ptr_array_index(tickets[i]->values, j));
        }
    }
    return all;
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

static const char *const advices[] = { sf_tap_to_change, sf_tap_source, sf_tap_ice_step };

static bool is_advice(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(advices); i++) {
        if (name == advices[i]) {
            return true;
        }
    }
    return false;
}

/** @param name  NULL for all that are no advice and no diagnostics header */
static void write_ids_of(GString *text, const sf_ticket *ticket, const char *name)
{
    for (unsigned i = 0; i < ticket->names->len; i++) {
        const char *own = g_ptr_array_index(ticket->names, i);
        if (name ? own == name : own != sf_tap_diagnostics && !is_advice(own)) {
            sf_ticket_write_line(text, own, g_ptr_array_index(ticket->values, i));
        }
    }
}

void sf_ticket_write_advice(GString *text, const sf_ticket *ticket)
{
    for (size_t i = 0; i < G_N_ELEMENTS(advices); i++) {
        write_ids_of(text, ticket, advices[i]);
    }
}

void sf_ticket_write_diagnostics(GString *text, const sf_ticket *ticket, const char *code)
{
    unsigned count = 0;

    for (unsigned i = 0; *code && i < ticket->names->len && count < SF_TAP_MAX_DIAGNOSTICS; i++) {
        const char *value = g_ptr_array_index(ticket->values, i);
        bool is_header = g_ptr_array_index(ticket->names, i) == sf_tap_diagnostics;
        if (is_header && strtoul(value, NULL, 10) == strtoul(code, NULL, 10)) {
            sf_ticket_write_line(text, sf_tap_diagnostics, value);
            count++;
        }
    }
}

void sf_ticket_write_ids(GString *text, const sf_ticket *ticket)
{
    write_ids_of(text, ticket, NULL);
}
