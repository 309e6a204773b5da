/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a row tells of a call and of the sessions with media that belong to it:
 * joining a conference is one row, from the session with the focus to the last
 * session with media. Of any other call the texts are of that call alone.
 */
#ifndef SF_DISSECT_STATISTICS_JOIN_ROW_H
#define SF_DISSECT_STATISTICS_JOIN_ROW_H

#include "dissect/view/compat.h"

#include "call/call.h"

/** Appends a remark in brackets, in the same ones if the text ends with some. */
void sf_join_add_remark(GString *text, const char *remark);

/* All texts are to be released with wmem_free(NULL, ...), and are empty where nothing is known. */

/** `Answered`; `Answered, call 2: Refused` where a session with media went another way. */
char *sf_join_outcome(const sf_call *call);

/** Why it went as it did, in a few words; `call 2: ...` before the words of a session with media that went another way. */
char *sf_join_meaning(const sf_call *call);

/** The diagnostics code, or else that of the first session with media that went another way and has one. */
char *sf_join_code(const sf_call *call);

/** `audio`; `audio in call 2` of a session with media. */
char *sf_join_streams(const sf_call *call);

/** The verdict as a cell has it, and of what one is that is mixed: `Mixed (audio: SRTP agreed; video: Clear RTP agreed)`. */
char *sf_join_verdict(const sf_call *call);

/** What flowed, with the side that was heard if only one was; `... in call 2` where sessions with media differ. */
char *sf_join_media_seen(const sf_call *call);

/** `joined`, `not joined: forbidden`; empty for what is no join of a conference. */
char *sf_join_conference(const sf_call *call);

#endif
