/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The filter comes from what the first pass has noted for the frame.
 */
#include "call_filter.h"

#include "call/conversations.h"
#include "dissect/find/shown.h"

#include <epan/conversation_filter.h>

/** The call of a row, or the one that it reports on; NULL without one. */
static const sf_call *call_in(const sf_shown *row)
{
    const sf_call_about *about = row->note.about;

    return row->note.call ? row->note.call : about ? about->call : NULL;
}

/** Its number; 0 without one. */
static uint32_t call_of(const sf_shown *row)
{
    const sf_call *call = call_in(row);

    return call ? call->number : 0;
}

/** The number of its conversation. */
static uint32_t conversation_of(const sf_shown *row)
{
    const sf_call *call = call_in(row);

    return call ? sf_conversation_of(call) : 0;
}

static sf_filter_valid is_in_call(packet_info *pinfo SF_FILTER_DATA)
{
    const sf_shown *row;

    for (unsigned i = sf_shown_first(pinfo->num); (row = sf_shown_at(i, pinfo->num)) != NULL; i++) {
        if (call_of(row)) {
            return true;
        }
    }
    return false;
}

/**
 * A filter for the numbers of the frame's rows, each once.
 * @param format  the filter for one number, with # in its place
 */
static char *filter_for(uint32_t frame, uint32_t (*number_of)(const sf_shown *), const char *format)
{
    GString *filter = g_string_new(NULL);
    uint32_t last = 0;
    const sf_shown *row;

    for (unsigned i = sf_shown_first(frame); (row = sf_shown_at(i, frame)) != NULL; i++) {
        uint32_t number = number_of(row);
        if (number && number != last) {
            char *text = g_strdup_printf("%u", number);
            char **parts = g_strsplit(format, "#", -1);
            char *one = g_strjoinv(text, parts);
            g_string_append_printf(filter, "%s%s", filter->len > 0 ? " || " : "", one);
            g_free(one);
            g_strfreev(parts);
            g_free(text);
            last = number;
        }
    }
    return g_string_free(filter, filter->len == 0);
}

char *sf_call_filter_of_call(uint32_t frame)
{
    return filter_for(frame, call_of, "skypefed.call == #");
}

char *sf_call_filter_of_conversation(uint32_t frame)
{
    /* Also the calls that became part of the conversation later. */
    return filter_for(frame, conversation_of,
                      "skypefed.conversation_number == # || skypefed.conversation_number.joined == #");
}

uint32_t sf_call_filter_first_frame(uint32_t frame)
{
    const sf_shown *row;

    for (unsigned i = sf_shown_first(frame); (row = sf_shown_at(i, frame)) != NULL; i++) {
        if (call_of(row)) {
            return call_in(row)->first_frame;
        }
    }
    return 0;
}

static char *filter_of_call(packet_info *pinfo SF_FILTER_DATA)
{
    return sf_call_filter_of_call(pinfo->num);
}

static char *filter_of_conversation(packet_info *pinfo SF_FILTER_DATA)
{
    return sf_call_filter_of_conversation(pinfo->num);
}

void sf_call_filter_register(void)
{
    SF_REGISTER_CONVERSATION_FILTER("skypefed", "SkypeFed call", is_in_call, filter_of_call);
    SF_REGISTER_CONVERSATION_FILTER("skypefed", "SkypeFed conversation", is_in_call, filter_of_conversation);
}
