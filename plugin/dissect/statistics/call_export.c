/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The listener that collects the records. They come in the order of their
 * numbers, one line each. All calls are collected, and those are printed that the filter
 * selects.
 */
#include "call_export.h"

#include "call/meeting.h"
#include "selection.h"

#include <epan/tap.h>

#include <stdio.h>

typedef struct {
    sf_record_format format;
    sf_selection *selection; /**< NULL for all calls; owned by its listener */
    GPtrArray *records;      /**< at the numbers of their calls; NULL where there is no call */
} export;

static void free_record(void *record)
{
    sf_call_record_free(record);
}

static void reset(void *data)
{
    export *e = data;

    g_ptr_array_set_size(e->records, 0);
}

static tap_packet_status note(void *data, packet_info *pinfo, epan_dissect_t *edt _U_, const void *tapped,
                              tap_flags_t flags _U_)
{
    export *e = data;
    const sf_tap_message *message = tapped;
    const sf_call *call = message->call;

    if (!call) {
        return TAP_PACKET_DONT_REDRAW;
    }
    if (call->number >= e->records->len) {
        g_ptr_array_set_size(e->records, (int)call->number + 1);
    }
    void **record = &g_ptr_array_index(e->records, call->number);
    if (!*record) {
        *record = sf_call_record_new(call);
    }
    sf_call_record_add(*record, pinfo->num, message);
    return TAP_PACKET_REDRAW;
}

static void print(GString *line)
{
    fputs(line->str, stdout);
    g_string_truncate(line, 0);
}

static const sf_call_record *record_of(const export *e, uint32_t number)
{
    return number && number < e->records->len ? g_ptr_array_index(e->records, number) : NULL;
}

/** The records of the sessions with media of a conference that a call joined, and whether the filter selects one. */
static bool collect_sessions(const export *e, const sf_call *call, GPtrArray *sessions)
{
    bool is_selected = false;

    g_ptr_array_set_size(sessions, 0);
    for (const sf_call *media = call->first_media; media; media = media->next_media) {
        const sf_call_record *record = record_of(e, media->number);
        if (record) {
            g_ptr_array_add(sessions, (void *)record);
            is_selected |= sf_selection_has_call(e->selection, media->number);
        }
    }
    return is_selected;
}

/** Writes the record of a call, if it is selected, and is not told in that of another one. */
static void write_call(const export *e, uint32_t number, GPtrArray *sessions, GString *line)
{
    const sf_call_record *record = record_of(e, number);
    const sf_call *call = record ? sf_call_record_call(record) : NULL;

    if (!record || (sf_meeting_row_of(call) != call && record_of(e, call->focus->number))) {
        return;
    }
    bool has_selected = collect_sessions(e, call, sessions);
    if (!has_selected && !sf_selection_has_call(e->selection, number)) {
        return;
    }
    if (sessions->len == 0) {
        sf_call_record_write(record, e->format, line);
        return;
    }
    sf_call_record *join = sf_call_record_of_join(record, (const sf_call_record *const *)sessions->pdata,
                                                  sessions->len);
    sf_call_record_write(join, e->format, line);
    sf_call_record_free(join);
}

static void draw(void *data)
{
    const export *e = data;
    GString *line = g_string_new(NULL);
    GPtrArray *sessions = g_ptr_array_new();

    if (e->format == SF_RECORD_CSV) {
        sf_call_record_write_titles(line);
        print(line);
    }
    for (uint32_t number = 1; number < e->records->len; number++) {
        write_call(e, number, sessions, line);
        print(line);
    }
    g_ptr_array_free(sessions, true);
    g_string_free(line, true);
}

static void finish(void *data)
{
    export *e = data;

    g_ptr_array_free(e->records, true);
    g_free(e);
}

GString *sf_call_export_begin(sf_record_format format, const char *filter)
{
    export *e = g_new0(export, 1);

    e->format = format;
    e->records = g_ptr_array_new_with_free_func(free_record);
    GString *error = sf_selection_begin(filter, &e->selection);
    if (!error) {
        error = register_tap_listener(SF_TAP_NAME, e, NULL, TL_REQUIRES_NOTHING, reset, note, draw, finish);
    }
    if (error) {
        finish(e); /* a selection ends with the listeners */
    }
    return error;
}
