/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The decision table of media protection ([MS-SDPEXT] 3.1.5.1, RFC 4568,
 * RFC 5764, RFC 5939, RFC 8643; a=encryption and k=: [MS-SDP] 3.1.5.4).
 */
#include "security.h"

#include "engine/text/words.h"
#include "fingerprint.h"

#include <glib.h>

/** A profile word, and what runs in it if that is not RTP. */
static const struct {
    sf_slice word;
    sf_profile profile;
    sf_stream_kind kind;
} profiles[] = {
    { SF_LITERAL_INIT("RTP/AVP"), SF_PROFILE_CLEAR, SF_STREAM_ORDINARY },
    { SF_LITERAL_INIT("RTP/AVPF"), SF_PROFILE_CLEAR, SF_STREAM_ORDINARY },
    { SF_LITERAL_INIT("TCP/RTP/AVP"), SF_PROFILE_CLEAR, SF_STREAM_ORDINARY },
    { SF_LITERAL_INIT("TCP/RTP/AVPF"), SF_PROFILE_CLEAR, SF_STREAM_ORDINARY },
    { SF_LITERAL_INIT("RTP/SAVP"), SF_PROFILE_SECURE, SF_STREAM_ORDINARY },
    { SF_LITERAL_INIT("RTP/SAVPF"), SF_PROFILE_SECURE, SF_STREAM_ORDINARY },
    { SF_LITERAL_INIT("TCP/RTP/SAVP"), SF_PROFILE_SECURE, SF_STREAM_ORDINARY },
    { SF_LITERAL_INIT("TCP/RTP/SAVPF"), SF_PROFILE_SECURE, SF_STREAM_ORDINARY },
    { SF_LITERAL_INIT("UDP/TLS/RTP/SAVP"), SF_PROFILE_DTLS, SF_STREAM_ORDINARY },
    { SF_LITERAL_INIT("UDP/TLS/RTP/SAVPF"), SF_PROFILE_DTLS, SF_STREAM_ORDINARY },
    { SF_LITERAL_INIT("TCP/TLS/RTP/SAVP"), SF_PROFILE_DTLS, SF_STREAM_ORDINARY },
    { SF_LITERAL_INIT("TCP/DTLS/RTP/SAVP"), SF_PROFILE_DTLS, SF_STREAM_ORDINARY },
    { SF_LITERAL_INIT("TCP/DTLS/RTP/SAVPF"), SF_PROFILE_DTLS, SF_STREAM_ORDINARY },
    { SF_LITERAL_INIT("TCP/TLS/RTP/SAVPF"), SF_PROFILE_DTLS, SF_STREAM_ORDINARY },
    { SF_LITERAL_INIT("UDP/DTLS/SCTP"), SF_PROFILE_IN_DTLS, SF_STREAM_DATA_CHANNEL },
    { SF_LITERAL_INIT("TCP/DTLS/SCTP"), SF_PROFILE_IN_DTLS, SF_STREAM_DATA_CHANNEL },
    { SF_LITERAL_INIT("DTLS/SCTP"), SF_PROFILE_IN_DTLS, SF_STREAM_DATA_CHANNEL },
    { SF_LITERAL_INIT("TCP/TLS/RTP/AVP"), SF_PROFILE_TLS, SF_STREAM_ORDINARY },
    { SF_LITERAL_INIT("TCP/TLS/RTP/AVPF"), SF_PROFILE_TLS, SF_STREAM_ORDINARY },
    { SF_LITERAL_INIT("udptl"), SF_PROFILE_OPEN, SF_STREAM_FAX },
    { SF_LITERAL_INIT("tcptl"), SF_PROFILE_OPEN, SF_STREAM_FAX },
    { SF_LITERAL_INIT("UDP/TLS/UDPTL"), SF_PROFILE_IN_DTLS, SF_STREAM_FAX },
    { SF_LITERAL_INIT("sip"), SF_PROFILE_SIP, SF_STREAM_SIP_MESSAGES },
    { SF_LITERAL_INIT("TCP/MSRP"), SF_PROFILE_OPEN, SF_STREAM_MSRP },
    { SF_LITERAL_INIT("TCP/TLS/MSRP"), SF_PROFILE_IN_TLS, SF_STREAM_MSRP },
    { SF_LITERAL_INIT("TCP/BFCP"), SF_PROFILE_SIP, SF_STREAM_FLOOR_CONTROL },
    { SF_LITERAL_INIT("UDP/BFCP"), SF_PROFILE_SIP, SF_STREAM_FLOOR_CONTROL },
    { SF_LITERAL_INIT("TCP/TLS/BFCP"), SF_PROFILE_SIP, SF_STREAM_FLOOR_CONTROL },
    { SF_LITERAL_INIT("UDP/TLS/BFCP"), SF_PROFILE_SIP, SF_STREAM_FLOOR_CONTROL },
};

