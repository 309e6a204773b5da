/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The members of a record, in one place for both forms.
 */
#include "call_record.h"

#include "call/conversations.h"
#include "call/meeting.h"
#include "dissect/view/joins.h"
#include "dissect/view/media_flows.h"
#include "dissect/view/networks.h"
#include "dissect/view/outcomes.h"
#include "dissect/view/verdicts.h"
#include "media/stream_sum.h"
#include "record_writer.h"

#include <epan/strutil.h>

struct sf_call_record {
    const sf_call *call;
    char *call_id;
    GArray *frames; /**< uint32_t, each once */
    uint32_t messages;
    uint32_t hops; /**< Vias of the message that has most */
    sf_network origin;
    GPtrArray *products; /**< literals, each once */
    GPtrArray *suites;   /**< literals, each once */
    GArray *codes;       /**< uint32_t, each once */
    GPtrArray *meanings; /**< of the codes, in the same order */
};

sf_call_record *sf_call_record_new(const sf_call *call)
{
    sf_call_record *record = g_new0(sf_call_record, 1);

    record->call = call;
    record->frames = g_array_new(false, false, sizeof(uint32_t));
    record->products = g_ptr_array_new();
    record->suites = g_ptr_array_new();
    record->codes = g_array_new(false, false, sizeof(uint32_t));
    record->meanings = g_ptr_array_new_with_free_func(g_free);
    return record;
}

void sf_call_record_free(sf_call_record *record)
{
    if (record) {
        g_free(record->call_id);
        g_array_free(record->frames, true);
        g_ptr_array_free(record->products, true);
        g_ptr_array_free(record->suites, true);
        g_array_free(record->codes, true);
        g_ptr_array_free(record->meanings, true);
        g_free(record);
    }
}

/* ---- taking in ---- */

static void add_literal(GPtrArray *texts, const char *text)
{
    for (unsigned i = 0; i < texts->len; i++) {
        if (strcmp(g_ptr_array_index(texts, i), text) == 0) {
            return;
        }
    }
    g_ptr_array_add(texts, (void *)text);
}

static bool has_number(const GArray *numbers, uint32_t number)
{
    for (unsigned i = 0; i < numbers->len; i++) {
        if (g_array_index(numbers, uint32_t, i) == number) {
            return true;
        }
    }
    return false;
}

static void add_codes(sf_call_record *record, const sf_tap_message *message)
{
    enum { MAX_CODES = 64 }; /* no capture can make the search through them slow */

    for (unsigned i = 0; i < message->diagnostics_count && record->codes->len < MAX_CODES; i++) {
        const sf_tap_diagnosis *diagnosis = &message->diagnostics[i];
        if (!has_number(record->codes, diagnosis->code)) {
            g_array_append_val(record->codes, diagnosis->code);
            g_ptr_array_add(record->meanings, g_strdup(diagnosis->words));
        }
    }
}

void sf_call_record_add(sf_call_record *record, uint32_t frame, const sf_tap_message *message)
{
    const GArray *frames = record->frames;

    if (!record->call_id) {
        record->call_id = g_strdup(message->call_id);
    }
    if (frames->len == 0 || g_array_index(frames, uint32_t, frames->len - 1) != frame) {
        g_array_append_val(record->frames, frame);
    }
    record->messages++;
    if (message->is_report) {
        return; /* its path, product and codes are not those of the call */
    }
    record->hops = MAX(record->hops, message->via_count);
    if (record->origin == SF_NETWORK_UNKNOWN) {
        record->origin = message->origin;
    }
    if (message->product) {
        add_literal(record->products, message->product);
    }
    for (unsigned i = 0; i < message->suites.count; i++) {
        add_literal(record->suites, message->suites.items[i]);
    }
    add_codes(record, message);
}

/* ---- writing ---- */

/** An enumeration: its number, and its name as the field has it. */
static void write_enum(sf_record_writer *writer, const char *name, unsigned number, const char *word)
{
    char *name_of_word = g_strconcat(name, "_name", NULL);

    sf_record_number(writer, name, true, number);
    sf_record_text(writer, name_of_word, word);
    g_free(name_of_word);
}

static void write_party(sf_record_writer *writer, const char *name, sf_slice party, uint8_t network)
{
    char *address = party.length ? format_text(NULL, (const void *)party.text, party.length) : NULL;
    char *name_of_network = g_strconcat(name, "_network", NULL);

    sf_record_text(writer, name, address);
    write_enum(writer, name_of_network, network, sf_network_name((sf_network)network));
    g_free(name_of_network);
    wmem_free(NULL, address);
}

