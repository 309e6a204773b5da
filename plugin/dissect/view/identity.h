/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Addresses of people, for labels.
 */
#ifndef SF_DISSECT_VIEW_IDENTITY_H
#define SF_DISSECT_VIEW_IDENTITY_H

#include "view.h"

/** A party's address as a person would write it; lives as long as the packet. Words that say so if it is unreadable. */
const char *sf_view_identity(const sf_view *view, const sf_identity *identity);

#endif
