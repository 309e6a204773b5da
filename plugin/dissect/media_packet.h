/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Packets of media: what they prove, held against what their call agreed.
 */
#ifndef SF_DISSECT_MEDIA_PACKET_H
#define SF_DISSECT_MEDIA_PACKET_H

#include "dissect/view/compat.h"

/** Registers the protocol, its fields and expert infos. */
void sf_media_packet_register(void);

/**
 * Shows what is known of the media in a frame; nothing if it has none of a call that we show.
 * @param tvb   the whole frame
 * @param tree  may be NULL
 */
void sf_media_packet_show(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree);

#endif
