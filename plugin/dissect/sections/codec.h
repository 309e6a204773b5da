/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Codecs of a stream.
 */
#ifndef SF_DISSECT_SECTIONS_CODEC_H
#define SF_DISSECT_SECTIONS_CODEC_H

#include "dissect/view/view.h"

/** Registers their fields. */
void sf_codecs_register(int proto);

/** Shows those of a stream. */
void sf_codecs_show(sf_view *view, proto_tree *tree, const sf_stream *stream);

#endif
