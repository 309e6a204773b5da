/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of calls: by Call-ID, then by tag or parties, since a Call-ID may
 * come again with other parties.
 */
#include "calls.h"

#include "aside.h"
#include "call_diagnosis.h"
#include "call_key.h"
#include "conversations.h"
#include "engine/sip/mark_scan.h"
#include "engine/text/token.h"
#include "hop.h"
#include "methods.h"
#include "negotiate.h"
#include "outcome.h"

#include <glib.h>

enum {
    FIRST_BUCKETS = 64,
    MAX_SAME_CALL_ID = 32, /* of those the newest are looked at: a hostile capture must not cost more */
};

G_STATIC_ASSERT((FIRST_BUCKETS & (FIRST_BUCKETS - 1)) == 0);

struct sf_calls {
    sf_memory memory;
    sf_hash_key hash_key;
    sf_call **buckets;   /**< chains, newest first */
    size_t bucket_count; /**< a power of two */
    size_t count;
    uint32_t numbered;
    sf_conversations *conversations;
    sf_aside *aside;
    const sf_knowledge *knowledge; /**< to read what was set aside with; NULL before the first */
    bool has_providers_in_words;   /**< the words of marks cover its providers */
    sf_call_hashes hashes;
};

static sf_call **new_buckets(const sf_memory *memory, size_t count)
{
    sf_call **buckets = sf_memory_allocate(memory, count * sizeof(sf_call *));

    for (size_t i = 0; i < count; i++) {
        buckets[i] = NULL;
    }
    return buckets;
}

/** The hash of a Call-ID. It is asked for twice: at a glance at a message, and when its call takes it in. */
static uint64_t hash_of_call_id(sf_calls *calls, sf_slice call_id)
{
    return sf_call_key_hash_again(&calls->hash_key, call_id, &calls->hashes.call_id);
}

sf_calls *sf_calls_new(const sf_memory *memory, const sf_hash_key *hash_key)
{
    sf_calls *calls = sf_memory_allocate(memory, sizeof *calls);

    *calls = (sf_calls){
        .memory = *memory,
        .hash_key = *hash_key,
        .buckets = new_buckets(memory, FIRST_BUCKETS),
        .bucket_count = FIRST_BUCKETS,
        .conversations = sf_conversations_new(memory),
        .aside = sf_aside_new(memory),
    };
    return calls;
}

/* ---- finding ---- */

static sf_call *find(const sf_calls *calls, const sf_call_key *key, bool begins_dialog)
{
    unsigned looked_at = 0;

    for (sf_call *call = calls->buckets[key->call_id & (calls->bucket_count - 1)]; call; call = call->next) {
        if (call->call_id != key->call_id) {
            continue;
        }
        if (sf_call_key_is_of(key, call, begins_dialog)) {
            return call;
        }
        if (++looked_at == MAX_SAME_CALL_ID) {
            return NULL;
        }
    }
    return NULL;
}

/** True if a call has both tags; one that nobody has answered yet, or several have, needs only the caller's. */
static bool has_tags(const sf_call *call, const uint64_t tags[2])
{
    for (unsigned i = 0; i < 2; i++) {
        if (call->caller_tag && call->caller_tag == tags[i] && (!call->callee_tag || call->callee_tag == tags[1 - i])) {
            return true;
        }
    }
    return false;
}

static void recall(sf_calls *calls, uint64_t call_id);

/** As sf_call_finder has it. */
static sf_call *find_by_id(void *context, uint64_t call_id, const uint64_t *tags)
{
    sf_calls *calls = context;
    unsigned looked_at = 0;

    recall(calls, call_id);
    for (sf_call *call = calls->buckets[call_id & (calls->bucket_count - 1)]; call; call = call->next) {
        if (call->call_id != call_id || !call->is_call) {
            continue;
        }
        if (!tags || has_tags(call, tags)) {
            return call;
        }
        if (++looked_at == MAX_SAME_CALL_ID) {
            break;
        }
    }
    return NULL;
}

/**
 * Another leg of the call that a message begins: one with its Call-ID that is not over, of the same caller, by tag or
 * address. A Call-ID that comes again proves nothing without that, even with the same callee: some systems use one for
 * all their calls.
 */
static sf_call *find_leg(const sf_calls *calls, const sf_call_key *key)
{
    unsigned looked_at = 0;

    for (sf_call *call = calls->buckets[key->call_id & (calls->bucket_count - 1)]; call; call = call->next) {
        if (call->call_id != key->call_id || !call->is_call) {
            continue;
        }
        if (!call->is_over && !call->ended && sf_call_key_is_of_caller(key, call)) {
            return call;
        }
        if (++looked_at == MAX_SAME_CALL_ID) {
            break;
        }
    }
    return NULL;
}

