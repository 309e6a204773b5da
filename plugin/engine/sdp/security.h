/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From profile, crypto lines and a=encryption to how a stream would be protected.
 */
#ifndef SF_ENGINE_SDP_SECURITY_H
#define SF_ENGINE_SDP_SECURITY_H

#include "sdp.h"

/** What a profile word of an m= line asks for. */
typedef enum {
    SF_PROFILE_OTHER,  /**< not RTP */
    SF_PROFILE_CLEAR,  /**< RTP/AVP and its kin */
    SF_PROFILE_SECURE, /**< RTP/SAVP and its kin */
    SF_PROFILE_DTLS    /**< UDP/TLS/RTP/SAVP and its kin (RFC 5764) */
} sf_profile;

/** The class of a profile word, in any case. */
sf_profile sf_profile_of(sf_slice word);

/** Sets security and faults of a stream whose lines have all been read. */
void sf_stream_judge(sf_stream *stream);

#endif
