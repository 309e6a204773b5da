/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a support ticket needs of each call, in a form to paste.
 */
#include "support_report.h"

#include "call_row.h"
#include "keep_alive.h"
#include "ticket.h"

#include "dissect/view/joins.h"
#include "dissect/view/outcomes.h"

#include <stdio.h>

struct sf_support_report {
    GPtrArray *tickets; /**< at the numbers of their calls; NULL where there is no call */
    sf_keep_alives *keep_alives;
};

sf_support_report *sf_support_report_new(void)
{
    sf_support_report *r = g_new0(sf_support_report, 1);

    r->tickets = g_ptr_array_new_with_free_func(sf_ticket_free);
    r->keep_alives = sf_keep_alives_new();
    return r;
}

void sf_support_report_free(sf_support_report *r)
{
    g_ptr_array_free(r->tickets, true);
    sf_keep_alives_free(r->keep_alives);
    g_free(r);
}

void sf_support_report_clear(sf_support_report *r)
{
    g_ptr_array_set_size(r->tickets, 0);
    sf_keep_alives_clear(r->keep_alives);
}

void sf_support_report_take(sf_support_report *r, const packet_info *pinfo, const sf_tap_message *message)
{
    if (message->is_report) {
        return;
    }
    if (!message->call) {
        sf_keep_alives_add(r->keep_alives, pinfo, message);
        return;
    }
    uint32_t number = message->call->number;
    if (number >= r->tickets->len) {
        g_ptr_array_set_size(r->tickets, (int)number + 1);
    }
    void **at = &g_ptr_array_index(r->tickets, number);
    if (!*at) {
        *at = sf_ticket_new(message);
    }
    sf_ticket_add(*at, message);
}

/** With which calls the call belongs together, if it does. */
static void write_conversation(GString *out, const sf_call *call)
{
    unsigned evidence = sf_conversation_evidence(call);
    char text[SF_TICKET_LETTERS] = "";

    if (call->came_from && call->came_from->number) {
        snprintf(text, sizeof text, "%u", call->came_from->number);
        sf_ticket_write_line(out, "Transferred from call", text);
    }
    if (evidence) {
        snprintf(text, sizeof text, "%u, joined by", sf_conversation_of(call));
        for (unsigned bit = 0; bit < SF_JOINS; bit++) {
            if (evidence & 1U << bit) {
                bool is_first = (evidence & ((1U << bit) - 1)) == 0;
                g_strlcat(text, is_first ? " " : ", ", sizeof text);
                g_strlcat(text, sf_join_name(bit), sizeof text);
            }
        }
        sf_ticket_write_line(out, "Conversation", text);
    }
}

static void write_ticket(GString *text, const sf_ticket *t)
{
    static const struct {
        const char *name;
        unsigned column;
    } lines[] = {
        { "Began (UTC)", SF_COLUMN_TIME }, { "Caller", SF_COLUMN_CALLER },     { "Callee", SF_COLUMN_CALLEE },
        { "Outcome", SF_COLUMN_OUTCOME },  { "Response", SF_COLUMN_RESPONSE }, { "Duration in s", SF_COLUMN_DURATION },
        { "Code", SF_COLUMN_CODE },        { "Meaning", SF_COLUMN_MEANING },
    };
    sf_call_row row;

    sf_call_row_write(t->call, &row);
    g_string_append_printf(text, "\nCall %s, from frame %s\n", row.cells[SF_COLUMN_NUMBER], row.cells[SF_COLUMN_FRAME]);
    sf_ticket_write_line(text, "Call-ID", t->call_id);
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        sf_ticket_write_line(text, lines[i].name, row.cells[lines[i].column]);
    }
    sf_call_row_release(&row);
    const char *refuser = sf_outcome_refuser(t->call, sf_outcome_of(t->call), t->call->diagnosis);
    sf_ticket_write_line(text, "Refused by", refuser ? refuser : "");
    write_conversation(text, t->call);
    sf_ticket_write_ids(text, t);
}

char *sf_support_report_text(const sf_support_report *r, const char *filter, const sf_selection *selection)
{
    GString *text = g_string_new(SF_SUPPORT_TITLE "\n");

    g_string_append_printf(text, "Filter: %s\n", filter && *filter ? filter : "none");
    for (unsigned i = 0; i < r->tickets->len; i++) {
        const sf_ticket *t = g_ptr_array_index(r->tickets, i);
        if (t && sf_selection_has_call(selection, i)) {
            write_ticket(text, t);
        }
    }
    sf_keep_alives_write(text, r->keep_alives, selection);
    return g_string_free(text, false);
}
