/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The filter comes from what the first pass has noted for the frame.
 */
#include "call_filter.h"

#include "dissect/find/shown.h"
#include "dissect/view/compat.h"

#include <epan/conversation_filter.h>

/** The number of the call of a row; 0 without one. */
static uint32_t number_of(const sf_shown *row)
{
    return row->note.call ? row->note.call->number : 0;
}

static sf_filter_valid is_in_call(packet_info *pinfo SF_FILTER_DATA)
{
    const sf_shown *row;

    for (unsigned i = sf_shown_first(pinfo->num); (row = sf_shown_at(i, pinfo->num)) != NULL; i++) {
        if (number_of(row)) {
            return true;
        }
    }
    return false;
}

/** All calls of the frame, each once. */
static char *filter_of(packet_info *pinfo SF_FILTER_DATA)
{
    GString *filter = g_string_new(NULL);
    uint32_t last = 0;
    const sf_shown *row;

    for (unsigned i = sf_shown_first(pinfo->num); (row = sf_shown_at(i, pinfo->num)) != NULL; i++) {
        uint32_t number = number_of(row);
        if (number && number != last) {
            g_string_append_printf(filter, "%sskypefed.call == %u", filter->len > 0 ? " || " : "", number);
            last = number;
        }
    }
    return g_string_free(filter, filter->len == 0);
}

void sf_call_filter_register(void)
{
    SF_REGISTER_CONVERSATION_FILTER("skypefed", "SkypeFed call", is_in_call, filter_of);
}
