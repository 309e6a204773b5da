/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The decision table of [MS-SDPEXT] 3.1.5.1 and [MS-SDP] 3.1.5.4: profile, keys and a=encryption
 * of one stream.
 */
#include "check.h"
#include "engine/sdp/security.h"

typedef struct {
    const char *name;
    const char *profile;
    const char *port;
    unsigned cryptos;
    bool fingerprint;
    const char *key_field;
    const char *encryption;
    sf_security security;
    bool conflict;
} stream_row;

#define K "k=base64:AAAA"

static const stream_row streams[] = {
    { "avp-no-key", "RTP/AVP", "9", 0, false, NULL, NULL, SF_SECURITY_CLEAR, false },
    { "avp-with-keys", "RTP/AVP", "9", 3, false, NULL, NULL, SF_SECURITY_SRTP_OPTIONAL, false },
    { "tcp-avp-with-keys", "TCP/RTP/AVP", "9", 1, false, NULL, NULL, SF_SECURITY_SRTP_OPTIONAL, false },
    { "avpf-no-key", "RTP/AVPF", "9", 0, false, NULL, NULL, SF_SECURITY_CLEAR, false },
    { "avp-with-fingerprint", "RTP/AVP", "9", 0, true, NULL, NULL, SF_SECURITY_SRTP_OPTIONAL, false },
    { "savp-with-keys", "RTP/SAVP", "9", 3, false, NULL, NULL, SF_SECURITY_SRTP_REQUIRED, false },
    { "tcp-savp-with-keys", "TCP/RTP/SAVP", "9", 1, false, NULL, NULL, SF_SECURITY_SRTP_REQUIRED, false },
    { "savp-any-case", "rtp/savp", "9", 1, false, NULL, NULL, SF_SECURITY_SRTP_REQUIRED, false },
    { "savp-no-key", "RTP/SAVP", "9", 0, false, NULL, NULL, SF_SECURITY_UNDETERMINED, false },
    { "teams-savp-with-fingerprint", "RTP/SAVP", "9", 0, true, NULL, NULL, SF_SECURITY_DTLS, false },
    { "savp-with-both", "RTP/SAVP", "9", 1, true, NULL, NULL, SF_SECURITY_SRTP_REQUIRED, false },
    { "dtls-profile", "UDP/TLS/RTP/SAVPF", "9", 0, true, NULL, NULL, SF_SECURITY_DTLS, false },
    { "not-rtp", "TCP", "9", 0, false, NULL, NULL, SF_SECURITY_UNDETERMINED, false },
    { "instant-message", "sip", "5060", 0, false, NULL, NULL, SF_SECURITY_UNDETERMINED, false },
    { "no-profile", NULL, "9", 0, false, NULL, NULL, SF_SECURITY_UNDETERMINED, false },
    { "refused", "RTP/SAVP", "0", 0, false, NULL, NULL, SF_SECURITY_REFUSED, false },
    { "refused-despite-conflict", "RTP/SAVP", "0", 0, false, NULL, "rejected", SF_SECURITY_REFUSED, false },
    { "malformed-port-is-not-refused", "RTP/AVP", NULL, 0, false, NULL, NULL, SF_SECURITY_CLEAR, false },
    { "legacy-required", "RTP/AVP", "9", 0, false, K, "required", SF_SECURITY_LEGACY, false },
    { "legacy-optional", "RTP/AVP", "9", 0, false, K, "OPTIONAL", SF_SECURITY_LEGACY, false },
    { "legacy-rejected", "RTP/AVP", "9", 0, false, NULL, "rejected", SF_SECURITY_CLEAR, false },
    { "key-without-a-word", "RTP/AVP", "9", 0, false, K, NULL, SF_SECURITY_CLEAR, false },
    { "rejected-with-key-field", "RTP/AVP", "9", 0, false, K, "rejected", SF_SECURITY_CLEAR, true },
    { "rejected-with-key-lines", "RTP/AVP", "9", 2, false, NULL, "rejected", SF_SECURITY_SRTP_OPTIONAL,
      true },
    { "rejected-with-savp", "RTP/SAVP", "9", 1, false, NULL, "rejected", SF_SECURITY_SRTP_REQUIRED, true },
    { "required-with-no-key", "RTP/AVP", "9", 0, false, NULL, "required", SF_SECURITY_CLEAR, true },
    { "required-with-key-lines", "RTP/AVP", "9", 1, false, NULL, "required", SF_SECURITY_SRTP_OPTIONAL,
      false },
    { "optional-with-key-lines", "RTP/AVP", "9", 1, false, NULL, "optional", SF_SECURITY_SRTP_OPTIONAL,
      false },
    { "optional-with-no-key", "RTP/AVP", "9", 0, false, NULL, "optional", SF_SECURITY_CLEAR, false },
};

static void test_stream(gconstpointer data)
{
    const stream_row *row = data;
    sf_stream stream = {
        .profile = sf_text(row->profile),
        .port_text = sf_text(row->port),
        .port = (uint16_t)(row->port ? atoi(row->port) : 0),
        .cryptos = { 0, row->cryptos },
        .has_crypto = row->cryptos > 0,
        .has_fingerprint = row->fingerprint,
        .key_field = sf_text(row->key_field),
        .encryption = sf_text(row->encryption),
    };

    sf_stream_judge(&stream);
    g_assert_cmpint(stream.security, ==, row->security);
    g_assert_true((stream.conflict != NULL) == row->conflict);
}

/** RTP/AVP that could also take a secure profile (RFC 5939): session border controllers write it so. */
static void test_capability(void)
{
    sf_stream stream = {
        .profile = SF_LITERAL("RTP/AVP"),
        .port_text = SF_LITERAL("9"),
        .port = 9,
        .has_secure_capability = true,
    };

    sf_stream_judge(&stream);
    g_assert_cmpint(stream.security, ==, SF_SECURITY_SRTP_OPTIONAL);
    g_assert_null(stream.conflict);
}

static void test_profiles(void)
{
    g_assert_cmpint(sf_profile_of(SF_LITERAL("rtp/avp")), ==, SF_PROFILE_CLEAR);
    g_assert_cmpint(sf_profile_of(SF_LITERAL("TCP/RTP/SAVPF")), ==, SF_PROFILE_SECURE);
    g_assert_cmpint(sf_profile_of(SF_LITERAL("TCP/DTLS/RTP/SAVP")), ==, SF_PROFILE_DTLS);
    g_assert_cmpint(sf_profile_of(SF_LITERAL("RTP/AVPX")), ==, SF_PROFILE_OTHER);
    g_assert_cmpint(sf_profile_of((sf_slice){ NULL, 0 }), ==, SF_PROFILE_OTHER);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/security/stream", streams, test_stream);
    g_test_add_func("/security/capability", test_capability);
    g_test_add_func("/security/profiles", test_profiles);
    return g_test_run();
}
