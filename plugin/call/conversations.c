/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Conversations: a union-find over the calls, and a table of the ids that join them.
 */
#include "conversations.h"

#include <glib.h>

#include "engine/text/plain_text.h"
#include "join_id.h"

enum { FIRST_BUCKETS = 64, MAX_LETTERS = 512 /* of an id, or of a pair of URIs; longer ones join nothing */ };

/** Who refers and to whom names a transfer for so long: as a proxy waits for an answer (RFC 3261 16.6, timer C). */
static const int64_t longest_transfer = 3 * 60 * INT64_C(1000000); /* microseconds */

/** Kinds of ids: each is mixed into the hash, so that ids of different kinds do not meet. */
typedef enum {
    ID_TEAMS_CALL = 0, /* as a Call-ID: Teams may name a call by that */
    ID_CONVERSATION = 1,
    ID_SESSION = 2,
    ID_TRANSFER = 3, /* x-ti of Teams */
    ID_REFERENCE = 4 /* Referred-By and the target of a REFER together */
} id_kind;

typedef struct kept_id {
    struct kept_id *next; /* in the same chain */
    uint64_t id;
    sf_call *call;
    const sf_call *led_to; /* of a transfer: the call that it made; NULL for none yet */
    int64_t time;          /* of a transfer: when it was asked for */
    uint32_t cseq;         /* of its REFER */
} kept_id;

struct sf_conversations {
    sf_memory memory;
    kept_id **buckets;   /* NULL before the first id */
    size_t bucket_count; /* a power of two */
    size_t count;
    uint32_t numbered;
};

sf_conversations *sf_conversations_new(const sf_memory *memory)
{
    sf_conversations *conversations = sf_memory_allocate(memory, sizeof *conversations);

    *conversations = (sf_conversations){ .memory = *memory };
    return conversations;
}

/* ---- joining ---- */

/** The call that stands for the conversation. Conversations are joined by size, so the way is short. */
static const sf_call *head_of(const sf_call *call)
{
    while (call->joined_to) {
        call = call->joined_to;
    }
    return call;
}

static sf_call *changeable_head_of(sf_call *call)
{
    while (call->joined_to) {
        call = call->joined_to;
    }
    return call;
}

/** Calls of a conversation; a call that was never joined counts as one. */
static uint32_t size_of(const sf_call *head)
{
    return MAX(head->joined_count, 1);
}

/** The older number of two; 0 is none. */
static uint32_t older(uint32_t one, uint32_t other)
{
    return one == 0 || (other != 0 && other < one) ? other : one;
}

void sf_conversation_join(sf_call *one, sf_call *other, sf_join evidence)
{
    sf_call *head = changeable_head_of(one), *joined = changeable_head_of(other);

    if (one == other) {
        return;
    }
    if (head != joined) {
        if (size_of(head) < size_of(joined)) {
            sf_call *larger = joined;
            joined = head;
            head = larger;
        }
        head->joined_count = size_of(head) + size_of(joined);
        head->conversation = older(head->conversation, joined->conversation);
        head->evidence |= joined->evidence;
        head->is_marked_jointly |= joined->is_marked_jointly | joined->is_marked;
        joined->joined_to = head;
    }
    head->is_marked_jointly |= one->is_marked | other->is_marked;
    head->evidence |= (uint8_t)evidence;
}

/* ---- ids ---- */

static uint64_t id_of(const sf_step *step, id_kind kind, sf_slice text)
{
    /* As in call_key.c: never 0, and the same for a text that is a Call-ID. */
    return (sf_keyed_hash(step->hash_key, text.text, text.length) | 1) + 2 * (uint64_t)kind;
}

static kept_id *find(const sf_conversations *conversations, uint64_t id)
{
    kept_id *kept = conversations->buckets ? conversations->buckets[id >> 1 & (conversations->bucket_count - 1)] : NULL;

    while (kept && kept->id != id) {
        kept = kept->next;
    }
    return kept;
}

