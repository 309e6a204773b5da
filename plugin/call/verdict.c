/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The decision table of an answer.
 */
#include "verdict.h"

#include "engine/sdp/security.h"

static bool says(const sf_stream *stream, sf_slice word)
{
    return sf_slice_equals_nocase(stream->encryption, word);
}

unsigned sf_offered_of(const sf_stream *stream)
{
    unsigned offered = 0;

    if (stream->has_crypto || stream->has_secure_capability) {
        offered |= SF_OFFERED_CRYPTO;
    }
    if (stream->has_fingerprint) {
        offered |= SF_OFFERED_FINGERPRINT;
    }
    if (stream->security == SF_SECURITY_LEGACY) {
        offered |= SF_OFFERED_LEGACY;
        offered |= says(stream, SF_LITERAL("required")) ? SF_REQUIRED_LEGACY : 0;
    }
    return offered;
}

/** What an answer in plain RTP leaves: an offer that was not seen is not held against it. */
static sf_verdict plain(unsigned offered)
{
    bool had_keys = offered != SF_OFFERED_UNKNOWN && offered & (SF_OFFERED_CRYPTO | SF_OFFERED_FINGERPRINT);

    return had_keys ? SF_VERDICT_CLEAR_AFTER_OFFER : SF_VERDICT_CLEAR;
}

/** Both sides may encrypt and neither must: then neither does ([MS-SDP] 3.1.5.4). */
static sf_verdict legacy(const sf_stream *stream, unsigned offered)
{
    bool both_have_keys = offered & SF_OFFERED_LEGACY;
    bool one_requires = says(stream, SF_LITERAL("required")) ||
                        (offered != SF_OFFERED_UNKNOWN && offered & SF_REQUIRED_LEGACY);

    return both_have_keys && one_requires ? SF_VERDICT_LEGACY : plain(offered);
}

sf_verdict sf_stream_verdict(const sf_stream *stream, const sf_crypto *chosen, unsigned offered)
{
    sf_profile profile = sf_profile_of(stream->profile);

    if (stream->security == SF_SECURITY_REFUSED || profile == SF_PROFILE_OTHER) {
        return SF_VERDICT_NO_MEDIA;
    }
    /* RTP/AVP may be answered with a key as well, if the offer had any (RFC 8643 3.2). */
    bool is_clear = profile == SF_PROFILE_CLEAR;
    if (chosen && profile != SF_PROFILE_DTLS && (!is_clear || offered & SF_OFFERED_CRYPTO)) {
        return chosen->scheme == SF_SCHEME_SCALE ? SF_VERDICT_SCALE_SRTP : SF_VERDICT_SRTP;
    }
    if (profile == SF_PROFILE_DTLS || (stream->has_fingerprint && (!is_clear || offered & SF_OFFERED_FINGERPRINT))) {
        return SF_VERDICT_DTLS_SRTP;
    }
    if (!is_clear) {
        return SF_VERDICT_NOT_NEGOTIATED; /* RTP/SAVP with no key of any kind: nothing can flow */
    }
    return stream->security == SF_SECURITY_LEGACY ? legacy(stream, offered) : plain(offered);
}

sf_verdict sf_verdict_join(sf_verdict a, sf_verdict b)
{
    if (a == b || b == SF_VERDICT_NO_MEDIA) {
        return a;
    }
    return a == SF_VERDICT_NO_MEDIA ? b : SF_VERDICT_MIXED;
}