sf_call *sf_calls_of_dialog(sf_calls *calls, sf_slice call_id, sf_slice from_tag, sf_slice to_tag)
{
    uint64_t id = sf_call_key_hash(&calls->hash_key, call_id);
    uint64_t from = sf_call_key_hash(&calls->hash_key, from_tag), to = sf_call_key_hash(&calls->hash_key, to_tag);
    unsigned looked_at = 0;
    sf_call *found = NULL;

    recall(calls, id);
    for (sf_call *call = calls->buckets[id & (calls->bucket_count - 1)]; call && id; call = call->next) {
        if (call->call_id != id || !call->is_call) {
            continue;
        }
        if (call->caller_tag && (call->caller_tag == from || call->caller_tag == to)) {
            return call;
        }
        if (found || ++looked_at == MAX_SAME_CALL_ID) {
            return NULL;
        }
        found = from || to ? NULL : call;
    }
    return found;
}

const sf_memory *sf_calls_memory(const sf_calls *calls)
{
    return &calls->memory;
}

/* ---- keeping ---- */

static void prepend(sf_call **chain, sf_call *call)
{
    call->next = *chain;
    *chain = call;
}

static sf_call *take_first(sf_call **chain)
{
    sf_call *first = *chain;

    *chain = first->next;
    return first;
}

/** Doubles the buckets; each chain is turned round twice, so that the newest stay first. */
static void grow(sf_calls *calls)
{
    size_t count = calls->bucket_count * 2;
    sf_call **buckets = new_buckets(&calls->memory, count);

    for (size_t i = 0; i < calls->bucket_count; i++) {
        sf_call *oldest_first = NULL;
        while (calls->buckets[i]) {
            prepend(&oldest_first, take_first(&calls->buckets[i]));
        }
        while (oldest_first) {
            sf_call *call = take_first(&oldest_first);
            prepend(&buckets[call->call_id & (count - 1)], call);
        }
    }
    sf_memory_release(&calls->memory, calls->buckets);
    calls->buckets = buckets;
    calls->bucket_count = count;
}

static sf_call *add(sf_calls *calls, const sf_call_key *key, const sf_message *message, uint32_t frame, int64_t time)
{
    if (calls->count == calls->bucket_count) {
        grow(calls);
    }
    sf_slice from = key->from.address, to = key->to.address;
    sf_call *call = sf_memory_allocate(&calls->memory, sizeof *call + from.length + to.length);

    *call = (sf_call){
        .call_id = key->call_id,
        .caller_tag = key->from.tag,
        .start = time,
        .first_frame = frame,
        .caller_network = message->from.is_present ? (uint8_t)message->from.identity.network : SF_NETWORK_UNKNOWN,
        .callee_network = message->to.is_present ? (uint8_t)message->to.identity.network : SF_NETWORK_UNKNOWN,
        .caller_length = (uint8_t)from.length,
        .callee_length = (uint8_t)to.length,
    };
    memcpy(call->parties, from.text, from.length);
    memcpy(call->parties + from.length, to.text, to.length);
    prepend(&calls->buckets[key->call_id & (calls->bucket_count - 1)], call);
    calls->count++;
    return call;
}

/* ---- taking in ---- */

static bool is_beginning(const sf_message *message, const sf_call_key *key)
{
    return message->is_request && !key->to.tag && sf_method_of(message->method) == SF_METHOD_INVITE;
}

/** Takes a message in whose key is read. */
static sf_call *take(sf_calls *calls, const sf_message *message, const sf_call_key *key, uint32_t frame, int64_t time,
                     sf_call_note *note)
{
    sf_method method = sf_method_of(message->method);

    bool begins_dialog = is_beginning(message, key);
    sf_call *call = find(calls, key, begins_dialog);
    sf_call *leg = NULL;
    if (!call && (method != SF_METHOD_OTHER || message->is_microsoft)) {
        leg = find_leg(calls, key);
        call = add(calls, key, message, frame, time);
    }
    if (!call) {
        return NULL;
    }
    call->is_marked |= message->is_microsoft;
    call->is_call |= method != SF_METHOD_OTHER;
    if (!call->is_call) {
        return call;
    }
    if (begins_dialog) {
        call->caller_tag = key->from.tag;
    }
    bool is_by_caller = sf_call_key_is_by_caller(key, call);
    sf_step step = {
        .message = message,
        .memory = &calls->memory,
        .hash_key = &calls->hash_key,
        .frame = frame,
        .time = time,
        .method = method,
        .cseq = sf_cseq_number(message->cseq),
        .is_by_caller = is_by_caller,
        .fork = is_by_caller ? key->to.tag : key->from.tag,
        .hop = message->media.sdp_count > 0 ? sf_hop_of(message, &calls->hash_key) : 0,
    };
    note->call = call;
    note->is_by_callee = !is_by_caller;
    note->is_change = sf_call_is_change(call, &step);
    sf_call_take_diagnosis(call, &step);
    note->diagnosis = call->diagnosis;
    sf_negotiate(call, &step, note);
    sf_outcome_take(call, &step);
    note->outcome = (uint8_t)sf_outcome_of(call);
    note->final_response = call->final_response;
    note->refusal_cause = call->refusal_cause;
    note->transfer_failure = call->transfer_failure;
    note->is_transfer_refused = call->is_transfer_refused;
    note->has_duration = sf_call_has_duration(call);
    if (leg) {
        sf_conversation_join(call, leg, SF_JOINED_BY_CALL_ID);
    }
    const sf_call_finder finder = { find_by_id, calls };
    sf_conversations_take(calls->conversations, &finder, call, &step);
    return call;
}