static void grow(sf_conversations *conversations)
{
    size_t count = conversations->buckets ? conversations->bucket_count * 2 : FIRST_BUCKETS;
    kept_id **buckets = sf_memory_allocate(&conversations->memory, count * sizeof(kept_id *));

    for (size_t i = 0; i < count; i++) {
        buckets[i] = NULL;
    }
    for (size_t i = 0; conversations->buckets && i < conversations->bucket_count; i++) {
        for (kept_id *kept = conversations->buckets[i], *next; kept; kept = next) {
            kept_id **chain = &buckets[kept->id >> 1 & (count - 1)];
            next = kept->next;
            kept->next = *chain;
            *chain = kept;
        }
    }
    sf_memory_release(&conversations->memory, conversations->buckets);
    conversations->buckets = buckets;
    conversations->bucket_count = count;
}

/** Keeps an id that is not kept yet. @return NULL if the call has too many */
static kept_id *keep(sf_conversations *conversations, uint64_t id, sf_call *call)
{
    if (call->join_id_count == SF_MAX_JOIN_IDS) {
        return NULL;
    }
    if (conversations->count == conversations->bucket_count) {
        grow(conversations);
    }
    kept_id **chain = &conversations->buckets[id >> 1 & (conversations->bucket_count - 1)];
    kept_id *kept = sf_memory_allocate(&conversations->memory, sizeof *kept);
    *kept = (kept_id){ .next = *chain, .id = id, .call = call };
    *chain = kept;
    conversations->count++;
    call->join_id_count++;
    return kept;
}

/** Joins the call with the one that has the id already; if there is none, keeps the id. */
static void share(sf_conversations *conversations, uint64_t id, sf_call *call, sf_join evidence)
{
    const kept_id *kept = find(conversations, id);

    if (kept) {
        sf_conversation_join(call, kept->call, evidence);
    } else {
        (void)keep(conversations, id, call);
    }
}

/* ---- ids that go through unchanged ---- */

static void take_session_id(sf_conversations *conversations, sf_call *call, const sf_step *step)
{
    const sf_slice ids[] = { step->message->session_id.local, step->message->session_id.remote };

    for (size_t i = 0; i < G_N_ELEMENTS(ids); i++) {
        char digits[32];
        if (ids[i].length == sizeof digits && sf_is_join_id(ids[i], sizeof digits)) {
            for (size_t j = 0; j < sizeof digits; j++) {
                digits[j] = sf_lower(ids[i].text[j]);
            }
            share(conversations, id_of(step, ID_SESSION, (sf_slice){ digits, sizeof digits }), call,
                  SF_JOINED_BY_SESSION_ID);
        }
    }
}

/** Other stacks may write any word there, which is an id only if it is long enough to be one. */
static void take_conversation_id(sf_conversations *conversations, sf_call *call, const sf_step *step)
{
    enum { FEWEST_LETTERS = 16 };
    const sf_message *message = step->message;

    for (unsigned i = 0; i < message->ms_header_count; i++) {
        const sf_ms_header *header = &message->ms_headers[i];
        sf_slice id = header->value;
        if (header->kind != SF_MS_CONVERSATION) {
            continue;
        }
        if (header->conversation.is_decoded) {
            id = (sf_slice){ (const char *)header->conversation.guid.bytes, sizeof header->conversation.guid.bytes };
        }
        if (sf_is_join_id(id, FEWEST_LETTERS)) {
            share(conversations, id_of(step, ID_CONVERSATION, id), call, SF_JOINED_BY_CONVERSATION_ID);
        }
    }
}

/** x-c: mostly the Call-ID of one of the legs, so a call that has it as its Call-ID counts as well. */
static void take_teams_call(sf_conversations *conversations, const sf_call_finder *finder, sf_call *call,
                            const sf_step *step)
{
    enum { FEWEST_LETTERS = 8 };
    sf_slice text = step->message->contact_call;

    if (sf_is_join_id(text, FEWEST_LETTERS) && text.length <= MAX_LETTERS && text.text[0] != '/') {
        uint64_t id = id_of(step, ID_TEAMS_CALL, text);
        sf_call *named = id == call->call_id ? NULL : finder->find(finder->calls, id, NULL);
        if (named) {
            sf_conversation_join(call, named, SF_JOINED_BY_TEAMS_CALL);
        }
        share(conversations, id, call, SF_JOINED_BY_TEAMS_CALL);
    }
    const kept_id *kept = conversations->count ? find(conversations, call->call_id) : NULL;
    if (kept) {
        sf_conversation_join(call, kept->call, SF_JOINED_BY_TEAMS_CALL);
    }
}

