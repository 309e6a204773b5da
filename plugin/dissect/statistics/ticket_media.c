/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writing those lines, from the sums of the streams.
 */
#include "ticket_media.h"

#include "dissect/view/media_flows.h"
#include "dissect/view/verdicts.h"
#include "media_parts.h"
#include "ticket.h"

#include <stdio.h>

/* Of one ticket: a capture may agree on many streams, on many hops. */
enum { MAX_LINES = 48, MAX_HOP_LINES = 16 };

/** A stream, and of which call it is, in words. */
typedef struct {
    const sf_stream_sum *sum;
    char where[SF_MEDIA_PLACE_BYTES]; /**< sf_media_place() */
} told_stream;

static char *write_breach(const told_stream *told)
{
    const sf_breach *breach = &told->sum->breach;
    const char *agreed = sf_verdict_name(breach->verdict);
    const sf_media_party sender = sf_media_sender(told->sum);

    if (breach->frame == 0 || !sf_verdict_is_encrypted(breach->verdict)) {
        return NULL;
    }
    return breach->finding == SF_FINDING_CLEAR
               ? g_strdup_printf("%s, but %s sent clear RTP%s, as the packets up to frame %u prove", agreed,
                                 sender.text, told->where, breach->frame)
               : g_strdup_printf(
                     "%s, but none of the first 100 packets that %s sent%s is authenticated with the agreed "
                     "key, up to frame %u: SRTP with another key, or clear RTP",
                     agreed, sender.text, told->where, breach->frame);
}

/** Where SRTP was answered, but not agreed: that media flows in clear breaks nothing, and nobody wanted it. */
static char *write_clear(const told_stream *told)
{
    const sf_breach *breach = &told->sum->breach;

    return breach->frame > 0 && !sf_verdict_is_encrypted(breach->verdict)
               ? g_strdup_printf("%s sent clear RTP%s, as the packets up to frame %u prove",
                                 sf_media_sender(told->sum).text, told->where, breach->frame)
               : NULL;
}

static char *write_odd_codec(const told_stream *told)
{
    const sf_stream_sum *sum = told->sum;
    const char *codec = sum->odd_codec ? sum->odd_codec : "no name known";

    return sum->odd.frame > 0
               ? g_strdup_printf("%s sent %u packets of payload type %u (%s)%s up to frame %u, which %s did not list",
                                 sf_media_sender(sum).text, (unsigned)SF_SOURCE_MANY, sum->odd.type, codec, told->where,
                                 sum->odd.frame, sf_media_receiver(sum).text)
               : NULL;
}

static char *write_missing(const told_stream *told)
{
    const sf_stream_sum *sum = told->sum;

    return sum->lost > 0
               ? g_strdup_printf("%u of %" G_GUINT64_FORMAT " from %s%s, by their sequence numbers", sum->lost,
                                 (uint64_t)sum->packets + sum->lost, sf_media_sender(sum).text, told->where)
               : NULL;
}

static char *write_again(const told_stream *told)
{
    const sf_stream_sum *sum = told->sum;

    return sum->duplicates > 0 ? g_strdup_printf("%u from %s%s, as from a mirror port", sum->duplicates,
                                                 sf_media_sender(sum).text, told->where)
                               : NULL;
}

/** Kinds of lines, in their order. */
static const struct {
    const char *name;
    char *(*write)(const told_stream *told); /**< NULL for nothing to tell */
} kinds[] = {
    { "Not as agreed", write_breach },       { "Sent in clear", write_clear },
    { "Codec not agreed", write_odd_codec }, { "Packets missing", write_missing },
    { "Packets seen again", write_again },
};

static unsigned write_session(GString *text, const GArray *sums, uint32_t session, size_t kind, unsigned room)
{
    unsigned written = 0;

    for (unsigned i = 0; i < sums->len && written < room; i++) {
        told_stream told = { .sum = &g_array_index(sums, sf_stream_sum, i) };
        sf_media_place(told.sum, sums, session, told.where);
        char *words = kinds[kind].write(&told);
        if (words) {
            sf_ticket_write_line(text, kinds[kind].name, words);
            written++;
        }
        g_free(words);
    }
    return written;
}

/** Of a call with several hops: what each of them agreed and carried. Sums stand in pairs, one for each direction. */
static void write_hops(GString *text, const GArray *sums, uint32_t session)
{
    unsigned written = 0;

    for (unsigned i = 0; i + 1 < sums->len && written < MAX_HOP_LINES; i += 2) {
        const sf_stream_sum *there = &g_array_index(sums, sf_stream_sum, i);
        char where[SF_MEDIA_PLACE_BYTES];
        if (!there->is_of_hop) {
            continue;
        }
        sf_media_place(there, sums, session, where);
        char *words = g_strdup_printf("%s%s: %s, %u packets and %u back", sf_media_sender(there).text, where,
                                      sf_verdict_name(there->verdict), there->packets, (there + 1)->packets);
        sf_ticket_write_line(text, "Hop", words);
        written++;
        g_free(words);
    }
}

/** Media that the note skypefed.expert.media_missing is about. */
static void write_silence(GString *text, const sf_flows *flows, const sf_call *call, uint32_t session)
{
    if (sf_flows_ended_silent(flows, call)) {
        char where[24] = "";
        if (session > 0) {
            snprintf(where, sizeof where, " in call %u", session);
        }
        char *words = g_strdup_printf(
            "none at the agreed addresses%s, although the call was answered, and other packets "
            "between these hosts are in this capture",
            where);
        sf_ticket_write_line(text, "Media missing", words);
        g_free(words);
    }
}

void sf_ticket_write_seen(GString *text, const sf_call *call, const char *cell)
{
    GString *words = g_string_new(cell);

    sf_media_add_parts(words, call);
    sf_ticket_write_line(text, "Media seen", words->str);
    g_string_free(words, true);
}

void sf_ticket_write_media(GString *text, const sf_call *call)
{
    const sf_flows *flows = sf_media_flows();
    unsigned written = 0;

    for (const sf_call *c = call; flows && c; c = c == call ? call->first_media : c->next_media) {
        GArray *sums = sf_flows_stream_sums(flows, c);
        write_silence(text, flows, c, c == call ? 0 : c->number);
        write_hops(text, sums, c == call ? 0 : c->number);
        for (size_t kind = 0; kind < G_N_ELEMENTS(kinds); kind++) {
            written += write_session(text, sums, c == call ? 0 : c->number, kind, MAX_LINES - written);
        }
        g_array_free(sums, true);
    }
}
