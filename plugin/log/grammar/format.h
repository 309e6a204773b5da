/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The log formats, as a table of line grammars (log-formats.md 1 to 7).
 *
 * A format is a list of rules; the first one that matches a line says what the
 * line is. A line without a rule is text of the record that it stands in.
 *
 * To add a format: write its rules in format.c, add its row, put a sample into
 * samples/logs and its truth into tests/log.
 */
#ifndef SF_LOG_GRAMMAR_FORMAT_H
#define SF_LOG_GRAMMAR_FORMAT_H

#include "pattern.h"

/** What a line is. */
typedef enum {
    SF_LOG_EVENT_TEXT,     /**< no rule matched */
    SF_LOG_EVENT_FOLD,     /**< the beginning of a head line that was broken into several */
    SF_LOG_EVENT_HEAD,     /**< another entry of the log; gives time and place to what follows */
    SF_LOG_EVENT_OPEN,     /**< begins a record whose direction is told inside */
    SF_LOG_EVENT_SENT,     /**< begins a record of a sent message */
    SF_LOG_EVENT_RECEIVED, /**< begins a record of a received message */
    SF_LOG_EVENT_PREFIXED, /**< another entry of the log, or text of the record behind the log's prefix */
    SF_LOG_EVENT_CLOSE     /**< ends the record */
} sf_log_event;

typedef struct {
    const char *pattern; /**< see pattern.h; NULL ends the list */
    sf_log_event event;
} sf_log_rule;

/** The clock by which a format writes its times. */
typedef enum {
    SF_LOG_ZONE_LOCAL,     /**< of the machine that wrote the log, which the log does not name */
    SF_LOG_ZONE_UTC,       /**< UTC, or a zone that stands with the time */
    SF_LOG_ZONE_BY_MACHINE /**< UTC where entries name a machine (centralized logging), else local */
} sf_log_zone;

/** How the text of a record is laid out. */
typedef enum {
    SF_LOG_TRAIT_HEAD_ENDS = 1 << 0,    /**< a record may lack an end of its own: the next head ends it */
    SF_LOG_TRAIT_BLANK_PREFIX = 1 << 1, /**< a blank before each line, `|` before the first, behind the last */
    SF_LOG_TRAIT_READS = 1 << 2,        /**< a record is one read: several messages, or a part of one */
    SF_LOG_TRAIT_LABELLED = 1 << 3      /**< `Start-Line:` and `Message-Body:` mark the parts of a message */
} sf_log_trait;

/** The most names that a format has. */
#define SF_LOG_FORMAT_NAMES 3

typedef struct {
    sf_slice names[SF_LOG_FORMAT_NAMES]; /**< as -f takes them; the first is the usual one; the rest may be absent */
    const char *title;                   /**< as people call it */
    const sf_log_rule *rules;            /**< NULL for pasted text, which has no line grammar of its own (paste.h) */
    sf_log_zone zone;
    unsigned traits; /**< of sf_log_trait */
} sf_log_format;

/** The table of all formats, in the order in which they are tried; a row without a title ends it. */
extern const sf_log_format sf_log_formats[];

/** The usual name of a format as a string. */
static inline const char *sf_log_format_name(const sf_log_format *format)
{
    return format->names[0].text; /* of a literal, which ends with a NUL */
}

/** The row that has this name, in any case, or NULL. */
const sf_log_format *sf_log_format_find(sf_slice name);

/**
 * Says what a line is in a format.
 * @param head  filled with what the matching rule captures; of no use for SF_LOG_EVENT_TEXT
 */
sf_log_event sf_log_format_match(const sf_log_format *format, sf_slice line, sf_log_head *head);

#endif
