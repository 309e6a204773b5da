/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a support ticket needs of a message: ids, and facts beside them.
 */
#ifndef SF_DISSECT_STATISTICS_TAP_IDS_H
#define SF_DISSECT_STATISTICS_TAP_IDS_H

#include "dissect/view/view.h"

/** An id or a fact that Microsoft's support asks for. */
typedef struct {
    const char *name;  /**< literal, at most SF_TAP_NAME_LETTERS long */
    const char *value; /**< valid UTF-8 without control characters */
} sf_tap_id;

enum { SF_TAP_MAX_IDS = 32, SF_TAP_MAX_DIAGNOSTICS = 3, SF_TAP_NAME_LETTERS = 21 };

/** Names that reports look for. */
extern const char sf_tap_diagnostics[], sf_tap_source[], sf_tap_ice_step[], sf_tap_to_change[];

/**
 * The ids and facts of a message.
 * @param ids  filled in order; further ones are passed
 * @return how many there are
 */
unsigned sf_tap_ids_of(const sf_view *view, sf_tap_id ids[SF_TAP_MAX_IDS]);

#endif
