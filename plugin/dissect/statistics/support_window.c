/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The report for a support ticket in Wireshark's window: a text to copy, of the
 * calls that the display filter in force selects. The way to such a window is the
 * one that Lua scripts take.
 */
#include "support_report.h"

#include <epan/funnel.h>
#include <epan/tap.h>

static tap_packet_status note(void *data, packet_info *pinfo, epan_dissect_t *edt _U_, const void *tapped,
                              tap_flags_t flags _U_)
{
    sf_support_report_take(data, pinfo, tapped);
    return TAP_PACKET_REDRAW;
}

static void reset(void *data)
{
    sf_support_report_clear(data);
}

/** The text for the window; also if the filter cannot be used. To be freed. */
static char *text_for(const funnel_ops_t *ops, const char *filter)
{
    sf_support_report *report = sf_support_report_new();
    sf_selection *selection;
    GString *error = sf_selection_begin(filter, &selection);
    char *text;

    if (!error) {
        error = register_tap_listener(SF_TAP_NAME, report, NULL, TL_REQUIRES_NOTHING, reset, note, NULL, NULL);
    }
    if (error) {
        text = g_strdup(error->str);
        g_string_free(error, true);
    } else {
        ops->retap_packets(ops->ops_id);
        text = sf_support_report_text(report, filter, selection);
        remove_tap_listener(report);
    }
    sf_selection_end(selection);
    sf_support_report_free(report);
    return text;
}

static void open_window(void *data _U_)
{
    const funnel_ops_t *ops = funnel_get_funnel_ops();

    if (!ops || !ops->new_text_window || !ops->retap_packets || !ops->get_filter) {
        return; /* tshark has no windows; -z skypefed,support does this there */
    }
    const char *in_force = ops->get_filter(ops->ops_id);
    char *filter = g_strdup(in_force ? in_force : "");
    char *text = text_for(ops, filter);
    funnel_text_window_t *window = ops->new_text_window(ops->ops_id, SF_SUPPORT_TITLE);
    ops->set_text(window, text);
    g_free(text);
    g_free(filter);
}

void sf_support_window_register(void)
{
    funnel_register_menu(SF_SUPPORT_TITLE, SF_TELEPHONY_GROUP, open_window, NULL, NULL, false);
}
