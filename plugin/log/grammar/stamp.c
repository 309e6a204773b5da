/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Dates and times as logs write them.
 */
#include "stamp.h"

#include <glib.h>

/* Exactly `digits` digits with a value between min and max. */
static bool take_number(sf_log_cursor *c, size_t digits, int min, int max, int *number)
{
    uint64_t value = 0;

    if (c->line.length < digits || sf_slice_decimal(sf_slice_head(c->line, digits), (uint64_t)max, &value) != SF_OK ||
        (int)value < min) {
        return false;
    }
    sf_log_take(c, digits);
    *number = (int)value;
    return true;
}

static bool take_year(sf_log_cursor *c)
{
    return take_number(c, 4, 1970, 9999, &c->head->stamp.year);
}

static bool take_month(sf_log_cursor *c)
{
    return take_number(c, 2, 1, 12, &c->head->stamp.month);
}

static bool take_day(sf_log_cursor *c)
{
    return take_number(c, 2, 1, 31, &c->head->stamp.day);
}

bool sf_log_date_month_first(sf_log_cursor *c)
{
    return take_month(c) && sf_log_take_char(c, '/') && take_day(c) && sf_log_take_char(c, '/') && take_year(c);
}

bool sf_log_date_day_first(sf_log_cursor *c)
{
    return take_day(c) && sf_log_take_char(c, '/') && take_month(c) && sf_log_take_char(c, '/') && take_year(c);
}

bool sf_log_date_year_first(sf_log_cursor *c)
{
    if (!take_year(c)) {
        return false;
    }
    char separator = c->line.length > 0 ? c->line.text[0] : '\0';
    return (separator == '-' || separator == '/' || separator == '.') && sf_log_take_char(c, separator) &&
           take_month(c) && sf_log_take_char(c, separator) && take_day(c);
}

bool sf_log_date_no_year(sf_log_cursor *c)
{
    return take_day(c) && sf_log_take_char(c, '-') && take_month(c);
}

bool sf_log_date_digits(sf_log_cursor *c)
{
    return take_month(c) && take_day(c) && take_year(c);
}

static bool take_month_name(sf_log_cursor *c)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

    if (c->line.length < 4) {
        return false;
    }
    for (int month = 0; month < 12; month++) {
        if (sf_slice_equals_nocase(sf_slice_head(c->line, 3), (sf_slice){ months + 3 * month, 3 })) {
            c->head->stamp.month = month + 1;
            sf_log_take(c, 3);
            return true;
        }
    }
    return false;
}

static bool take_short_day(sf_log_cursor *c)
{
    bool has_two = c->line.length > 1 && g_ascii_isdigit(c->line.text[1]);
    return take_number(c, has_two ? 2 : 1, 1, 31, &c->head->stamp.day);
}

static bool is_next_blank(const sf_log_cursor *c)
{
    return c->line.length > 0 && (c->line.text[0] == ' ' || c->line.text[0] == '\t');
}

/* A year between the date and the time, or nothing. */
static void take_year_between(sf_log_cursor *c)
{
    sf_log_cursor before = *c;
    int year = c->head->stamp.year;

    sf_log_skip_blanks(c);
    if (!take_year(c) || !is_next_blank(c)) {
        *c = before;
        c->head->stamp.year = year;
    }
}

bool sf_log_date_named(sf_log_cursor *c)
{
    if (!take_month_name(c) || !is_next_blank(c)) {
        return false;
    }
    sf_log_skip_blanks(c);
    if (!take_short_day(c)) {
        return false;
    }
    take_year_between(c);
    return true;
}

/* A fraction of a second, if there is one. */
static void take_fraction(sf_log_cursor *c)
{
    sf_log_stamp *stamp = &c->head->stamp;

    stamp->nanoseconds = 0;
    stamp->has_clock = true;
    if (c->line.length < 2 || !strchr(".,:", c->line.text[0]) || !g_ascii_isdigit(c->line.text[1])) {
        return;
    }
    size_t digits = 1;
    while (1 + digits < c->line.length && g_ascii_isdigit(c->line.text[1 + digits])) {
        digits++;
    }
    if (c->line.text[0] == ':' && digits != 3) {
        return;
    }
    sf_log_take(c, 1);
    for (uint32_t unit = 100000000; digits > 0; unit /= 10, digits--) {
        stamp->nanoseconds += unit * (uint32_t)(sf_log_take(c, 1).text[0] - '0');
    }
}