/* ---- transfer ---- */

static uint64_t hash_of_part(const sf_step *step, sf_slice text, bool is_escaped)
{
    char letters[MAX_LETTERS];

    if (text.length == 0 || text.length > sizeof letters) {
        return 0;
    }
    if (is_escaped) {
        text = (sf_slice){ letters, sf_unescape(text, false, letters) };
    }
    return sf_keyed_hash(step->hash_key, text.text, text.length) | 1;
}

/** The call that a Replaces names by Call-ID and both tags; NULL if it was not seen. */
static sf_call *replaced_call(const sf_call_finder *finder, const sf_step *step, const sf_replaced *replaced)
{
    uint64_t call_id = hash_of_part(step, replaced->call_id, replaced->is_escaped);
    const uint64_t tags[2] = { hash_of_part(step, replaced->to_tag, replaced->is_escaped),
                               hash_of_part(step, replaced->from_tag, replaced->is_escaped) };

    return call_id ? finder->find(finder->calls, call_id, tags) : NULL;
}

static const sf_reference *reference_of_kind(const sf_message *message, sf_reference_kind kind)
{
    for (unsigned i = 0; i < message->reference_count; i++) {
        if (message->references[i].kind == kind) {
            return &message->references[i];
        }
    }
    return NULL;
}

static bool append(char *out, size_t *length, sf_slice text, char end)
{
    if (text.length >= MAX_LETTERS - *length) {
        return false;
    }
    for (size_t i = 0; i < text.length; i++) {
        out[(*length)++] = sf_lower(text.text[i]);
    }
    out[(*length)++] = end;
    return true;
}

typedef struct {
    uint64_t id;
    bool is_unique; /* no other transfer has it; who refers and to whom may come again */
} transfer_id;

/**
 * The ids of a transfer, as its REFER has them, and the request that the REFER leads to: who refers, and to whom; and
 * Teams' own id of the transfer, which comes back unchanged (x-ti).
 * @param target  of Refer-To, or the Request-URI
 */
static unsigned transfer_ids(const sf_step *step, const sf_reference *referrer, const sf_uri *target,
                             transfer_id ids[2])
{
    char letters[MAX_LETTERS];
    size_t length = 0;
    unsigned count = 0;
    sf_param param;

    if (sf_parameter_find(referrer->uri.parameters, SF_LITERAL("x-ti"), &param) && param.value.length > 0 &&
        append(letters, &length, param.value, '\n')) { /* some border controllers write it in small letters */
        ids[count++] = (transfer_id){ id_of(step, ID_TRANSFER, (sf_slice){ letters, length }), true };
    }
    length = 0;
    if (append(letters, &length, referrer->uri.text, '\n') && append(letters, &length, target->user, '@') &&
        append(letters, &length, target->host, '\n')) {
        ids[count++] = (transfer_id){ id_of(step, ID_REFERENCE, (sf_slice){ letters, length }), false };
    }
    return count;
}

/** The newest transfer of an id counts: the same person may refer others to the same target later. */
static void keep_transfer(sf_conversations *conversations, uint64_t id, sf_call *call, const sf_step *step)
{
    kept_id *kept = find(conversations, id);

    kept = kept ? kept : keep(conversations, id, call);
    if (!kept) {
        return;
    }
    if (kept->call != call || kept->cseq != step->cseq) { /* else the REFER was sent again */
        kept->led_to = NULL;
    }
    kept->call = call;
    kept->time = step->time;
    kept->cseq = step->cseq;
}