static sf_word_index profile_index = SF_WORD_INDEX_INIT(profiles);

sf_profile sf_profile_of(sf_slice word)
{
    int i = sf_words_look_up(&profile_index, word);

    return i == SF_WORDS_NONE ? SF_PROFILE_OTHER : profiles[i].profile;
}

/** `m=application 1503 tcp msdata`: sharing and whiteboard of NetMeeting ([MS-SDP]). */
static bool is_t120(const sf_stream *stream)
{
    return sf_slice_equals_nocase(stream->profile, SF_LITERAL("tcp")) &&
           sf_slice_equals_nocase(stream->type, SF_LITERAL("application")) &&
           sf_slice_starts_nocase(stream->formats, SF_LITERAL("msdata"));
}

/**
 * Teams writes its data channels as RTP/SAVP. That they are one shows a=sctp-port, or a=x-data-protocol where DTLS is
 * the only way to keys: with crypto lines the same words may mean RTData.
 */
static bool is_data_channel(const sf_stream *stream)
{
    return stream->has_fingerprint && (stream->is_data_channel || (stream->is_sctp && !stream->has_crypto));
}

sf_profile sf_stream_profile(const sf_stream *stream)
{
    if (is_t120(stream)) {
        return SF_PROFILE_OPEN;
    }
    sf_profile profile = sf_profile_of(stream->profile);
    return profile == SF_PROFILE_SECURE && is_data_channel(stream) ? SF_PROFILE_IN_DTLS : profile;
}

sf_stream_kind sf_stream_kind_of(const sf_stream *stream)
{
    int i = SF_WORDS_FIND(profiles, stream->profile);

    if (is_t120(stream)) {
        return SF_STREAM_T120;
    }
    if (stream->is_sctp) {
        return SF_STREAM_DATA_CHANNEL;
    }
    return i == SF_WORDS_NONE ? SF_STREAM_ORDINARY : profiles[i].kind;
}

/* What a key is taken from, strongest first: SDES lines or MIKEY, a DTLS fingerprint, a k= line, nothing. */
typedef enum { KEYED_BY_CRYPTO, KEYED_BY_FINGERPRINT, KEYED_BY_KEY_FIELD, NOT_KEYED, KEYINGS } keying;

static const sf_security decisions[][KEYINGS] = {
    [SF_PROFILE_OTHER] = { SF_SECURITY_UNDETERMINED, SF_SECURITY_UNDETERMINED, SF_SECURITY_UNDETERMINED,
                           SF_SECURITY_UNDETERMINED },
    [SF_PROFILE_CLEAR] = { SF_SECURITY_SRTP_OPTIONAL, SF_SECURITY_SRTP_OPTIONAL, SF_SECURITY_LEGACY,
                           SF_SECURITY_CLEAR },
    [SF_PROFILE_SECURE] = { SF_SECURITY_SRTP_REQUIRED, SF_SECURITY_DTLS, SF_SECURITY_UNDETERMINED,
                            SF_SECURITY_UNDETERMINED },
    [SF_PROFILE_DTLS] = { SF_SECURITY_DTLS, SF_SECURITY_DTLS, SF_SECURITY_DTLS, SF_SECURITY_DTLS },
    [SF_PROFILE_TLS] = { SF_SECURITY_RTP_IN_TLS, SF_SECURITY_RTP_IN_TLS, SF_SECURITY_RTP_IN_TLS,
                         SF_SECURITY_RTP_IN_TLS },
    [SF_PROFILE_OPEN] = { SF_SECURITY_OTHER_CLEAR, SF_SECURITY_OTHER_CLEAR, SF_SECURITY_OTHER_CLEAR,
                          SF_SECURITY_OTHER_CLEAR },
    [SF_PROFILE_SIP] = { SF_SECURITY_NOT_MEDIA, SF_SECURITY_NOT_MEDIA, SF_SECURITY_NOT_MEDIA, SF_SECURITY_NOT_MEDIA },
    [SF_PROFILE_IN_DTLS] = { SF_SECURITY_IN_DTLS, SF_SECURITY_IN_DTLS, SF_SECURITY_IN_DTLS, SF_SECURITY_IN_DTLS },
    [SF_PROFILE_IN_TLS] = { SF_SECURITY_IN_TLS, SF_SECURITY_IN_TLS, SF_SECURITY_IN_TLS, SF_SECURITY_IN_TLS },
};

G_STATIC_ASSERT(G_N_ELEMENTS(decisions) == SF_PROFILES);

static bool has_encryption(const sf_stream *stream, sf_slice word)
{
    return sf_slice_equals_nocase(stream->encryption, word);
}

