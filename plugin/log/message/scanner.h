/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The scanner: bytes of a log in, SIP messages out. It holds one record at a
 * time, whatever the size of the log, and reads it once, front to back.
 */
#ifndef SF_LOG_MESSAGE_SCANNER_H
#define SF_LOG_MESSAGE_SCANNER_H

#include "message.h"

typedef struct sf_log_scanner sf_log_scanner;

/**
 * Makes a scanner for one log.
 * @param format  the only format to look for, or NULL to tell the format of each record by its content
 * @param sink    takes what is found, from within the calls below; copied
 */
sf_log_scanner *sf_log_scanner_new(const sf_log_format *format, const sf_log_sink *sink);

/** Frees the scanner. A record that is open is dropped; sf_log_scanner_finish() gives it first. */
void sf_log_scanner_free(sf_log_scanner *scanner);

/** Takes the next bytes of the log; any encoding of decoder.h, cut anywhere. */
void sf_log_scanner_push(sf_log_scanner *scanner, sf_slice bytes);

/** Tells that no more bytes came for a while: a message that is complete need not wait for its end mark. */
void sf_log_scanner_idle(sf_log_scanner *scanner);

/** Tells that the next bytes are those of a new file that carries on this log (rotation). */
void sf_log_scanner_next_file(sf_log_scanner *scanner);

/**
 * Tells that the log is over, or that it was emptied and begins anew. A message that is
 * not complete is given with SF_LOG_FLAW_CUT. More bytes may follow.
 */
void sf_log_scanner_finish(sf_log_scanner *scanner);

/** What became of the records so far. Lives as long as the scanner. */
const sf_log_counts *sf_log_scanner_counts(const sf_log_scanner *scanner);

/** The format of the first record that was recognised, or NULL so far. */
const sf_log_format *sf_log_scanner_format(const sf_log_scanner *scanner);

#endif
