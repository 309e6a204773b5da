/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * [MS-CONFBAS] 3: who joins has a session with the focus first, then one with each server whose media they take.
 */
#include "meeting.h"

#include "call_key.h"
#include "conversations.h"
#include "engine/sip/uri.h"
#include "engine/text/token.h"
#include "verdict.h"

#include <glib.h>

enum {
    BUCKETS = 256,     /* a power of two */
    MAX_LOOKED_AT = 64 /* in a bucket, the newest: a hostile capture must not cost more */
};

/** What tells a user's devices apart, from the best on. */
typedef enum {
    BY_EPID,     /**< of From ([MS-SIPRE] 4.1) */
    BY_ENDPOINT, /**< of the GRUU in Contact */
    BY_HOST,     /**< of Contact */
    DEVICE_MARKS
} device_mark;

/** Hashes, 0 for what a message does not have. */
typedef struct {
    uint64_t marks[DEVICE_MARKS];
} device;

typedef struct entry {
    struct entry *next;
    uint64_t conference; /**< hash of organizer and id */
    device device;
    sf_call *focus;
} entry;

/** Whether two sessions are of one device. */
typedef enum {
    DEVICE_UNKNOWN, /**< they have no mark in common */
    DEVICE_SAME,
    DEVICE_OTHER
} device_match;

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
    char room[2 * SF_MAX_PARTY + 1];
    size_t length = 0;

    organizer = sf_slice_head(organizer, SF_MAX_PARTY);
    id = sf_slice_head(id, SF_MAX_PARTY);
    for (size_t i = 0; i < organizer.length; i++) {
        room[length++] = sf_lower(organizer.text[i]);
    }
    room[length++] = '\n'; /* in neither of them */
    for (size_t i = 0; i < id.length; i++) {
        room[length++] = sf_lower(id.text[i]);
    }
    return sf_call_key_hash(&meetings->hash_key, (sf_slice){ room, length });
}

static device device_of(const sf_meetings *meetings, const sf_message *message)
{
    sf_slice marks[DEVICE_MARKS] = { [BY_EPID] = message->from.epid };
    device found;
    sf_param opaque;

    if (sf_slice_present(message->contact.text)) {
        marks[BY_HOST] = message->contact.host;
        if (sf_parameter_find(message->contact.parameters, SF_LITERAL("opaque"), &opaque)) {
            marks[BY_ENDPOINT] = opaque.value;
        }
    }
    for (unsigned i = 0; i < DEVICE_MARKS; i++) {
        found.marks[i] = sf_call_key_hash(&meetings->hash_key, marks[i]);
    }
    return found;
}

/** The best mark that both have decides. */
static device_match match_devices(const device *one, const device *other)
{
    for (unsigned i = 0; i < DEVICE_MARKS; i++) {
        uint64_t mark = one->marks[i], others = other->marks[i];
        if (mark != 0 && others != 0) {
            // cppcheck-suppress knownConditionTrueFalse ; it takes both marks for the same
            return mark == others ? DEVICE_SAME : DEVICE_OTHER;
        }
    }
    return DEVICE_UNKNOWN;
}

static bool is_live(const sf_call *focus)
{
    return focus->answered && !focus->ended && !focus->is_over;
}

static bool is_same_caller(const sf_call *one, const sf_call *other)
{
    return sf_slice_equals_nocase(sf_call_caller(one), sf_call_caller(other));
}

static void add_focus(sf_meetings *meetings, uint64_t conference, const device *caller_device, sf_call *call)
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
    *e = (entry){ *bucket, conference, *caller_device, call };
    *bucket = e;
}

