/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From reads to messages. A read is split into its messages, and joined with an earlier read that ended inside
 * a message.
 */
#ifndef SF_LOG_MESSAGE_READS_H
#define SF_LOG_MESSAGE_READS_H

#include "message.h"
#include "read.h"

typedef struct sf_log_reads sf_log_reads;

/** Messages go to `sink`, which is copied. `counts` must outlive the object. */
sf_log_reads *sf_log_reads_new(const sf_log_sink *sink, sf_log_counts *counts);

/** Frees the object. Messages that still wait for a later read are dropped, unless sf_log_reads_finish() was called. */
void sf_log_reads_free(sf_log_reads *reads);

/** True if the last read of the same connection ended inside a message. */
bool sf_log_reads_expect_more(const sf_log_reads *reads, const sf_log_origin *origin);

/**
 * Takes one read and passes on the messages that it contains or completes. A message whose rest does not come
 * within SF_LOG_PART_AGE reads is passed on as it is, marked as cut, and so is the oldest of more than
 * SF_LOG_MAX_PARTS.
 */
void sf_log_reads_add(sf_log_reads *reads, const sf_log_read *read);

/** Passes on all messages that still wait for their rest as they are, marked as cut. */
void sf_log_reads_finish(sf_log_reads *reads);

#endif
