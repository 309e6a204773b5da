/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A hop: the way of a message from one element to the next. A proxy with a media relay has SDP of its own on each.
 */
#ifndef SF_CALL_HOP_H
#define SF_CALL_HOP_H

#include "engine/message.h"
#include "keyed_hash.h"

/**
 * The hop on which a message was seen: a hash of the branch of its topmost Via, which a request and its responses have
 * in common there (RFC 3261 17.1.3 and 17.2.3). Reads the message's headers anew, as far as to that Via.
 * @return 0 if it has none
 */
uint64_t sf_hop_of(const sf_message *message, const sf_hash_key *hash_key);

#endif
