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
