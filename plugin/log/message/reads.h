/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From the reads of a log to messages: each read is split into the messages that it holds, and joined
 * with an earlier one that ended inside a message.
 */
#ifndef SF_LOG_MESSAGE_READS_H
#define SF_LOG_MESSAGE_READS_H

#include "message.h"
#include "read.h"

typedef struct sf_log_reads sf_log_reads;

/** Messages go to `sink`, which is copied; `counts` must outlive the reads. */
sf_log_reads *sf_log_reads_new(const sf_log_sink *sink, sf_log_counts *counts);

/** Frees the reads. Messages that still wait for a later read are dropped; sf_log_reads_finish() gives them first. */
void sf_log_reads_free(sf_log_reads *reads);

/** True if the last read of the same connection ended inside a message. */
bool sf_log_reads_expect_more(const sf_log_reads *reads, const sf_log_origin *origin);

/**
 * Takes one read and gives the messages that it holds or completes. A message that has waited for its
 * rest too long, or while more than SF_LOG_MAX_PARTS wait, is given as far as it came, marked as cut.
 */
void sf_log_reads_add(sf_log_reads *reads, const sf_log_read *read);

/** Gives all messages that still wait for their rest, as far as they came, marked as cut. */
void sf_log_reads_finish(sf_log_reads *reads);

#endif
