/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The call table as aligned text. Wireshark's own table for the command line
 * does not align its columns.
 */
#include "call_statistics.h"

#include "call/meeting.h"
#include "call_export.h"
#include "call_row.h"
#include "selection.h"
#include "tap.h"

#include <epan/stat_tap_ui.h>
#include <epan/tap.h>

#include <stdio.h>

static const char command[] = "skypefed,calls";

typedef struct {
    char *filter;     /**< NULL for none */
    GPtrArray *calls; /**< at their numbers; NULL where a call is not to be shown, nor another one by its row */
    unsigned others;  /**< messages that are of no call */
} text_table;

static void reset(void *data)
{
    text_table *table = data;

    g_ptr_array_set_size(table->calls, 0);
    table->others = 0;
}

static tap_packet_status note(void *data, packet_info *pinfo _U_, epan_dissect_t *edt _U_, const void *tapped,
                              tap_flags_t flags _U_)
{
    text_table *table = data;
    const sf_call *call = ((const sf_tap_message *)tapped)->call;

    if (!call) {
        table->others++;
        return TAP_PACKET_DONT_REDRAW;
    }
    if (call->number >= table->calls->len) {
        g_ptr_array_set_size(table->calls, (int)call->number + 1);
    }
    g_ptr_array_index(table->calls, call->number) = (void *)call;
    return TAP_PACKET_REDRAW;
}

/** What is in a cell: never empty, so that the columns can be split. */
static const char *cell_text(const char *cell)
{
    return *cell ? cell : "-";
}

static void widen(long *widths, const char *const *cells)
{
    for (unsigned i = 0; i < SF_COLUMNS; i++) {
        widths[i] = MAX(widths[i], g_utf8_strlen(cell_text(cells[i]), -1));
    }
}

static void print_line(long *widths, const char *const *cells)
{
    GString *line = g_string_new(NULL);

    for (unsigned i = 0; i < SF_COLUMNS; i++) {
        const char *text = cell_text(cells[i]);
        bool is_last = i + 1 == SF_COLUMNS;
        int blanks = is_last ? 0 : (int)(widths[i] - g_utf8_strlen(text, -1)) + 2;
        g_string_append_printf(line, "%s%*s", text, blanks, "");
    }
    puts(line->str);
    g_string_free(line, true);
}

typedef void use_cells(long *widths, const char *const *cells);

/** Rows are written anew for each use: a large capture has many calls, and only their widths are to be kept. */
static void for_each_row(const text_table *table, long *widths, use_cells *use)
{
    sf_call_row row;

    for (unsigned i = 0; i < table->calls->len; i++) {
        const sf_call *call = g_ptr_array_index(table->calls, i);
        if (call) {
            sf_call_row_write(call, &row);
            use(widths, (const char *const *)row.cells);
            sf_call_row_release(&row);
        }
    }
}

/**
 * A session with media of a conference is told in the row of the one that joined it, which came before, so has a lower
 * number. A filter may have left out its messages.
 */
static void fold(const text_table *table)
{
    for (unsigned i = 0; i < table->calls->len; i++) {
        const sf_call *call = g_ptr_array_index(table->calls, i);
        const sf_call *row = call ? sf_meeting_row_of(call) : NULL;
        if (row == call) {
            continue;
        }
        g_ptr_array_index(table->calls, i) = NULL;
        g_ptr_array_index(table->calls, row->number) = (void *)row;
    }
}

static bool has_call(const text_table *table)
{
    for (unsigned i = 0; i < table->calls->len; i++) {
        if (g_ptr_array_index(table->calls, i)) {
            return true;
        }
    }
    return false;
}

static void draw(void *data)
{
    const text_table *table = data;
    long widths[SF_COLUMNS] = { 0 };

    fold(table);
    widen(widths, sf_column_titles);
    for_each_row(table, widths, widen);
    char *heading = g_strdup_printf("\n" SF_CALLS_TITLE "\nFilter: %s\n", table->filter ? table->filter : "none");
    puts(heading);
    g_free(heading);
    if (!has_call(table)) {
        char *words = sf_selection_no_call(table->filter, table->others);
        printf("%s\n\n", words);
        g_free(words);
    }
    print_line(widths, sf_column_titles);
    for_each_row(table, widths, print_line);
}

static void finish(void *data)
{
    text_table *table = data;

    g_free(table->filter);
    g_ptr_array_free(table->calls, true);
    g_free(table);
}

static GString *begin_table(const char *filter)
{
    text_table *table = g_new0(text_table, 1);

    table->filter = g_strdup(filter);
    table->calls = g_ptr_array_new();
    GString *error = register_tap_listener(SF_TAP_NAME, table, table->filter, TL_REQUIRES_NOTHING, reset, note, draw,
                                           finish);
    if (error) {
        finish(table);
    }
    return error;
}

/** What follows a word and its comma; NULL if the text does not begin with the word alone. Empty if nothing follows. */
static const char *after_word(const char *text, const char *word)
{
    size_t length = strlen(word);

    if (strncmp(text, word, length) != 0 || (text[length] && text[length] != ',')) {
        return NULL;
    }
    return text + length + (text[length] == ',');
}

static const char *none_if_empty(const char *text)
{
    return *text ? text : NULL;
}

/** @param options  empty, or `json` or `csv`, a filter, or both */
static GString *begin_form(const char *options)
{
    const char *after_json = after_word(options, "json");
    const char *after_csv = after_word(options, "csv");

    if (after_json) {
        return sf_call_export_begin(SF_RECORD_JSON, none_if_empty(after_json));
    }
    if (after_csv) {
        return sf_call_export_begin(SF_RECORD_CSV, none_if_empty(after_csv));
    }
    return begin_table(none_if_empty(options));
}

static sf_stat_begun begin(const char *argument, void *data _U_)
{
    const char *options = after_word(argument, command);
    GString *error = begin_form(options ? options : "");

    if (error) {
        fprintf(stderr, "%s: %s\n", command, error->str);
        g_string_free(error, true);
    }
    SF_STAT_BEGUN(!error);
}

void sf_call_text_table_register(void)
{
    static stat_tap_ui ui = {
        .group = SF_TELEPHONY_GROUP,
        .title = SF_CALLS_TITLE,
        .cli_string = command,
        .tap_init_cb = begin,
    };

    register_stat_tap_ui(&ui, NULL);
}
