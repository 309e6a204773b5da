/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a flag of ICEWarn says, in words: the same in the tree and in reports.
 */
#ifndef SF_DISSECT_VIEW_ICE_STEPS_H
#define SF_DISSECT_VIEW_ICE_STEPS_H

#include "label.h"

#include "engine/sip/ice_warning.h"

/**
 * Adds what happened, `Media relay gave no UDP port`, and what to check about it, `: a firewall may block UDP 3478`.
 * @param ends       where the ends of the stream are
 * @param has_check  false for what happened alone
 */
void sf_label_add_ice_step(sf_label *label, const sf_ice_meaning *meaning, sf_ice_ends ends, bool has_check);

/** `caller` or `callee`, a literal: whose media debug information it is; NULL where nothing says that. */
const char *sf_media_debug_side(const sf_media_debug *debug);

#endif
