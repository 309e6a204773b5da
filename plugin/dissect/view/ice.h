/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The names of ICE dialects.
 */
#ifndef SF_DISSECT_VIEW_ICE_H
#define SF_DISSECT_VIEW_ICE_H

#include "compat.h"

#include "engine/sdp/candidate.h"

/** Names of sf_ice_dialect, for fields. */
extern const value_string sf_ice_dialect_names[];

/** Name of one dialect; `none` for SF_ICE_NONE, where the field's "None" would not say what there is none of. */
const char *sf_ice_dialect_name(sf_ice_dialect dialect, const char *none);

#endif
