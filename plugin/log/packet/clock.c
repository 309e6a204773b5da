/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Zones, daylight saving time and dates.
 */
#include "clock.h"

#include <glib.h>
#include <time.h>

#define NANOSECONDS INT64_C(1000000000)

/* Zones are multiples of this. */
#define QUARTER_SECONDS 900

/* The zones of the earth are between -12:00 and +14:00. */
#define MAX_ZONE_QUARTERS (14 * 4)

/* Two clocks, and the way of the message, may differ by this. */
#define AGREE_SECONDS 300

/* If times go back by more than this, daylight saving time has ended in between. */
#define CHANGE_SECONDS 1800

bool sf_log_clock_init(sf_log_clock *clock, const char *zone)
{
    sf_log_head head;

    memset(clock, 0, sizeof *clock);
    clock->finds_zone = g_ascii_strcasecmp(zone, "auto") == 0;
    clock->is_local = clock->finds_zone || g_ascii_strcasecmp(zone, "local") == 0;
    if (clock->is_local) {
        return true;
    }
    if (!sf_log_match("%Z", (sf_slice){ zone, strlen(zone) }, &head)) {
        return false;
    }
    clock->offset_minutes = head.stamp.zone_minutes;
    return true;
}

/* The last whole year whose nanoseconds fit into 64 bits. */
#define LAST_YEAR 2261

/* Days from 1970-01-01, or false if the month has no such day. */
static bool days_of(const sf_log_stamp *stamp, int64_t *days)
{
    if (stamp->year < 1970 || stamp->year > LAST_YEAR ||
        !g_date_valid_dmy((GDateDay)stamp->day, (GDateMonth)stamp->month, (GDateYear)stamp->year)) {
        return false;
    }
    GDate date, epoch;
    g_date_clear(&date, 1);
    g_date_clear(&epoch, 1);
    g_date_set_dmy(&date, (GDateDay)stamp->day, (GDateMonth)stamp->month, (GDateYear)stamp->year);
    g_date_set_dmy(&epoch, 1, G_DATE_JANUARY, 1970);
    *days = g_date_days_between(&epoch, &date);
    return true;
}

/* The Julian day of GLib for 1970-01-01. */
#define EPOCH_JULIAN 719163

/* Sets the date of a stamp to that many days after 1970-01-01. */
static void set_date(sf_log_stamp *stamp, int64_t days)
{
    GDate date;

    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)(days + EPOCH_JULIAN));
    stamp->year = g_date_get_year(&date);
    stamp->month = (int)g_date_get_month(&date);
    stamp->day = g_date_get_day(&date);
}

/*
 * Converts a local time of this machine to UTC. `is_dst`: with (1) or without (0) daylight saving, or either
 * (-1). @return false if there was no such time
 */
static bool local_seconds(const sf_log_stamp *stamp, int is_dst, int64_t *seconds)
{
    struct tm tm = {
        .tm_year = stamp->year - 1900,
        .tm_mon = stamp->month - 1,
        .tm_mday = stamp->day,
        .tm_hour = stamp->hour,
        .tm_min = stamp->minute,
        .tm_sec = stamp->second,
        .tm_isdst = is_dst,
    };
    time_t t = mktime(&tm);
    *seconds = (int64_t)t;
    return is_dst < 0 || (tm.tm_isdst == is_dst && tm.tm_hour == stamp->hour);
}

/*
 * Looks up the offset of the machine's time zone once for each quarter of an hour: zones change only then, and
 * looking it up is slow.
 */
static void ask_zone(sf_log_clock *clock, const sf_log_stamp *stamp, int64_t wall)
{
    int64_t summer = 0, winter = 0, seconds = 0;

    if (clock->kept.quarter == wall / QUARTER_SECONDS) {
        return;
    }
    clock->kept.quarter = wall / QUARTER_SECONDS;
    if (local_seconds(stamp, 1, &summer) && local_seconds(stamp, 0, &winter)) {
        clock->kept.first = wall - summer;
        clock->kept.second = wall - winter;
        return;
    }
    local_seconds(stamp, -1, &seconds);
    clock->kept.first = clock->kept.second = wall - seconds;
}

