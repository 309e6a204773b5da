/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The decision table of an answer.
 */
#include "verdict.h"

#include "engine/sdp/security.h"
#include "engine/text/words.h"

static bool says(const sf_stream *stream, sf_slice word)
{
    return sf_slice_equals_nocase(stream->encryption, word);
}

unsigned sf_offered_of(const sf_stream *stream)
{
    unsigned offered = 0;

    if (stream->security == SF_SECURITY_REFUSED) {
        return 0;
    }
    offered |= stream->has_key_management ? SF_OFFERED_MIKEY : 0;
    offered |= stream->has_crypto ? SF_OFFERED_CRYPTO : 0;
    offered |= stream->has_secure_capability ? SF_OFFERED_CAPABILITY : 0;
    offered |= stream->has_fingerprint ? SF_OFFERED_FINGERPRINT : 0;
    offered |= sf_slice_equals_nocase(stream->setup, SF_LITERAL("active")) ? SF_OFFERED_ACTIVE : 0;
    offered |= sf_slice_equals_nocase(stream->setup, SF_LITERAL("passive")) ? SF_OFFERED_PASSIVE : 0;
    if (stream->security == SF_SECURITY_LEGACY) {
        offered |= SF_OFFERED_LEGACY;
        offered |= says(stream, SF_LITERAL("required")) ? SF_REQUIRED_LEGACY : 0;
    }
    return offered;
}

