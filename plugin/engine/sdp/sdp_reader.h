/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * An SDP body being read: what sdp.c, sdp_stream.c, sdp_attribute.c and bundle.c share.
 * Private to them.
 */
#ifndef SF_ENGINE_SDP_SDP_READER_H
#define SF_ENGINE_SDP_SDP_READER_H

#include "sdp.h"

#include <glib.h>

enum { PAYLOAD_TYPES = SF_LAST_PAYLOAD_TYPE + 1, SF_MAX_BUNDLES = 4 };

G_STATIC_ASSERT(PAYLOAD_TYPES % 64 == 0); /* mapped_types */

/** `stream` is NULL above the first m= line, and for streams beyond the limit. */
typedef struct {
    sf_extent extent;
    bool is_marked; /**< the message is known as Microsoft's */
    sf_media *media;
    sf_problems *problems;
    sf_sdp *sdp;
    sf_stream *stream;
    const char *end;   /**< of the body */
    const char *colon; /**< the first colon of the lines to come, or the end */
    bool is_below_m_line;
    bool has_bare_return;             /**< a line that a carriage return alone ends was noted */
    bool may_hide_key;                /**< the body has escapes, which may be in the mark of a key */
    sf_slice bundles[SF_MAX_BUNDLES]; /**< values of the session's BUNDLE groups */
    unsigned bundle_count;
    uint64_t mapped_types[PAYLOAD_TYPES / 64]; /**< of the stream, those with an a=rtpmap: one bit each */
    sf_stream session; /**< what session-level lines say for streams that do not say it themselves */
} sf_sdp_reader;

/** True if what serves that purpose is to be read. */
static inline bool sf_sdp_wants(const sf_sdp_reader *r, sf_purpose purpose)
{
    return sf_extent_wants(r->extent, purpose, r->is_marked);
}

/** The stream that a line speaks of, or the session's defaults. */
static inline sf_stream *sf_sdp_scope(sf_sdp_reader *r)
{
    return r->is_below_m_line ? r->stream : &r->session;
}

/* sdp_attribute.c */

/** Reads `a=name:value`, of two bytes at least; `colon` is the index of its colon, or the length of the line. */
void sf_sdp_read_attribute(sf_sdp_reader *r, sf_slice line, size_t colon);

/** Reads a candidate. @param value  what follows the colon of the line, trimmed */
void sf_sdp_read_candidate(sf_sdp_reader *r, sf_slice line, sf_slice value);

/** A codec of the stream at hand; NULL beyond the limit. */
sf_codec *sf_sdp_append_codec(sf_sdp_reader *r, sf_slice line);

/* bundle.c */

/** Gives the streams of each BUNDLE group the keys of the group's first stream. Takes all streams to be ended. */
void sf_sdp_join_bundles(const sf_sdp_reader *r);

/* sdp_stream.c */

/** Reads an m= line, which ends the stream before it. */
void sf_sdp_read_stream(sf_sdp_reader *r, sf_slice line);

/** Ends the stream at hand, if there is one: what its lines say together. */
void sf_sdp_end_stream(sf_sdp_reader *r);

/** What the streams of the body say together. Takes BUNDLE groups to be joined. */
void sf_sdp_compare_streams(const sf_sdp_reader *r);

#endif
