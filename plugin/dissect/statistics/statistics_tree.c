/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The statistics tree. Names come from tables of ours, but for the reasons of
 * unknown diagnostics codes, which are limited: no capture can make the tree
 * grow without end.
 */
#include "statistics_tree.h"

#include "call/meeting.h"
#include "call_statistics.h"
#include "dissect/view/ice.h"
#include "dissect/view/media_flows.h"
#include "dissect/view/networks.h"
#include "dissect/view/verdicts.h"
#include "tap.h"

#include <epan/stats_tree.h>

#include <stdio.h>

/** What is counted, for messages and for calls. */
typedef enum {
    BY_CALLER_NETWORK,
    BY_CALLEE_NETWORK,
    BY_ORIGIN,
    BY_PRODUCT,
    BY_SUITE,
    BY_CODEC,
    BY_DIALECT,
    BY_DIAGNOSTICS,
    FACETS
} facet;

static const char *const facet_names[FACETS] = {
    [BY_CALLER_NETWORK] = "caller's network",
    [BY_CALLEE_NETWORK] = "callee's network",
    [BY_ORIGIN] = "origin",
    [BY_PRODUCT] = "product",
    [BY_SUITE] = "agreed cipher suite",
    [BY_CODEC] = "codec",
    [BY_DIALECT] = "ICE dialect",
    [BY_DIAGNOSTICS] = "diagnostics code",
};

static const char messages_name[] = "Messages";
static const char calls_name[] = "Calls";
static const char media_name[] = "Calls by media seen";

/** What a call is counted under: sf_seen, and one more for nothing in a capture that had no media so far. */
enum { TOLD_LACK = SF_SEEN_LAST + 1, TOLD_KINDS };

/** Nodes of the tree; Wireshark wants the names in it to be different. */
typedef struct {
    int all;
    int verdicts;
    int facets[FACETS];
    int media; /**< of calls alone: the packets are of no message */
} branches;

/** One tree that is being counted. */
typedef struct {
    branches messages, calls;
    GHashTable *counted_calls; /**< call -> its verdict that has been counted */
    GHashTable *counted_media; /**< call -> 1 + what of its media has been counted */
    GHashTable
        *session_media;  /**< session, a call or one with media of a conference -> 1 + what was seen of its media */
    GHashTable *reasons; /**< names of codes that are a header's own reason */
    GHashTable *counted; /**< texts "call facet value" that have been counted */
    int verdict_counts[SF_VERDICTS];
    int media_counts[TOLD_KINDS];
} counters;

/** The counters of each tree: there may be several windows, each with its filter. */
static GHashTable *trees;

static void free_counters(void *data)
{
    counters *c = data;

    g_hash_table_destroy(c->counted_calls);
    g_hash_table_destroy(c->counted_media);
    g_hash_table_destroy(c->session_media);
    g_hash_table_destroy(c->counted);
    g_hash_table_destroy(c->reasons);
    g_free(c);
}

/** A branch for each facet. Every verdict is there from the beginning, so that no order of messages shows. */
static void grow(stats_tree *st, branches *b, const char *name)
{
    char title[64];

    b->all = stats_tree_create_node(st, name, 0, STAT_DT_INT, true);
    snprintf(title, sizeof title, "%s by verdict", name);
    b->verdicts = stats_tree_create_node(st, title, b->all, STAT_DT_INT, true);
    for (unsigned v = 0; v < SF_VERDICTS; v++) {
        zero_stat_node(st, sf_verdict_name(v), b->verdicts, false);
    }
    for (unsigned f = 0; f < FACETS; f++) {
        snprintf(title, sizeof title, "%s by %s", name, facet_names[f]);
        b->facets[f] = stats_tree_create_node(st, title, b->all, STAT_DT_INT, true);
    }
}

static void begin(stats_tree *st)
{
    counters *c = g_new0(counters, 1);

    if (!trees) {
        trees = g_hash_table_new_full(g_direct_hash, g_direct_equal, NULL, free_counters);
    }
    c->counted_calls = g_hash_table_new(g_direct_hash, g_direct_equal);
    c->counted_media = g_hash_table_new(g_direct_hash, g_direct_equal);
    c->session_media = g_hash_table_new(g_direct_hash, g_direct_equal);
    c->reasons = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    c->counted = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    grow(st, &c->messages, messages_name);
    grow(st, &c->calls, calls_name);
    c->calls.media = stats_tree_create_node(st, media_name, c->calls.all, STAT_DT_INT, true);
    g_hash_table_replace(trees, st, c);
}