/** Why it went as it did. */
static void write_diagnosis(sf_record_writer *writer, const sf_call *call)
{
    const sf_call_diagnosis *diagnosis = call->diagnosis;
    const sf_outcome_story story = sf_outcome_story_of(call);
    char *brief = sf_outcome_meaning(NULL, &story, true);
    char *meaning = sf_outcome_meaning(NULL, &story, false);

    sf_record_number(writer, "code", diagnosis && diagnosis->has_code, diagnosis ? diagnosis->code : 0);
    sf_record_text(writer, "brief", brief);
    sf_record_text(writer, "meaning", meaning);
    wmem_free(NULL, brief);
    wmem_free(NULL, meaning);
}

static void add_streams(GPtrArray *names, const sf_agreement *agreed)
{
    for (unsigned i = 0; i < agreed->kind_count; i++) {
        g_ptr_array_add(names, (void *)sf_media_kind_name(agreed->kinds[i]));
    }
}

/** Of a session that joined a conference, those of all its media. */
static void write_streams(sf_record_writer *writer, const sf_call *call)
{
    GPtrArray *names = g_ptr_array_new();

    add_streams(names, &call->agreed);
    for (const sf_call *media = call->first_media; media; media = media->next_media) {
        if (media->number) {
            add_streams(names, &media->agreed);
        }
    }
    sf_record_texts(writer, "streams", names);
    g_ptr_array_free(names, true);
}

/** What one side sent in one stream. */
static void write_stream_sum(sf_record_writer *writer, const void *context, unsigned index)
{
    const sf_stream_sum *sum = &g_array_index((const GArray *)context, sf_stream_sum, index);
    GPtrArray *codecs = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *ssrcs = g_ptr_array_new_with_free_func(g_free);

    for (unsigned i = 0; i < sum->type_count; i++) {
        g_ptr_array_add(codecs,
                        sum->codecs[i] ? g_strdup(sum->codecs[i]) : g_strdup_printf("Payload type %u", sum->types[i]));
    }
    for (unsigned i = 0; i < sum->ssrc_count; i++) {
        g_ptr_array_add(ssrcs, g_strdup_printf("0x%08x", sum->ssrcs[i]));
    }
    sf_record_number(writer, "stream", sum->stream > 0, sum->stream);
    sf_record_text(writer, "sender", sum->is_by_caller ? "caller" : "callee");
    write_enum(writer, "verdict", sum->verdict, sf_verdict_name(sum->verdict));
    write_enum(writer, "seen", sum->seen, sf_seen_name(sum->seen));
    sf_record_number(writer, "packets", true, sum->packets);
    sf_record_number(writer, "lost", true, sum->lost);
    sf_record_time(writer, "first", sum->first_time);
    sf_record_time(writer, "last", sum->last_time);
    sf_record_texts(writer, "ssrcs", ssrcs);
    sf_record_texts(writer, "codecs", codecs);
    g_ptr_array_free(codecs, true);
    g_ptr_array_free(ssrcs, true);
}

/** What flowed, beside what was agreed; absent where media is not looked at. */
static void write_media(sf_record_writer *writer, const sf_call *call)
{
    const sf_flows *flows = sf_media_flows();
    sf_media_summary sum = { .seen = SF_SEEN_NOTHING };

    if (flows) {
        sum = sf_flows_of_call(flows, call);
    }
    sf_record_number(writer, "media_seen", flows != NULL, sum.seen);
    sf_record_text(writer, "media_seen_name", flows ? sf_seen_name(sum.seen) : NULL);
    sf_record_number(writer, "media_direction", flows != NULL, sum.senders);
    sf_record_text(writer, "media_direction_name", flows ? sf_senders_name(sum.senders) : NULL);
    sf_record_number(writer, "media_packets", flows != NULL, sum.packets);
    sf_record_number(writer, "media_directions", flows != NULL, sum.directions);
    GArray *sums = flows ? sf_flows_stream_sums(flows, call) : g_array_new(false, false, sizeof(sf_stream_sum));
    sf_record_records(writer, "media_streams", sums->len, write_stream_sum, sums);
    g_array_free(sums, true);
}

/** The conversation, and the call whose transfer made this one. */
static void write_conversation(sf_record_writer *writer, const sf_call *call)
{
    unsigned evidence = sf_conversation_evidence(call);
    uint32_t came_from = call->came_from ? call->came_from->number : 0;
    GPtrArray *names = g_ptr_array_new();

    for (unsigned bit = 0; bit < SF_JOINS; bit++) {
        if (evidence & 1U << bit) {
            g_ptr_array_add(names, (void *)sf_join_name(bit));
        }
    }
    sf_record_number(writer, "conversation", true, sf_conversation_of(call));
    sf_record_texts(writer, "conversation_evidence", names);
    sf_record_number(writer, "transferred_from", came_from != 0, came_from);
    g_ptr_array_free(names, true);
}

