/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Writing those members.
 */
#include "join_members.h"

#include "dissect/view/media_flows.h"
#include "dissect/view/verdicts.h"
#include "join_row.h"
#include "media_parts.h"

/** What one side sent in one stream of a session. */
typedef struct {
    uint32_t call; /**< number */
    sf_stream_sum sum;
} session_sum;

void sf_join_write_calls(sf_record_writer *writer, const sf_call *call)
{
    GArray *numbers = g_array_new(false, false, sizeof(uint32_t));
    char *conference = sf_join_conference(call);

    for (const sf_call *media = call->first_media; media; media = media->next_media) {
        g_array_append_val(numbers, media->number);
    }
    sf_record_text(writer, "conference", conference);
    sf_record_numbers(writer, "media_calls", numbers);
    g_array_free(numbers, true);
    wmem_free(NULL, conference);
}

/* ---- streams ---- */

static void add_streams(GPtrArray *names, const sf_agreement *agreed)
{
    for (unsigned i = 0; i < agreed->kind_count; i++) {
        g_ptr_array_add(names, (void *)sf_media_kind_name(agreed->kinds[i]));
    }
}

void sf_join_write_own_streams(sf_record_writer *writer, const sf_call *call)
{
    GPtrArray *names = g_ptr_array_new();

    add_streams(names, &call->agreed);
    sf_record_texts(writer, "streams", names);
    g_ptr_array_free(names, true);
}

void sf_join_write_streams(sf_record_writer *writer, const sf_call *call)
{
    GPtrArray *names = g_ptr_array_new();

    add_streams(names, &call->agreed);
    for (const sf_call *media = call->first_media; media; media = media->next_media) {
        add_streams(names, &media->agreed);
    }
    sf_record_texts(writer, "streams", names);
    g_ptr_array_free(names, true);
}

/* ---- what flowed ---- */

static void write_host(sf_record_writer *writer, const char *name, const sf_media_end *host)
{
    char text[SF_MEDIA_PARTY_BYTES];

    sf_record_text(writer, name, sf_media_host_write(host, text) ? text : NULL);
}

/** What one side sent in one stream. */
static void write_stream_sum(sf_record_writer *writer, const void *context, unsigned index)
{
    const session_sum *one = &g_array_index((const GArray *)context, session_sum, index);
    const sf_stream_sum *sum = &one->sum;
    GPtrArray *codecs = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *ssrcs = g_ptr_array_new_with_free_func(g_free);

    for (unsigned i = 0; i < sum->type_count; i++) {
        g_ptr_array_add(codecs,
                        sum->codecs[i] ? g_strdup(sum->codecs[i]) : g_strdup_printf("Payload type %u", sum->types[i]));
    }
    for (unsigned i = 0; i < sum->ssrc_count; i++) {
        g_ptr_array_add(ssrcs, g_strdup_printf("0x%08x", sum->ssrcs[i]));
    }
    sf_record_number(writer, "call", true, one->call);
    sf_record_number(writer, "stream", sum->stream > 0, sum->stream);
    sf_record_text(writer, "sender", sum->is_by_caller ? "caller" : "callee");
    write_host(writer, "sender_address", &sum->hop[0]);
    write_host(writer, "receiver_address", &sum->hop[1]);
    sf_record_enum(writer, "verdict", sum->verdict, sf_verdict_name(sum->verdict));
    sf_record_enum(writer, "seen", sum->seen, sf_seen_words(sum->seen));
    sf_record_number(writer, "packets", true, sum->packets);
    sf_record_number(writer, "lost", true, sum->lost);
    sf_record_number(writer, "duplicates", true, sum->duplicates);
    sf_record_time(writer, "first", sum->first_time);
    sf_record_time(writer, "last", sum->last_time);
    sf_record_texts(writer, "ssrcs", ssrcs);
    sf_record_texts(writer, "codecs", codecs);
    g_ptr_array_free(codecs, true);
    g_ptr_array_free(ssrcs, true);
}

static sf_senders senders_of_both(sf_senders one, sf_senders other)
{
    bool is_one = one != SF_SENDERS_NONE && one != SF_SENDERS_UNKNOWN;
    bool is_other = other != SF_SENDERS_NONE && other != SF_SENDERS_UNKNOWN;

    if (is_one && is_other) {
        return one == other ? one : SF_SENDERS_BOTH;
    }
    return is_one || other == SF_SENDERS_NONE ? one : other;
}

/** Adds what was seen of a session to what was of others. */
static void add_session(const sf_call *call, sf_media_summary *all, GArray *sums)
{
    sf_media_summary own = sf_flows_of_call(sf_media_flows(), call);
    GArray *of_call = sf_flows_stream_sums(sf_media_flows(), call);

    if (own.is_agreed) {
        all->is_agreed = true;
        all->seen = sf_seen_in_both(all->seen, own.seen);
        all->senders = senders_of_both(all->senders, own.senders);
        all->packets += own.packets;
        all->directions = MAX(all->directions, own.directions);
    }
    for (unsigned i = 0; i < of_call->len; i++) {
        session_sum sum = { call->number, g_array_index(of_call, sf_stream_sum, i) };
        g_array_append_val(sums, sum);
    }
    g_array_free(of_call, true);
}

void sf_join_write_media(sf_record_writer *writer, const sf_call *call)
{
    bool is_looked_at = sf_media_flows() != NULL;
    sf_media_summary all = { .seen = SF_SEEN_NOTHING };
    GArray *sums = g_array_new(false, false, sizeof(session_sum));

    if (is_looked_at) {
        add_session(call, &all, sums);
    }
    for (const sf_call *media = call->first_media; media && is_looked_at; media = media->next_media) {
        add_session(media, &all, sums);
    }
    sf_record_number(writer, "media_seen", all.is_agreed, all.seen);
    sf_record_text(writer, "media_seen_name", all.is_agreed ? sf_seen_words(all.seen) : NULL);
    sf_record_number(writer, "media_direction", all.is_agreed, all.senders);
    sf_record_text(writer, "media_direction_name", all.is_agreed ? sf_senders_name(all.senders) : NULL);
    sf_record_number(writer, "media_packets", all.is_agreed, all.packets);
    sf_record_number(writer, "media_directions", all.is_agreed, all.directions);
    sf_record_records(writer, "media_streams", sums->len, write_stream_sum, sums);
    g_array_free(sums, true);
}
