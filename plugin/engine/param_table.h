/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Parameters by table: a decoder lists the names that it knows, and is told
 * which one it met, whether it came twice, and whether it is one of Microsoft's.
 */
#ifndef SF_ENGINE_PARAM_TABLE_H
#define SF_ENGINE_PARAM_TABLE_H

#include "token.h"

/** One known parameter. Its index in the table is its id. */
typedef struct {
    sf_slice name;
    bool microsoft;     /**< the name alone marks a message as Microsoft's */
    bool may_repeat;    /**< seen twice in real traffic, not worth a note */
} sf_param_row;

/** A walk over the parameters of one element. */
typedef struct {
    sf_cursor cursor;
    sf_slice element;
    sf_problems *problems;
    const sf_param_row *rows;
    unsigned row_count; /**< at most 32 */
    uint32_t seen;      /**< one bit for each row */
    bool microsoft;     /**< a Microsoft parameter was met: one of the table, or any `ms-` name */
} sf_param_walk;

/** A walk over `parameters` of `element`, by the table `rows`. */
sf_param_walk sf_param_walk_over(sf_slice parameters, sf_slice element, sf_problems *problems,
                                 const sf_param_row *rows, unsigned row_count);

#define SF_PARAM_UNKNOWN (-1)

/**
 * The next parameter. A known one that comes again is reported and passed over.
 * @param id  its row in the table, or SF_PARAM_UNKNOWN
 * @return false at the end
 */
bool sf_param_walk_next(sf_param_walk *walk, int *id, sf_param *param);

#endif
