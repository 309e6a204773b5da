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
 * @param call  of the message; NULL does nothing
 */
void sf_meetings_take(sf_meetings *meetings, const sf_message *message, sf_call *call);

/** The call whose media a row or record tells of: of a session that joined a conference, the first one with media. */
const sf_call *sf_meeting_media_of(const sf_call *call);

/** The quality that a row or record tells of: of a session that joined a conference, the worst; NULL for none. */
const sf_call_quality *sf_meeting_quality_of(const sf_call *call);

#endif
