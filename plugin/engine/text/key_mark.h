/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The marks of a media key. Messages are damaged: a line end is lost, and a key
 * line has run into a header. Nothing that shares a line with a key is quoted.
 */
#ifndef SF_ENGINE_TEXT_KEY_MARK_H
#define SF_ENGINE_TEXT_KEY_MARK_H

#include "slice.h"

/**
 * Finds the first mark of a key: `inline:` (RFC 4568 6.1), the beginning of a crypto line, or a k= line with a key
 * (RFC 4566 5.12). Letters in any case, and also as `%69` or `\i`, since some texts are shown with their escapes undone.
 * @param text  a whole line with its folds, not a part of one: the key may be in one part and its mark in another
 * @return index of the mark's first byte; the length of the text if there is none
 */
size_t sf_key_mark_at(sf_slice text);

/**
 * False for most texts in front of a colon: the names of keys end in other letters. The letter is made a small one by a
 * bit, which changes some other bytes as well: whoever gets true compares the whole name.
 */
static inline bool sf_may_end_key_name(sf_slice front)
{
    if (front.length == 0) {
        return false;
    }
    switch (front.text[front.length - 1] | ('a' - 'A')) {
    case 'e': /* a=cryptoscale, inline */
    case 'o': /* a=crypto */
    case 'r': /* k=clear */
    case '4': /* k=base64 */
        return true;
    default:
        return false;
    }
}

/** True if the text, which is in front of a colon, ends in the name of a key, no letter of it escaped. */
bool sf_ends_in_key_name(sf_slice front);

/** True if the text has such a mark. */
static inline bool sf_has_key_mark(sf_slice text)
{
    return sf_key_mark_at(text) < text.length;
}

#endif
