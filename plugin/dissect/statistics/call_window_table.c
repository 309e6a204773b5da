/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The call table of Wireshark's window: one stat_tap_table that Wireshark
 * keeps, fills again after each change of the filter, sorts and exports.
 */
#include "call_statistics.h"

#include "call/meeting.h"
#include "call_row.h"
#include "tap.h"

#include <epan/stat_tap_ui.h>
#include <epan/tap.h>

#include <stdlib.h>

static const char title[] = "Calls";

static stat_tap_table_item columns[SF_COLUMNS]; /* Wireshark takes them without const */

/** Row of each call by its number, plus 1; 0 for none. There is one table at a time. */
static GArray *row_of_call;

/** Numbers are numbers, so that they sort as such. */
static bool is_numeric(unsigned column)
{
    return column == SF_COLUMN_NUMBER || column == SF_COLUMN_FRAME || column == SF_COLUMN_CONVERSATION;
}

/**
 * Other numbers are absent in some rows, and Wireshark has no empty number. It sorts texts by their bytes: of the same
 * width, with blanks in front, they sort as numbers. At the right of their column the blanks do not show.
 */
static bool is_padded(unsigned column)
{
    return column == SF_COLUMN_RESPONSE || column == SF_COLUMN_CODE || column == SF_COLUMN_DURATION ||
           column == SF_COLUMN_MOS || column == SF_COLUMN_LOSS;
}

static char *padded(char *text)
{
    enum { WIDTH = 12 };
    char *wide = *text ? wmem_strdup_printf(NULL, "%*s", WIDTH, text) : wmem_strdup(NULL, "");

    wmem_free(NULL, text);
    return wide;
}

static void reset(stat_tap_table *table)
{
    for (unsigned row = 0; row < table->num_elements; row++) {
        for (unsigned column = 0; column < table->num_fields; column++) {
            stat_tap_table_item_type *cell = stat_tap_get_field_data(table, row, column);
            if (cell->type == TABLE_ITEM_STRING) {
                wmem_free(NULL, (void *)cell->value.string_value);
            }
        }
        g_free(table->elements[row]);
    }
    g_free(table->elements);
    table->elements = NULL;
    table->num_elements = 0;
    g_array_set_size(row_of_call, 0);
}

static void begin(stat_tap_table_ui *ui)
{
    stat_tap_table *table = stat_tap_find_table(ui, title);

    if (!row_of_call) {
        row_of_call = g_array_new(false, true, sizeof(unsigned));
    }
    if (table) {
        reset(table);
        return;
    }
    g_array_set_size(row_of_call, 0);
    stat_tap_add_table(ui, stat_tap_init_table(title, SF_COLUMNS, 0, NULL));
}

/** The row of a call in the table, made if there is none. */
static unsigned row_of(stat_tap_table *table, uint32_t number)
{
    stat_tap_table_item_type empty[SF_COLUMNS];

    if (number >= row_of_call->len) {
        g_array_set_size(row_of_call, number + 1);
    }
    unsigned *row = &g_array_index(row_of_call, unsigned, number);
    if (*row == 0) {
        memset(empty, 0, sizeof empty);
        stat_tap_init_table_row(table, table->num_elements, SF_COLUMNS, empty);
        *row = table->num_elements;
    }
    return *row - 1;
}

static void set_cell(stat_tap_table *table, unsigned row, unsigned column, char *text)
{
    stat_tap_table_item_type cell = *stat_tap_get_field_data(table, row, column);

    if (is_numeric(column)) {
        cell.type = TABLE_ITEM_UINT;
        cell.value.uint_value = (unsigned)strtoul(text, NULL, 10);
        wmem_free(NULL, text);
    } else {
        if (cell.type == TABLE_ITEM_STRING) {
            wmem_free(NULL, (void *)cell.value.string_value);
        }
        cell.type = TABLE_ITEM_STRING;
        cell.value.string_value = is_padded(column) ? padded(text) : text;
    }
    stat_tap_set_field_data(table, row, column, &cell);
}

static tap_packet_status note(void *data, packet_info *pinfo _U_, epan_dissect_t *edt _U_, const void *tapped,
                              tap_flags_t flags _U_)
{
    const stat_data_t *statistic = data;
    stat_tap_table *table = g_array_index(statistic->stat_tap_data->tables, stat_tap_table *, 0);
    const sf_call *call = ((const sf_tap_message *)tapped)->call;
    sf_call_row texts;

    if (!call) {
        return TAP_PACKET_DONT_REDRAW;
    }
    call = sf_meeting_row_of(call);
    unsigned row = row_of(table, call->number);
    sf_call_row_write(call, &texts);
    for (unsigned column = 0; column < SF_COLUMNS; column++) {
        set_cell(table, row, column, texts.cells[column]);
    }
    return TAP_PACKET_REDRAW;
}

static void free_cell(stat_tap_table *table _U_, unsigned row _U_, unsigned column _U_, stat_tap_table_item_type *cell)
{
    if (cell->type == TABLE_ITEM_STRING) {
        wmem_free(NULL, (void *)cell->value.string_value);
        cell->value.string_value = NULL;
    }
}

void sf_call_window_table_register(void)
{
    static tap_param parameters[] = { { PARAM_FILTER, "filter", "Filter", NULL, true } };
    static stat_tap_table_ui ui = {
        .group = SF_TELEPHONY_GROUP,
        .title = SF_CALLS_TITLE,
        .tap_name = SF_TAP_NAME,
        .cli_string = "skypefed,table",
        .stat_tap_init_cb = begin,
        .packet_func = note,
        .stat_tap_reset_table_cb = reset,
        .stat_tap_free_table_item_cb = free_cell,
        .nfields = SF_COLUMNS,
        .fields = columns,
        .nparams = G_N_ELEMENTS(parameters),
        .params = parameters,
    };

    for (unsigned i = 0; i < SF_COLUMNS; i++) {
        columns[i] = (stat_tap_table_item){
            .type = is_numeric(i) ? TABLE_ITEM_UINT : TABLE_ITEM_STRING,
            .align = is_numeric(i) || is_padded(i) ? TAP_ALIGN_RIGHT : TAP_ALIGN_LEFT,
            .column_name = sf_column_titles[i],
            .field_format = is_numeric(i) ? "%u" : "%s",
        };
    }
    register_stat_tap_table_ui(&ui);
}
