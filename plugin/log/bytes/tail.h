/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A file that another program writes to. No content that was there at a poll is lost: a replaced or deleted
 * file is read to its end first.
 */
#ifndef SF_LOG_BYTES_TAIL_H
#define SF_LOG_BYTES_TAIL_H

#include "engine/text/slice.h"
#include "status.h"

/** How often a followed file should be polled. */
#define SF_LOG_TAIL_INTERVAL_MS 20

typedef struct sf_log_tail sf_log_tail;

/** Follows the file at `path`, which is open as `fd`. Takes ownership of `fd`. */
sf_log_tail *sf_log_tail_new(const char *path, int fd);

/** Never reads the file at `output`, or standard output if that is `-`, even if it takes over the path. */
void sf_log_tail_avoid(sf_log_tail *tail, const char *output);

/** Closes all files and frees the tail. */
void sf_log_tail_free(sf_log_tail *tail);

/** Reads as sf_log_input_read() does; never waits. It does not return SF_LOG_INPUT_END. */
sf_log_input_status sf_log_tail_read(sf_log_tail *tail, char *buffer, size_t size, sf_slice *bytes);

#endif
