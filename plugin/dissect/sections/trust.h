/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the Edge says of where a message came from: part of the section "Origin marks and other Microsoft headers".
 */
#ifndef SF_DISSECT_SECTIONS_TRUST_H
#define SF_DISSECT_SECTIONS_TRUST_H

#include "dissect/view/view.h"

/** Shows both trust headers below `tree`; without a tree it only warns. */
void sf_trust_show(sf_view *view, proto_tree *tree);

/** Registers the fields and expert infos of the trust headers. */
void sf_trust_register(int proto, expert_module_t *expert);

#endif
