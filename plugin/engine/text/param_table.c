/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Walking over parameters by table.
 */
#include "param_table.h"

#include "param_take.h"

sf_param_walk sf_param_walk_over(sf_slice parameters, sf_slice element, sf_problems *problems, const sf_param_row *rows,
                                 unsigned row_count)
{
    return (sf_param_walk){
        .cursor = sf_cursor_over(parameters),
        .element = element,
        .problems = problems,
        .rows = rows,
        .row_count = row_count,
    };
}

bool sf_param_walk_next(sf_param_walk *walk, int *id, sf_param *param)
{
    while (sf_param_take(&walk->cursor, ';', walk->element, walk->problems, param)) {
        if (param->is_unterminated) {
            sf_problems_malformed(walk->problems, walk->element, param->text, "The quoted value",
                                  "has no closing quote");
        }
        *id = walk->index ? sf_words_look_up(walk->index, param->name)
                          : sf_words_find(walk->rows, walk->row_count, sizeof *walk->rows, param->name);
        if (*id == SF_PARAM_UNKNOWN) {
            walk->has_microsoft = walk->has_microsoft || sf_slice_starts_nocase(param->name, SF_LITERAL("ms-"));
            return true;
        }
        const sf_param_row *row = &walk->rows[*id];
        uint32_t bit = 1u << *id;
        walk->has_microsoft = walk->has_microsoft || (row->traits & SF_PARAM_MICROSOFT);
        if (walk->seen & bit) {
            if (!(row->traits & SF_PARAM_REPEATS) && !(walk->repeated & bit)) {
                walk->repeated |= bit;
                sf_problems_malformed(walk->problems, walk->element, param->text, "The parameter",
                                      "is repeated; the first value is used");
            }
            continue;
        }
        walk->seen |= bit;
        if (param->value.length > 0 || !(row->traits & SF_PARAM_VALUED)) {
            return true;
        }
        if (!param->is_unterminated) {
            sf_problems_malformed(walk->problems, walk->element, param->text, row->name.text, "has no value");
        }
    }
    return false;
}
