/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Comparing times in the log with Date headers. A registrar puts a Date into its responses, a gateway into what it
 * sends: when the message was logged, both clocks were nearly the same.
 */
#include "preview.h"

#include "log/message/scanner.h"

#include <glib.h>

#define NANOSECONDS INT64_C(1000000000)

/* Zones are multiples of this. */
#define QUARTER_SECONDS 900

/* Two clocks, and the way of the message, may differ by this. */
#define SLACK_SECONDS 300

/* The zones of the earth are between -12:00 and +14:00. */
#define MAX_ZONE_QUARTERS (14 * 4)

typedef struct {
    sf_log_preview *preview;
    bool disagrees;
} reading;

static int64_t floor_of(int64_t value, int64_t unit)
{
    return value / unit - (value % unit < 0);
}

/* The first date says the year of all times, or the day of the first one. */
static void note_anchor(reading *r, int64_t date)
{
    if (r->preview->anchor == 0) {
        r->preview->anchor = date / NANOSECONDS;
    }
}

static void compare(reading *r, const sf_log_stamp *stamp, int64_t date)
{
    sf_log_clock wall_clock = { .newest = date / NANOSECONDS };
    int64_t wall = 0;

    /* As if it was UTC: the difference is the zone. A time without a date says nothing about whole days. */
    if (stamp->month == 0) {
        note_anchor(r, date);
        return;
    }
    if (!sf_log_clock_read(&wall_clock, stamp, true, &wall)) {
        return;
    }
    int64_t difference = (wall - date) / NANOSECONDS;
    int64_t quarters = floor_of(difference + QUARTER_SECONDS / 2, QUARTER_SECONDS);
    int64_t rest = difference - quarters * QUARTER_SECONDS;
    if (ABS(rest) > SLACK_SECONDS || ABS(quarters) > MAX_ZONE_QUARTERS) {
        r->disagrees = true;
        return;
    }
    if (stamp->year == 0) {
        note_anchor(r, date);
    }
    int minutes = (int)(quarters * QUARTER_SECONDS / 60);
    r->disagrees = r->disagrees || (r->preview->proofs > 0 && minutes != r->preview->zone_minutes);
    r->preview->zone_minutes = minutes;
    r->preview->proofs++;
}

static void take_message(void *user, const sf_log_message *message)
{
    reading *r = user;
    const sf_log_origin *origin = message->origin;
    int64_t date;

    if (!sf_slice_present(message->date) || !sf_log_read_date_header(message->date, &date)) {
        return;
    }
    if (!origin->stamp.has_clock && origin->uptime > 0) {
        int64_t boot = date - (int64_t)origin->uptime * (NANOSECONDS / 1000);
        r->preview->boot = r->preview->boot > 0 ? r->preview->boot : MAX(boot, 0);
    } else if (!origin->stamp.has_clock) {
        r->preview->date = r->preview->has_date ? r->preview->date : date;
        r->preview->has_date = true;
    } else if (!origin->is_utc && !origin->stamp.has_zone) {
        compare(r, &origin->stamp, date);
    }
}

static void ignore_diagnostic(void *user, const sf_log_diagnostic *diagnostic)
{
    (void)user;
    (void)diagnostic;
}

void sf_log_preview_read(sf_log_preview *preview, sf_slice bytes, const sf_log_format *only)
{
    reading r = { preview, false };
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
    if (preview->has_date) {
        sf_log_window_begin_at(window, preview->date);
    }
    return proves_zone;
}