static bool take_clock(sf_log_cursor *c, bool has_colons)
{
    sf_log_stamp *stamp = &c->head->stamp;

    if (!take_number(c, 2, 0, 23, &stamp->hour) || (has_colons && !sf_log_take_char(c, ':')) ||
        !take_number(c, 2, 0, 59, &stamp->minute) || (has_colons && !sf_log_take_char(c, ':')) ||
        !take_number(c, 2, 0, 60, &stamp->second)) {
        return false;
    }
    take_fraction(c);
    return true;
}

bool sf_log_time(sf_log_cursor *c)
{
    return take_clock(c, true);
}

bool sf_log_time_digits(sf_log_cursor *c)
{
    return take_clock(c, false);
}

bool sf_log_zone(sf_log_cursor *c)
{
    int hours = 0, minutes = 0;

    c->head->stamp.has_zone = true;
    if (sf_log_take_char(c, 'Z')) {
        c->head->stamp.zone_minutes = 0;
        return true;
    }
    bool is_west = c->line.length > 0 && c->line.text[0] == '-';
    if (!is_west && !(c->line.length > 0 && c->line.text[0] == '+')) {
        return false;
    }
    sf_log_take(c, 1);
    if (!take_number(c, 2, 0, 23, &hours)) {
        return false;
    }
    sf_log_take_char(c, ':');
    if (!take_number(c, 2, 0, 59, &minutes)) {
        return false;
    }
    c->head->stamp.zone_minutes = (is_west ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

/* MM-DD or MM/DD, as the logs of Android and some collectors begin: the year is not in the log. */
static bool date_short(sf_log_cursor *c)
{
    return take_month(c) && (sf_log_take_char(c, '-') || sf_log_take_char(c, '/')) && take_day(c);
}

/* `06 Mar 2026` or `06-Mar-2026` */
static bool date_day_named(sf_log_cursor *c)
{
    if (!take_day(c) || (!sf_log_take_char(c, ' ') && !sf_log_take_char(c, '-')) || !take_month_name(c)) {
        return false;
    }
    return (sf_log_take_char(c, ' ') || sf_log_take_char(c, '-')) && take_year(c);
}

/* `06.03.2026`: with dots, the day comes first everywhere. */
static bool date_dots(sf_log_cursor *c)
{
    return take_day(c) && sf_log_take_char(c, '.') && take_month(c) && sf_log_take_char(c, '.') && take_year(c);
}

/* MMDDHHMMSS.mmm|, as Polycom's phones write it; the year is not in the log. */
static bool take_phone_stamp(sf_log_cursor *c)
{
    sf_log_cursor before = *c;

    if (take_month(c) && take_day(c) && take_clock(c, false) && c->line.length > 0 && c->line.text[0] == '|' &&
        before.line.length - c->line.length > 11) {
        return true;
    }
    c->line = before.line;
    return false;
}

#define EPOCH_DIGITS 10

/* Seconds since 1970 with a fraction, as logcat and others can write them. */
static bool take_epoch(sf_log_cursor *c)
{
    sf_log_stamp *stamp = &c->head->stamp;
    sf_slice line = c->line;
    uint64_t seconds = 0;

    if (line.length < EPOCH_DIGITS + 2 || line.text[0] == '0' || line.text[EPOCH_DIGITS] != '.' ||
        sf_slice_decimal(sf_slice_head(line, EPOCH_DIGITS), UINT64_MAX, &seconds) != SF_OK) {
        return false;
    }
    GDateTime *date = g_date_time_new_from_unix_utc((gint64)seconds);
    g_date_time_get_ymd(date, &stamp->year, &stamp->month, &stamp->day);
    stamp->hour = g_date_time_get_hour(date);
    stamp->minute = g_date_time_get_minute(date);
    stamp->second = g_date_time_get_second(date);
    g_date_time_unref(date);
    sf_log_take(c, EPOCH_DIGITS);
    take_fraction(c);
    stamp->has_zone = true;
    stamp->zone_minutes = 0;
    if (c->line.length == 0 || is_next_blank(c)) {
        return true;
    }
    c->line = line;
    return false;
}

static bool no_date(sf_log_cursor *c)
{
    (void)c;
    return true;
}

/* What separates a date from its time. */
static void skip_between(sf_log_cursor *c)
{
    while (c->line.length > 0 && strchr(" \tT@|,-", c->line.text[0])) {
        sf_log_take(c, 1);
    }
}

/* The zone after a time, if there is one: +02:00, Z, UTC or GMT. */
static void zone_if_any(sf_log_cursor *c)
{
    sf_log_cursor before = *c;
    sf_log_head head = *c->head;

    sf_log_skip_blanks(c);
    sf_slice word = sf_slice_head(c->line, 3);
    if (sf_slice_equals(word, SF_LITERAL("UTC")) || sf_slice_equals(word, SF_LITERAL("GMT"))) {
        sf_log_take(c, 3);
        c->head->stamp.has_zone = true;
        c->head->stamp.zone_minutes = 0;
    } else if (!sf_log_zone(c) || (c->line.length > 0 && g_ascii_isalnum(c->line.text[0]))) {
        *c->head = head;
        *c = before;
    }
}

/* More numbers with colons: a time since something, with days. */
static bool goes_on(const sf_log_cursor *c)
{
    return c->line.length > 2 && c->line.text[0] == ':' && g_ascii_isdigit(c->line.text[1]) &&
           sf_slice_find(sf_slice_skip(c->line, 1), ':') <= 2;
}

/* Tries all forms of a date before a time, at the cursor. */
static bool take_stamp(sf_log_cursor *c, bool needs_date)
{
    static const sf_log_directive dates[] = {
        sf_log_date_year_first,
        sf_log_date_month_first,
        sf_log_date_named,
        date_day_named,
        date_dots,
        date_short,
        no_date,
    };
    sf_log_cursor before = *c;

    for (size_t i = 0; i < G_N_ELEMENTS(dates) - (needs_date ? 1 : 0); i++) {
        memset(&c->head->stamp, 0, sizeof c->head->stamp);
        if (dates[i](c)) {
            skip_between(c);
            if (sf_log_time(c) && !goes_on(c)) {
                zone_if_any(c);
                return true;
            }
        }
        c->line = before.line;
    }
    memset(&c->head->stamp, 0, sizeof c->head->stamp);
    if (take_phone_stamp(c)) {
        return true;
    }
    memset(&c->head->stamp, 0, sizeof c->head->stamp);
    if (take_epoch(c)) {
        return true;
    }
    memset(&c->head->stamp, 0, sizeof c->head->stamp);
    return false;
}

/* A time is among the first words of a line, or nowhere. */
#define STAMP_WORDS 5

static bool stamp_somewhere(sf_log_cursor *c, bool needs_date)
{
    sf_log_cursor before = *c;

    c->head->may_lack_time = true;
    for (unsigned words = 0; words < STAMP_WORDS && c->line.length > 0; words++) {
        while (c->line.length > 0 && strchr(" \t[(<|*.>", c->line.text[0])) {
            sf_log_take(c, 1);
        }
        if (take_stamp(c, needs_date)) {
            return true;
        }
        while (c->line.length > 0 && !strchr(" \t[(<|>", c->line.text[0])) {
            sf_log_take(c, 1);
        }
    }
    *c = before;
    return true;
}

bool sf_log_dated_somewhere(sf_log_cursor *c)
{
    return stamp_somewhere(c, true);
}

bool sf_log_time_somewhere(sf_log_cursor *c)
{
    return stamp_somewhere(c, false);
}