/** A REFER: the call that it leads to will have the same Referred-By; with Replaces, it takes over one that there is. */
static void take_refer(sf_conversations *conversations, const sf_call_finder *finder, sf_call *call,
                       const sf_step *step)
{
    const sf_reference *target = reference_of_kind(step->message, SF_REFERENCE_TARGET);
    const sf_reference *referrer = reference_of_kind(step->message, SF_REFERENCE_REFERRER);
    transfer_id ids[2];

    if (!target) {
        return;
    }
    sf_call *replaced = replaced_call(finder, step, &target->replaced);
    if (replaced) {
        sf_conversation_join(call, replaced, SF_JOINED_BY_REPLACES);
    }
    unsigned count = referrer ? transfer_ids(step, referrer, &target->uri, ids) : 0;
    for (unsigned i = 0; i < count; i++) {
        keep_transfer(conversations, ids[i].id, call, step);
    }
}

static void come_from(sf_call *call, sf_call *origin, sf_join evidence)
{
    if (origin != call) {
        sf_conversation_join(call, origin, evidence);
        call->came_from = call->came_from ? call->came_from : origin;
    }
}

/**
 * True if a transfer may have led to the call: it led to no other one, or that is another leg of the same call, which
 * is made before somebody answers.
 */
static bool may_lead_to(const kept_id *kept, const transfer_id *id, const sf_call *call, int64_t time)
{
    const sf_call *other = kept->led_to;

    if (id->is_unique || other == call) {
        return true;
    }
    return time - kept->time <= longest_transfer && (!other || (!other->answered && !other->is_over));
}

/** An INVITE outside a dialog that a transfer led to. */
static void take_transferred(const sf_conversations *conversations, const sf_call_finder *finder, sf_call *call,
                             const sf_step *step)
{
    const sf_reference *referrer = reference_of_kind(step->message, SF_REFERENCE_REFERRER);
    const sf_reference *replaces = reference_of_kind(step->message, SF_REFERENCE_REPLACED);
    transfer_id ids[2];

    unsigned count = referrer ? transfer_ids(step, referrer, &step->message->request_uri, ids) : 0;
    for (unsigned i = 0; i < count; i++) {
        kept_id *kept = find(conversations, ids[i].id);
        if (kept && may_lead_to(kept, &ids[i], call, step->time)) {
            come_from(call, kept->call, SF_JOINED_BY_REFERRED_BY);
            kept->led_to = kept->led_to ? kept->led_to : call;
        }
    }
    sf_call *replaced = replaces ? replaced_call(finder, step, &replaces->replaced) : NULL;
    if (replaced) {
        come_from(call, replaced, SF_JOINED_BY_REPLACES);
    }
}

bool sf_conversations_expect(const sf_conversations *conversations, uint64_t call_id)
{
    return conversations->count > 0 && find(conversations, call_id) != NULL;
}

void sf_conversations_take(sf_conversations *conversations, const sf_call_finder *finder, sf_call *call,
                           const sf_step *step)
{
    const sf_message *message = step->message;

    take_session_id(conversations, call, step);
    take_conversation_id(conversations, call, step);
    take_teams_call(conversations, finder, call, step);
    if (call->is_marked && call->joined_to) {
        changeable_head_of(call)->is_marked_jointly = true;
    }
    if (message->is_request && message->reference_count > 0) {
        if (sf_slice_equals(message->method, SF_LITERAL("REFER"))) {
            take_refer(conversations, finder, call, step);
        } else if (step->method == SF_METHOD_INVITE && message->to.tag.length == 0) {
            take_transferred(conversations, finder, call, step);
        }
    }
}

/* ---- what is known of a conversation ---- */

void sf_conversation_number(sf_conversations *conversations, sf_call *call)
{
    sf_call *head = changeable_head_of(call);

    if (!head->conversation) {
        head->conversation = ++conversations->numbered;
    }
}

void sf_conversation_note(const sf_call *call, sf_call_note *note)
{
    note->conversation = sf_conversation_of(call);
    note->evidence = (uint8_t)sf_conversation_evidence(call);
    note->came_from = call->came_from ? call->came_from->number : 0;
}

uint32_t sf_conversation_of(const sf_call *call)
{
    return head_of(call)->conversation;
}

unsigned sf_conversation_evidence(const sf_call *call)
{
    return head_of(call)->evidence;
}

bool sf_conversation_is_marked(const sf_call *call)
{
    return call->is_marked || head_of(call)->is_marked_jointly || head_of(call)->is_marked;
}