static keying keying_of(const sf_stream *stream)
{
    if (stream->has_crypto || stream->has_secure_capability || stream->has_key_management) {
        return KEYED_BY_CRYPTO;
    }
    if (stream->has_fingerprint) {
        return KEYED_BY_FINGERPRINT;
    }
    /* A k= line without a=encryption, or with `rejected`, encrypts nothing. */
    bool is_wanted = has_encryption(stream, SF_LITERAL("required")) || has_encryption(stream, SF_LITERAL("optional"));
    return stream->key_field.length > 0 && is_wanted ? KEYED_BY_KEY_FIELD : NOT_KEYED;
}

/** What a=encryption contradicts. */
static unsigned conflict_of(const sf_stream *stream, sf_profile profile, keying by)
{
    if (has_encryption(stream, SF_LITERAL("rejected"))) {
        if (profile == SF_PROFILE_SECURE || profile == SF_PROFILE_DTLS || profile == SF_PROFILE_IN_DTLS) {
            return SF_STREAM_REJECTS_PROFILE;
        }
        if (by == KEYED_BY_CRYPTO || by == KEYED_BY_FINGERPRINT || stream->key_field.length > 0) {
            return SF_STREAM_REJECTS_KEY;
        }
    }
    return has_encryption(stream, SF_LITERAL("required")) && by == NOT_KEYED ? SF_STREAM_LACKS_REQUIRED_KEY : 0;
}

static unsigned weakness_of(const sf_stream *stream)
{
    switch (stream->security) {
    case SF_SECURITY_CLEAR:
        return stream->key_field.length > 0 ? SF_STREAM_UNUSED_KEY : SF_STREAM_NO_KEY;
    case SF_SECURITY_SRTP_OPTIONAL:
        if (stream->has_keys_of_group) { /* noted at the first stream of the group */
            return 0;
        }
        return stream->has_crypto || stream->has_key_management ? SF_STREAM_OPTIONAL_KEYS
                                                                : SF_STREAM_OPTIONAL_CAPABILITY;
    case SF_SECURITY_OTHER_CLEAR:
        return SF_STREAM_OTHER_CLEAR;
    default:
        return 0;
    }
}

static unsigned oddity_of(const sf_stream *stream)
{
    bool is_read = stream->has_fingerprint && !stream->has_keys_of_group;

    return is_read && !sf_fingerprint_is_sound(stream->fingerprint) ? SF_STREAM_ODD_FINGERPRINT : 0;
}

void sf_stream_judge(sf_stream *stream)
{
    sf_profile profile = sf_stream_profile(stream);
    keying by = keying_of(stream);
    bool is_refused = stream->port.value == 0 && sf_number_is_present(stream->port) && !stream->is_bundle_only;

    stream->security = is_refused ? SF_SECURITY_REFUSED : decisions[profile][by];
    if (stream->security == SF_SECURITY_CLEAR && stream->has_zrtp) {
        stream->security = SF_SECURITY_UNDETERMINED; /* keys may be agreed on in the media itself */
    }
    stream->faults = is_refused ? 0 : weakness_of(stream) | conflict_of(stream, profile, by) | oddity_of(stream);
}

void sf_stream_is_cut(sf_stream *stream)
{
    stream->is_cut = keying_of(stream) == NOT_KEYED && stream->security != SF_SECURITY_REFUSED;
    if (stream->is_cut) {
        stream->security = stream->security == SF_SECURITY_CLEAR ? SF_SECURITY_UNDETERMINED : stream->security;
        stream->faults &= ~(unsigned)(SF_STREAM_NO_KEY | SF_STREAM_LACKS_REQUIRED_KEY);
    }
}

bool sf_stream_has_direction(const sf_stream *stream)
{
    bool has_own = sf_slice_present(stream->direction_line) && stream->direction_line.text > stream->line.text;

    return has_own || !stream->lacks_lines;
}

static bool is_keyed_beside(const sf_stream *streams, unsigned count, const sf_stream *clear)
{
    for (unsigned i = 0; i < count; i++) {
        bool is_keyed = streams[i].security == SF_SECURITY_SRTP_REQUIRED || streams[i].security == SF_SECURITY_DTLS ||
                        streams[i].security == SF_SECURITY_SRTP_OPTIONAL;
        /* The keys may be told apart from the body, or were cut away. */
        bool is_secure = streams[i].security == SF_SECURITY_UNDETERMINED &&
                         sf_stream_profile(&streams[i]) == SF_PROFILE_SECURE;
        if ((is_keyed || is_secure) && sf_slice_equals_nocase(streams[i].type, clear->type)) {
            return true;
        }
    }
    return false;
}

void sf_streams_find_second_choices(sf_stream *streams, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (streams[i].faults & SF_STREAM_NO_KEY && is_keyed_beside(streams, count, &streams[i])) {
            streams[i].faults |= SF_STREAM_SECOND_CHOICE;
        }
    }
}
