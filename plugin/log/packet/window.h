/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A few messages wait here for diagnostic records about them (log-formats.md 2.3), and are then passed on as
 * packets, in the order of the log.
 */
#ifndef SF_LOG_PACKET_WINDOW_H
#define SF_LOG_PACKET_WINDOW_H

#include "packet.h"

typedef struct sf_log_window sf_log_window;

/**
 * Makes a window.
 * @param clock       of the log; must outlive the window
 * @param unattached  counts diagnostic records whose message was not found; must outlive the window
 */
sf_log_window *sf_log_window_new(sf_log_clock *clock, uint64_t *unattached);

/** Sets the time of messages without a time that come before the first one with a time: nanoseconds since 1970 UTC. */
void sf_log_window_begin_at(sf_log_window *window, int64_t time);

/** Frees the window with all packets in it. */
void sf_log_window_free(sf_log_window *window);

/** A sink for a scanner that fills the window. */
sf_log_sink sf_log_window_sink(sf_log_window *window);

/** Takes the next packet that does not need to wait any longer, or NULL. The caller owns it. */
sf_log_packet *sf_log_window_take(sf_log_window *window);

/** Lets all packets go, because nothing will come for a while. */
void sf_log_window_release(sf_log_window *window);

/** Gives up the diagnostic records that still wait, because the log has ended. */
void sf_log_window_finish(sf_log_window *window);

#endif
