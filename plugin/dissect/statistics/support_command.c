/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The report for a support ticket on the command line:
 * `tshark -q -z skypefed,support[,filter]`.
 */
#include "support_report.h"

#include <epan/stat_tap_ui.h>
#include <epan/tap.h>

#include <stdio.h>

static const char command[] = "skypefed,support";

typedef struct {
    char *filter;            /**< NULL for none */
    sf_selection *selection; /**< owned by its listener */
    sf_support_report *report;
} listener;

static void reset(void *data)
{
    listener *l = data;

    sf_support_report_clear(l->report);
}

static tap_packet_status note(void *data, packet_info *pinfo, epan_dissect_t *edt _U_, const void *tapped,
                              tap_flags_t flags _U_)
{
    listener *l = data;

    sf_support_report_take(l->report, pinfo, tapped);
    return TAP_PACKET_REDRAW;
}

static void draw(void *data)
{
    const listener *l = data;
    char *text = sf_support_report_text(l->report, l->filter, l->selection);

    printf("\n%s", text);
    g_free(text);
}

static void finish(void *data)
{
    listener *l = data;

    g_free(l->filter);
    sf_support_report_free(l->report);
    g_free(l);
}

static sf_stat_begun begin(const char *argument, void *data _U_)
{
    const char *filter = sf_filter_behind(argument, command);
    listener *l = g_new0(listener, 1);

    l->filter = *filter ? g_strdup(filter) : NULL;
    l->report = sf_support_report_new();
    GString *error = sf_selection_begin(l->filter, &l->selection);
    if (!error) {
        error = register_tap_listener(SF_TAP_NAME, l, NULL, TL_REQUIRES_NOTHING, reset, note, draw, finish);
    }
    if (error) {
        fprintf(stderr, "%s: %s\n", command, error->str);
        g_string_free(error, true);
        finish(l); /* a selection ends with the listeners */
    }
    SF_STAT_BEGUN(!error);
}

void sf_support_command_register(void)
{
    static stat_tap_ui ui = {
        .group = SF_TELEPHONY_GROUP,
        .title = SF_SUPPORT_TITLE,
        .cli_string = command,
        .tap_init_cb = begin,
    };

    register_stat_tap_ui(&ui, NULL);
}
