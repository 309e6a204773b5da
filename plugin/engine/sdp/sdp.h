/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SDP bodies: the session, its streams, and what each stream's lines say of
 * keys, candidates, codecs and Microsoft's own attributes (RFC 8866, [MS-SDPEXT]).
 */
#ifndef SF_ENGINE_SDP_SDP_H
#define SF_ENGINE_SDP_SDP_H

#include "attribute.h"
#include "candidate.h"
#include "codec.h"
#include "crypto.h"
#include "direction.h"
#include "engine/text/extent.h"
#include "engine/text/run.h"
#include "remote_candidate.h"

typedef enum { SF_ROLE_UNKNOWN = 0, SF_ROLE_OFFER = 1, SF_ROLE_ANSWER = 2 } sf_sdp_role;

/** How a stream's media would be protected. */
typedef enum {
    SF_SECURITY_CLEAR = 1,
    SF_SECURITY_SRTP_OPTIONAL = 2,
    SF_SECURITY_SRTP_REQUIRED = 3,
    SF_SECURITY_DTLS = 4,
    SF_SECURITY_LEGACY = 5, /**< RTC encryption: k= and a=encryption */
    SF_SECURITY_REFUSED = 6,
    SF_SECURITY_UNDETERMINED = 7,
    SF_SECURITY_NOT_MEDIA = 8,    /**< instant messages in SIP itself, floor control */
    SF_SECURITY_RTP_IN_TLS = 9,   /**< RTP inside a TLS connection (RFC 7850) */
    SF_SECURITY_OTHER_CLEAR = 10, /**< media that is no RTP and is not encrypted: T.38 fax, T.120 */
    SF_SECURITY_IN_DTLS = 11,     /**< no RTP, inside DTLS: data channels (RFC 8841), T.38 fax (RFC 7345) */
    SF_SECURITY_IN_TLS = 12       /**< no RTP, inside a TLS connection: MSRP (RFC 4975) */
} sf_security;

/** What is wrong with a stream: any of these together. Each is a row in the section's table. */
typedef enum {
    SF_STREAM_NO_KEY = 1 << 0,              /**< clear, without any key */
    SF_STREAM_UNUSED_KEY = 1 << 1,          /**< clear, with a k= line that is not used */
    SF_STREAM_OPTIONAL_KEYS = 1 << 2,       /**< SRTP optional: keys with a clear profile */
    SF_STREAM_OPTIONAL_CAPABILITY = 1 << 3, /**< SRTP optional: only as a second choice */
    SF_STREAM_REJECTS_PROFILE = 1 << 4,     /**< a=encryption rejects what the profile requires */
    SF_STREAM_REJECTS_KEY = 1 << 5,         /**< a=encryption rejects encryption, yet the stream has a key */
    SF_STREAM_LACKS_REQUIRED_KEY = 1 << 6,  /**< a=encryption requires encryption, but the stream has no key */
    SF_STREAM_OTHER_CLEAR = 1 << 7,         /**< no RTP, and of a kind that is never encrypted */
    SF_STREAM_SECOND_CHOICE = 1 << 8,       /**< clear, beside a stream of the same type with keys */
    SF_STREAM_ODD_FINGERPRINT = 1 << 9      /**< no certificate has such a fingerprint */
} sf_stream_fault;

/** Faults of an offer alone: an answer settles them. */
#define SF_STREAM_FAULTS_OF_OFFER (SF_STREAM_OPTIONAL_KEYS | SF_STREAM_OPTIONAL_CAPABILITY | SF_STREAM_SECOND_CHOICE)

