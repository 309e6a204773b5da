/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Messages that a read contains only in part, and joining them with the next read.
 */
#ifndef SF_LOG_MESSAGE_JOIN_H
#define SF_LOG_MESSAGE_JOIN_H

#include "read.h"

/** How a read ended. */
typedef enum {
    SF_LOG_LINE_IS_OPEN,  /**< inside a line, perhaps an empty one, which continues in the next read */
    SF_LOG_LINE_LACKS_LF, /**< between the CR and the LF of a line end */
    SF_LOG_LINE_IS_WHOLE  /**< at the end of a line */
} sf_log_line_state;

/** The first part of a message. */
typedef struct {
    const sf_log_format *format; /**< NULL if there is none */
    sf_log_origin origin;        /**< of the first read; its `bytes` are those of all parts so far */
    sf_log_text text;            /**< owned: all lines since the start line */
    sf_log_line_state last_line;
    unsigned pieces; /**< reads so far */
} sf_log_partial;

/**
 * Ends the message where its Content-Length says, also inside a line, if the read is a piece of a stream that is in the
 * log to the last byte.
 */
void sf_log_join_cut(const sf_log_read *read, sf_log_layout *layout);

/**
 * True if the last line of a piece of a stream, which is not before line `first`, has only begun: perhaps a start line.
 */
bool sf_log_join_has_open_line(const sf_log_read *read, size_t first);

/**
 * True if the read ends inside the message, so that its rest comes with the next read of the connection.
 * @param last_line  set to how the read ended
 */
bool sf_log_join_is_due(const sf_log_read *read, const sf_log_layout *layout, sf_log_line_state *last_line);

/** Fills `partial` with the lines of a read from `first` on. Its text must have been initialized. */
void sf_log_join_begin(sf_log_partial *partial, const sf_log_read *read, size_t first, sf_log_line_state last_line);

/**
 * True if the next read goes on with a start line of which the waiting part has the first letters alone, though what it
 * begins with looks like a start line itself: `I`, and `NVITE sip:ann@example.com SIP/2.0`.
 */
bool sf_log_join_completes_start(const sf_log_partial *waiting, const sf_log_read *next);

/** Adds the next read of the connection. */
void sf_log_join_add(sf_log_partial *partial, const sf_log_read *next);

/** The parts so far as one read; valid as long as `partial`. */
sf_log_read sf_log_join_read(sf_log_partial *partial, bool is_cut);

#endif
