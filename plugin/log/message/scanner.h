/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The scanner finds the SIP messages in the bytes of a log. It reads the log once, from beginning to end, and
 * keeps one record at a time, whatever the size of the log.
 */
#ifndef SF_LOG_MESSAGE_SCANNER_H
#define SF_LOG_MESSAGE_SCANNER_H

#include "message.h"

typedef struct sf_log_scanner sf_log_scanner;

/**
 * Makes a scanner for one log.
 * @param format  the only format to look for, or NULL to recognize the format of each record by its content
 * @param sink    receives what is found, during the calls below; copied
 */
sf_log_scanner *sf_log_scanner_new(const sf_log_format *format, const sf_log_sink *sink);

/** Frees the scanner. An open record is dropped, unless sf_log_scanner_finish() was called. */
void sf_log_scanner_free(sf_log_scanner *scanner);

/** Takes the next bytes of the log; any encoding of decoder.h, split anywhere. */
void sf_log_scanner_push(sf_log_scanner *scanner, sf_slice bytes);

/** To be called if no bytes have come for a while: a complete message does not wait for its end mark any longer. */
void sf_log_scanner_idle(sf_log_scanner *scanner);

/** To be called if the next bytes are from a new file that continues this log (rotation). */
void sf_log_scanner_next_file(sf_log_scanner *scanner);

/**
 * To be called if the log has ended, or was emptied and begins again. A message that is incomplete is passed
 * on with SF_LOG_FLAW_CUT. More bytes may follow.
 */
void sf_log_scanner_finish(sf_log_scanner *scanner);

/** What the log had besides messages so far; valid as long as the scanner. */
const sf_log_counts *sf_log_scanner_counts(const sf_log_scanner *scanner);

/** The format of the first record that was recognized, or NULL. */
const sf_log_format *sf_log_scanner_format(const sf_log_scanner *scanner);

#endif
