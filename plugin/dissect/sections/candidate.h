/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ICE candidates of a stream.
 */
#ifndef SF_DISSECT_SECTIONS_CANDIDATE_H
#define SF_DISSECT_SECTIONS_CANDIDATE_H

#include "dissect/view/view.h"

/** Registers their fields. */
void sf_candidates_register(int proto, expert_module_t *expert);

/** Shows those of a stream. */
void sf_candidates_show(sf_view *view, proto_tree *tree, const sf_stream *stream);

#endif
