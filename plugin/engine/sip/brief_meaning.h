/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a diagnostics code means, in a few words: what happened, without what to
 * check about it.
 */
#ifndef SF_ENGINE_SIP_BRIEF_MEANING_H
#define SF_ENGINE_SIP_BRIEF_MEANING_H

#include <stddef.h>

/** Bytes of the longest brief meaning. */
#define SF_MAX_BRIEF 120

/**
 * The words of a meaning that say what happened: without parentheses, and up to the colon or semicolon after which it
 * says what to check. A component in front of a colon is kept (`Call park: ...`), and so is `(unconfirmed)`.
 * @param meaning  from the table of codes
 * @param out      room for SF_MAX_BRIEF bytes; what is longer is cut at the end of a word
 * @return bytes written, without a NUL
 */
size_t sf_brief_meaning(const char *meaning, char out[SF_MAX_BRIEF]);

#endif