/** The newest one that lives, of the same device; where devices cannot be told apart, the only one. */
static sf_call *focus_of(const sf_meetings *meetings, uint64_t conference, const device *caller_device,
                         const sf_call *call)
{
    sf_call *only = NULL;
    bool has_more = false;
    unsigned looked_at = 0;

    if (!meetings->buckets) {
        return NULL;
    }
    for (entry *e = meetings->buckets[conference & (BUCKETS - 1)]; e && looked_at < MAX_LOOKED_AT;
         e = e->next, looked_at++) {
        if (e->conference != conference || !is_live(e->focus) || !is_same_caller(e->focus, call)) {
            continue;
        }
        device_match match = match_devices(&e->device, caller_device);
        if (match == DEVICE_SAME) {
            return e->focus;
        }
        if (match == DEVICE_UNKNOWN) {
            has_more |= only && only != e->focus;
            only = e->focus;
        }
    }
    return has_more ? NULL : only;
}

static void link_to(sf_call *focus, sf_call *call)
{
    sf_call **end = &focus->first_media;
    unsigned count = 0;

    for (; *end; end = &(*end)->next_media) {
        if (++count == SF_MAX_MEETING_MEDIA) {
            return;
        }
    }
    *end = call;
    call->focus = focus;
    sf_conversation_join(focus, call, SF_JOINED_BY_CONFERENCE);
}

void sf_meetings_take(sf_meetings *meetings, const sf_message *message, sf_call *call)
{
    conference_address address;

    if (!call || !message->is_request || message->to.tag.length > 0 ||
        !sf_slice_equals(message->method, SF_LITERAL("INVITE")) || !address_of(&message->to.address.uri, &address)) {
        return;
    }
    const device caller_device = device_of(meetings, message);
    uint64_t conference = hash_of(meetings, sf_call_callee(call), address.id);
    if (sf_slice_equals_nocase(address.role, SF_LITERAL("focus"))) {
        if (call->focus) {
            return; /* it is media of another conference, whatever it says now */
        }
        call->is_focus = true;
        add_focus(meetings, conference, &caller_device, call);
        return;
    }
    /* A session that has been told of as a call of its own stays one: all passes and statistics count the same. */
    bool may_join = !call->focus && !call->number;
    sf_call *focus = may_join ? focus_of(meetings, conference, &caller_device, call) : NULL;
    if (focus && focus != call && focus->number) {
        link_to(focus, call);
    }
}

void sf_meetings_take_command(sf_call *call, const sf_message *message, const sf_call_note *note)
{
    bool begins = call && call->is_focus && message->is_request && message->to.tag.length == 0 &&
                  sf_slice_equals(message->method, SF_LITERAL("INVITE"));

    if (begins && note->command && !note->command->is_file) {
        call->join = note->command;
    }
}

const sf_call *sf_meeting_row_of(const sf_call *call)
{
    return call->focus ? call->focus : call;
}

uint8_t sf_meeting_verdict_of(const sf_call *call)
{
    uint8_t verdict = call->agreed.verdict;
    bool has_any = call->agreed.kind_count > 0;

    for (const sf_call *media = call->first_media; media; media = media->next_media) {
        uint8_t of_media = media->agreed.verdict;
        if (of_media == SF_VERDICT_NOT_NEGOTIATED) {
            continue;
        }
        verdict = has_any ? (uint8_t)sf_verdict_join((sf_verdict)verdict, (sf_verdict)of_media) : of_media;
        has_any = true;
    }
    return verdict;
}

const sf_suite *sf_meeting_suite_of(const sf_call *call)
{
    const sf_suite *suite = call->agreed.suite;

    for (const sf_call *media = call->first_media; media && !suite; media = media->next_media) {
        suite = media->agreed.suite;
    }
    return suite;
}

const sf_call_quality *sf_meeting_quality_of(const sf_call *call)
{
    const sf_call_quality *worst = call->quality;

    for (const sf_call *media = call->first_media; media; media = media->next_media) {
        bool is_poor = worst && (worst->summary.excess_count > 0 || worst->summary.lacks_path);
        if (media->quality && !is_poor) {
            worst = media->quality;
        }
    }
    return worst;
}
