/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The one tokenizer: quoted strings, escapes, `<...>`, folding, comma lists
 * and parameters (RFC 3261 section 25.1). Iterators pull one item after the
 * other and never read past the slice they were given.
 */
#ifndef SF_ENGINE_TEXT_TOKEN_H
#define SF_ENGINE_TEXT_TOKEN_H

#include "problem.h"
#include "slice.h"

/** What is still to be read. */
typedef struct {
    const char *at;
    const char *end;
    const char *quote; /**< the first quote that is still to come, or the end; NULL until somebody looks for it */
    unsigned items;    /**< how many were given out */
} sf_cursor;

/** A cursor over the whole slice. */
static inline sf_cursor sf_cursor_over(sf_slice s)
{
    return (sf_cursor){ s.text, sf_slice_end(s), NULL, 0 };
}

/** `name`, `name=value` or `name="value"`, without blanks and folds around its parts. */
typedef struct {
    sf_slice text; /**< all of it */
    sf_slice name;
    sf_slice value; /**< without its quotes, escapes not undone; absent for a flag */
    bool is_quoted;
    bool is_unterminated; /**< a quote that never ends */
} sf_param;

/**
 * The next non-empty piece up to `separator`, where separators within quotes do not count.
 * Reports SF_LIMIT_PARAMETERS and stops after SF_MAX_PARAMETERS.
 * @param element  the element to report problems on
 * @return false at the end
 */
bool sf_param_next(sf_cursor *cursor, char separator, sf_slice element, sf_problems *problems, sf_param *param);

/**
 * The next non-empty element of a comma-separated header value; commas within quotes and `<...>`
 * do not count. Reports SF_LIMIT_LIST_ELEMENTS and stops after SF_MAX_LIST_ELEMENTS.
 * @return false at the end
 */
bool sf_list_next(sf_cursor *cursor, sf_problems *problems, sf_slice *element);

/**
 * The next word of a text that blanks separate (one or more, also tabs and folds).
 * @return false at the end; the word is an empty slice at the text's end then
 */
bool sf_word_next(sf_cursor *cursor, sf_slice *word);

/**
 * The first words of a text, as sf_word_next() gives them one by one.
 * @param words  room for `room` slices
 * @return how many were found: at most `room`
 */
unsigned sf_words_split(sf_slice text, sf_slice *words, unsigned room);

/**
 * The next line, without its end (CRLF, bare LF, or the end of the text).
 * @return false at the end
 */
static inline bool sf_line_next(sf_cursor *cursor, sf_slice *line)
{
    const char *line_begin = cursor->at;

    if (line_begin == cursor->end) {
        return false;
    }
    const char *feed = memchr(line_begin, '\n', (size_t)(cursor->end - line_begin));
    const char *line_end = feed ? feed : cursor->end;
    cursor->at = feed ? feed + 1 : line_end;
    cursor->items++;
    *line = sf_slice_between(line_begin, feed && feed > line_begin && feed[-1] == '\r' ? feed - 1 : line_end);
    return true;
}

/** Everything that the cursor has not read. */
static inline sf_slice sf_cursor_rest(const sf_cursor *cursor)
{
    return sf_slice_between(cursor->at, cursor->end);
}

/**
 * The next part of a header's value that is no display name in quotes: what comes before one, or after the last.
 * A quoted string is a display name if `<` follows it (RFC 3261 20.10); one that never ends is none.
 * @return false at the end
 */
bool sf_unnamed_next(sf_cursor *cursor, sf_slice *part);

/** Index of the first `<` outside quoted strings, or the length of the slice if there is none. */
size_t sf_angle_find(sf_slice s);

#endif
