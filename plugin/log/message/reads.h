/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Reads of a connection, as some logs record them: one may hold several
 * messages, or a part of one (FORMATS.md 1.3).
 */
#ifndef SF_LOG_MESSAGE_READS_H
#define SF_LOG_MESSAGE_READS_H

#include "message.h"
#include "text.h"

typedef struct sf_log_reads sf_log_reads;

/** Takes what is found in the reads; counts fragments and cut messages in `counts`. */
sf_log_reads *sf_log_reads_new(const sf_log_sink *sink, sf_log_counts *counts);

/** Frees the reads; sf_log_reads_finish() gives before what still waits for its missing parts. */
void sf_log_reads_free(sf_log_reads *reads);

/** True if the last read of the same connection ended inside a message. */
bool sf_log_reads_expect_more(const sf_log_reads *reads, const sf_log_origin *origin);

/**
 * Takes one read and gives the messages that it holds or completes. Of more than SF_LOG_MAX_PARTS messages whose
 * missing parts may still come the oldest is given as it is, marked as cut.
 * @param mark  see layout.h
 * @param cut   the log breaks off inside this read
 */
void sf_log_reads_add(sf_log_reads *reads, const sf_log_format *format, const sf_log_origin *origin,
                      const sf_log_text *text, size_t mark, bool cut);

/** Gives what has come of messages whose missing parts did not, marked as cut. */
void sf_log_reads_finish(sf_log_reads *reads);

#endif
