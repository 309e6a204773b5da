/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Microsoft's own SDP attributes, of a session or a stream.
 */
#ifndef SF_DISSECT_SECTIONS_ATTRIBUTE_H
#define SF_DISSECT_SECTIONS_ATTRIBUTE_H

#include "dissect/view/view.h"

/** Registers their fields. */
void sf_attributes_register(int proto);

/** Shows a run of them. */
void sf_attributes_show(sf_view *view, proto_tree *tree, sf_run run);

#endif