static void write_measure(sf_record_writer *writer, const char *name, const sf_quality_summary *summary,
                          sf_measure measure)
{
    sf_record_real(writer, name, summary->has[measure], summary->worst[measure], 1);
}

/** What reports say, of all directions and both sides the worst. */
static void write_quality(sf_record_writer *writer, const sf_call_quality *quality)
{
    static const sf_call_quality none = { .report_in = 0 };
    const sf_quality_summary *summary = quality ? &quality->summary : &none.summary;
    char reason[SF_MAX_QUALITY_WORDS];
    double mos = 0;
    bool has_mos = sf_quality_summary_mos(summary, &mos);

    sf_quality_summary_reason(summary, reason);
    sf_record_real(writer, "mos", has_mos, mos, 1);
    write_measure(writer, "loss", summary, SF_MEASURE_LOSS);
    write_measure(writer, "jitter", summary, SF_MEASURE_JITTER);
    write_measure(writer, "round_trip", summary, SF_MEASURE_ROUND_TRIP);
    sf_record_text(writer, "quality", sf_quality_summary_verdict(summary));
    sf_record_text(writer, "quality_reason", reason);
    sf_record_number(writer, "rating", quality && quality->rating, quality ? quality->rating : 0);
    sf_record_number(writer, "quality_frame", quality && quality->report_in, quality ? quality->report_in : 0);
}

/** Joining a conference: the numbers of the sessions with media, and of one of those, that of the session that joined. */
static void write_meeting(sf_record_writer *writer, const sf_call *call)
{
    GArray *numbers = g_array_new(false, false, sizeof(uint32_t));

    for (const sf_call *media = call->first_media; media; media = media->next_media) {
        if (media->number) {
            g_array_append_val(numbers, media->number);
        }
    }
    sf_record_number(writer, "focus_call", call->focus && call->focus->number, call->focus ? call->focus->number : 0);
    sf_record_numbers(writer, "media_calls", numbers);
    g_array_free(numbers, true);
}

static void write_members(sf_record_writer *writer, const sf_call_record *record)
{
    const sf_call *call = record->call;
    const GArray *frames = record->frames;
    uint8_t verdict = sf_meeting_media_of(call)->agreed.verdict;

    sf_record_number(writer, "call", true, call->number);
    write_meeting(writer, call);
    sf_record_text(writer, "call_id", record->call_id);
    write_party(writer, "caller", sf_call_caller(call), call->caller_network);
    write_party(writer, "callee", sf_call_callee(call), call->callee_network);
    write_enum(writer, "origin", record->origin, sf_network_name(record->origin));
    write_enum(writer, "outcome", sf_outcome_of(call), sf_outcome_name(sf_outcome_of(call)));
    sf_record_number(writer, "response", call->final_response != 0, call->final_response);
    write_diagnosis(writer, call);
    sf_record_numbers(writer, "codes", record->codes);
    sf_record_texts(writer, "meanings", record->meanings);
    write_enum(writer, "verdict", verdict, sf_verdict_name(verdict));
    write_media(writer, call);
    write_quality(writer, sf_meeting_quality_of(call));
    write_streams(writer, call);
    sf_record_texts(writer, "suites", record->suites);
    sf_record_texts(writer, "products", record->products);
    sf_record_number(writer, "hops", true, record->hops);
    sf_record_time(writer, "start", call->start);
    sf_record_time(writer, "answered", call->answered);
    sf_record_time(writer, "ended", call->ended);
    sf_record_seconds(writer, "duration", sf_call_has_duration(call), sf_call_duration(call));
    sf_record_number(writer, "first_frame", true, call->first_frame);
    sf_record_number(writer, "last_frame", frames->len > 0,
                     frames->len ? g_array_index(frames, uint32_t, frames->len - 1) : 0);
    sf_record_number(writer, "messages", true, record->messages);
    sf_record_numbers(writer, "frames", record->frames);
    write_conversation(writer, call);
}

void sf_call_record_write_titles(GString *out)
{
    static const sf_call none = { .call_id = 0 };
    sf_call_record *record = sf_call_record_new(&none);
    sf_record_writer writer = sf_record_begin(out, SF_WRITE_TITLES);

    write_members(&writer, record);
    sf_record_end(&writer);
    sf_call_record_free(record);
}

void sf_call_record_write(const sf_call_record *record, sf_record_format format, GString *out)
{
    sf_record_writer writer = sf_record_begin(out, format == SF_RECORD_JSON ? SF_WRITE_JSON : SF_WRITE_CSV);

    write_members(&writer, record);
    sf_record_end(&writer);
}
