/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What comes out of a log: SIP messages, and diagnostic records that tell of them.
 */
#ifndef SF_LOG_MESSAGE_MESSAGE_H
#define SF_LOG_MESSAGE_MESSAGE_H

#include "log/grammar/format.h"
#include "log/grammar/origin.h"

/** Why a message is not quite what was on the wire. */
typedef enum {
    SF_LOG_FLAW_CUT = 1 << 0,      /**< the log ends, or another record begins, inside the message */
    SF_LOG_FLAW_LENGTH = 1 << 1,   /**< its body has not the length that Content-Length says */
    SF_LOG_FLAW_MASKED = 1 << 2,   /**< the log hides the body */
    SF_LOG_FLAW_BYTES = 1 << 3,    /**< it has not the length that the log says */
    SF_LOG_FLAW_TOO_LONG = 1 << 4, /**< its end was not kept */
    SF_LOG_FLAW_REBUILT = 1 << 5   /**< blank lines that the log lost were put back */
} sf_log_flaw;

typedef struct {
    const sf_log_format *format;
    const sf_log_origin *origin;
    sf_slice text;           /**< the message as it goes into a packet */
    uint64_t text_length;    /**< its length before SF_LOG_FLAW_TOO_LONG */
    unsigned flaws;          /**< of sf_log_flaw */
    uint64_t content_length; /**< of the header; body_length is that of the body in `text` */
    uint64_t body_length;
    sf_slice start_line, call_id, cseq, date; /**< trimmed; absent where there is none */
    sf_slice via;                             /**< value of the topmost Via */
} sf_log_message;

/** A record of a server's diagnostic log about a message. */
typedef struct {
    const sf_log_origin *origin;
    const char *severity, *text, *result, *data; /**< NULL where the record has none */
    const char *start_line, *call_id, *cseq;     /**< of the message; start_line may be NULL */
} sf_log_diagnostic;

/** Who takes what a scanner finds. What is handed over lives during the call only. */
typedef struct {
    void (*message)(void *user, const sf_log_message *message);
    void (*diagnostic)(void *user, const sf_log_diagnostic *diagnostic);
    void *user;
} sf_log_sink;

/** What became of the records of a log. */
typedef struct {
    uint64_t messages;
    uint64_t cut;             /**< messages with SF_LOG_FLAW_CUT */
    uint64_t mismatched;      /**< messages with SF_LOG_FLAW_LENGTH */
    uint64_t too_long;        /**< messages with SF_LOG_FLAW_TOO_LONG */
    uint64_t keep_alives;     /**< records without any text */
    uint64_t fragments;       /**< records whose text has no start line */
    uint64_t others;          /**< records of something else than a message */
    uint64_t diagnostics;     /**< records about a message */
    uint64_t unattached;      /**< those of them whose message was not found */
    uint64_t shortened_lines; /**< lines longer than SF_LOG_MAX_LINE */
} sf_log_counts;

#endif
