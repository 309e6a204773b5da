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
    unsigned faults;
} stream_row;

#define K "k=base64:AAAA"

static const stream_row streams[] = {
    { "avp-no-key", "RTP/AVP", .port = "9", .security = SF_SECURITY_CLEAR, .faults = SF_STREAM_NO_KEY },
    { "avp-with-keys", "RTP/AVP", .port = "9", .cryptos = 3, .security = SF_SECURITY_SRTP_OPTIONAL,
      .faults = SF_STREAM_OPTIONAL_KEYS },
    { "tcp-avp-with-keys", "TCP/RTP/AVP", .port = "9", .cryptos = 1, .security = SF_SECURITY_SRTP_OPTIONAL,
      .faults = SF_STREAM_OPTIONAL_KEYS },
    { "avpf-no-key", "RTP/AVPF", .port = "9", .security = SF_SECURITY_CLEAR, .faults = SF_STREAM_NO_KEY },
    { "avp-with-fingerprint", "RTP/AVP", .port = "9", .fingerprint = true, .security = SF_SECURITY_SRTP_OPTIONAL,
      .faults = SF_STREAM_OPTIONAL_CAPABILITY },
    { "savp-with-keys", "RTP/SAVP", .port = "9", .cryptos = 3, .security = SF_SECURITY_SRTP_REQUIRED },
    { "tcp-savp-with-keys", "TCP/RTP/SAVP", .port = "9", .cryptos = 1, .security = SF_SECURITY_SRTP_REQUIRED },
    { "savp-any-case", "rtp/savp", .port = "9", .cryptos = 1, .security = SF_SECURITY_SRTP_REQUIRED },
    { "savp-no-key", "RTP/SAVP", .port = "9", .security = SF_SECURITY_UNDETERMINED },
    { "teams-savp-with-fingerprint", "RTP/SAVP", .port = "9", .fingerprint = true, .security = SF_SECURITY_DTLS },
    { "savp-with-both", "RTP/SAVP", .port = "9", .cryptos = 1, .fingerprint = true,
      .security = SF_SECURITY_SRTP_REQUIRED },
    { "dtls-profile", "UDP/TLS/RTP/SAVPF", .port = "9", .fingerprint = true, .security = SF_SECURITY_DTLS },
    { "not-rtp", "TCP", .port = "9", .security = SF_SECURITY_UNDETERMINED },
    { "instant-message", "sip", .port = "5060", .security = SF_SECURITY_NOT_MEDIA },
    { "fax", "udptl", .port = "9", .security = SF_SECURITY_OTHER_CLEAR, .faults = SF_STREAM_OTHER_CLEAR },
    { "rtp-inside-tls", "TCP/TLS/RTP/AVP", .port = "9", .security = SF_SECURITY_RTP_IN_TLS },
    { "data-channel", "UDP/DTLS/SCTP", .port = "9", .fingerprint = true, .security = SF_SECURITY_IN_DTLS },
    { "fax-inside-dtls", "UDP/TLS/UDPTL", .port = "9", .fingerprint = true, .security = SF_SECURITY_IN_DTLS },
    { "fax-over-tcp", "tcptl", .port = "9", .security = SF_SECURITY_OTHER_CLEAR, .faults = SF_STREAM_OTHER_CLEAR },
    { "msrp", "TCP/MSRP", .port = "9", .security = SF_SECURITY_OTHER_CLEAR, .faults = SF_STREAM_OTHER_CLEAR },
    { "msrp-inside-tls", "TCP/TLS/MSRP", .port = "9", .security = SF_SECURITY_IN_TLS },
    { "floor-control", "TCP/BFCP", .port = "9", .security = SF_SECURITY_NOT_MEDIA },
    { "no-profile", NULL, .port = "9", .security = SF_SECURITY_UNDETERMINED },
    { "refused", "RTP/SAVP", .port = "0", .security = SF_SECURITY_REFUSED },
    { "refused-despite-conflict", "RTP/SAVP", .port = "0", .encryption = "rejected", .security = SF_SECURITY_REFUSED },
    { "malformed-port-is-not-refused", "RTP/AVP", .security = SF_SECURITY_CLEAR, .faults = SF_STREAM_NO_KEY },
    { "legacy-required", "RTP/AVP", .port = "9", .key_field = K, .encryption = "required",
      .security = SF_SECURITY_LEGACY },
    { "legacy-optional", "RTP/AVP", .port = "9", .key_field = K, .encryption = "OPTIONAL",
      .security = SF_SECURITY_LEGACY },
    { "legacy-rejected", "RTP/AVP", .port = "9", .encryption = "rejected", .security = SF_SECURITY_CLEAR,
      .faults = SF_STREAM_NO_KEY },
    { "key-without-a-word", "RTP/AVP", .port = "9", .key_field = K, .security = SF_SECURITY_CLEAR,
      .faults = SF_STREAM_UNUSED_KEY },
    { "rejected-with-key-field", "RTP/AVP", .port = "9", .key_field = K, .encryption = "rejected",
      .security = SF_SECURITY_CLEAR, .faults = SF_STREAM_UNUSED_KEY | SF_STREAM_REJECTS_KEY },
    { "rejected-with-key-lines", "RTP/AVP", .port = "9", .cryptos = 2, .encryption = "rejected",
      .security = SF_SECURITY_SRTP_OPTIONAL, .faults = SF_STREAM_OPTIONAL_KEYS | SF_STREAM_REJECTS_KEY },
    { "rejected-with-savp", "RTP/SAVP", .port = "9", .cryptos = 1, .encryption = "rejected",
      .security = SF_SECURITY_SRTP_REQUIRED, .faults = SF_STREAM_REJECTS_PROFILE },
    { "required-with-no-key", "RTP/AVP", .port = "9", .encryption = "required", .security = SF_SECURITY_CLEAR,
      .faults = SF_STREAM_NO_KEY | SF_STREAM_LACKS_REQUIRED_KEY },
    { "required-with-key-lines", "RTP/AVP", .port = "9", .cryptos = 1, .encryption = "required",
      .security = SF_SECURITY_SRTP_OPTIONAL, .faults = SF_STREAM_OPTIONAL_KEYS },
    { "optional-with-key-lines", "RTP/AVP", .port = "9", .cryptos = 1, .encryption = "optional",
      .security = SF_SECURITY_SRTP_OPTIONAL, .faults = SF_STREAM_OPTIONAL_KEYS },
    { "optional-with-no-key", "RTP/AVP", .port = "9", .encryption = "optional", .security = SF_SECURITY_CLEAR,
      .faults = SF_STREAM_NO_KEY },
};

