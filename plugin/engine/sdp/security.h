/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From profile, crypto lines and a=encryption to how a stream would be protected.
 */
#ifndef SF_ENGINE_SDP_SECURITY_H
#define SF_ENGINE_SDP_SECURITY_H

#include "sdp.h"

/** What a profile word of an m= line asks for. */
typedef enum {
    SF_PROFILE_OTHER,  /**< any other */
    SF_PROFILE_CLEAR,  /**< RTP/AVP and its kin */
    SF_PROFILE_SECURE, /**< RTP/SAVP and its kin */
    SF_PROFILE_DTLS,   /**< UDP/TLS/RTP/SAVP and its kin (RFC 5764), and data channels (RFC 8841) */
    SF_PROFILE_TLS,    /**< TCP/TLS/RTP/AVP and its kin (RFC 7850) */
    SF_PROFILE_OPEN,   /**< not RTP, and never encrypted: T.38 fax (RFC 7345 2) */
    SF_PROFILE_SIP,    /**< not media: messages in SIP itself ([MS-SIP], m=message) */
    SF_PROFILES
} sf_profile;

/** The class of a profile word, in any case. */
sf_profile sf_profile_of(sf_slice word);

/** True if the formats of the m= line are payload types of RTP. */
static inline bool sf_profile_is_rtp(sf_profile profile)
{
    return profile == SF_PROFILE_CLEAR || profile == SF_PROFILE_SECURE || profile == SF_PROFILE_DTLS ||
           profile == SF_PROFILE_TLS;
}

/** The class of a stream: that of its profile word, but T.120 (`m=application 1503 tcp msdata`) is SF_PROFILE_OPEN. */
sf_profile sf_stream_profile(const sf_stream *stream);

/** Sets security and faults of a stream whose lines have all been read. */
void sf_stream_judge(sf_stream *stream);

#endif
