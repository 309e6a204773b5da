/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "The call": what has been agreed so far, and where its offer and
 * answer are.
 */
#ifndef SF_DISSECT_SECTIONS_CALL_H
#define SF_DISSECT_SECTIONS_CALL_H

#include "dissect/view/view.h"

/** Registers the fields and expert infos of this section. */
void sf_call_register(int proto, expert_module_t *expert);

/** Adds the section, for a message of a call. */
void sf_call_show(sf_view *view);

/**
 * Adds what an answer made of one stream.
 * @param tree  below the stream
 * @param item  the stream, which takes the warnings
 */
void sf_call_show_stream(const sf_view *view, proto_tree *tree, proto_item *item, const sf_stream *stream);

#endif
