/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Comparing times in the log with Date headers. A registrar puts a Date into its responses, a gateway into what it
 * sends: when the message was logged, both clocks were nearly the same.
 */
#include "preview.h"

#include "log/message/scanner.h"

#include <glib.h>

#define NANOSECONDS INT64_C(1000000000)

#define QUARTER_MINUTES 15

/* Any day will do to count the days from the first time of day to others. */
#define SOME_DAY_SECONDS INT64_C(864000000)

typedef struct {
    sf_log_preview *preview;
    bool disagrees;
    sf_log_clock days;  /* of the times without a date, as if they began on some day */
    int64_t first, now; /* the first and the last of them, in nanoseconds; 0 if there was none */
} reading;

/* The first date says the year of all times, or the day of the first one. */
static void note_anchor(reading *r, int64_t seconds)
{
    if (r->preview->anchor == 0) {
        r->preview->anchor = MAX(seconds, 0);
    }
}

static void compare(reading *r, const sf_log_stamp *stamp, int64_t date)
{
    sf_log_clock wall_clock = { .newest = date / NANOSECONDS };
    int64_t wall = 0;

    /* As if it was UTC: the difference is the zone. A time without a date says nothing about whole days. */
    if (stamp->month == 0) {
        note_anchor(r, sf_log_clock_wall_near(stamp, date / NANOSECONDS) - (r->now - r->first) / NANOSECONDS);
        return;
    }
    if (!sf_log_clock_read(&wall_clock, stamp, true, &wall)) {
        return;
    }
    int64_t difference = (wall - date) / NANOSECONDS;
    int64_t quarters;
    if (!sf_log_clock_is_zone(difference, &quarters)) {
        r->disagrees = true;
        return;
    }
    if (stamp->year == 0) {
        note_anchor(r, date / NANOSECONDS);
    }
    int minutes = (int)quarters * QUARTER_MINUTES;
    r->disagrees = r->disagrees || (r->preview->proofs > 0 && minutes != r->preview->zone_minutes);
    r->preview->zone_minutes = minutes;
    r->preview->proofs++;
}

/* The first time, for the messages before it. */
static void note_first(sf_log_preview *preview, const sf_log_origin *origin, int64_t date)
{
    if (!preview->has_first) {
        preview->has_first = true;
        preview->first = origin->stamp;
        preview->is_utc = origin->is_utc;
        preview->date = date;
    }
}

static void take_message(void *user, const sf_log_message *message)
{
    reading *r = user;
    const sf_log_origin *origin = message->origin;
    int64_t date = 0;
    bool has_date = sf_slice_present(message->date) && sf_log_read_date_header(message->date, &date);

    if (origin->stamp.has_clock) {
        note_first(r->preview, origin, date);
        if (origin->stamp.month == 0 && sf_log_clock_read(&r->days, &origin->stamp, true, &r->now)) {
            r->first = r->first > 0 ? r->first : r->now;
        }
        if (has_date && !origin->is_utc && !origin->stamp.has_zone) {
            compare(r, &origin->stamp, date);
        }
    } else if (has_date && origin->uptime > 0) {
        int64_t boot = date - (int64_t)origin->uptime * (NANOSECONDS / 1000);
        r->preview->boot = r->preview->boot > 0 ? r->preview->boot : MAX(boot, 0);
    } else if (has_date) {
        note_first(r->preview, origin, date);
    }
}

static void ignore_diagnostic(void *user, const sf_log_diagnostic *diagnostic)
{
    (void)user;
    (void)diagnostic;
}

void sf_log_preview_read(sf_log_preview *preview, sf_slice bytes, const sf_log_format *only)
{
    reading r = { .preview = preview, .days.anchor = SOME_DAY_SECONDS };
    sf_log_sink sink = { take_message, ignore_diagnostic, &r };
    sf_log_scanner *scanner = sf_log_scanner_new(only, &sink);

    *preview = (sf_log_preview){ .proofs = 0 };
    sf_log_scanner_push(scanner, bytes);
    sf_log_scanner_finish(scanner);
    sf_log_scanner_free(scanner);
    preview->proofs = r.disagrees ? 0 : preview->proofs;
}

bool sf_log_preview_apply(const sf_log_preview *preview, sf_log_clock *clock, sf_log_window *window)
{
    bool proves_zone = clock->finds_zone && preview->proofs > 0;

    if (proves_zone) {
        clock->is_local = false;
        clock->offset_minutes = preview->zone_minutes;
    }
    clock->anchor = preview->anchor;
    clock->boot = preview->boot;
    sf_log_clock ahead = *clock;
    int64_t time = preview->date;
    if (preview->has_first &&
        (!preview->first.has_clock || sf_log_clock_read(&ahead, &preview->first, preview->is_utc, &time))) {
        sf_log_window_begin_at(window, time);
    }
    return proves_zone;
}
