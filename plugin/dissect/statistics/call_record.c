/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The members of a record, in one place for both forms.
 */
#include "call_record.h"

#include "call/conversations.h"
#include "call/meeting.h"
#include "dissect/view/joins.h"
#include "dissect/view/networks.h"
#include "dissect/view/outcomes.h"
#include "dissect/view/verdicts.h"
#include "join_members.h"

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
    GPtrArray *sessions; /**< records of the sessions with media; of others */
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
    record->sessions = g_ptr_array_new();
    return record;
}

const sf_call *sf_call_record_call(const sf_call_record *record)
{
    return record->call;
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
        g_ptr_array_free(record->sessions, true);
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

static void add_code(sf_call_record *record, uint32_t code, const char *words)
{
    enum { MAX_CODES = 64 }; /* no capture can make the search through them slow */

    if (record->codes->len < MAX_CODES && !has_number(record->codes, code)) {
        g_array_append_val(record->codes, code);
        g_ptr_array_add(record->meanings, g_strdup(words));
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
    for (unsigned i = 0; i < message->diagnostics_count; i++) {
        add_code(record, message->diagnostics[i].code, message->diagnostics[i].words);
    }
}

/* ---- joining a conference ---- */

static int compare_frames(const void *one, const void *other)
{
    uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;

    return (a > b) - (a < b);
}

/** Adds what the messages of another call say to what those of this one do. */
static void absorb(sf_call_record *record, const sf_call_record *other)
{
    if (other->frames->len > 0) {
        g_array_append_vals(record->frames, other->frames->data, other->frames->len);
    }
    record->messages += other->messages;
    record->hops = MAX(record->hops, other->hops);
    record->origin = record->origin == SF_NETWORK_UNKNOWN ? other->origin : record->origin;
    for (unsigned i = 0; i < other->products->len; i++) {
        add_literal(record->products, g_ptr_array_index(other->products, i));
    }
    for (unsigned i = 0; i < other->suites->len; i++) {
        add_literal(record->suites, g_ptr_array_index(other->suites, i));
    }
    for (unsigned i = 0; i < other->codes->len; i++) {
        add_code(record, g_array_index(other->codes, uint32_t, i), g_ptr_array_index(other->meanings, i));
    }
}

/** Frames in order, each once: one may have messages of two calls. */
static void sort_frames(GArray *frames)
{
    unsigned kept = 0;

    g_array_sort(frames, compare_frames);
    for (unsigned i = 0; i < frames->len; i++) {
        uint32_t frame = g_array_index(frames, uint32_t, i);
        if (kept == 0 || g_array_index(frames, uint32_t, kept - 1) != frame) {
            g_array_index(frames, uint32_t, kept++) = frame;
        }
    }
    g_array_set_size(frames, kept);
}

sf_call_record *sf_call_record_of_join(const sf_call_record *record, const sf_call_record *const *sessions,
                                       unsigned count)
{
    sf_call_record *join = sf_call_record_new(record->call);

    join->call_id = g_strdup(record->call_id);
    absorb(join, record);
    for (unsigned i = 0; i < count; i++) {
        absorb(join, sessions[i]);
        g_ptr_array_add(join->sessions, (void *)sessions[i]);
    }
    sort_frames(join->frames);
    return join;
}

/* ---- writing ---- */

static void write_party(sf_record_writer *writer, const char *name, sf_slice party, uint8_t network)
{
    char *text = party.length ? format_text(NULL, (const void *)party.text, party.length) : NULL;
    char *name_of_network = g_strconcat(name, "_network", NULL);

    sf_record_text(writer, name, text);
    sf_record_enum(writer, name_of_network, network, sf_network_name((sf_network)network));
    g_free(name_of_network);
    wmem_free(NULL, text);
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

/** A session with media of a conference, in the record of the one that joined it. */
static void write_session(sf_record_writer *writer, const void *context, unsigned index)
{
    const sf_call_record *session = g_ptr_array_index((const GPtrArray *)context, index);
    const sf_call *call = session->call;
    const sf_outcome_story story = sf_outcome_story_of(call);
    char *brief = sf_outcome_meaning(NULL, &story, true);

    sf_record_number(writer, "call", true, call->number);
    sf_record_text(writer, "call_id", session->call_id);
    sf_record_enum(writer, "outcome", sf_outcome_of(call), sf_outcome_name(sf_outcome_of(call)));
    sf_record_number(writer, "response", call->final_response != 0, call->final_response);
    sf_record_number(writer, "code", call->diagnosis && call->diagnosis->has_code,
                     call->diagnosis ? call->diagnosis->code : 0);
    sf_record_enum(writer, "verdict", call->agreed.verdict, sf_verdict_name(call->agreed.verdict));
    sf_join_write_own_streams(writer, call);
    sf_record_time(writer, "start", call->start);
    sf_record_time(writer, "answered", call->answered);
    sf_record_time(writer, "ended", call->ended);
    sf_record_seconds(writer, "duration", sf_call_has_duration(call), sf_call_duration(call));
    sf_record_number(writer, "first_frame", true, call->first_frame);
    sf_record_number(writer, "messages", true, session->messages);
    sf_record_text(writer, "brief", brief); /* last, as it may have what separates members and records in CSV */
    wmem_free(NULL, brief);
}

static void write_members(sf_record_writer *writer, const sf_call_record *record)
{
    const sf_call *call = record->call;
    const GArray *frames = record->frames;
    uint8_t verdict = sf_meeting_verdict_of(call);

    sf_record_number(writer, "call", true, call->number);
    sf_join_write_calls(writer, call);
    sf_record_text(writer, "call_id", record->call_id);
    write_party(writer, "caller", sf_call_caller(call), call->caller_network);
    write_party(writer, "callee", sf_call_callee(call), call->callee_network);
    sf_record_enum(writer, "origin", record->origin, sf_network_name(record->origin));
    sf_record_enum(writer, "outcome", sf_outcome_of(call), sf_outcome_name(sf_outcome_of(call)));
    sf_record_number(writer, "response", call->final_response != 0, call->final_response);
    write_diagnosis(writer, call);
    sf_record_numbers(writer, "codes", record->codes);
    sf_record_texts(writer, "meanings", record->meanings);
    sf_record_enum(writer, "verdict", verdict, sf_verdict_name(verdict));
    sf_join_write_media(writer, call);
    write_quality(writer, sf_meeting_quality_of(call));
    sf_join_write_streams(writer, call);
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
    sf_record_records(writer, "media_sessions", record->sessions->len, write_session, record->sessions);
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
