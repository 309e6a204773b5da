/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A source of packets: one log with its input, scanner and clock.
 */
#ifndef SF_LOG_SOURCE_H
#define SF_LOG_SOURCE_H

#include <signal.h>

#include "log/bytes/input.h"
#include "log/packet/packet.h"

/** How to read logs. */
typedef struct {
    const sf_log_format *format;             /**< the only format to look for, or NULL */
    sf_log_clock clock;                      /**< for logs that do not state their time zone */
    const volatile sig_atomic_t *is_stopped; /**< not 0 once a signal has asked to stop */
    bool follows;                            /**< keep reading at the end */
} sf_log_reading;

typedef struct sf_log_source sf_log_source;

/** Opens a log, as sf_log_input_open() does. */
sf_log_source *sf_log_source_open(const char *path, const sf_log_reading *reading, char **error);

/** Makes a source of a file of an archive, as sf_log_input_adopt() does. Its `error` is that of the source. */
sf_log_source *sf_log_source_adopt(const sf_log_member *member, const sf_log_reading *reading);

/** True if the path names the file of the log, as sf_log_input_is_file() says. */
bool sf_log_source_is_file(const sf_log_source *source, const char *path);

/** Never reads the file at `output`, not even if it takes over the path of a followed log. */
void sf_log_source_avoid(sf_log_source *source, const char *output);

/** Closes the log. */
void sf_log_source_close(sf_log_source *source);

/** The results of sf_log_source_next(). */
typedef enum {
    SF_LOG_SOURCE_PACKET,
    SF_LOG_SOURCE_END,
    SF_LOG_SOURCE_WAIT, /**< a pipe has no data right now, or reading was stopped */
    SF_LOG_SOURCE_QUIET /**< a followed log has nothing new */
} sf_log_source_status;

/**
 * Takes the next packet of the log.
 * @param packet  set with SF_LOG_SOURCE_PACKET; the caller owns it
 */
sf_log_source_status sf_log_source_next(sf_log_source *source, sf_log_packet **packet);

/** Ends a log that is followed or was stopped. sf_log_source_next() then returns what is left, even if it is incomplete. */
void sf_log_source_finish(sf_log_source *source);

/** Why the log could not be read completely, or NULL. */
const char *sf_log_source_error(const sf_log_source *source);

/** What the log had besides messages. */
sf_log_counts sf_log_source_counts(const sf_log_source *source);

/** The format of its first record, or NULL if none was recognized. */
const sf_log_format *sf_log_source_format(const sf_log_source *source);

/** Number of packets that it gave. */
uint64_t sf_log_source_packets(const sf_log_source *source);

/** What the file is if it is no text: words to put after its name. NULL if it is text. */
const char *sf_log_source_kind(const sf_log_source *source);

/** Where the zone of the times comes from, to be freed by the caller. NULL if the log states it, or the user has. */
char *sf_log_source_zone(const sf_log_source *source);

/** For the progress line: the number of bytes read, and of all bytes; 0 if unknown. */
void sf_log_source_progress(const sf_log_source *source, uint64_t *done, uint64_t *all);

#endif
