/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Members of a record that tell of all sessions of a call: of joining a
 * conference, those with media beside the one that joined. Any other call has
 * one session.
 */
#ifndef SF_DISSECT_STATISTICS_JOIN_MEMBERS_H
#define SF_DISSECT_STATISTICS_JOIN_MEMBERS_H

#include "record_writer.h"

#include "call/call.h"

/** What came of joining a conference, and the numbers of the sessions with media. */
void sf_join_write_calls(sf_record_writer *writer, const sf_call *call);

/** What flowed, beside what was agreed; absent where media is not looked at. */
void sf_join_write_media(sf_record_writer *writer, const sf_call *call);

/** The kinds of streams, those of all sessions. */
void sf_join_write_streams(sf_record_writer *writer, const sf_call *call);

/** The kinds of streams of one session alone. */
void sf_join_write_own_streams(sf_record_writer *writer, const sf_call *call);

#endif
