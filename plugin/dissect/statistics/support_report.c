/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a support ticket needs of each call, in a form to paste.
 */
#include "support_report.h"

#include "call_row.h"

#include "dissect/view/joins.h"
#include "dissect/view/outcomes.h"
#include "tap.h"

/* No capture can make a report long, or the search through it slow. */
enum { MAX_IDS = 48, MAX_LETTERS = 256 };

/** One call. */
typedef struct {
    const sf_call *call;
    char *call_id;
    GPtrArray *names;  /**< literals */
    GPtrArray *values; /**< of the names, in the same order */
} ticket;

struct sf_support_report {
    GPtrArray *tickets; /**< at the numbers of their calls; NULL where a call is not to be shown */
};

static void free_ticket(void *data)
{
    ticket *t = data;

    if (t) {
        g_free(t->call_id);
        g_ptr_array_free(t->names, true);
        g_ptr_array_free(t->values, true);
        g_free(t);
    }
}

static ticket *new_ticket(const sf_tap_message *message)
{
    ticket *t = g_new0(ticket, 1);

    t->call = message->call;
    t->call_id = g_strdup(message->call_id);
    t->names = g_ptr_array_new();
    t->values = g_ptr_array_new_with_free_func(g_free);
    return t;
}

static bool has_id(const ticket *t, const char *name, const char *value)
{
    for (unsigned i = 0; i < t->names->len; i++) {
        if (strcmp(g_ptr_array_index(t->names, i), name) == 0 && strcmp(g_ptr_array_index(t->values, i), value) == 0) {
            return true;
        }
    }
    return false;
}

static void add_id(ticket *t, const sf_tap_id *id)
{
    char *value = g_utf8_substring(id->value, 0, MIN(g_utf8_strlen(id->value, -1), MAX_LETTERS));

    if (t->names->len < MAX_IDS && !has_id(t, id->name, value)) {
        g_ptr_array_add(t->names, (void *)id->name);
        g_ptr_array_add(t->values, value);
    } else {
        g_free(value);
    }
}

sf_support_report *sf_support_report_new(void)
{
    sf_support_report *r = g_new0(sf_support_report, 1);

    r->tickets = g_ptr_array_new_with_free_func(free_ticket);
    return r;
}

void sf_support_report_free(sf_support_report *r)
{
    g_ptr_array_free(r->tickets, true);
    g_free(r);
}

void sf_support_report_clear(sf_support_report *r)
{
    g_ptr_array_set_size(r->tickets, 0);
}

bool sf_support_report_take(sf_support_report *r, const sf_tap_message *message)
{
    if (!message->call) {
        return false;
    }
    uint32_t number = message->call->number;
    if (number >= r->tickets->len) {
        g_ptr_array_set_size(r->tickets, (int)number + 1);
    }
    void **at = &g_ptr_array_index(r->tickets, number);
    if (!*at) {
        *at = new_ticket(message);
    }
    for (unsigned i = 0; i < message->id_count; i++) {
        add_id(*at, &message->ids[i]);
    }
    return true;
}

static void write_line(GString *text, const char *name, const char *value)
{
    if (*value) {
        g_string_append_printf(text, "  %-22s%s\n", name, value);
    }
}

/** With which calls the call belongs together, if it does. */
static void write_conversation(GString *out, const sf_call *call)
{
    unsigned evidence = sf_conversation_evidence(call);
    char text[MAX_LETTERS] = "";

    if (call->came_from && call->came_from->number) {
        g_snprintf(text, sizeof text, "%u", call->came_from->number);
        write_line(out, "Transferred from call", text);
    }
    if (evidence) {
        g_snprintf(text, sizeof text, "%u, joined by", sf_conversation_of(call));
        for (unsigned bit = 0; bit < SF_JOINS; bit++) {
            if (evidence & 1U << bit) {
                bool is_first = (evidence & ((1U << bit) - 1)) == 0;
                g_strlcat(text, is_first ? " " : ", ", sizeof text);
                g_strlcat(text, sf_join_name(bit), sizeof text);
            }
        }
        write_line(out, "Conversation", text);
    }
}

static void write_ticket(GString *text, const ticket *t)
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
    write_line(text, "Call-ID", t->call_id);
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        write_line(text, lines[i].name, row.cells[lines[i].column]);
    }
    sf_call_row_release(&row);
    const char *refuser = sf_outcome_refuser(t->call);
    write_line(text, "Refused by", refuser ? refuser : "");
    write_conversation(text, t->call);
    for (unsigned i = 0; i < t->names->len; i++) {
        write_line(text, g_ptr_array_index(t->names, i), g_ptr_array_index(t->values, i));
    }
}

char *sf_support_report_text(const sf_support_report *r, const char *filter)
{
    GString *text = g_string_new(SF_SUPPORT_TITLE "\n");

    g_string_append_printf(text, "Filter: %s\n", filter && *filter ? filter : "none");
    for (unsigned i = 0; i < r->tickets->len; i++) {
        const ticket *t = g_ptr_array_index(r->tickets, i);
        if (t) {
            write_ticket(text, t);
        }
    }
    return g_string_free(text, false);
}
