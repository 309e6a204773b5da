/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Parameters by table: a decoder lists the names that it knows, and learns
 * which one comes next, whether it is a repeat, and whether it is Microsoft's.
 */
#ifndef SF_ENGINE_TEXT_PARAM_TABLE_H
#define SF_ENGINE_TEXT_PARAM_TABLE_H

#include "token.h"
#include "words.h"

/** What is known of a parameter: any of these together. */
enum {
    SF_PARAM_OF_ANYBODY = 0,
    SF_PARAM_MICROSOFT = 1 << 0, /**< the name alone marks a message as Microsoft's */
    SF_PARAM_REPEATS = 1 << 1,   /**< seen twice in real traffic, not worth a note */
    SF_PARAM_VALUED = 1 << 2     /**< means nothing without a value: reported and skipped then */
};

/** Rows that a table may have: a walk keeps one bit for each. */
#define SF_MAX_PARAM_ROWS 32

/** One known parameter. Its index in the table is its id. */
typedef struct {
    sf_slice name; /**< of a literal: NUL-terminated */
    unsigned traits;
} sf_param_row;

/** A walk over the parameters of one element. */
typedef struct {
    sf_cursor cursor;
    sf_slice element;
    sf_problems *problems;
    const sf_param_row *rows;
    unsigned row_count;   /**< at most SF_MAX_PARAM_ROWS */
    sf_word_index *index; /**< over the rows, if there are many of them; may be NULL */
    uint32_t seen;        /**< one bit for each row */
    uint32_t repeated;    /**< and for each that came again, which is noted once */
    bool has_microsoft;   /**< a Microsoft parameter was met: one of the table, or any `ms-` name */
} sf_param_walk;

/** A walk over `parameters` of `element`, by the table `rows`; SF_PARAM_WALK() counts the rows. */
sf_param_walk sf_param_walk_over(sf_slice parameters, sf_slice element, sf_problems *problems, const sf_param_row *rows,
                                 unsigned row_count);

/** sf_param_walk_over() by an array of rows. More than SF_MAX_PARAM_ROWS do not compile. */
#define SF_PARAM_WALK(parameters, element, problems, rows)  \
    sf_param_walk_over(parameters, element, problems, rows, \
                       G_N_ELEMENTS(rows) * sizeof(char[G_N_ELEMENTS(rows) <= SF_MAX_PARAM_ROWS ? 1 : -1]))

#define SF_PARAM_UNKNOWN SF_WORDS_NONE

/**
 * The next parameter. A known one that comes again, or lacks the value it needs, is reported and passed over.
 * @param id  its row in the table, or SF_PARAM_UNKNOWN
 * @return false at the end
 */
bool sf_param_walk_next(sf_param_walk *walk, int *id, sf_param *param);

/** Where to report what is wrong with a parameter's value: nowhere, if its open quote is reported already. */
static inline sf_problems *sf_param_problems(const sf_param_walk *walk, const sf_param *param)
{
    return param->is_unterminated ? NULL : walk->problems;
}

#endif
