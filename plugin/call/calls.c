/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of calls: by Call-ID, then by tag or parties, since a Call-ID may
 * come again with other parties.
 */
#include "calls.h"

#include "engine/text/token.h"
#include "methods.h"
#include "negotiation.h"

#include <glib.h>

enum {
    FIRST_BUCKETS = 64,
    MAX_SAME_CALL_ID = 32, /* of those the newest are looked at: a hostile capture must not cost more */
};

struct sf_calls {
    sf_memory memory;
    sf_hash_key hash_key;
    sf_call **buckets; /**< chains, newest first */
    size_t bucket_count; /**< a power of two */
    size_t count;
    uint32_t numbered;
};

/** Who a message is from and to, by address and by tag. */
typedef struct {
    char text[SF_MAX_PARTY];
    uint8_t length;
    uint64_t tag; /**< hash, 0 without one */
} party;

typedef struct {
    uint64_t call_id;
    party from, to;
} conversation;

static sf_call **new_buckets(const sf_memory *memory, size_t count)
{
    sf_call **buckets = (sf_call **)sf_memory_allocate(memory, count * sizeof(sf_call *));

    for (size_t i = 0; i < count; i++) {
        buckets[i] = NULL;
    }
    return buckets;
}

sf_calls *sf_calls_new(const sf_memory *memory, const sf_hash_key *hash_key)
{
    sf_calls *calls = (sf_calls *)sf_memory_allocate(memory, sizeof *calls);

    *calls = (sf_calls){
        .memory = *memory,
        .hash_key = *hash_key,
        .buckets = new_buckets(memory, FIRST_BUCKETS),
        .bucket_count = FIRST_BUCKETS,
    };
    return calls;
}

/* ---- finding ---- */

static uint64_t hash_of(const sf_calls *calls, sf_slice text)
{
    return text.length ? sf_keyed_hash(&calls->hash_key, text.text, text.length) | 1 : 0;
}

/** Appends a text with the escapes of a URI undone, as far as there is room. */
static void append_unescaped(party *p, sf_slice text)
{
    char room[SF_MAX_PARTY];
    size_t length = sf_unescape(sf_slice_head(text, sizeof room), false, room);

    length = MIN(length, sizeof p->text - p->length);
    memcpy(p->text + p->length, room, length);
    p->length = (uint8_t)(p->length + length);
}

static void read_party(const sf_calls *calls, const sf_party *read, party *p)
{
    const sf_identity *identity = &read->identity;

    p->length = 0;
    p->tag = read->is_present ? hash_of(calls, read->tag) : 0;
    if (!read->is_present || !sf_slice_present(identity->text)) {
        return;
    }
    append_unescaped(p, identity->local);
    if (p->length && identity->domain.length) {
        append_unescaped(p, SF_LITERAL("@"));
    }
    append_unescaped(p, identity->domain);
}

static sf_slice address_of(const party *p)
{
    return (sf_slice){ p->text, p->length };
}

static bool is_caller(const sf_call *call, const party *p)
{
    return sf_slice_equals_nocase(address_of(p), sf_call_caller(call));
}

static bool is_callee(const sf_call *call, const party *p)
{
    return sf_slice_equals_nocase(address_of(p), sf_call_callee(call));
}

/**
 * True if a message of that Call-ID belongs to the call. Tags decide, if a party fits as well: some stacks
 * use the same tag for ever. Without the tag, the same two parties go on with a call that was not answered yet:
 * a retry after 415 or 488 ([MS-SIPRE] 3.15.4.1) may have a new one.
 */
static bool is_of(const sf_call *call, const conversation *c, bool begins_dialog)
{
    bool from_caller = is_caller(call, &c->from), to_callee = is_callee(call, &c->to);
    bool from_callee = is_callee(call, &c->from), to_caller = is_caller(call, &c->to);
    bool has_tag = call->caller_tag && (c->from.tag == call->caller_tag || c->to.tag == call->caller_tag);

    if (has_tag) {
        return from_caller || to_callee || from_callee || to_caller;
    }
    if (!(from_caller && to_callee) && !(from_callee && to_caller)) {
        return false;
    }
    bool tags_are_missing = !call->caller_tag || !c->from.tag;
    return tags_are_missing || !call->is_call || (begins_dialog && from_caller && !call->is_over && !call->answered);
}

