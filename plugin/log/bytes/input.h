/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The bytes of a log: from a file, a growing file or a pipe, compressed or not.
 */
#ifndef SF_LOG_BYTES_INPUT_H
#define SF_LOG_BYTES_INPUT_H

#include "engine/text/slice.h"
#include "members.h"
#include "status.h"

#include <signal.h>

typedef struct sf_log_input sf_log_input;

/**
 * Opens a log.
 * @param path        a file, or `-` for standard input
 * @param follows     the file may grow: watch for more data, and for replacement or truncation of the file
 * @param is_stopped  not 0 once reading is to end; must outlive the input
 * @param error       set to a message on failure, to be freed by the caller
 * @return the input, or NULL
 */
sf_log_input *sf_log_input_open(const char *path, bool follows, const volatile sig_atomic_t *is_stopped, char **error);

/** Makes an input of a file of an archive. Takes ownership of its descriptor alone. */
sf_log_input *sf_log_input_adopt(const sf_log_member *member, const volatile sig_atomic_t *is_stopped);

/** Never reads the file at `output`, as sf_log_tail_avoid() says. */
void sf_log_input_avoid(sf_log_input *input, const char *output);

/** Closes the input and frees it. */
void sf_log_input_close(sf_log_input *input);

/**
 * Reads the next bytes. A compressed log is recognized by its first bytes and decompressed.
 * @param bytes  set with SF_LOG_INPUT_BYTES; valid until the next call
 * @param error  set with SF_LOG_INPUT_FAILED, to be freed by the caller
 */
sf_log_input_status sf_log_input_read(sf_log_input *input, sf_slice *bytes, char **error);

/**
 * True if the path names the very file that the input reads: by the same name, by a link, or by any other name of it.
 * Pipes and devices may be read and written at once, so they never count.
 * @param path  a file, or `-` for standard output
 */
bool sf_log_input_is_file(const sf_log_input *input, const char *path);

/** When the file was last changed, in seconds since 1970; 0 for a pipe. */
int64_t sf_log_input_modified(const sf_log_input *input);

/** Bytes of the file read so far, and its size; 0 for a pipe. */
uint64_t sf_log_input_position(const sf_log_input *input);
uint64_t sf_log_input_size(const sf_log_input *input);

#endif
