/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One ticket for each OPTIONS that is not answered yet, and one for each kind of fault.
 */
#include "keep_alive.h"

#include "call_row.h"
#include "ticket.h"

#include <stdio.h>

/* Teams asks each minute, and a capture may be long or hostile. */
enum { MAX_OPEN = 1024, MAX_FAULTS = 64 };

/** An exchange. */
typedef struct {
    sf_ticket *ticket;
    uint32_t frame, last_frame;
    char *sent, *from, *to; /**< of the first message */
    uint16_t status;        /**< 0 while there is no final answer */
    char *why;              /**< the code or phrase of the answer in brief; empty if there is none */
    GArray *frames;         /**< uint32_t: the first and the last of each exchange with the same fault */
} exchange;

struct sf_keep_alives {
    GHashTable *open;  /**< Call-ID -> exchange, still without a final answer */
    GHashTable *known; /**< what is wrong -> exchange, which is in `faults` */
    GPtrArray *faults;
};

static void free_exchange(void *data)
{
    exchange *e = data;

    sf_ticket_free(e->ticket);
    wmem_free(NULL, e->sent);
    g_free(e->from);
    g_free(e->to);
    g_free(e->why);
    g_array_free(e->frames, true);
    g_free(e);
}

sf_keep_alives *sf_keep_alives_new(void)
{
    sf_keep_alives *k = g_new0(sf_keep_alives, 1);

    k->open = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_exchange);
    k->known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    k->faults = g_ptr_array_new_with_free_func(free_exchange);
    return k;
}

void sf_keep_alives_clear(sf_keep_alives *k)
{
    g_hash_table_remove_all(k->open);
    g_hash_table_remove_all(k->known);
    g_ptr_array_set_size(k->faults, 0);
}

void sf_keep_alives_free(sf_keep_alives *k)
{
    g_hash_table_destroy(k->open);
    g_hash_table_destroy(k->known);
    g_ptr_array_free(k->faults, true);
    g_free(k);
}

static bool is_keep_alive(const sf_tap_message *message)
{
    return strcmp(message->method, "OPTIONS") == 0 && *message->call_id &&
           (message->caller_network == SF_NETWORK_TEAMS || message->callee_network == SF_NETWORK_TEAMS);
}

/** An exchange has its final answer. Takes what it owns. */
static void close_exchange(sf_keep_alives *k, exchange *e)
{
    uint32_t frames[] = { e->frame, e->last_frame };
    const char *change = sf_ticket_value(e->ticket, sf_tap_to_change);
    char *fault = g_strdup_printf("%u %s %s", e->status, e->why, change ? change : "");
    exchange *same = g_hash_table_lookup(k->known, fault);

    g_array_append_vals(e->frames, frames, G_N_ELEMENTS(frames));
    if (same) {
        g_array_append_vals(same->frames, e->frames->data, e->frames->len);
    } else if ((e->status >= 300 || change) && k->faults->len < MAX_FAULTS) {
        g_ptr_array_add(k->faults, e);
        g_hash_table_insert(k->known, fault, e);
        return;
    }
    free_exchange(e);
    g_free(fault);
}

void sf_keep_alives_add(sf_keep_alives *k, const packet_info *pinfo, const sf_tap_message *message)
{
    if (!is_keep_alive(message)) {
        return;
    }
    exchange *e = g_hash_table_lookup(k->open, message->call_id);
    if (!e && g_hash_table_size(k->open) < MAX_OPEN) {
        e = g_new0(exchange, 1);
        e->ticket = sf_ticket_new(message);
        e->frame = pinfo->num;
        e->sent = sf_call_row_moment((int64_t)pinfo->abs_ts.secs * 1000000 + pinfo->abs_ts.nsecs / 1000);
        e->from = sf_ticket_cut(message->from);
        e->to = sf_ticket_cut(message->to);
        e->why = g_strdup("");
        e->frames = g_array_new(false, false, sizeof(uint32_t));
        g_hash_table_insert(k->open, g_strdup(message->call_id), e);
    }
    if (!e) {
        return;
    }
    sf_ticket_add(e->ticket, message);
    if (message->status_code >= 200) {
        char *key = NULL;
        e->last_frame = pinfo->num;
        e->status = message->status_code;
        g_free(e->why);
        e->why = g_strdup(message->why);
        if (*message->advice) {
            sf_ticket_add_id(e->ticket, sf_tap_to_change, message->advice);
        }
        g_hash_table_steal_extended(k->open, message->call_id, (void **)&key, NULL);
        g_free(key);
        close_exchange(k, e);
    }
}

static void write_exchange(GString *out, const exchange *e)
{
    char text[16];
    unsigned count = e->frames->len / 2;

    g_string_append_printf(out, "\nOPTIONS, from frame %u\n", e->frame);
    sf_ticket_write_line(out, "Call-ID", e->ticket->call_id);
    sf_ticket_write_line(out, "Sent (UTC)", e->sent);
    sf_ticket_write_line(out, "From", e->from);
    sf_ticket_write_line(out, "To", e->to);
    if (count > 1) {
        snprintf(text, sizeof text, "%u", count);
        sf_ticket_write_line(out, "Times seen", text);
    }
    if (e->status) {
        snprintf(text, sizeof text, "%u", e->status);
        sf_ticket_write_line(out, "Response", text);
    }
    sf_ticket_write_line(out, "Meaning", e->why);
    sf_ticket_write_advice(out, e->ticket);
    sf_ticket_write_ids(out, e->ticket);
}

/** True if a message of one of the exchanges passed the filter. */
static bool is_selected(const exchange *e, const sf_selection *selection)
{
    for (unsigned i = 0; i < e->frames->len; i++) {
        if (sf_selection_has_frame(selection, g_array_index(e->frames, uint32_t, i))) {
            return true;
        }
    }
    return false;
}

void sf_keep_alives_write(GString *text, const sf_keep_alives *k, const sf_selection *selection)
{
    for (unsigned i = 0; i < k->faults->len; i++) {
        const exchange *e = g_ptr_array_index(k->faults, i);
        if (is_selected(e, selection)) {
            write_exchange(text, e);
        }
    }
}
