/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What is found in a log: SIP messages, and diagnostic records that refer to them.
 */
#ifndef SF_LOG_MESSAGE_MESSAGE_H
#define SF_LOG_MESSAGE_MESSAGE_H

#include "log/grammar/format.h"
#include "log/grammar/origin.h"

/** How a message can differ from what was on the wire. */
typedef enum {
    SF_LOG_FLAW_CUT = 1 << 0,      /**< the log ends, or another record begins, inside the message */
    SF_LOG_FLAW_LENGTH = 1 << 1,   /**< the length of its body differs from Content-Length */
    SF_LOG_FLAW_MASKED = 1 << 2,   /**< the log hides the body */
    SF_LOG_FLAW_BYTES = 1 << 3,    /**< its length differs from the length stated in the log */
    SF_LOG_FLAW_TOO_LONG = 1 << 4, /**< it was too long and has been shortened */
    SF_LOG_FLAW_REBUILT = 1 << 5   /**< blank lines that were lost in the log were restored */
} sf_log_flaw;

typedef struct {
    const sf_log_format *format;
    const sf_log_origin *origin;
    sf_slice text;           /**< the message as it is written into a packet */
    uint64_t text_length;    /**< its length before it was shortened */
    unsigned flaws;          /**< of sf_log_flaw */
    uint64_t content_length; /**< value of the header; body_length is the length of the body in `text` */
    uint64_t body_length;
    sf_slice start_line, call_id, cseq, date; /**< trimmed; absent if there is none */
    sf_slice via;                             /**< value of the topmost Via */
} sf_log_message;

/** A diagnostic record of a server about a message. */
typedef struct {
    const sf_log_origin *origin;
    const char *severity, *text, *result, *data; /**< NULL if the record has none */
    const char *start_line, *call_id, *cseq;     /**< of the message; start_line may be NULL */
} sf_log_diagnostic;

/** Receives what a scanner finds. The arguments are valid during the call only. */
typedef struct {
    void (*message)(void *user, const sf_log_message *message);
    void (*diagnostic)(void *user, const sf_log_diagnostic *diagnostic);
    void *user;
} sf_log_sink;

/** What a log had besides messages. */
typedef struct {
    uint64_t keep_alives;     /**< records without any text */
    uint64_t fragments;       /**< records with text that has no start line */
    uint64_t others;          /**< records about something other than a message */
    uint64_t outside;         /**< messages that are not in a record of the format of the log */
    uint64_t lost;            /**< records that are missing, as the numbers of the others show */
    uint64_t unattached;      /**< diagnostic records whose message was not found */
    uint64_t shortened_lines; /**< lines longer than SF_LOG_MAX_LINE */
} sf_log_counts;

#endif
