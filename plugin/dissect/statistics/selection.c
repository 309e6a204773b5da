/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The listener that has the filter. It notes numbers only, one bit for each.
 */
#include "selection.h"

#include "tap.h"

#include <epan/tap.h>

struct sf_selection {
    GByteArray *calls;  /**< a bit for each number */
    GByteArray *frames; /**< the same, of messages that are of no call */
};

static void set_bit(GByteArray *bits, uint32_t number)
{
    unsigned at = number / 8;

    if (at >= bits->len) {
        unsigned old = bits->len;
        g_byte_array_set_size(bits, at + 1);
        memset(bits->data + old, 0, at + 1 - old);
    }
    bits->data[at] |= (uint8_t)(1U << number % 8);
}

static bool has_bit(const GByteArray *bits, uint32_t number)
{
    return number / 8 < bits->len && (bits->data[number / 8] & 1U << number % 8);
}

static void reset(void *data)
{
    sf_selection *s = data;

    g_byte_array_set_size(s->calls, 0);
    g_byte_array_set_size(s->frames, 0);
}

static tap_packet_status note(void *data, packet_info *pinfo, epan_dissect_t *edt _U_, const void *tapped,
                              tap_flags_t flags _U_)
{
    sf_selection *s = data;
    const sf_tap_message *message = tapped;

    if (message->call) {
        set_bit(s->calls, message->call->number);
    } else {
        set_bit(s->frames, pinfo->num);
    }
    return TAP_PACKET_DONT_REDRAW;
}

static void finish(void *data)
{
    sf_selection *s = data;

    g_byte_array_free(s->calls, true);
    g_byte_array_free(s->frames, true);
    g_free(s);
}

GString *sf_selection_begin(const char *filter, sf_selection **selection)
{
    *selection = NULL;
    if (!filter || !*filter) {
        return NULL;
    }
    sf_selection *s = g_new0(sf_selection, 1);
    s->calls = g_byte_array_new();
    s->frames = g_byte_array_new();
    GString *error = register_tap_listener(SF_TAP_NAME, s, filter, TL_REQUIRES_NOTHING, reset, note, NULL, finish);
    if (error) {
        finish(s);
        return error;
    }
    *selection = s;
    return NULL;
}

void sf_selection_end(sf_selection *selection)
{
    if (selection) {
        remove_tap_listener(selection);
    }
}

bool sf_selection_has_call(const sf_selection *selection, uint32_t number)
{
    return !selection || has_bit(selection->calls, number);
}

bool sf_selection_has_frame(const sf_selection *selection, uint32_t frame)
{
    return !selection || has_bit(selection->frames, frame);
}

char *sf_selection_no_call(const char *filter, unsigned messages)
{
    if (filter && *filter) {
        return g_strdup("No call passes this filter. Without one, all calls with a Microsoft mark are listed.");
    }
    if (messages > 0) {
        return g_strdup_printf(
            "No call with a Microsoft mark in this capture, but %u %s of Microsoft's signaling: filter with "
            "skypefed to see %s.",
            messages, messages == 1 ? "message" : "messages", messages == 1 ? "it" : "them");
    }
    return g_strdup(
        "No call with a Microsoft mark in this capture. If there should be one, check that Wireshark shows its "
        "messages as SIP: a port may need Decode As, and TLS its keys. Calls of other systems are not listed.");
}
