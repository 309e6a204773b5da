/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Via headers.
 */
#ifndef SF_DISSECT_SECTIONS_VIA_H
#define SF_DISSECT_SECTIONS_VIA_H

#include "dissect/view/view.h"

/** Registers their fields. */
void sf_vias_register(int proto);

/** Shows one below the section. @param index its place in the message, from 1 */
void sf_via_show(sf_view *view, proto_tree *tree, const sf_via *via, unsigned index);

#endif
