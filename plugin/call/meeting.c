/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * [MS-CONFBAS] 3: who joins has a session with the focus first, then one with each server whose media they take.
 */
#include "meeting.h"

#include "call_key.h"
#include "engine/sip/uri.h"
#include "engine/text/token.h"

#include <glib.h>

enum {
    BUCKETS = 256,     /* a power of two */
    MAX_LOOKED_AT = 64 /* in a bucket, the newest: a hostile capture must not cost more */
};

typedef struct entry {
    struct entry *next;
    uint64_t conference; /**< hash of organizer and id */
    sf_call *focus;
} entry;

struct sf_meetings {
    sf_memory memory;
    sf_hash_key hash_key;
    entry **buckets; /**< chains, newest first; NULL before the first join */
};

/** `app:conf:ROLE:id:ID` of a URI. */
typedef struct {
    sf_slice role, id;
} conference_address;

sf_meetings *sf_meetings_new(const sf_memory *memory, const sf_hash_key *hash_key)
{
    sf_meetings *meetings = sf_memory_allocate(memory, sizeof *meetings);

    *meetings = (sf_meetings){ .memory = *memory, .hash_key = *hash_key };
    return meetings;
}

static bool address_of(const sf_uri *uri, conference_address *address)
{
    static const sf_slice prefix = SF_LITERAL_INIT("app:conf:"), id = SF_LITERAL_INIT("id:");
    sf_param opaque;

    if (uri->parameters.length == 0 || !sf_parameter_find(uri->parameters, SF_LITERAL("opaque"), &opaque) ||
        !sf_slice_starts_nocase(opaque.value, prefix)) {
        return false;
    }
    sf_slice rest = sf_slice_skip(opaque.value, prefix.length);
    address->role = sf_slice_head(rest, sf_slice_find(rest, ':'));
    rest = sf_slice_skip(rest, address->role.length + 1);
    address->id = sf_slice_skip(rest, id.length);
    return sf_slice_starts_nocase(rest, id) && address->id.length > 0;
}

/** Letters in any case are the same, as in an address of SIP. */
static uint64_t hash_of(const sf_meetings *meetings, sf_slice organizer, sf_slice id)
{
    char room[2 * SF_MAX_PARTY];
    size_t length = 0;

    organizer = sf_slice_head(organizer, SF_MAX_PARTY);
    id = sf_slice_head(id, SF_MAX_PARTY);
    for (size_t i = 0; i < organizer.length; i++) {
        room[length++] = sf_lower(organizer.text[i]);
    }
    for (size_t i = 0; i < id.length; i++) {
        room[length++] = sf_lower(id.text[i]);
    }
    return sf_call_key_hash(&meetings->hash_key, (sf_slice){ room, length });
}

static bool is_same_caller(const sf_call *one, const sf_call *other)
{
    return sf_slice_equals_nocase(sf_call_caller(one), sf_call_caller(other));
}

static void add_focus(sf_meetings *meetings, uint64_t conference, sf_call *call)
{
    if (!meetings->buckets) {
        meetings->buckets = sf_memory_allocate(&meetings->memory, BUCKETS * sizeof(entry *));
        for (unsigned i = 0; i < BUCKETS; i++) {
            meetings->buckets[i] = NULL;
        }
    }
    entry **bucket = &meetings->buckets[conference & (BUCKETS - 1)];
    if (*bucket && (*bucket)->focus == call) {
        return; /* the INVITE again */
    }
    entry *e = sf_memory_allocate(&meetings->memory, sizeof *e);
    *e = (entry){ *bucket, conference, call };
    *bucket = e;
}

static sf_call *focus_of(const sf_meetings *meetings, uint64_t conference, const sf_call *call)
{
    unsigned looked_at = 0;

    if (!meetings->buckets) {
        return NULL;
    }
    for (entry *e = meetings->buckets[conference & (BUCKETS - 1)]; e && looked_at < MAX_LOOKED_AT;
         e = e->next, looked_at++) {
        if (e->conference == conference && is_same_caller(e->focus, call)) {
            return e->focus->answered && !e->focus->ended && !e->focus->is_over ? e->focus : NULL;
        }
    }
    return NULL;
}

static void link_to(sf_call *focus, sf_call *call)
{
    sf_call **end = &focus->first_media;
    unsigned count = 0;

    while (*end && count < SF_MAX_MEETING_MEDIA) {
        end = &(*end)->next_media;
        count++;
    }
    if (!*end) {
        *end = call;
        call->focus = focus;
    }
}

void sf_meetings_take(sf_meetings *meetings, const sf_message *message, sf_call *call)
{
    conference_address address;

    if (!call || !message->is_request || message->to.tag.length > 0 ||
        !sf_slice_equals(message->method, SF_LITERAL("INVITE")) || !address_of(&message->to.address.uri, &address)) {
        return;
    }
    uint64_t conference = hash_of(meetings, sf_call_callee(call), address.id);
    if (sf_slice_equals_nocase(address.role, SF_LITERAL("focus"))) {
        add_focus(meetings, conference, call);
        return;
    }
    sf_call *focus = call->focus ? NULL : focus_of(meetings, conference, call);
    if (focus && focus != call) {
        link_to(focus, call);
    }
}
