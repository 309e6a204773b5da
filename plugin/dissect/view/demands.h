/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whether what Teams Direct Routing demands is to be asked of a message.
 */
#ifndef SF_DISSECT_VIEW_DEMANDS_H
#define SF_DISSECT_VIEW_DEMANDS_H

#include "view.h"

#include "engine/teams_demand.h"

/** True if the message goes to Teams, and was read whole: see sf_demand_is_unmet(). */
bool sf_demands_apply(const sf_view *view);

#endif