static void end(stats_tree *st)
{
    g_hash_table_remove(trees, st);
}

typedef struct {
    stats_tree *st;
    counters *counters;
    const sf_tap_message *message;
} count_of;

/** True if there is room for a name that a message brought along: no capture can make the tree grow without end. */
static bool has_room_for(counters *c, const char *name)
{
    enum { MAX_REASONS = 100 };

    if (!g_hash_table_contains(c->reasons, name) && g_hash_table_size(c->reasons) < MAX_REASONS) {
        g_hash_table_add(c->reasons, g_strdup(name));
    }
    return g_hash_table_contains(c->reasons, name);
}

/** A code with its meaning, ours or the header's own. Those that have neither come under their component. */
static const char *code_name(const count_of *count, const packet_info *pinfo, const sf_tap_diagnosis *diagnosis)
{
    const char *name = wmem_strdup_printf(pinfo->pool, "%u: %s", diagnosis->code, diagnosis->words);

    if (diagnosis->is_known || (diagnosis->has_reason && has_room_for(count->counters, name))) {
        return name;
    }
    return diagnosis->component ? wmem_strdup_printf(pinfo->pool, "Other codes of: %s", diagnosis->component)
                                : "Other codes";
}

/**
 * The call that a message counts for: joining a conference is one, with all its sessions. A report on a call is no message
 * of it: what it tells is told of somebody else.
 */
static const sf_call *call_of(const sf_tap_message *message)
{
    return message->is_report || !message->call ? NULL : sf_meeting_row_of(message->call);
}

/** A call counts once for each value, however many of its messages tell it. */
static void count_in_call(const count_of *count, facet by, const char *value)
{
    counters *c = count->counters;

    if (!call_of(count->message)) {
        return;
    }
    char *key = g_strdup_printf("%u %d %s", call_of(count->message)->number, (int)by, value);
    if (g_hash_table_add(c->counted, key)) {
        stats_tree_tick_pivot(count->st, c->calls.facets[by], value);
    }
}

static void count_value(const count_of *count, facet by, const char *value)
{
    stats_tree_tick_pivot(count->st, count->counters->messages.facets[by], value);
    count_in_call(count, by, value);
}

static void count_texts(const count_of *count, facet by, const sf_tap_texts *texts)
{
    for (unsigned i = 0; i < texts->count; i++) {
        count_value(count, by, texts->items[i]);
    }
}

/** The parties of a message are its sender's view; those of its call are caller and callee. */
static void count_parties(const count_of *count)
{
    const sf_tap_message *message = count->message;
    const branches *b = &count->counters->messages;

    stats_tree_tick_pivot(count->st, b->facets[BY_CALLER_NETWORK], sf_network_name(message->caller_network));
    stats_tree_tick_pivot(count->st, b->facets[BY_CALLEE_NETWORK], sf_network_name(message->callee_network));
    if (call_of(message)) {
        count_in_call(count, BY_CALLER_NETWORK, sf_network_name((sf_network)call_of(message)->caller_network));
        count_in_call(count, BY_CALLEE_NETWORK, sf_network_name((sf_network)call_of(message)->callee_network));
    }
}

/** A message that does not tell where it came from says nothing of its call. */
static void count_origin(const count_of *count)
{
    sf_network origin = (sf_network)count->message->origin;

    stats_tree_tick_pivot(count->st, count->counters->messages.facets[BY_ORIGIN], sf_network_name(origin));
    if (origin != SF_NETWORK_UNKNOWN) {
        count_in_call(count, BY_ORIGIN, sf_network_name(origin));
    }
}

static void set_verdict_count(const count_of *count, unsigned verdict, int change)
{
    counters *c = count->counters;

    c->verdict_counts[verdict] += change;
    stats_tree_manip_node_int(MN_SET, count->st, sf_verdict_name(verdict), c->calls.verdicts, false,
                              c->verdict_counts[verdict]);
}

