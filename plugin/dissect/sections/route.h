/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Entries of Record-Route and Route.
 */
#ifndef SF_DISSECT_SECTIONS_ROUTE_H
#define SF_DISSECT_SECTIONS_ROUTE_H

#include "dissect/view/view.h"

/** Registers their fields. */
void sf_routes_register(int proto);

/** Shows one below the section. @param index its place among those of its header, from 1 */
void sf_route_show(sf_view *view, proto_tree *tree, const sf_route *route, unsigned index);

#endif