static sf_call *find(const sf_calls *calls, const conversation *c, bool begins_dialog)
{
    unsigned looked_at = 0;

    for (sf_call *call = calls->buckets[c->call_id & (calls->bucket_count - 1)]; call; call = call->next) {
        if (call->call_id != c->call_id) {
            continue;
        }
        if (is_of(call, c, begins_dialog)) {
            return call;
        }
        if (++looked_at == MAX_SAME_CALL_ID) {
            return NULL;
        }
    }
    return NULL;
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

static sf_call *add(sf_calls *calls, const conversation *c, const sf_message *message, uint32_t frame, int64_t time)
{
    if (calls->count == calls->bucket_count) {
        grow(calls);
    }
    size_t length = (size_t)c->from.length + c->to.length;
    sf_call *call = (sf_call *)sf_memory_allocate(&calls->memory, sizeof *call + length);

    *call = (sf_call){
        .call_id = c->call_id,
        .caller_tag = c->from.tag,
        .start = time,
        .first_frame = frame,
        .caller_network = message->from.is_present ? (uint8_t)message->from.identity.network : SF_NETWORK_UNKNOWN,
        .callee_network = message->to.is_present ? (uint8_t)message->to.identity.network : SF_NETWORK_UNKNOWN,
        .caller_length = c->from.length,
        .callee_length = c->to.length,
    };
    memcpy(call->parties, c->from.text, c->from.length);
    memcpy(call->parties + c->from.length, c->to.text, c->to.length);
    prepend(&calls->buckets[c->call_id & (calls->bucket_count - 1)], call);
    calls->count++;
    return call;
}

/* ---- taking in ---- */

static uint32_t cseq_of(const sf_message *message)
{
    sf_cursor words = sf_cursor_over(message->cseq);
    sf_slice word;
    uint64_t number = 0;

    if (sf_word_next(&words, &word)) {
        (void)sf_slice_decimal(word, UINT32_MAX, &number);
    }
    return (uint32_t)number;
}

/** From stays the request's sender in the response. */
static bool is_by_caller(const sf_call *call, const conversation *c)
{
    if (call->caller_tag && c->from.tag == call->caller_tag) {
        return true;
    }
    if (call->caller_tag && c->to.tag == call->caller_tag) {
        return false;
    }
    return is_caller(call, &c->from) || !is_callee(call, &c->from);
}

/**
 * The row has one code: the newest that came with a refusal or in a request, such as the BYE that ends a failed call.
 * A code that only informs stands until then.
 */
static void take_diagnostics(sf_call *call, const sf_message *message)
{
    bool is_failure = message->is_request || message->status_code >= 300;
    const sf_diagnostics *diagnostics = sf_diagnostics_first_code(&message->diagnostics);

    if (diagnostics && (is_failure || !call->diagnostics_of_failure)) {
        call->has_diagnostics = true;
        call->diagnostics_of_failure = is_failure;
        call->diagnostics_code = (uint32_t)diagnostics->code.value;
    }
}

sf_call *sf_calls_take(sf_calls *calls, const sf_message *message, uint32_t frame, int64_t time, sf_call_note *note)
{
    sf_method method = sf_method_of(message->method);
    conversation c;

    *note = (sf_call_note){ .call = NULL };
    c.call_id = hash_of(calls, message->call_id);
    if (!c.call_id) {
        return NULL;
    }
    read_party(calls, &message->from, &c.from);
    read_party(calls, &message->to, &c.to);

    bool begins_dialog = method == SF_METHOD_INVITE && message->is_request && !c.to.tag;
    sf_call *call = find(calls, &c, begins_dialog);
    if (!call && (method != SF_METHOD_OTHER || message->is_microsoft)) {
        call = add(calls, &c, message, frame, time);
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
        call->caller_tag = c.from.tag;
    }
    bool by_caller = is_by_caller(call, &c);
    sf_step step = {
        .message = message,
        .memory = &calls->memory,
        .hash_key = &calls->hash_key,
        .frame = frame,
        .time = time,
        .method = method,
        .cseq = cseq_of(message),
        .by_caller = by_caller,
        .fork = by_caller ? c.to.tag : c.from.tag,
    };
    note->call = call;
    take_diagnostics(call, message);
    sf_negotiate(call, &step, note);
    return call;
}

void sf_calls_number(sf_calls *calls, sf_call *call)
{
    if (!call->number) {
        call->number = ++calls->numbered;
    }
}
