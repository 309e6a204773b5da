/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What could not be read, as expert infos at the items of what could.
 */
#ifndef SF_DISSECT_VIEW_PROBLEMS_H
#define SF_DISSECT_VIEW_PROBLEMS_H

#include "view.h"

/** Puts every problem of that element, as expert info, at the item. */
void sf_view_problems(sf_view *view, proto_item *item, sf_slice element);

/** Puts the problems that no item has taken at rows of their own; where nobody sees rows, at the item given. */
void sf_view_other_problems(sf_view *view, proto_item *item);

/** Says of a message whose end the capture does not have that it does not. @param item  of the message */
void sf_view_cut(const sf_view *view, proto_item *item);

/** Registers the expert infos malformed, limit and cut. Called once. */
void sf_view_problems_register(int proto, expert_module_t *expert);

#endif
