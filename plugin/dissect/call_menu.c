/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Entries of the Telephony menu that lead from the selected packet to its call, and to the calls that failed. They come
 * on the way that Lua scripts take to a menu, and act through Wireshark's interface for plugins (epan/plugin_if.h).
 */
#include "call_menu.h"

#include "call/outcome.h"
#include "call_filter.h"
#include "dissect/statistics/call_statistics.h"

#include <epan/funnel.h>
#include <epan/plugin_if.h>

static void *number_of(frame_data *frame, void *data _U_)
{
    return GUINT_TO_POINTER(frame->num);
}

/** The number of the selected packet; 0 if none is. */
static uint32_t selected(void)
{
    return GPOINTER_TO_UINT(plugin_if_get_frame_data(number_of, NULL));
}

static void apply(char *filter)
{
    if (filter) {
        plugin_if_apply_filter(filter, true);
    }
    g_free(filter);
}

static void go_to_first(void *data _U_)
{
    uint32_t frame = sf_call_filter_first_frame(selected());

    if (frame) {
        plugin_if_goto_frame(frame);
    }
}

static void show_call(void *data _U_)
{
    apply(sf_call_filter_of_call(selected()));
}

static void show_conversation(void *data _U_)
{
    apply(sf_call_filter_of_conversation(selected()));
}

static void show_failed(void *data _U_)
{
    apply(g_strdup_printf("skypefed.call.outcome in {%d, %d, %d, %d}", SF_OUTCOME_REFUSED, SF_OUTCOME_FAILED_MEDIA,
                          SF_OUTCOME_FAILED_LATER, SF_OUTCOME_TRANSFER_FAILED));
}

void sf_call_menu_register(void)
{
    static const struct {
        const char *title;
        funnel_menu_callback act;
    } entries[] = {
        { SF_STATISTICS_NAME " - Go to the first message of this call", go_to_first },
        { SF_STATISTICS_NAME " - Show this call", show_call },
        { SF_STATISTICS_NAME " - Show this conversation", show_conversation },
        { SF_STATISTICS_NAME " - Show calls that failed", show_failed },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(entries); i++) {
        funnel_register_menu(entries[i].title, SF_TELEPHONY_GROUP, entries[i].act, NULL, NULL, false);
    }
}
