/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Joining a conference: the session with its focus, and those with its media
 * servers that the same user has for the same conference.
 */
#ifndef SF_CALL_MEETING_H
#define SF_CALL_MEETING_H

#include "call.h"

typedef struct sf_meetings sf_meetings;

/**
 * An empty set of meetings, which takes no memory to speak of before the first one.
 * @param memory    where the set lives; copied
 * @param hash_key  copied
 */
sf_meetings *sf_meetings_new(const sf_memory *memory, const sf_hash_key *hash_key);

/**
 * Takes in a message of a call. An INVITE that begins a dialog with a conference (`app:conf:ROLE:id:ID`, [MS-CONFBAS])
 * makes its call known as the one with the focus, or links it with that: by the conference's organizer and id, the caller,
 * and the caller's device where both messages tell it. A focus that was left, or did not let the user in, has no media.
 * Both are one conversation then, and the session with the focus has its number already: a lower one than any of its media
 * gets, which is shown and numbered with this message.
 * @param call  of the message; NULL does nothing
 */
void sf_meetings_take(sf_meetings *meetings, const sf_message *message, sf_call *call);

/**
 * Takes in the command of a message, after sf_commands_take(): that of the INVITE to the focus is the one that joins.
 * @param call  of the message; NULL does nothing
 */
void sf_meetings_take_command(sf_call *call, const sf_message *message, const sf_call_note *note);

/** The call whose row or record tells of a call: of one with media of a conference, the session that joined it. */
const sf_call *sf_meeting_row_of(const sf_call *call);

/** The verdict that a row or record tells of (sf_verdict): of a session that joined a conference, that of all its media. */
uint8_t sf_meeting_verdict_of(const sf_call *call);

/** The cipher suite that a row tells of: the first one of those sessions; NULL for none. */
const sf_suite *sf_meeting_suite_of(const sf_call *call);

/** The quality that a row or record tells of: of a session that joined a conference, the worst; NULL for none. */
const sf_call_quality *sf_meeting_quality_of(const sf_call *call);

#endif