typedef struct {
    sf_slice line;  /**< the m= line */
    unsigned index; /**< 1 = first of its body */
    sf_slice type;
    sf_number port; /**< absent if malformed */
    sf_slice profile;
    sf_slice formats;
    sf_slice label;
    sf_slice encryption_line; /**< a=encryption of the stream, else of the session */
    sf_slice encryption;      /**< its word */
    sf_slice key_field;       /**< the k= line of the stream, else of the session */
    bool has_crypto;          /**< also if it was skipped, beyond the limit */
    bool has_fingerprint;
    bool is_cut;              /**< the body ends before its length, perhaps before a key of this stream */
    bool lacks_lines;         /**< the body ends in it before its length: it may have further lines */
    bool has_key_management;  /**< a=key-mgmt of the stream, else of the session: MIKEY (RFC 4567) */
    bool has_zrtp;            /**< a=zrtp-hash of the stream, else of the session (RFC 6189 8) */
    sf_slice fingerprint;     /**< the first a=fingerprint of the stream, else of the session */
    sf_slice setup;           /**< a=setup of the stream, else of the session: who starts the handshake */
    sf_slice direction_line;  /**< a=sendonly and its kin of the stream, else of the session; absent if neither */
    sf_direction direction;   /**< what it says; both ways if it is absent (RFC 8866 6.7) */
    sf_slice connection_line; /**< c= of the stream, else of the session */
    sf_transport_address connection; /**< its address; the port is not set */
    sf_slice rtcp_mux;               /**< a=rtcp-mux (RFC 5761) */
    sf_slice mid;                    /**< a=mid: its name in a=group */
    bool has_secure_capability;      /**< a=tcap offers a secure profile (RFC 5939) */
    bool is_data_channel;            /**< SCTP over DTLS (RFC 8841): a=sctp-port or a=sctpmap */
    bool is_sctp;                    /**< a data channel, or one of Teams by a=x-data-protocol:sctp */
    bool is_bundle_only;             /**< its port 0 refuses nothing (RFC 9143 6) */
    bool has_keys_of_group;          /**< keys and fingerprint are those of the first stream of its BUNDLE group */
    bool has_setup_of_group;         /**< so is a=setup */
    sf_ice_dialect ice_dialect;
    sf_run cryptos;
    sf_run key_lines; /**< the crypto lines that key it: its own, or those of the first stream of its BUNDLE group */
    sf_run candidates;
    bool has_microsoft_priorities; /**< its candidates have priorities by Microsoft's formula */
    sf_run remote_candidates;
    sf_run codecs;
    sf_run attributes;
    sf_security security;
    unsigned faults; /**< sf_stream_fault */
} sf_stream;

typedef struct {
    sf_slice text;         /**< the body */
    sf_slice content_type; /**< as in sf_body; set by who knows it */
    sf_sdp_role role;
    bool is_fallback; /**< the part for OCS 2007: ms-proxy-2007fallback */
    sf_ice_dialect ice_dialect;
    sf_run streams;
    sf_run attributes;  /**< of the session */
    sf_slice key_field; /**< the k= line of the session */
    sf_slice ice_lite;  /**< a=ice-lite: the sender answers connectivity checks, and makes none (RFC 8839 5.3) */
    bool has_microsoft; /**< a Microsoft attribute or codec was met */
} sf_sdp;

/** All SDP bodies of a message, in tables that the bodies share. */
typedef struct {
    sf_sdp sdps[SF_MAX_SDPS];
    unsigned sdp_count;
    sf_stream streams[SF_MAX_STREAMS];
    unsigned stream_count;
    sf_crypto cryptos[SF_MAX_CRYPTOS];
    unsigned crypto_count;
    sf_candidate candidates[SF_MAX_CANDIDATES];
    unsigned candidate_count;
    sf_remote_candidate remote_candidates[SF_MAX_REMOTE_CANDIDATES];
    unsigned remote_candidate_count;
    sf_codec codecs[SF_MAX_CODECS];
    unsigned codec_count;
    sf_attributes attributes;
    bool has_key_field;            /**< a k= line, of a stream or of a session */
    unsigned capability_key_count; /**< keys in a=acap (RFC 5939 3.4.2) */
    bool lacks_end;                /**< they end before their length: there may be further lines and streams */
    bool lacks_bodies;             /**< so do the parts of a multipart body: there may be further bodies */
} sf_media;

/** True if a line of the bodies is there for its key. */
static inline bool sf_media_has_keys(const sf_media *media)
{
    return media->crypto_count > 0 || media->has_key_field || media->capability_key_count > 0;
}

/** Empties the tables. */
void sf_media_clear(sf_media *media);

/**
 * Reads one SDP body and appends it to the tables.
 * Takes bodies without v=, t= or formats, with bare LF, and without a last line end.
 * @param is_marked  the message is known as Microsoft's already
 * @return the body, or NULL if there are SF_MAX_SDPS already
 */
sf_sdp *sf_sdp_read(sf_slice body, sf_extent extent, bool is_marked, sf_problems *problems, sf_media *media);

#endif
