/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a support ticket needs of each call, in a form to paste:
 * `tshark -q -z skypefed,support[,filter]`.
 */
#include "call_statistics.h"

#include "call_row.h"
#include "tap.h"

#include <epan/stat_tap_ui.h>
#include <epan/tap.h>

#include <stdio.h>

static const char command[] = "skypefed,support";

/* No capture can make a report long, or the search through it slow. */
enum { MAX_IDS = 48, MAX_LETTERS = 256 };

/** One call. */
typedef struct {
    const sf_call *call;
    char *call_id;
    GPtrArray *names;  /**< literals */
    GPtrArray *values; /**< of the names, in the same order */
} ticket;

typedef struct {
    char *filter;       /**< NULL for none */
    GPtrArray *tickets; /**< at the numbers of their calls; NULL where a call is not to be shown */
} report;

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

static void reset(void *data)
{
    report *r = data;

    g_ptr_array_set_size(r->tickets, 0);
}

static tap_packet_status note(void *data, packet_info *pinfo _U_, epan_dissect_t *edt _U_, const void *tapped,
                              tap_flags_t flags _U_)
{
    report *r = data;
    const sf_tap_message *message = tapped;

    if (!message->call) {
        return TAP_PACKET_DONT_REDRAW;
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
    return TAP_PACKET_REDRAW;
}

static void print(const char *name, const char *value)
{
    if (*value) {
        printf("  %-22s%s\n", name, value);
    }
}

static void print_ticket(const ticket *t)
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
    printf("\nCall %s, from frame %s\n", row.cells[SF_COLUMN_NUMBER], row.cells[SF_COLUMN_FRAME]);
    print("Call-ID", t->call_id);
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        print(lines[i].name, row.cells[lines[i].column]);
    }
    sf_call_row_release(&row);
    for (unsigned i = 0; i < t->names->len; i++) {
        print(g_ptr_array_index(t->names, i), g_ptr_array_index(t->values, i));
    }
}

static void draw(void *data)
{
    const report *r = data;

    puts("\n" SF_STATISTICS_NAME ": For a support ticket");
    printf("Filter: %s\n", r->filter ? r->filter : "none");
    for (unsigned i = 0; i < r->tickets->len; i++) {
        const ticket *t = g_ptr_array_index(r->tickets, i);
        if (t) {
            print_ticket(t);
        }
    }
}

static void finish(void *data)
{
    report *r = data;

    g_free(r->filter);
    g_ptr_array_free(r->tickets, true);
    g_free(r);
}

static sf_stat_begun begin(const char *argument, void *data _U_)
{
    size_t length = strlen(command);
    const char *filter = strncmp(argument, command, length) == 0 && argument[length] == ',' ? argument + length + 1
                                                                                            : "";
    report *r = g_new0(report, 1);

    r->filter = *filter ? g_strdup(filter) : NULL;
    r->tickets = g_ptr_array_new_with_free_func(free_ticket);
    GString *error = register_tap_listener(SF_TAP_NAME, r, r->filter, TL_REQUIRES_NOTHING, reset, note, draw, finish);
    if (error) {
        fprintf(stderr, "%s: %s\n", command, error->str);
        g_string_free(error, true);
        finish(r);
    }
    SF_STAT_BEGUN(!error);
}

void sf_support_report_register(void)
{
    static stat_tap_ui ui = {
        .group = SF_TELEPHONY_GROUP,
        .title = SF_STATISTICS_NAME ": For a support ticket",
        .cli_string = command,
        .tap_init_cb = begin,
    };

    register_stat_tap_ui(&ui, NULL);
}
