/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The directives of the pattern language for dates and times, for directive.c only (pattern.h has the list). Each
 * removes what it matches from the line and fills the stamp of the head.
 */
#ifndef SF_LOG_GRAMMAR_STAMP_H
#define SF_LOG_GRAMMAR_STAMP_H

#include "cursor.h"

/** MM/DD/YYYY */
bool sf_log_date_month_first(sf_log_cursor *c);

/** DD/MM/YYYY */
bool sf_log_date_day_first(sf_log_cursor *c);

/** YYYY-MM-DD or YYYY/MM/DD */
bool sf_log_date_year_first(sf_log_cursor *c);

/** `Mar  6` or `Mar 6 2026` */
bool sf_log_date_named(sf_log_cursor *c);

/** DD-MM, as AudioCodes writes it: the year is not in the log */
bool sf_log_date_no_year(sf_log_cursor *c);

/** MMDDYYYY */
bool sf_log_date_digits(sf_log_cursor *c);

/** HH:MM:SS, with any fraction after `.` or `,`, or milliseconds after `:` */
bool sf_log_time(sf_log_cursor *c);

/** HHMMSS, with any fraction */
bool sf_log_time_digits(sf_log_cursor *c);

/** Z, +HH:MM or +HHMM */
bool sf_log_zone(sf_log_cursor *c);

/**
 * A date with a time among the first words of the line, in any of the usual forms. Always matches: the line may have
 * none.
 */
bool sf_log_dated_somewhere(sf_log_cursor *c);

/** As sf_log_dated_somewhere(), but a time without a date is taken too. */
bool sf_log_time_somewhere(sf_log_cursor *c);

#endif