/** A call is counted under its newest verdict alone. */
static void count_call(const count_of *count)
{
    counters *c = count->counters;
    const sf_call *call = call_of(count->message);
    void *stored;

    if (!call) {
        return;
    }
    uint8_t verdict = sf_meeting_verdict_of(call);
    bool is_known = g_hash_table_lookup_extended(c->counted_calls, call, NULL, &stored);
    if (!is_known) {
        tick_stat_node(count->st, calls_name, 0, true);
        increase_stat_node(count->st, "Calls by verdict", c->calls.all, true, 1);
    } else if (GPOINTER_TO_UINT(stored) != verdict) {
        set_verdict_count(count, GPOINTER_TO_UINT(stored), -1);
    } else {
        return;
    }
    set_verdict_count(count, verdict, 1);
    g_hash_table_replace(c->counted_calls, (void *)call, GUINT_TO_POINTER((unsigned)verdict));
}

static void change_media_count(const count_of *count, unsigned told, int change)
{
    counters *c = count->counters;
    const sf_media_note named = { .seen = (uint8_t)(told == TOLD_LACK ? SF_SEEN_NOTHING : told),
                                  .lacks_media = told == TOLD_LACK };

    c->media_counts[told] += change;
    stats_tree_manip_node_int(MN_SET, count->st, sf_seen_words_at(&named), c->calls.media, false,
                              c->media_counts[told]);
}

/** What the newest messages of all sessions of a call tell together. */
static sf_seen seen_of_sessions(const counters *c, const sf_call *call)
{
    sf_seen seen = SF_SEEN_NOTHING;

    for (const sf_call *session = call; session; session = session == call ? call->first_media : session->next_media) {
        unsigned told = GPOINTER_TO_UINT(g_hash_table_lookup(c->session_media, session));
        seen = told ? sf_seen_in_both(seen, (sf_seen)(told - 1)) : seen;
    }
    return seen;
}

/** What flowed, beside the verdict: a call is counted under what its newest message tells. */
static void count_media(const count_of *count)
{
    counters *c = count->counters;
    const sf_call *call = call_of(count->message);
    const sf_media_note *media = &count->message->media;
    unsigned counted = GPOINTER_TO_UINT(g_hash_table_lookup(c->counted_media, call));

    if (!call || !media->is_told) {
        return;
    }
    g_hash_table_replace(c->session_media, (void *)count->message->call, GUINT_TO_POINTER(1u + media->seen));
    sf_seen seen = seen_of_sessions(c, call);
    unsigned told = seen == SF_SEEN_NOTHING && media->lacks_media ? (unsigned)TOLD_LACK : (unsigned)seen;
    if (counted == 1u + told) {
        return;
    }
    if (counted > 0) {
        change_media_count(count, counted - 1, -1);
    } else {
        increase_stat_node(count->st, media_name, c->calls.all, true, 1);
    }
    change_media_count(count, told, 1);
    g_hash_table_replace(c->counted_media, (void *)call, GUINT_TO_POINTER(1u + told));
}

static tap_packet_status note(stats_tree *st, packet_info *pinfo, epan_dissect_t *edt _U_, const void *tapped,
                              tap_flags_t flags _U_)
{
    const sf_tap_message *message = tapped;
    counters *c = g_hash_table_lookup(trees, st);
    const count_of count = { st, c, message };

    tick_stat_node(st, messages_name, 0, true);
    if (call_of(message)) {
        stats_tree_tick_pivot(st, c->messages.verdicts, sf_verdict_name(message->verdict));
    }
    count_call(&count);
    count_media(&count);
    count_parties(&count);
    count_origin(&count);
    if (message->product) {
        count_value(&count, BY_PRODUCT, message->product);
    }
    count_texts(&count, BY_SUITE, &message->suites);
    count_texts(&count, BY_CODEC, &message->codecs);
    for (unsigned i = 0; i < G_N_ELEMENTS(message->has_dialect); i++) {
        if (message->has_dialect[i]) {
            count_value(&count, BY_DIALECT, sf_ice_dialect_name((sf_ice_dialect)i, "No ICE"));
        }
    }
    for (unsigned i = 0; i < message->diagnostics_count; i++) {
        count_value(&count, BY_DIAGNOSTICS, code_name(&count, pinfo, &message->diagnostics[i]));
    }
    return TAP_PACKET_REDRAW;
}

void sf_statistics_tree_register(void)
{
    stats_tree_register_plugin(SF_TAP_NAME, "skypefed", SF_STATISTICS_NAME, 0, note, begin, end);
}
