/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * From profile, crypto lines and a=encryption to how a stream would be protected.
 */
#ifndef SF_ENGINE_SDP_SECURITY_H
#define SF_ENGINE_SDP_SECURITY_H

#include "sdp.h"

/** What a profile word of an m= line asks for. */
typedef enum {
    SF_PROFILE_OTHER,   /**< any other */
    SF_PROFILE_CLEAR,   /**< RTP/AVP and its kin */
    SF_PROFILE_SECURE,  /**< RTP/SAVP and its kin */
    SF_PROFILE_DTLS,    /**< UDP/TLS/RTP/SAVP and its kin (RFC 5764) */
    SF_PROFILE_TLS,     /**< TCP/TLS/RTP/AVP and its kin (RFC 7850) */
    SF_PROFILE_OPEN,    /**< not RTP, and never encrypted: T.38 fax (RFC 7345 2), T.120, MSRP */
    SF_PROFILE_SIP,     /**< not media: messages in SIP itself ([MS-SIP], m=message), floor control (RFC 8856) */
    SF_PROFILE_IN_DTLS, /**< not RTP, inside DTLS: data channels (RFC 8841), T.38 fax (RFC 7345) */
    SF_PROFILE_IN_TLS,  /**< not RTP, inside TLS: MSRP (RFC 4975) */
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

/** What a stream is whose type and profile do not say it to everybody. */
typedef enum {
    SF_STREAM_ORDINARY,
    SF_STREAM_SIP_MESSAGES,
    SF_STREAM_MSRP,
    SF_STREAM_FLOOR_CONTROL,
    SF_STREAM_FAX,
    SF_STREAM_T120,
    SF_STREAM_DATA_CHANNEL,
    SF_STREAM_KINDS
} sf_stream_kind;

/** The kind of a stream whose lines have all been read. */
sf_stream_kind sf_stream_kind_of(const sf_stream *stream);

/** Sets security and faults of a stream whose lines have all been read. */
void sf_stream_judge(sf_stream *stream);

/** Takes back what a judged stream lacks: the body was cut, and its keys may have been in the part that is missing. */
void sf_stream_is_cut(sf_stream *stream);

/** False if a line that tells the stream's direction may be in the part that is missing. */
bool sf_stream_has_direction(const sf_stream *stream);

/**
 * Marks the clear streams that are a second choice beside one of the same type with keys: the answer takes one of them.
 * Takes all streams of the body to be judged.
 */
void sf_streams_find_second_choices(sf_stream *streams, unsigned count);

#endif
