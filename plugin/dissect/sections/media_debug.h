/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Media debug values of a diagnostics header, with the bits of ICEWarn.
 */
#ifndef SF_DISSECT_SECTIONS_MEDIA_DEBUG_H
#define SF_DISSECT_SECTIONS_MEDIA_DEBUG_H

#include "dissect/view/view.h"

/** Registers their fields. */
void sf_media_debug_register(int proto);

/** Shows one value. */
void sf_media_debug_show(sf_view *view, proto_tree *tree, const sf_media_debug *debug);

#endif