static int64_t from_local(sf_log_clock *clock, const sf_log_stamp *stamp, int64_t wall)
{
    ask_zone(clock, stamp, wall);
    if (clock->kept.first == clock->kept.second) {
        clock->is_after_change = false;
    } else if (wall + CHANGE_SECONDS < clock->last) {
        /* The hour that comes twice: first with daylight saving, then without. */
        clock->is_after_change = true;
    }
    return wall - (clock->is_after_change ? clock->kept.second : clock->kept.first);
}

#define DAY_SECONDS 86400

/* Clocks and zones differ by less than this. */
#define CLOCK_SLACK (DAY_SECONDS / 2)

static int64_t newest_of(const sf_log_clock *clock)
{
    return (clock->newest > 0 ? clock->newest : g_get_real_time() / G_USEC_PER_SEC) + CLOCK_SLACK;
}

static int64_t time_of_day(const sf_log_stamp *stamp)
{
    return (stamp->hour * 60 + stamp->minute) * 60 + stamp->second;
}

/* The year in which the stamp is nearest to the anchor. */
static bool add_year_near(int64_t anchor, sf_log_stamp *stamp, int64_t *days)
{
    int64_t best = INT64_MAX, found;
    sf_log_stamp dated = *stamp;
    GDate date;

    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)(anchor / DAY_SECONDS + EPOCH_JULIAN));
    int middle = g_date_get_year(&date);
    for (dated.year = middle - 4; dated.year <= middle + 4; dated.year++) {
        if (days_of(&dated, &found) && ABS(found - anchor / DAY_SECONDS) < best) {
            best = ABS(found - anchor / DAY_SECONDS);
            *days = found;
            stamp->year = dated.year;
        }
    }
    return best < INT64_MAX;
}

/* The newest year in which the stamp is not after the newest time. A leap day is at most eight years back. */
static bool add_year(const sf_log_clock *clock, sf_log_stamp *stamp, int64_t *days)
{
    int64_t newest = newest_of(clock);
    GDate date;

    if (clock->anchor > 0) {
        return add_year_near(clock->anchor, stamp, days);
    }
    g_date_clear(&date, 1);
    g_date_set_julian(&date, (guint32)(newest / DAY_SECONDS + EPOCH_JULIAN));
    int last = g_date_get_year(&date);
    for (stamp->year = last; stamp->year > last - 9; stamp->year--) {
        if (days_of(stamp, days) && *days * DAY_SECONDS + time_of_day(stamp) <= newest) {
            return true;
        }
    }
    return false;
}

/* A clock is set back by an hour, and entries are some minutes out of order. What goes back further is the next day. */
#define BACK_SECONDS 5400

/* The day of a time of day that is nearest to `moment`: at most half a day before or after it. */
static int64_t day_near(int64_t moment, int64_t time)
{
    return (moment - time + CLOCK_SLACK) / DAY_SECONDS;
}

/* A time without a date goes on from the time before. */
static int64_t find_day(const sf_log_clock *clock, const sf_log_stamp *stamp)
{
    int64_t time = time_of_day(stamp);

    if (clock->day > 0) {
        int64_t earliest = MAX(clock->last - BACK_SECONDS, 0);
        return earliest / DAY_SECONDS + (time < earliest % DAY_SECONDS ? 1 : 0);
    }
    if (clock->anchor > 0) {
        return day_near(clock->anchor, time);
    }
    int64_t newest = newest_of(clock) - CLOCK_SLACK;
    int64_t day = newest / DAY_SECONDS;
    return day * DAY_SECONDS + time <= newest ? day : day - 1;
}

