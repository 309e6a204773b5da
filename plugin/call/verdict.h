/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What an answer settles about the protection of media ([MS-SDPEXT] 3.1.5.1,
 * RFC 4568, RFC 8643): for each stream, and for all of them together.
 */
#ifndef SF_CALL_VERDICT_H
#define SF_CALL_VERDICT_H

#include "engine/sdp/sdp.h"

/** The values of skypefed.call.verdict and skypefed.media.verdict. */
typedef enum {
    SF_VERDICT_NOT_NEGOTIATED = 0,
    SF_VERDICT_SRTP = 1,
    SF_VERDICT_SCALE_SRTP = 2,
    SF_VERDICT_CLEAR = 3,
    SF_VERDICT_CLEAR_AFTER_OFFER = 4, /**< the offer had keys, the answer is plain RTP */
    SF_VERDICT_DTLS_SRTP = 5,
    SF_VERDICT_NO_MEDIA = 6,
    SF_VERDICT_MIXED = 7,
    SF_VERDICT_LEGACY = 8,           /**< the RTC encryption of OCS 2007: k= and a=encryption */
    SF_VERDICT_UNENCRYPTED_SRTP = 9, /**< authenticated, but readable: UNENCRYPTED_SRTP (RFC 4568 6.3.2) */
    SF_VERDICT_RTP_IN_TLS = 10,
    SF_VERDICT_OTHER_CLEAR = 11,     /**< media that is no RTP and is not encrypted */
    SF_VERDICT_NOT_COMPATIBLE = 12,  /**< a side lacks what the other needs: nothing can flow */
    SF_VERDICT_IN_DTLS = 13,         /**< no RTP, inside DTLS: a data channel, fax */
    SF_VERDICT_IN_TLS = 14,          /**< no RTP, inside TLS: MSRP */
    SF_VERDICT_UNDETERMINED = 15,    /**< media of a transport that we do not know */
    SF_VERDICT_TAG_NOT_OFFERED = 16, /**< SRTP by a crypto line that the offer does not have: not agreed */
    SF_VERDICTS
} sf_verdict;

/** What an offer says of one stream, all alternative bodies taken together. */
typedef enum {
    SF_OFFERED_CRYPTO = 1 << 0, /**< a=crypto or a=cryptoscale */
    SF_OFFERED_FINGERPRINT = 1 << 1,
    SF_OFFERED_LEGACY = 1 << 2,     /**< k= with a=encryption */
    SF_REQUIRED_LEGACY = 1 << 3,    /**< a=encryption:required */
    SF_OFFERED_CAPABILITY = 1 << 4, /**< a=tcap with a secure profile: any kind of key may come */
    SF_OFFERED_ACTIVE = 1 << 5,     /**< a=setup:active */
    SF_OFFERED_PASSIVE = 1 << 6,    /**< a=setup:passive */
    SF_OFFERED_MIKEY = 1 << 7       /**< a=key-mgmt */
} sf_offered;

/** The sf_offered of one stream of one body; nothing for a stream that its own offer turns off (port 0). */
unsigned sf_offered_of(const sf_stream *stream);

/** Keys of any kind but the legacy one. */
#define SF_OFFERED_KEYS (SF_OFFERED_CRYPTO | SF_OFFERED_FINGERPRINT | SF_OFFERED_CAPABILITY | SF_OFFERED_MIKEY)

/** Why an answer fits no offer: any together. */
typedef enum {
    SF_MISFIT_NO_KEY = 1 << 0,         /**< the answer's profile needs a key or a fingerprint, and it has none */
    SF_MISFIT_NOT_OFFERED = 1 << 1,    /**< its kind of key was not offered (RFC 4568 5.1.2, RFC 5763 5) */
    SF_MISFIT_NO_FINGERPRINT = 1 << 3, /**< its profile needs a fingerprint, and it has none */
    SF_MISFIT_NOBODY_STARTS = 1 << 2,  /**< by a=setup, no side starts the handshake (RFC 5763 5) */
    SF_MISFIT_BOTH_START = 1 << 4      /**< by a=setup, both sides do */
} sf_misfit;

/** A mask for sf_stream_verdict() that means an offer which was not seen. */
#define SF_OFFERED_UNKNOWN (~0u)

/**
 * The verdict on one stream of an answer.
 * @param chosen   its first crypto line, or NULL if it has none
 * @param offered  the sf_offered of the same stream in the offer
 * @param misfits  set to the sf_misfit of SF_VERDICT_NOT_COMPATIBLE, else to 0
 */
sf_verdict sf_stream_verdict(const sf_stream *stream, const sf_crypto *chosen, unsigned offered, unsigned *misfits);

/** True if SRTP with the keys of a crypto line was agreed. */
static inline bool sf_verdict_has_crypto_line(unsigned verdict)
{
    return verdict == SF_VERDICT_SRTP || verdict == SF_VERDICT_SCALE_SRTP || verdict == SF_VERDICT_UNENCRYPTED_SRTP;
}

/** True if what media there is may be SRTP, keyed by the line that the answer has. */
static inline bool sf_verdict_may_be_keyed(unsigned verdict)
{
    return verdict == SF_VERDICT_SRTP || verdict == SF_VERDICT_TAG_NOT_OFFERED;
}

/** True if what was agreed means that nobody but the two sides can listen to the RTP. */
static inline bool sf_verdict_is_encrypted(unsigned verdict)
{
    return verdict == SF_VERDICT_SRTP || verdict == SF_VERDICT_SCALE_SRTP || verdict == SF_VERDICT_DTLS_SRTP;
}

/** True if the answer has encrypted RTP, whether or not that is agreed: nobody expects it in clear. */
static inline bool sf_verdict_wants_encryption(unsigned verdict)
{
    return sf_verdict_is_encrypted(verdict) || verdict == SF_VERDICT_TAG_NOT_OFFERED;
}

/**
 * One verdict for two that hold at a time. What carries no media does not count, nor does an encrypted data channel
 * or the like beside audio and video; start with SF_VERDICT_NO_MEDIA.
 */
sf_verdict sf_verdict_join(sf_verdict a, sf_verdict b);

#endif
