/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One log on its way to packets: its bytes, its scanner, its clock.
 */
#ifndef SF_LOG_SOURCE_H
#define SF_LOG_SOURCE_H

#include "log/bytes/input.h"
#include "log/packet/packet.h"

/** How logs are to be read. */
typedef struct {
    const sf_log_format *format; /**< the only one to look for, or NULL */
    sf_log_clock clock;          /**< of logs that do not tell their zone */
    bool follows;                /**< go on when the end is reached */
} sf_log_reading;

typedef struct sf_log_source sf_log_source;

/** Opens a log as sf_log_input_open() does. */
sf_log_source *sf_log_source_open(const char *path, const sf_log_reading *reading, char **error);

/** Closes the log. */
void sf_log_source_close(sf_log_source *source);

/** What sf_log_source_next() found. */
typedef enum {
    SF_LOG_SOURCE_PACKET,
    SF_LOG_SOURCE_END, /**< of a followed log: for now */
    SF_LOG_SOURCE_WAIT /**< a pipe has nothing right now */
} sf_log_source_status;

/**
 * Gives the next packet of the log.
 * @param packet  set with SF_LOG_SOURCE_PACKET; the caller owns it
 */
sf_log_source_status sf_log_source_next(sf_log_source *source, sf_log_packet **packet);

/** Tells a followed log that it is over: what is not complete is given by sf_log_source_next() as it is. */
void sf_log_source_finish(sf_log_source *source);

/** Why the log could not be read to its end, or NULL. */
const char *sf_log_source_error(const sf_log_source *source);

/** What became of the log's records. */
sf_log_counts sf_log_source_counts(const sf_log_source *source);

/** The format of its first record, or NULL. */
const sf_log_format *sf_log_source_format(const sf_log_source *source);

/** For progress: bytes read and bytes in all; 0 where not known. */
void sf_log_source_progress(const sf_log_source *source, uint64_t *done, uint64_t *all);

#endif