bool sf_log_clock_is_zone(int64_t seconds, int64_t *quarters)
{
    int64_t rounded = seconds + QUARTER_SECONDS / 2;

    *quarters = rounded / QUARTER_SECONDS - (rounded % QUARTER_SECONDS < 0);
    return ABS(seconds - *quarters * QUARTER_SECONDS) <= AGREE_SECONDS && ABS(*quarters) <= MAX_ZONE_QUARTERS;
}

int64_t sf_log_clock_wall_near(const sf_log_stamp *stamp, int64_t moment)
{
    int64_t time = time_of_day(stamp);
    return day_near(moment, time) * DAY_SECONDS + time;
}

/* A Date header that is further away than this is of a clock that was never set. */
#define MAX_SILENCE_DAYS 31

void sf_log_clock_note_date(sf_log_clock *clock, const sf_log_stamp *stamp, int64_t date)
{
    int64_t wall = sf_log_clock_wall_near(stamp, date), quarters;

    if (stamp->month != 0 || clock->day == 0 || !sf_log_clock_is_zone(wall - date, &quarters)) {
        return;
    }
    int64_t days = wall / DAY_SECONDS - find_day(clock, stamp);
    if (days != 0 && ABS(days) <= MAX_SILENCE_DAYS) {
        clock->last = wall;
    }
}

bool sf_log_clock_read(sf_log_clock *clock, const sf_log_stamp *given, bool is_utc, int64_t *nanoseconds)
{
    sf_log_stamp dated = *given;
    const sf_log_stamp *stamp = &dated;
    int64_t days = 0;

    if (given->month == 0) {
        days = find_day(clock, given);
        set_date(&dated, days);
    } else if (given->year == 0 ? !add_year(clock, &dated, &days) : !days_of(&dated, &days)) {
        return false;
    }
    int64_t wall = days * DAY_SECONDS + time_of_day(stamp);
    int64_t seconds = wall;
    clock->was_needed = clock->was_needed || (!stamp->has_zone && !is_utc);
    if (stamp->has_zone) {
        seconds -= stamp->zone_minutes * 60;
    } else if (!is_utc && clock->is_local) {
        seconds = from_local(clock, stamp, wall);
    } else if (!is_utc) {
        seconds -= clock->offset_minutes * 60;
    }
    if (seconds < 0) {
        return false;
    }
    clock->last = wall;
    clock->day = days;
    *nanoseconds = seconds * NANOSECONDS + stamp->nanoseconds;
    return true;
}

int sf_log_clock_zone(const sf_log_clock *clock)
{
    int64_t seconds = clock->is_after_change ? clock->kept.second : clock->kept.first;
    return clock->is_local ? (int)(seconds / 60) : clock->offset_minutes;
}

bool sf_log_read_date_header(sf_slice value, int64_t *nanoseconds)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    sf_log_stamp stamp = { 0 };
    sf_log_head head;
    uint64_t day = 0, year = 0;

    /* wkday "," SP 2DIGIT SP month SP 4DIGIT SP time SP "GMT" */
    sf_slice rest = sf_slice_trim(sf_slice_skip(value, sf_slice_find(value, ',') + 1));
    sf_slice name = sf_slice_head(sf_slice_skip(rest, 3), 3);
    if (rest.length < 24 || sf_slice_decimal(sf_slice_head(rest, 2), 31, &day) != SF_OK ||
        sf_slice_decimal(sf_slice_head(sf_slice_skip(rest, 7), 4), 9999, &year) != SF_OK ||
        !sf_log_match("%T GMT", sf_slice_skip(rest, 12), &head)) {
        return false;
    }
    stamp = head.stamp;
    for (int month = 0; month < 12; month++) {
        if (sf_slice_equals_nocase(name, (sf_slice){ months + 3 * month, 3 })) {
            stamp.month = month + 1;
        }
    }
    stamp.day = (int)day;
    stamp.year = (int)year;
    sf_log_clock utc = { 0 };
    return stamp.month > 0 && sf_log_clock_read(&utc, &stamp, true, nanoseconds);
}
