/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * All that a listener to the tap learns of one call, and its form for
 * programs: one line of JSON (RFC 8259) or CSV (RFC 4180).
 */
#ifndef SF_DISSECT_STATISTICS_CALL_RECORD_H
#define SF_DISSECT_STATISTICS_CALL_RECORD_H

#include "tap.h"

typedef enum { SF_RECORD_JSON, SF_RECORD_CSV } sf_record_format;

/** What is known of a call beyond its row. */
typedef struct sf_call_record sf_call_record;

/** A record without messages. @param call  lives longer than the record */
sf_call_record *sf_call_record_new(const sf_call *call);

/** The call of a record. */
const sf_call *sf_call_record_call(const sf_call_record *record);

/** Takes in what a message of the call says. @param frame  its number */
void sf_call_record_add(sf_call_record *record, uint32_t frame, const sf_tap_message *message);

/**
 * The record of joining a conference: what the session that joined it and the sessions with media say together.
 * @param record    of the session that joined
 * @param sessions  records of the sessions with media, `count` of them; they live longer than the new record
 */
sf_call_record *sf_call_record_of_join(const sf_call_record *record, const sf_call_record *const *sessions,
                                       unsigned count);

/** Releases a record. Takes NULL. */
void sf_call_record_free(sf_call_record *record);

/** The titles of the columns of CSV, with a line end. */
void sf_call_record_write_titles(GString *out);

/** Appends the record as one line, with its line end. What is not known is null in JSON, and an empty cell in CSV. */
void sf_call_record_write(const sf_call_record *record, sf_record_format format, GString *out);

#endif
