/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A diagnostics code in words: the same in the tree, in expert infos, in the
 * table of calls and in the statistics.
 */
#ifndef SF_DISSECT_VIEW_DIAGNOSIS_H
#define SF_DISSECT_VIEW_DIAGNOSIS_H

#include "view.h"

#include "engine/sip/diagnosis.h"

/**
 * What a code means. One that we have no words for is explained by the header's own reason, with the component that it
 * comes from in brackets.
 * @param scope   whose memory the words live in; NULL for until wmem_free(NULL, ...)
 * @param reason  as sf_diagnosis_reason() gives it; may be empty
 * @return valid UTF-8 without control characters
 */
char *sf_diagnosis_words(wmem_allocator_t *scope, uint32_t code, sf_occasion occasion, sf_slice reason);

/** The same of a code in the message at hand. It lives as long as the packet. */
const char *sf_view_diagnosis(const sf_view *view, const sf_diagnostics *diagnostics);

/** What a code means, in a few words: what happened, without what to check. Otherwise like sf_diagnosis_words(). */
char *sf_diagnosis_brief(wmem_allocator_t *scope, uint32_t code, sf_occasion occasion, sf_slice reason);

/** The same of a code in the message at hand. It lives as long as the packet. */
const char *sf_view_diagnosis_brief(const sf_view *view, const sf_diagnostics *diagnostics);

/** What a reason of Teams means, in a few words; its own phrase if we have none. It lives as long as the packet. */
const char *sf_view_reason_brief(const sf_view *view, const sf_reason *reason);

/** What a call's code or reason means, as sf_diagnosis_words() has it. */
char *sf_diagnosis_words_of_call(wmem_allocator_t *scope, const sf_call_diagnosis *diagnosis);

/** What a call's code or reason means, as sf_diagnosis_brief() has it. */
char *sf_diagnosis_brief_of_call(wmem_allocator_t *scope, const sf_call_diagnosis *diagnosis);

/**
 * What to check or change about a call's code or reason, `Check the firewall and the media ports`: only of words of ours.
 * @return allocated in scope; NULL if they have no advice
 */
char *sf_diagnosis_advice_of_call(wmem_allocator_t *scope, const sf_call_diagnosis *diagnosis);

/** The same of a code in the message at hand. It lives as long as the packet. */
const char *sf_view_diagnosis_advice(const sf_view *view, const sf_diagnostics *diagnostics);

/** The same of a reason of Teams. It lives as long as the packet. */
const char *sf_view_reason_advice(const sf_view *view, const sf_reason *reason);

#endif
