/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From the bits that say what is wrong with something to expert infos, by
 * table: to add a warning, add a bit and its row.
 */
#ifndef SF_DISSECT_VIEW_FAULT_H
#define SF_DISSECT_VIEW_FAULT_H

#include "view.h"

typedef struct {
    unsigned bit;
    expert_field *info;
    const char *text; /**< each `{name}` is replaced by the word of that name; NULL for the info's own text */
} sf_fault_row;

typedef struct {
    const char *name;
    sf_slice text; /**< of the message, or of a label */
} sf_fault_word;

/**
 * Adds an expert info at the item for each row whose bit is set, in the order of the table.
 * @param words  ends with a word that has no name
 */
void sf_fault_show(const sf_view *view, proto_item *item, unsigned faults, const sf_fault_row *rows, size_t row_count,
                   const sf_fault_word *words);

#endif
