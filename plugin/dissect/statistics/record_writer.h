/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One record for a program, member by member: an object of JSON (RFC 8259), a
 * row of CSV (RFC 4180), or the titles of its columns.
 */
#ifndef SF_DISSECT_STATISTICS_RECORD_WRITER_H
#define SF_DISSECT_STATISTICS_RECORD_WRITER_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

/** Pairs are what a record inside a cell of CSV is: `name=value` with a comma and a blank between them. */
typedef enum { SF_WRITE_JSON, SF_WRITE_CSV, SF_WRITE_TITLES, SF_WRITE_PAIRS } sf_record_form;

typedef struct {
    GString *out;
    sf_record_form form;
    bool has_members;
} sf_record_writer;

/** Begins a record at the end of `out`. */
sf_record_writer sf_record_begin(GString *out, sf_record_form form);

/** Ends the record and its line. */
void sf_record_end(sf_record_writer *writer);

/* Members. All records have the same ones in the same order; one that is not known is null, or an empty cell. */

/** A number. @param is_known  false for none */
void sf_record_number(sf_record_writer *writer, const char *name, bool is_known, uint64_t value);

/** An enumeration: its number, and as `NAME_name` the word for it. */
void sf_record_enum(sf_record_writer *writer, const char *name, unsigned number, const char *word);

/** A number with a fraction of so many decimals. @param is_known  false for none */
void sf_record_real(sf_record_writer *writer, const char *name, bool is_known, double value, int decimals);

/** A number of seconds from microseconds. @param is_known  false for none */
void sf_record_seconds(sf_record_writer *writer, const char *name, bool is_known, int64_t microseconds);

/** A text: UTF-8, or bytes that are made so. NULL and the empty text are unknown. */
void sf_record_text(sf_record_writer *writer, const char *name, const char *text);

/** A time as ISO 8601 has it, in UTC. @param microseconds  since 1970; 0 for none */
void sf_record_time(sf_record_writer *writer, const char *name, int64_t microseconds);

/** A list of texts (char *): an array, or a cell with a blank after each semicolon between them. Never null. */
void sf_record_texts(sf_record_writer *writer, const char *name, const GPtrArray *texts);

/** A list of numbers (uint32_t), in the same form. */
void sf_record_numbers(sf_record_writer *writer, const char *name, const GArray *numbers);

/** Writes the members of one of several records inside a record. @param index  from 0 */
typedef void sf_record_write_item(sf_record_writer *writer, const void *context, unsigned index);

/**
 * A list of records: an array of objects; a cell with their members as `name=value` and the separator of lists between
 * them. Never null. What an item writes must be no list of records itself.
 */
void sf_record_records(sf_record_writer *writer, const char *name, unsigned count, sf_record_write_item *write,
                       const void *context);

#endif
