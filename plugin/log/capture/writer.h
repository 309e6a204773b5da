/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The capture that the program writes: pcapng of link type Wireshark Upper PDU.
 */
#ifndef SF_LOG_CAPTURE_WRITER_H
#define SF_LOG_CAPTURE_WRITER_H

#include "log/packet/packet.h"

typedef struct sf_log_writer sf_log_writer;

/**
 * Opens a capture.
 * @param path   a file, which is replaced; a pipe; or `-` for standard output
 * @param error  set to a message on failure, to be freed by the caller
 * @return the writer, or NULL
 */
sf_log_writer *sf_log_writer_open(const char *path, char **error);

/** Writes a packet. @return false on failure, with `error` as above; the writer must still be closed */
bool sf_log_writer_write(sf_log_writer *writer, const sf_log_packet *packet, char **error);

/**
 * Flushes what was written so far, to a file or to a program that reads along. Failures as above.
 * After a failure, sf_log_writer_close() cuts a file back to what was flushed, so that it stays a valid capture.
 */
bool sf_log_writer_flush(sf_log_writer *writer, char **error);

/**
 * Ends the capture and frees the writer.
 * @return false if not everything was written, with `error` as above, or NULL if only the reader has gone away
 */
bool sf_log_writer_close(sf_log_writer *writer, char **error);

/** True if the reader of the capture has gone away. */
bool sf_log_writer_has_lost_reader(sf_log_writer *writer);

#endif
