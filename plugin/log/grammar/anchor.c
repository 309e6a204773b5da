/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Finding anchors by their first two bytes.
 */
#include "anchor.h"

#include <glib.h>

/* A shorter text is in too many lines. */
#define MIN_ANCHOR 2

#define NO_RULE 0xFFFF

static unsigned pair_of(const char *text)
{
    return (unsigned)(unsigned char)text[0] << 8 | (unsigned char)text[1];
}

/* The longest text outside of optional parts. */
static sf_slice anchor_of(const char *pattern)
{
    sf_slice longest = { NULL, 0 };
    const char *begin = pattern;
    bool is_optional = false;

    for (const char *at = pattern;; at++) {
        if (*at != '\0' && !strchr("%{} ", *at)) {
            continue;
        }
        if (!is_optional && (size_t)(at - begin) > longest.length) {
            longest = (sf_slice){ begin, (size_t)(at - begin) };
        }
        if (*at == '\0') {
            return longest;
        }
        is_optional = *at == '{' || (is_optional && *at != '}');
        at += *at == '%';
        begin = at + 1;
    }
}

void sf_log_anchor_table_init(sf_log_anchor_table *table)
{
    memset(table, 0, sizeof *table);
    memset(table->first, 0xFF, sizeof table->first);
}

static void note(sf_log_anchors *found, const sf_log_anchor_table *table, uint16_t rule)
{
    found->bits[rule / 64] |= UINT64_C(1) << (rule % 64);
    found->formats |= UINT64_C(1) << table->format[rule];
}

void sf_log_anchor_table_add(sf_log_anchor_table *table, const char *pattern, size_t format)
{
    uint16_t rule = table->count++;
    sf_slice anchor = anchor_of(pattern);

    g_assert(rule < SF_LOG_MAX_RULES && format < SF_LOG_MAX_FORMATS);
    table->format[rule] = (uint8_t)format;
    table->anchors[rule] = anchor;
    if (anchor.length < MIN_ANCHOR) {
        note(&table->always, table, rule);
        return;
    }
    table->next[rule] = table->first[pair_of(anchor.text)];
    table->first[pair_of(anchor.text)] = rule;
}

void sf_log_anchors_find(const sf_log_anchor_table *table, sf_slice line, sf_log_anchors *found)
{
    *found = table->always;
    for (size_t i = 0; i + MIN_ANCHOR <= line.length; i++) {
        for (uint16_t rule = table->first[pair_of(line.text + i)]; rule != NO_RULE; rule = table->next[rule]) {
            sf_slice anchor = table->anchors[rule];
            if (line.length - i >= anchor.length && memcmp(line.text + i, anchor.text, anchor.length) == 0) {
                note(found, table, rule);
                found->has_some = true;
            }
        }
    }
}
