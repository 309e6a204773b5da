/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A call as a row of texts, for the call table in either form: what failed and why comes first.
 */
#ifndef SF_DISSECT_STATISTICS_CALL_ROW_H
#define SF_DISSECT_STATISTICS_CALL_ROW_H

#include "dissect/view/compat.h"

#include "call/call.h"

/** The columns, in order. */
enum {
    SF_COLUMN_NUMBER,
    SF_COLUMN_FRAME,
    SF_COLUMN_CALLER,
    SF_COLUMN_CALLEE,
    SF_COLUMN_OUTCOME,
    SF_COLUMN_RESPONSE,
    SF_COLUMN_CODE,
    SF_COLUMN_MEANING, /**< in a few words */
    SF_COLUMN_VERDICT,
    SF_COLUMN_MEDIA_SEEN, /**< what flowed, beside what was agreed; empty if no RTP was agreed */
    SF_COLUMN_STREAMS,
    SF_COLUMN_SUITE,
    SF_COLUMN_MOS,      /**< the lowest that was reported */
    SF_COLUMN_LOSS,     /**< percent, the highest that was reported */
    SF_COLUMN_QUALITY,  /**< `poor` with the reason, ... */
    SF_COLUMN_DURATION, /**< from the 2xx to the BYE, seconds */
    SF_COLUMN_TIME,     /**< of the first message, UTC */
    SF_COLUMN_CALLER_NETWORK,
    SF_COLUMN_CALLEE_NETWORK,
    SF_COLUMN_CONVERSATION, /**< number; calls that belong together have the same */
    SF_COLUMN_CONFERENCE,   /**< what came of joining one; empty for any other call */
    SF_COLUMNS
};

/** Titles of the columns. */
extern const char *const sf_column_titles[SF_COLUMNS];

/** Texts to be released with wmem_free(NULL, ...): UTF-8 without control characters; empty where nothing is known. */
typedef struct {
    char *cells[SF_COLUMNS];
} sf_call_row;

/**
 * A moment as the column of times has it: `2024-05-02 08:15:30.000000`, UTC; empty if there is no such date.
 * @param time  microseconds since 1970
 * @return to be released with wmem_free(NULL, ...)
 */
char *sf_call_row_moment(int64_t time);

/**
 * Writes the row of a call as it is known now. A session with media of a conference has none of its own where
 * sf_meeting_row_of() names another call.
 */
void sf_call_row_write(const sf_call *call, sf_call_row *row);

/** Releases the texts of a row. */
void sf_call_row_release(sf_call_row *row);

#endif