/** Takes in the messages of a Call-ID that were set aside, as of their own time. */
static void recall(sf_calls *calls, uint64_t call_id)
{
    static sf_message message; /* large, so there is one for all */
    static sf_aside_room room;
    sf_aside_message *first = call_id ? sf_aside_take_out(calls->aside, call_id) : NULL;
    sf_call_note note;
    sf_call_key key;

    for (const sf_aside_message *aside = first; aside; aside = aside->next) {
        sf_slice text = sf_aside_text(first, aside, &room);
        if (sf_message_read(text, calls->knowledge, SF_READ_FOR_CALL, &message) == SF_OK) {
            sf_call_key_read(&message, &calls->hash_key, call_id, &calls->hashes, &key);
            note = (sf_call_note){ .call = NULL };
            take(calls, &message, &key, aside->frame, aside->time, &note);
        }
    }
    while (first) {
        sf_aside_message *next = first->next;
        sf_memory_release(&calls->memory, first);
        first = next;
    }
}

sf_call *sf_calls_take(sf_calls *calls, const sf_message *message, uint32_t frame, int64_t time, sf_call_note *note)
{
    sf_call_key key;

    *note = (sf_call_note){ .call = NULL };
    uint64_t call_id = hash_of_call_id(calls, message->call_id);
    if (!call_id) {
        return NULL;
    }
    recall(calls, call_id);
    sf_call_key_read(message, &calls->hash_key, call_id, &calls->hashes, &key);
    return take(calls, message, &key, frame, time, note);
}

/* ---- Teams' name and Teams ---- */

bool sf_calls_is_past_teams(sf_calls *calls, const sf_message *message)
{
    uint64_t call_id = hash_of_call_id(calls, message->call_id);
    sf_call_key key;

    if (!call_id) {
        return true;
    }
    sf_call_key_read(message, &calls->hash_key, call_id, &calls->hashes, &key);
    const sf_call *call = find(calls, &key, is_beginning(message, &key));
    return !call || call->is_past_teams;
}

static uint8_t network_of(const sf_party *party)
{
    return party->is_present ? (uint8_t)party->identity.network : SF_NETWORK_UNKNOWN;
}

void sf_call_settle_teams(sf_call *call, const sf_message *message, const sf_call_note *note, bool has_end)
{
    if (call->is_past_teams && has_end) {
        call->caller_network = network_of(note->is_by_callee ? &message->to : &message->from);
        call->callee_network = network_of(note->is_by_callee ? &message->from : &message->to);
    }
    call->is_past_teams = note->is_past_teams || (call->is_past_teams && !has_end);
}

/** True if a call, or another conversation, has that Call-ID. */
static bool has_call(const sf_calls *calls, uint64_t call_id)
{
    const sf_call *call = calls->buckets[call_id & (calls->bucket_count - 1)];

    while (call && call->call_id != call_id) {
        call = call->next;
    }
    return call != NULL;
}

/** What a glance needs of the user's knowledge, which is the same for all of a capture. */
static const sf_knowledge *providers_beside_words(sf_calls *calls, const sf_knowledge *knowledge)
{
    if (calls->knowledge != knowledge) {
        calls->knowledge = knowledge;
        calls->has_providers_in_words = sf_mark_scan_covers(knowledge);
    }
    return calls->has_providers_in_words ? NULL : knowledge;
}

bool sf_calls_set_aside(sf_calls *calls, sf_glance *glance, const sf_knowledge *knowledge, uint32_t frame, int64_t time)
{
    uint64_t call_id = hash_of_call_id(calls, glance->call_id);

    if (has_call(calls, call_id) || sf_conversations_expect(calls->conversations, call_id) ||
        !sf_glance_is_plain(glance, providers_beside_words(calls, knowledge))) {
        return false;
    }
    bool is_of_call = sf_method_of(glance->method) != SF_METHOD_OTHER || sf_aside_has(calls->aside, call_id);
    return !is_of_call || sf_aside_put(calls->aside, call_id, glance, frame, time);
}

void sf_calls_number(sf_calls *calls, sf_call *call, sf_call_note *note)
{
    if (!call->number) {
        call->number = ++calls->numbered;
    }
    if (note->call) {
        sf_conversation_number(calls->conversations, call);
        sf_conversation_note(call, note);
    }
}
