/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A rule of a line grammar: what a line is that has the rule's pattern.
 */
#ifndef SF_LOG_GRAMMAR_RULE_H
#define SF_LOG_GRAMMAR_RULE_H

#include "pattern.h"

/** What a line is. */
typedef enum {
    SF_LOG_EVENT_TEXT,     /**< no rule matched */
    SF_LOG_EVENT_FOLD,     /**< the beginning of a head line that was broken into several */
    SF_LOG_EVENT_HEAD,     /**< another entry of the log; gives time and origin to what follows */
    SF_LOG_EVENT_OPEN,     /**< begins a record that states its direction itself */
    SF_LOG_EVENT_SENT,     /**< begins a record of a sent message */
    SF_LOG_EVENT_RECEIVED, /**< begins a record of a received message */
    SF_LOG_EVENT_SEEN,     /**< begins a record of a message that a third party saw, from %L to %R */
    SF_LOG_EVENT_PART,     /**< begins a record that continues a message of its session, or is about something else */
    SF_LOG_EVENT_PREFIXED, /**< another entry of the log, or text of the record after the prefix of the log */
    SF_LOG_EVENT_CLOSE     /**< ends the record */
} sf_log_event;

typedef struct {
    const char *pattern; /**< see pattern.h; NULL ends the list */
    sf_log_event event;
} sf_log_rule;

#endif
