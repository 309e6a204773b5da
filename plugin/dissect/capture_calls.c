/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The call model on Wireshark's memory.
 */
#include "capture_calls.h"

#include "call/command.h"
#include "call/conversations.h"
#include "call/meeting.h"
#include "call/report.h"
#include "dissect/view/packet_time.h"
#include "dissect/view/places.h"
#include "engine/teams_addressee.h"

enum { ENOUGH_IN_A_ROW = 32 };

static sf_calls *calls;
static sf_commands *commands;
static sf_meetings *meetings;
static sf_hash_key hash_key;

/** How many messages up to the last one were shown, all of them: after enough, a glance at the next one is in vain. */
static unsigned shown_in_a_row;

static void *allocate(void *context _U_, size_t size)
{
    return wmem_alloc(wmem_file_scope(), size);
}

static void release(void *context _U_, void *block)
{
    wmem_free(wmem_file_scope(), block);
}

static void begin_capture(void)
{
    static const sf_memory memory = { allocate, release, NULL };

    calls = sf_calls_new(&memory, &hash_key);
    commands = sf_commands_new(&memory, &hash_key);
    meetings = sf_meetings_new(&memory, &hash_key);
    shown_in_a_row = 0;
}

static void end_capture(void)
{
    calls = NULL;
    commands = NULL;
    meetings = NULL;
}

size_t sf_capture_calls_set_aside(const packet_info *pinfo, sf_slice range, const sf_knowledge *knowledge)
{
    sf_glance glance;

    if (shown_in_a_row >= ENOUGH_IN_A_ROW || !sf_glance_begin(range, &glance) ||
        sf_commands_has(commands, glance.call_id) ||
        !sf_calls_set_aside(calls, &glance, knowledge, pinfo->num, sf_packet_time(pinfo))) {
        return 0;
    }
    shown_in_a_row = 0;
    return glance.text.length;
}

/** Whether Teams may be at an end of a message, by all that it shows. */
static bool has_teams_end(const packet_info *pinfo, const sf_message *message)
{
    return sf_message_shows_teams(message) ||
           (sf_message_party_is_teams(message) &&
            (!sf_packet_is_elsewhere(pinfo) || sf_places_of_host(message->contact.host)));
}

bool sf_capture_calls_is_past_teams(const packet_info *pinfo, const sf_message *message)
{
    return message->is_microsoft && sf_message_party_is_teams(message) && !has_teams_end(pinfo, message) &&
           sf_calls_is_past_teams(calls, message);
}

/** Of the rows of few calls: those where Teams is named and is at neither end so far. */
static void settle_teams(const packet_info *pinfo, const sf_message *message, sf_call *call, sf_call_note *note)
{
    note->is_past_teams = message->is_past_teams;
    if (call && (call->is_past_teams || note->is_past_teams)) {
        sf_call_settle_teams(call, message, note, !note->is_past_teams && has_teams_end(pinfo, message));
    }
}

bool sf_capture_calls_take(const packet_info *pinfo, const sf_message *message, bool shows_all, sf_call_note *note)
{
    sf_call *call = sf_calls_take(calls, message, pinfo->num, sf_packet_time(pinfo), note);
    sf_call *about = sf_calls_take_report(calls, message, pinfo->num, note);
    settle_teams(pinfo, message, call, note);
    sf_meetings_take(meetings, message, note->call ? call : NULL);
    sf_commands_take(commands, message, pinfo->num, sf_packet_time(pinfo), note);
    sf_meetings_take_command(note->call ? call : NULL, message, note);
    bool is_asked_for = shows_all && (note->call || message->media.sdp_count > 0);
    bool is_shown = message->is_microsoft || is_asked_for || (call && sf_conversation_is_marked(call)) ||
                    (about && sf_conversation_is_marked(about));

    shown_in_a_row = is_shown ? shown_in_a_row + 1 : 0;
    if (is_shown && about) {
        about->is_marked = true; /* whoever reports in Microsoft's way took part in it */
        sf_call_note of_call = { .call = about };
        sf_calls_number(calls, about, &of_call);
        note->conversation = of_call.conversation; /* of the report as well, unless it has a call of its own */
    }
    if (is_shown && note->call) {
        sf_calls_number(calls, call, note);
    }
    return is_shown;
}

void sf_capture_calls_take_late(const packet_info *pinfo, const sf_message *message, const sf_call_note *note)
{
    sf_calls_take_report_late(calls, message, pinfo->num, note);
}

void sf_capture_calls_register(void)
{
    hash_key = sf_hash_key_random();
    register_init_routine(begin_capture);
    register_cleanup_routine(end_capture);
}
