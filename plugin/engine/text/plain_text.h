/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From text on the wire to text that can be shown: its encoding, its folds and
 * its escapes.
 */
#ifndef SF_ENGINE_TEXT_PLAIN_TEXT_H
#define SF_ENGINE_TEXT_PLAIN_TEXT_H

#include "slice.h"

/**
 * Checks that a text can be shown as it is: UTF-8 without NUL bytes.
 * @return the first bytes that are not (one byte), or an absent slice
 */
sf_slice sf_text_fault(sf_slice s);

/** How far texts were looked at that sf_may_have_text_fault() asks for. */
typedef struct {
    const char *seen_end; /**< of what was looked at last */
    const char *end;      /**< of the text */
    bool is_ascii;        /**< what was looked at last is, without NUL bytes */
} sf_ascii_ahead;

/** Nothing is looked at before it is asked for. */
static inline sf_ascii_ahead sf_ascii_ahead_over(sf_slice text)
{
    return (sf_ascii_ahead){ text.text, sf_slice_end(text), true };
}

/** Looks at a part of the text, and some way beyond it. */
void sf_ascii_ahead_look(sf_ascii_ahead *ahead, sf_slice part);

/**
 * True if sf_text_fault() may find something in a part of the text. Parts are asked for in their order: one look
 * answers for many short ones.
 */
static inline bool sf_may_have_text_fault(sf_ascii_ahead *ahead, sf_slice part)
{
    if (ahead->seen_end < sf_slice_end(part)) {
        sf_ascii_ahead_look(ahead, part);
    }
    return !ahead->is_ascii;
}

/** What is wrong with the byte that sf_text_fault() gave: the rest of a sentence (sf_problem.why). */
const char *sf_text_fault_reason(sf_slice fault);

/** True if the text is printable ASCII alone: it can be shown as it is, without a look at its bytes. */
bool sf_text_is_ascii(sf_slice s);

/** True if the text goes over more than one line. */
static inline bool sf_is_folded(sf_slice s)
{
    return sf_slice_find(s, '\n') < s.length || sf_slice_find(s, '\r') < s.length;
}

/**
 * Undoes the folds of a text: a line end and the blanks around it mean one blank (RFC 3261 7.3.1).
 * @param out  room for s.length bytes
 * @return bytes written
 */
size_t sf_unfold(sf_slice s, char *out);

/**
 * Undoes the escapes of a text: `\x` of a quoted string, `%41` of a URI.
 * @param is_quoted the text came from a quoted string
 * @param out       room for at least s.length bytes, or the text itself; not NUL-terminated
 * @return number of bytes written; a `%` without two digits is kept as it is
 */
size_t sf_unescape(sf_slice s, bool is_quoted, char *out);

#endif
