/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Candidates of ICE as addresses of RTP for Wireshark itself, which knows those of c= and m= alone.
 */
#ifndef SF_DISSECT_MEDIA_PORTS_H
#define SF_DISSECT_MEDIA_PORTS_H

#include "dissect/view/compat.h"

#include "media/flows.h"

/** Registers the dissector that tells what shares a port with RTP from it. @param parent  the protocol it goes with */
void sf_media_ports_register(int parent);

/** Finds the dissectors that it calls. */
void sf_media_ports_prepare(void);

/** Is an sf_flow_listener. @param context  packet_info of the answer, on its first pass */
void sf_media_ports_add(void *context, const sf_new_flow *fresh);

/**
 * A packet that looks like STUN passed between ports of a stream: Wireshark 4.6 gives STUN the pair of ports then, and
 * other versions may. What comes next is sorted again. For the first pass.
 */
void sf_media_ports_share(packet_info *pinfo);

#endif
