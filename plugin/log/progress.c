/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The progress line.
 */
#include "progress.h"

#include "log/system/system.h"

#include <stdio.h>

/* The progress line appears after this time, and is updated as often. */
#define PROGRESS_MICROSECONDS (500 * 1000)

/* The longest progress line: a percentage, and a number of 20 digits. */
#define PROGRESS_WIDTH 40

static gint64 next_progress;
static bool shows_progress;

void sf_log_progress_show(sf_log_source *const *sources, size_t count, uint64_t packets)
{
    uint64_t done = 0, all = 0;
    gint64 now = g_get_monotonic_time();

    if (next_progress == 0) {
        next_progress = now + PROGRESS_MICROSECONDS;
    }
    if (now < next_progress || !sf_system_is_error_terminal()) {
        return;
    }
    next_progress = now + PROGRESS_MICROSECONDS;
    shows_progress = true;
    for (size_t i = 0; i < count; i++) {
        uint64_t source_done, source_all;
        sf_log_source_progress(sources[i], &source_done, &source_all);
        done += source_done;
        all += source_all;
    }
    if (all > 0 && done <= all) {
        fprintf(stderr, "\r%3u %%  ", (unsigned)(done * 100 / all));
    } else {
        fprintf(stderr, "\r");
    }
    fprintf(stderr, "%" G_GUINT64_FORMAT " %s ", packets, packets == 1 ? "message " : "messages");
    fflush(stderr);
}

void sf_log_progress_end(void)
{
    if (shows_progress) {
        /* Blanks, since not every terminal of Windows takes control sequences. */
        fprintf(stderr, "\r%*s\r", PROGRESS_WIDTH, "");
        shows_progress = false;
    }
}
