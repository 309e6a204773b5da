/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The decision table of media protection ([MS-SDPEXT] 3.1.5.1, RFC 4568,
 * RFC 5764, RFC 5939, RFC 8643; a=encryption and k=: [MS-SDP] 3.1.5.4).
 */
#include "security.h"

#include <glib.h>

static const struct {
    sf_slice word;
    sf_profile profile;
} profiles[] = {
    { SF_LITERAL("RTP/AVP"), SF_PROFILE_CLEAR },
    { SF_LITERAL("RTP/AVPF"), SF_PROFILE_CLEAR },
    { SF_LITERAL("TCP/RTP/AVP"), SF_PROFILE_CLEAR },
    { SF_LITERAL("TCP/RTP/AVPF"), SF_PROFILE_CLEAR },
    { SF_LITERAL("RTP/SAVP"), SF_PROFILE_SECURE },
    { SF_LITERAL("RTP/SAVPF"), SF_PROFILE_SECURE },
    { SF_LITERAL("TCP/RTP/SAVP"), SF_PROFILE_SECURE },
    { SF_LITERAL("TCP/RTP/SAVPF"), SF_PROFILE_SECURE },
    { SF_LITERAL("UDP/TLS/RTP/SAVP"), SF_PROFILE_DTLS },
    { SF_LITERAL("UDP/TLS/RTP/SAVPF"), SF_PROFILE_DTLS },
    { SF_LITERAL("TCP/TLS/RTP/SAVP"), SF_PROFILE_DTLS },
    { SF_LITERAL("TCP/DTLS/RTP/SAVP"), SF_PROFILE_DTLS },
    { SF_LITERAL("TCP/DTLS/RTP/SAVPF"), SF_PROFILE_DTLS },
};

sf_profile sf_profile_of(sf_slice word)
{
    for (size_t i = 0; i < G_N_ELEMENTS(profiles); i++) {
        if (sf_slice_equals_nocase(word, profiles[i].word)) {
            return profiles[i].profile;
        }
    }
    return SF_PROFILE_OTHER;
}

/* What stands for a key, strongest first: SDES lines, a DTLS fingerprint, a k= line, nothing. */
typedef enum {
    CRYPTO,
    FINGERPRINT,
    KEY_FIELD,
    NO_KEY,
    KEYINGS
} keying;

static const sf_security decisions[][KEYINGS] = {
    [SF_PROFILE_OTHER] = { SF_SECURITY_UNDETERMINED, SF_SECURITY_UNDETERMINED, SF_SECURITY_UNDETERMINED,
                           SF_SECURITY_UNDETERMINED },
    [SF_PROFILE_CLEAR] = { SF_SECURITY_SRTP_OPTIONAL, SF_SECURITY_SRTP_OPTIONAL, SF_SECURITY_LEGACY,
                           SF_SECURITY_CLEAR },
    [SF_PROFILE_SECURE] = { SF_SECURITY_SRTP_REQUIRED, SF_SECURITY_DTLS, SF_SECURITY_UNDETERMINED,
                            SF_SECURITY_UNDETERMINED },
    [SF_PROFILE_DTLS] = { SF_SECURITY_DTLS, SF_SECURITY_DTLS, SF_SECURITY_DTLS, SF_SECURITY_DTLS },
};

static keying keying_of(const sf_stream *stream)
{
    if (stream->has_crypto || stream->has_secure_capability) {
        return CRYPTO;
    }
    if (stream->has_fingerprint) {
        return FINGERPRINT;
    }
    /* A k= line without a=encryption, or with `rejected`, encrypts nothing. */
    bool wants = sf_slice_equals_nocase(stream->encryption, SF_LITERAL("required")) ||
                 sf_slice_equals_nocase(stream->encryption, SF_LITERAL("optional"));
    return stream->key_field.length > 0 && wants ? KEY_FIELD : NO_KEY;
}

static const char *conflict_of(const sf_stream *stream, sf_profile profile, keying keying)
{
    if (sf_slice_equals_nocase(stream->encryption, SF_LITERAL("rejected"))) {
        if (profile == SF_PROFILE_SECURE || profile == SF_PROFILE_DTLS) {
            return "a=encryption rejects what the profile requires";
        }
        if (keying == CRYPTO || keying == FINGERPRINT || stream->key_field.length > 0) {
            return "a=encryption rejects encryption, yet the stream offers a key";
        }
    }
    if (sf_slice_equals_nocase(stream->encryption, SF_LITERAL("required")) && keying == NO_KEY) {
        return "a=encryption requires encryption, yet the stream has no key";
    }
    return NULL;
}

void sf_stream_judge(sf_stream *stream)
{
    sf_profile profile = sf_profile_of(stream->profile);
    keying keying = keying_of(stream);
    bool refused = stream->port == 0 && sf_slice_present(stream->port_text) && !stream->is_bundle_only;

    stream->security = refused ? SF_SECURITY_REFUSED : decisions[profile][keying];
    stream->conflict = refused ? NULL : conflict_of(stream, profile, keying);
}
