/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * One parameter being taken off its list: what token.c and param_table.c share,
 * inline, since headers are made of parameters. Private to them.
 */
#ifndef SF_ENGINE_TEXT_PARAM_TAKE_H
#define SF_ENGINE_TEXT_PARAM_TAKE_H

#include "token.h"

/** Where the quoted string that begins at `at` ends: after its closing quote, or at `end`. */
const char *sf_skip_quoted(const char *at, const char *end, bool *is_unterminated);

/**
 * Splits what is from `begin` to `end`, with no blank at either end, at its first equals sign: quotes can only follow
 * it, in the value.
 */
static inline void sf_split_param(const char *begin, const char *end, sf_param *param)
{
    const char *equals = memchr(begin, '=', (size_t)(end - begin));

    param->text = sf_slice_between(begin, end);
    param->is_quoted = false;
    if (!equals) {
        param->name = param->text;
        param->value = (sf_slice){ NULL, 0 };
        return;
    }
    param->name = sf_slice_between(begin, sf_trim_end(begin, equals));
    const char *value = sf_skip_blanks(equals + 1, end);
    if (value < end && *value == '"') {
        param->is_quoted = true;
        value++;
        end -= value < end && end[-1] == '"';
    }
    param->value = sf_slice_between(value, end);
}

/** Where the parameter that begins at `begin` ends: at the first separator outside quotes, or at the end. */
static inline const char *sf_end_of_param(sf_cursor *cursor, const char *begin, char separator, bool *is_unterminated)
{
    const char *const end = cursor->end;
    const char *at = memchr(begin, separator, (size_t)(end - begin));

    at = at ? at : end;
    if (!cursor->quote || cursor->quote < begin) {
        cursor->quote = memchr(begin, '"', (size_t)(end - begin));
        cursor->quote = cursor->quote ? cursor->quote : end;
    }
    if (cursor->quote < at) {
        at = cursor->quote;
        while (at < end && *at != separator) {
            at = *at == '"' ? sf_skip_quoted(at, end, is_unterminated) : at + 1;
        }
    }
    return at;
}

/** sf_param_next(). */
static inline bool sf_param_take(sf_cursor *cursor, char separator, sf_slice element, sf_problems *problems,
                                 sf_param *param)
{
    const char *begin = cursor->at;

    while (begin < cursor->end && (*begin == separator || sf_is_blank(*begin))) {
        begin++;
    }
    if (begin == cursor->end) {
        cursor->at = begin;
        return false;
    }
    if (!sf_problems_room(problems, cursor->items, SF_MAX_PARAMETERS, SF_LIMIT_PARAMETERS, element)) {
        cursor->at = cursor->end;
        return false;
    }
    param->is_unterminated = false;
    const char *at = sf_end_of_param(cursor, begin, separator, &param->is_unterminated);
    cursor->at = at;
    cursor->items++;
    sf_split_param(begin, sf_trim_end(begin, at), param);
    return true;
}

#endif
