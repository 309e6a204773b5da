/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Anchors: for each rule, the longest text that a line must contain to match it. All anchors are looked for in one
 * pass over the line, so that the number of formats hardly matters for the speed.
 */
#ifndef SF_LOG_GRAMMAR_ANCHOR_H
#define SF_LOG_GRAMMAR_ANCHOR_H

#include "engine/text/slice.h"

/** The most rules of all formats together, and the most formats. */
#define SF_LOG_MAX_RULES 256
#define SF_LOG_MAX_FORMATS 64

/** The rules that a line can match: a bit for each, numbered through the table of formats. */
typedef struct {
    uint64_t bits[SF_LOG_MAX_RULES / 64];
    uint64_t formats; /**< a bit for each format that has such a rule */
    bool has_some;    /**< one of them has an anchor, and the line has it */
} sf_log_anchors;

/** The anchors of all rules. All rules whose anchor begins with the same two bytes are a list. */
typedef struct {
    uint16_t first[65536]; /**< rule, or 0xFFFF */
    uint16_t next[SF_LOG_MAX_RULES];
    sf_slice anchors[SF_LOG_MAX_RULES];
    uint8_t format[SF_LOG_MAX_RULES];
    uint16_t count;
    sf_log_anchors always; /**< rules without an anchor */
} sf_log_anchor_table;

/** Makes an empty table. */
void sf_log_anchor_table_init(sf_log_anchor_table *table);

/**
 * Adds the pattern of the next rule, which must outlive the table. Takes at most SF_LOG_MAX_RULES.
 * @param format  its number, less than SF_LOG_MAX_FORMATS
 */
void sf_log_anchor_table_add(sf_log_anchor_table *table, const char *pattern, size_t format);

/** Finds the rules whose anchor is in the line. A rule without an anchor can match any line. */
void sf_log_anchors_find(const sf_log_anchor_table *table, sf_slice line, sf_log_anchors *found);

/** True if the rule can match. */
static inline bool sf_log_anchors_has(const sf_log_anchors *found, size_t rule)
{
    return (found->bits[rule / 64] >> (rule % 64) & 1) != 0;
}

#endif
