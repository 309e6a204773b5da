/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Expert infos that nobody reads: what is left of one is its severity.
 */
#ifndef SF_DISSECT_VIEW_RAISE_H
#define SF_DISSECT_VIEW_RAISE_H

#include "view.h"

/** Once, when the protocol is registered. */
void sf_raise_register(void);

/**
 * Raises an expert info where nobody reads what it says (`is_explained`). Its severity shows in a column, and the highest
 * one of the capture in the status bar.
 */
void sf_raise(const sf_view *view, expert_field *info);

#endif