static void test_stream(gconstpointer data)
{
    const stream_row *row = data;
    sf_stream stream = {
        .profile = sf_text(row->profile),
        .port = { sf_text(row->port), row->port ? strtoul(row->port, NULL, 10) : 0 },
        .cryptos = { 0, row->cryptos },
        .has_crypto = row->cryptos > 0,
        .has_fingerprint = row->fingerprint,
        .fingerprint = sf_text(row->fingerprint ? "md5 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF" : NULL),
        .key_field = sf_text(row->key_field),
        .encryption = sf_text(row->encryption),
    };

    sf_stream_judge(&stream);
    g_assert_cmpint(stream.security, ==, row->security);
    g_assert_cmphex(stream.faults, ==, row->faults);
}

/** RTP/AVP that could also take a secure profile (RFC 5939): session border controllers write it so. */
static void test_capability(void)
{
    sf_stream stream = {
        .profile = SF_LITERAL("RTP/AVP"),
        .port = { SF_LITERAL("9"), 9 },
        .has_secure_capability = true,
    };

    sf_stream_judge(&stream);
    g_assert_cmpint(stream.security, ==, SF_SECURITY_SRTP_OPTIONAL);
    g_assert_cmphex(stream.faults, ==, SF_STREAM_OPTIONAL_CAPABILITY);
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
