/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The log formats, as a table of line grammars (log-formats.md).
 *
 * A format is a list of rules; the first one that matches a line says what the line is. A line that matches no
 * rule is text of the current record.
 *
 * CONTRIBUTING.md says how to add a format.
 */
#ifndef SF_LOG_GRAMMAR_FORMAT_H
#define SF_LOG_GRAMMAR_FORMAT_H

#include "anchor.h"
#include "rule.h"

/** The clock of the times in a format. */
typedef enum {
    SF_LOG_ZONE_LOCAL,     /**< local time of the machine that wrote the log; the log does not state the zone */
    SF_LOG_ZONE_UTC,       /**< UTC, or a zone stated with the time */
    SF_LOG_ZONE_BY_MACHINE /**< UTC if entries name a machine (centralized logging), else local */
} sf_log_zone;

/** The layout of the text of a record. */
typedef enum {
    SF_LOG_TRAIT_HEAD_ENDS = 1 << 0,    /**< a record may have no end mark: the next head line ends it */
    SF_LOG_TRAIT_BLANK_PREFIX = 1 << 1, /**< a blank before each line, `|` before the first and after the last */
    SF_LOG_TRAIT_READS = 1 << 2,        /**< a record is one read: several messages, or a part of one */
    SF_LOG_TRAIT_LABELED = 1 << 3,      /**< `Start-Line:` and `Message-Body:` mark the parts of a message */
    SF_LOG_TRAIT_BARE = 1 << 4,         /**< a bare message follows the head line, and ends as pasted text does */
    SF_LOG_TRAIT_TWO_HEADS = 1 << 5,    /**< a head without a time is one only right after an entry that has it */
    SF_LOG_TRAIT_PARTS = 1 << 6,        /**< a message can have several records (parts.h) */
    SF_LOG_TRAIT_STREAM = 1 << 7        /**< the records are all bytes of a connection, in both directions */
} sf_log_trait;

/** The most names that a format has. */
#define SF_LOG_FORMAT_NAMES 3

typedef struct {
    sf_slice names[SF_LOG_FORMAT_NAMES]; /**< for -f; the first is the usual one, the others may be absent */
    const char *title;                   /**< as people call it */
    const char *source;                  /**< where such logs come from, for people who look for theirs */
    const sf_log_rule *rules;            /**< NULL if lines alone do not show it (paste.h, follow.h) */
    sf_log_zone zone;
    unsigned traits; /**< of sf_log_trait */
} sf_log_format;

/** All formats, in the order in which they are tried. A row without a title ends the table. */
extern const sf_log_format sf_log_formats[];

/** The usual name of a format as a string. */
static inline const char *sf_log_format_name(const sf_log_format *format)
{
    return format->names[0].text; /* from a literal, so it ends with a NUL */
}

/** The format of this name in any case, or NULL. */
const sf_log_format *sf_log_format_find(sf_slice name);

/** Finds the rules of all formats that a line can match, for sf_log_format_match(). */
void sf_log_formats_anchors(sf_slice line, sf_log_anchors *found);

/**
 * Says what a line is in a format.
 * @param found  the anchors of the line, or NULL to try all rules
 * @param head   filled with what the matching rule captures; undefined for SF_LOG_EVENT_TEXT
 */
sf_log_event sf_log_format_match(const sf_log_format *format, sf_slice line, const sf_log_anchors *found,
                                 sf_log_head *head);

/** True for an event that begins a record. */
static inline bool sf_log_event_opens(sf_log_event event)
{
    return event == SF_LOG_EVENT_OPEN || event == SF_LOG_EVENT_SENT || event == SF_LOG_EVENT_RECEIVED ||
           event == SF_LOG_EVENT_SEEN;
}

#endif
