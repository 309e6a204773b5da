/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The SIP dissector hands the user part of each URI to a dissector that it
 * looks up by name: an interface made for plugins. It does so on every pass,
 * without a tree as well, in reassembled and in decrypted data, and so says
 * where messages lie at no cost for other traffic.
 */
#ifndef SF_DISSECT_FIND_HOOKS_H
#define SF_DISSECT_FIND_HOOKS_H

#include "dissect/view/compat.h"

/** Where a message begins. */
typedef struct {
    tvbuff_t *tvb; /**< a data source of the frame */
    unsigned start;
    bool is_datagram; /**< as sf_begins_datagram() says */
} sf_begin;

/**
 * Takes the name of the hook, before the SIP dissector looks it up. Called once, when dissectors are registered. There
 * is no hook if another plugin has the name, or if this version of Wireshark is not known to call it; the log says so.
 */
void sf_hooks_register(void);

/** True if the SIP dissector calls us. */
bool sf_hooks_are_called(void);

/** True if the SIP dissector would have called us, and did not for this frame: the cheap question for every frame. */
bool sf_hooks_are_quiet(void);

/**
 * Notes the message in whose headers a piece of the SIP dissector's data lies, if it is the first piece of it.
 * Only the first pass over a frame notes anything.
 */
void sf_hooks_note(tvbuff_t *piece, const packet_info *pinfo);

/**
 * The messages noted in this frame, in the order in which the SIP dissector came to them.
 * @param count  set to their number
 * @return good until the next frame
 */
const sf_begin *sf_hooks_noted(const packet_info *pinfo, unsigned *count);

/**
 * Forgets what was noted: the frame is over. The next one may have the same number, where a read filter has dropped this
 * one, and none of its data.
 */
void sf_hooks_end_frame(void);

#endif
