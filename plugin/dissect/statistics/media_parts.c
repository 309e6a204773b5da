/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writing those words, from the sums of the streams.
 */
#include "media_parts.h"

#include "dissect/view/media_flows.h"
#include "join_row.h"

#include <stdio.h>

/** @param end  0 for who sends, 1 for who gets it */
static sf_media_party party_at(const sf_stream_sum *sum, unsigned end)
{
    bool is_caller = sum->is_by_caller == (end == 0);

    return sum->is_of_hop ? sf_media_party_of_hop(&sum->hop[end], is_caller) : sf_media_party_of_call(is_caller);
}

sf_media_party sf_media_sender(const sf_stream_sum *sum)
{
    return party_at(sum, 0);
}

sf_media_party sf_media_receiver(const sf_stream_sum *sum)
{
    return party_at(sum, 1);
}

/** They are in the order of their streams. */
static bool has_several_streams(const GArray *sums)
{
    return g_array_index(sums, sf_stream_sum, 0).stream != g_array_index(sums, sf_stream_sum, sums->len - 1).stream;
}

void sf_media_place(const sf_stream_sum *sum, const GArray *sums, uint32_t session, char place[SF_MEDIA_PLACE_BYTES])
{
    char receiver[sizeof " to " + SF_MEDIA_PARTY_BYTES] = "", number[24] = "", call[24] = "";

    if (sum->is_of_hop) {
        snprintf(receiver, sizeof receiver, " to %s", sf_media_receiver(sum).text);
    }
    if (has_several_streams(sums) && sum->stream > 0) {
        snprintf(number, sizeof number, "stream %u", sum->stream);
    }
    if (session > 0) {
        snprintf(call, sizeof call, "call %u", session);
    }
    snprintf(place, SF_MEDIA_PLACE_BYTES, "%s%s%s%s%s", receiver, *number || *call ? " in " : "", number,
             *number && *call ? " of " : "", call);
}

/** Bits of all that the sources of one side show, as far as it counts. */
static unsigned shown_by(const sf_stream_sum *sum)
{
    const unsigned undetermined = 1u << SF_SEEN_UNDETERMINED;

    return (sum->seen_all & ~undetermined) | (sum->is_unproved ? undetermined : 0);
}

/** What one side sent: `from the caller in stream 2: Clear RTP and Undetermined`. */
static void add_side(GString *parts, const sf_stream_sum *sum, const GArray *sums, uint32_t session)
{
    unsigned shown = shown_by(sum);
    const char *separator = ": ";
    char place[SF_MEDIA_PLACE_BYTES];

    sf_media_place(sum, sums, session, place);
    g_string_append_printf(parts, "%sfrom %s%s", parts->len ? "; " : "", sf_media_sender(sum).text, place);
    for (unsigned seen = 0; seen <= SF_SEEN_LAST; seen++) {
        if (shown & 1u << seen) {
            g_string_append_printf(parts, "%s%s", separator, sf_seen_name(seen));
            separator = " and ";
        }
    }
}

/** @param room  for so many parts. @return parts that were added, or had no room */
static unsigned add_session(GString *parts, const GArray *sums, uint32_t session, unsigned room)
{
    unsigned count = 0;

    for (unsigned i = 0; i < sums->len; i++) {
        const sf_stream_sum *sum = &g_array_index(sums, sf_stream_sum, i);
        if (shown_by(sum) && ++count <= room) {
            add_side(parts, sum, sums, session);
        }
    }
    return count;
}

void sf_media_add_parts(GString *text, const sf_call *call)
{
    enum { MAX_PARTS = 8 };
    const sf_flows *flows = sf_media_flows();
    GString *parts = g_string_new(NULL);
    unsigned count = 0;

    for (const sf_call *c = call; flows && c; c = c == call ? call->first_media : c->next_media) {
        if (!sf_seen_has_parts(sf_flows_of_call(flows, c).seen)) {
            continue;
        }
        GArray *sums = sf_flows_stream_sums(flows, c);
        count += add_session(parts, sums, c == call ? 0 : c->number, MAX_PARTS - MIN(count, MAX_PARTS));
        g_array_free(sums, true);
    }
    if (count > 0) {
        g_string_append(parts, count > MAX_PARTS ? "; ..." : "");
        sf_join_add_remark(text, parts->str);
    }
    g_string_free(parts, true);
}
