/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a diagnostics code means, in a few words: what happened, without what to
 * check about it; and what to check, without what happened.
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

/** Bytes of the longest advice. */
#define SF_MAX_ADVICE 256

/**
 * What a meaning says is to be checked or changed: `Check the firewall and the media ports`; `Check
 * Get-CsPhoneNumberAssignment` where it names a cmdlet alone. With the brief meaning it says all of the meaning.
 * @param meaning  from the table of codes or of Teams' phrases
 * @param out      room for SF_MAX_ADVICE bytes; what is longer is cut at the end of a word
 * @return bytes written, without a NUL; 0 if the meaning has no advice
 */
size_t sf_meaning_advice(const char *meaning, char out[SF_MAX_ADVICE]);

#endif