/** What an answer in plain RTP leaves: an offer that was not seen is not held against it. */
static sf_verdict plain(unsigned offered)
{
    bool had_keys = offered != SF_OFFERED_UNKNOWN && offered & SF_OFFERED_KEYS;

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

/** What SRTP with a crypto line comes to. */
static sf_verdict keyed(const sf_crypto *chosen, unsigned offered, unsigned *misfits)
{
    if (!(offered & (SF_OFFERED_CRYPTO | SF_OFFERED_CAPABILITY))) {
        *misfits = SF_MISFIT_NOT_OFFERED;
        return SF_VERDICT_NOT_COMPATIBLE;
    }
    if (chosen->faults & SF_CRYPTO_UNENCRYPTED) {
        return SF_VERDICT_UNENCRYPTED_SRTP;
    }
    return chosen->scheme == SF_SCHEME_SCALE ? SF_VERDICT_SCALE_SRTP : SF_VERDICT_SRTP;
}

/** What a=setup of both sides shows: that no side starts the handshake, or that both do (RFC 5763 5). */
static unsigned misfit_of_setup(const sf_stream *stream, unsigned offered)
{
    static const sf_slice roles[] = { SF_LITERAL_INIT("active"), SF_LITERAL_INIT("passive"), SF_LITERAL_INIT("actpass"),
                                      SF_LITERAL_INIT("holdconn") };

    if (SF_WORDS_FIND(roles, stream->setup) == SF_WORDS_NONE || offered == SF_OFFERED_UNKNOWN) {
        return 0;
    }
    bool is_active = sf_slice_equals_nocase(stream->setup, SF_LITERAL("active"));
    bool is_passive = sf_slice_equals_nocase(stream->setup, SF_LITERAL("passive"));

    if (offered & SF_OFFERED_ACTIVE) {
        return is_active ? SF_MISFIT_BOTH_START : 0;
    }
    return is_active || (is_passive && !(offered & SF_OFFERED_PASSIVE)) ? 0 : SF_MISFIT_NOBODY_STARTS;
}

/** What DTLS comes to. */
static sf_verdict by_fingerprint(const sf_stream *stream, unsigned offered, unsigned *misfits)
{
    if (!stream->has_fingerprint) {
        *misfits |= SF_MISFIT_NO_FINGERPRINT;
    } else if (!(offered & (SF_OFFERED_FINGERPRINT | SF_OFFERED_CAPABILITY))) {
        *misfits |= SF_MISFIT_NOT_OFFERED;
    } else {
        *misfits |= misfit_of_setup(stream, offered);
    }
    return *misfits ? SF_VERDICT_NOT_COMPATIBLE : SF_VERDICT_DTLS_SRTP;
}

/** What MIKEY comes to, of whose messages we read nothing: both sides have one (RFC 4567 3). */
static sf_verdict by_key_management(unsigned offered, unsigned *misfits)
{
    if (offered & (SF_OFFERED_MIKEY | SF_OFFERED_CAPABILITY)) {
        return SF_VERDICT_SRTP;
    }
    *misfits = SF_MISFIT_NOT_OFFERED;
    return SF_VERDICT_NOT_COMPATIBLE;
}

/** An answer with a crypto line and a fingerprint takes the one that was offered. */
static bool takes_crypto(const sf_stream *stream, const sf_crypto *chosen, unsigned offered, bool is_clear)
{
    bool is_offered = offered & (SF_OFFERED_CRYPTO | SF_OFFERED_CAPABILITY);

    /* RTP/AVP may be answered with a key as well, if the offer had any (RFC 8643 3.2). */
    if (!chosen || (is_clear && !is_offered)) {
        return false;
    }
    return is_offered || !(stream->has_fingerprint && offered & SF_OFFERED_FINGERPRINT);
}

static sf_verdict of_rtp(const sf_stream *stream, sf_profile profile, const sf_crypto *chosen, unsigned offered,
                         unsigned *misfits)
{
    bool is_clear = profile == SF_PROFILE_CLEAR;

    if (stream->is_cut) {
        return SF_VERDICT_UNDETERMINED; /* its keys may have been in the part that is missing */
    }
    if (profile != SF_PROFILE_DTLS && takes_crypto(stream, chosen, offered, is_clear)) {
        return keyed(chosen, offered, misfits);
    }
    if (profile == SF_PROFILE_DTLS || (stream->has_fingerprint && (!is_clear || offered & SF_OFFERED_FINGERPRINT))) {
        return by_fingerprint(stream, offered, misfits);
    }
    if (stream->has_key_management && (!is_clear || offered & SF_OFFERED_MIKEY)) {
        return by_key_management(offered, misfits);
    }
    if (!is_clear) {
        *misfits = SF_MISFIT_NO_KEY;
        return SF_VERDICT_NOT_COMPATIBLE;
    }
    if (stream->has_zrtp) {
        return SF_VERDICT_UNDETERMINED; /* the media itself decides (RFC 6189 8) */
    }
    return stream->security == SF_SECURITY_LEGACY ? legacy(stream, offered) : plain(offered);
}

/** What DTLS without RTP in it comes to. */
static sf_verdict in_dtls(const sf_stream *stream, unsigned offered, unsigned *misfits)
{
    sf_verdict verdict = by_fingerprint(stream, offered, misfits);

    return verdict == SF_VERDICT_DTLS_SRTP ? SF_VERDICT_IN_DTLS : verdict;
}

sf_verdict sf_stream_verdict(const sf_stream *stream, const sf_crypto *chosen, unsigned offered, unsigned *misfits)
{
    *misfits = 0;
    switch (stream->security) {
    case SF_SECURITY_REFUSED:
    case SF_SECURITY_NOT_MEDIA:
        return SF_VERDICT_NO_MEDIA;
    case SF_SECURITY_OTHER_CLEAR:
        return SF_VERDICT_OTHER_CLEAR;
    case SF_SECURITY_RTP_IN_TLS:
        return SF_VERDICT_RTP_IN_TLS;
    case SF_SECURITY_IN_TLS:
        return SF_VERDICT_IN_TLS;
    case SF_SECURITY_IN_DTLS:
        return in_dtls(stream, offered, misfits);
    default:
        break;
    }
    sf_profile profile = sf_stream_profile(stream);
    return profile == SF_PROFILE_OTHER ? SF_VERDICT_UNDETERMINED : of_rtp(stream, profile, chosen, offered, misfits);
}

/** How much a verdict counts beside others: what carries no media not at all, what is no audio or video only alone. */
static unsigned weight_of(sf_verdict verdict)
{
    switch (verdict) {
    case SF_VERDICT_NO_MEDIA:
        return 0;
    case SF_VERDICT_IN_DTLS:
    case SF_VERDICT_IN_TLS:
        return 1;
    default:
        return 2;
    }
}

sf_verdict sf_verdict_join(sf_verdict a, sf_verdict b)
{
    unsigned weight_of_a = weight_of(a);
    unsigned weight_of_b = weight_of(b);

    if (a == b || weight_of_b < weight_of_a) {
        return a;
    }
    return weight_of_a < weight_of_b ? b : SF_VERDICT_MIXED;
}
