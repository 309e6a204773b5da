/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the lines of a stream say beside its keys: where its media goes and
 * which way, what it is, which pairs ICE chose, and which of its candidates
 * are odd.
 */
#include "check.h"
#include "engine/sdp/sdp.h"
#include "engine/sdp/security.h"

/** The tables are large, and are kept between bodies as in the dissector. */
static sf_media media;
static sf_problems problems;

/** Reads a body in front of a guard page, which stays until the next one. */
static const sf_sdp *read_body(const char *body)
{
    static sf_guarded input;

    if (input.pages) {
        sf_guarded_clear(&input);
    }
    input = sf_guarded_of(sf_text(body));
    sf_media_clear(&media);
    sf_problems_clear(&problems);
    return sf_sdp_read(input.text, SF_READ_ALL, false, &problems, &media);
}

#define AUDIO "m=audio 50018 RTP/SAVP 0\r\n"
#define KEY "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:XzKXZWV4TAZbM6e1v+NAIkdEEWQTSzU9SfZ6snJc|2^31\r\n"
#define HASH "4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF:3E:5D:49:6B:19:E5:7C:AB:4A:AD:B9:B1:3F:82:18:3B:54:02:12:DF"
#define FINGERPRINT "a=fingerprint:sha-256 " HASH "\r\n"

typedef struct {
    const char *name;
    const char *body;
    sf_direction direction;
    const char *line; /**< that says so */
    const char *address;
    sf_address_family family;
    bool is_null;
} where_row;

static const where_row wheres[] = {
    { "nothing", AUDIO, SF_DIRECTION_BOTH, NULL, NULL, SF_ADDRESS_NONE, false },
    { "of-the-session", "v=0\r\nc=IN IP4 192.0.2.1\r\na=recvonly\r\n" AUDIO, SF_DIRECTION_RECEIVE_ONLY, "a=recvonly",
      "192.0.2.1", SF_ADDRESS_IPV4, false },
    { "of-the-stream", "v=0\r\nc=IN IP4 192.0.2.1\r\na=recvonly\r\n" AUDIO "c=IN IP6 2001:db8::1\r\na=sendonly\r\n",
      SF_DIRECTION_SEND_ONLY, "a=sendonly", "2001:db8::1", SF_ADDRESS_IPV6, false },
    { "sendrecv-of-the-stream", "a=inactive\r\n" AUDIO "a=sendrecv\r\n", SF_DIRECTION_BOTH, "a=sendrecv", NULL,
      SF_ADDRESS_NONE, false },
    { "inactive-in-capitals", AUDIO "a=INACTIVE\r\nc=IN IP4 0.0.0.0\r\n", SF_DIRECTION_INACTIVE, "a=INACTIVE",
      "0.0.0.0", SF_ADDRESS_IPV4, true },
    { "repeated", AUDIO "a=sendonly\r\na=inactive\r\n", SF_DIRECTION_SEND_ONLY, "a=sendonly", NULL, SF_ADDRESS_NONE,
      false },
    { "ipv6-zeros", AUDIO "c=IN IP6 ::\r\n", SF_DIRECTION_BOTH, NULL, "::", SF_ADDRESS_IPV6, true },
    { "with-time-to-live", AUDIO "c=IN IP4 224.2.1.1/127\r\n", SF_DIRECTION_BOTH, NULL, "224.2.1.1", SF_ADDRESS_IPV4,
      false },
    { "host-name", AUDIO "c=IN IP4 sbc.example.com\r\n", SF_DIRECTION_BOTH, NULL, "sbc.example.com",
      SF_ADDRESS_HOST_NAME, false },
    { "address-cut", AUDIO "c=IN IP4\r\n", SF_DIRECTION_BOTH, NULL, NULL, SF_ADDRESS_NONE, false },
    { "other-words", AUDIO "a=sendonlyx\r\na=send\r\n", SF_DIRECTION_BOTH, NULL, NULL, SF_ADDRESS_NONE, false },
};

static void test_where(gconstpointer data)
{
    const where_row *row = data;

    read_body(row->body);
    const sf_stream *stream = &media.streams[0];
    g_assert_cmpint(stream->direction, ==, row->direction);
    SF_CHECK_SLICE(stream->direction_line, row->line);
    SF_CHECK_SLICE(stream->connection.text, row->address);
    g_assert_cmpint(stream->connection.family, ==, row->family);
    g_assert_true(sf_transport_address_is_null(&stream->connection) == row->is_null);
    SF_CHECK_PROBLEM(&problems, NULL);
}

typedef struct {
    const char *name;
    const char *section;
    sf_stream_kind kind;
    sf_security security;
} kind_row;

static const kind_row kinds[] = {
    { "audio", AUDIO KEY, SF_STREAM_ORDINARY, SF_SECURITY_SRTP_REQUIRED },
    { "messages", "m=message 5060 sip null\r\n", SF_STREAM_SIP_MESSAGES, SF_SECURITY_NOT_MEDIA },
    { "messages-of-old", "m=x-ms-message 5060 sip null\r\n", SF_STREAM_SIP_MESSAGES, SF_SECURITY_NOT_MEDIA },
    { "messages-to-a-uri", "m=message 5060 sip sip:ben@example.com\r\n", SF_STREAM_SIP_MESSAGES,
      SF_SECURITY_NOT_MEDIA },
    { "msrp", "m=message 7394 TCP/MSRP *\r\n", SF_STREAM_MSRP, SF_SECURITY_OTHER_CLEAR },
    { "msrp-in-tls", "m=message 7394 TCP/TLS/MSRP *\r\n", SF_STREAM_MSRP, SF_SECURITY_IN_TLS },
    { "fax", "m=image 5004 udptl t38\r\n", SF_STREAM_FAX, SF_SECURITY_OTHER_CLEAR },
    { "fax-in-dtls", "m=image 5004 UDP/TLS/UDPTL t38\r\n" FINGERPRINT, SF_STREAM_FAX, SF_SECURITY_IN_DTLS },
    { "t120", "m=application 1503 tcp msdata\r\n", SF_STREAM_T120, SF_SECURITY_OTHER_CLEAR },
    { "floor-control", "m=application 50000 UDP/BFCP *\r\n", SF_STREAM_FLOOR_CONTROL, SF_SECURITY_NOT_MEDIA },
    { "data-channel", "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n" FINGERPRINT, SF_STREAM_DATA_CHANNEL,
      SF_SECURITY_IN_DTLS },
    { "data-channel-of-a-draft", "m=application 9 DTLS/SCTP 5000\r\na=sctpmap:5000 webrtc-datachannel 1024\r\n",
      SF_STREAM_DATA_CHANNEL, SF_SECURITY_IN_DTLS },
    { "data-channel-of-teams", "m=x-data 9 RTP/SAVP 127\r\na=sctp-port:5000\r\n" KEY FINGERPRINT,
      SF_STREAM_DATA_CHANNEL, SF_SECURITY_IN_DTLS },
    { "data-channel-by-the-protocol", "m=x-data 9 RTP/SAVP 127\r\na=x-data-protocol: sctp\r\n" FINGERPRINT,
      SF_STREAM_DATA_CHANNEL, SF_SECURITY_IN_DTLS },
    /* With crypto lines it may be SCTP inside RTData: both ways to keys stay open. */
    { "sctp-with-keys", "m=x-data 9 RTP/SAVP 127\r\na=x-data-protocol:sctp\r\n" KEY FINGERPRINT, SF_STREAM_DATA_CHANNEL,
      SF_SECURITY_SRTP_REQUIRED },
    { "rtdata", "m=x-data 9 RTP/SAVP 127\r\n" FINGERPRINT, SF_STREAM_ORDINARY, SF_SECURITY_DTLS },
    { "mikey", AUDIO "a=key-mgmt:mikey AQAFgM0XflABAAAAAAAAAAAAAAsAyO\r\n", SF_STREAM_ORDINARY,
      SF_SECURITY_SRTP_REQUIRED },
    { "mikey-as-an-option", "a=key-mgmt:mikey AQAFgM0XflABAAAAAAAAAAAAAAsAyO\r\nm=audio 9 RTP/AVP 0\r\n",
      SF_STREAM_ORDINARY, SF_SECURITY_SRTP_OPTIONAL },
    /* ZRTP begins in clear, and may agree on keys in the media itself. */
    { "zrtp", "m=audio 9 RTP/AVP 0\r\na=zrtp-hash:1.10 fe30efd02423cb05\r\n", SF_STREAM_ORDINARY,
      SF_SECURITY_UNDETERMINED },
    { "zrtp-of-the-session", "a=zrtp-hash:1.10 fe30efd02423cb05\r\nm=audio 9 RTP/AVP 0\r\n", SF_STREAM_ORDINARY,
      SF_SECURITY_UNDETERMINED },
    { "zrtp-beside-a-key", "m=audio 9 RTP/AVP 0\r\na=zrtp-hash:1.10 fe30efd02423cb05\r\n" KEY, SF_STREAM_ORDINARY,
      SF_SECURITY_SRTP_OPTIONAL },
    { "zrtp-empty", "m=audio 9 RTP/AVP 0\r\na=zrtp-hash:\r\n", SF_STREAM_ORDINARY, SF_SECURITY_CLEAR },
};

static void test_kind(gconstpointer data)
{
    const kind_row *row = data;

    read_body(row->section);
    g_assert_cmpint(sf_stream_kind_of(&media.streams[0]), ==, row->kind);
    g_assert_cmpint(media.streams[0].security, ==, row->security);
    SF_CHECK_PROBLEM(&problems, NULL);
}

/** RTData is what its stream is for; SCTP is none, though Teams writes it with that codec. */
static void test_data_codec(void)
{
    static const struct {
        const char *section;
        const char *friendly;
    } rows[] = {
        { "m=applicationsharing 9 TCP/RTP/SAVP 127\r\n", "Application sharing (RTData)" },
        { "m=data 9 TCP/RTP/SAVP 127\r\n", "File transfer (RTData)" },
        { "m=x-data 9 RTP/SAVP 127\r\n", "RTData" },
        { "m=audio 9 RTP/AVP 127\r\n", "RTData" },
        { "m=x-data 9 RTP/SAVP 127\r\na=sctp-port:5000\r\n", "Data channel (SCTP)" },
        { "m=x-data 9 RTP/SAVP 127\r\na=x-data-protocol:sctp\r\n", "Data channel (SCTP)" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *body = g_strconcat(rows[i].section, "a=rtpmap:127 x-data/90000\r\n", NULL);
        read_body(body);
        g_assert_cmpuint(media.codec_count, ==, 1);
        g_assert_cmpstr(media.codecs[0].friendly, ==, rows[i].friendly);
    }
}

/** A clear stream is a second choice beside one of its type with keys, and only then. */
static void test_second_choice(void)
{
    read_body(AUDIO KEY "m=audio 9 RTP/AVP 0\r\nm=video 9 RTP/AVP 34\r\n");
    g_assert_cmphex(media.streams[1].faults, ==, SF_STREAM_NO_KEY | SF_STREAM_SECOND_CHOICE);
    g_assert_cmphex(media.streams[2].faults, ==, SF_STREAM_NO_KEY);
    read_body("m=audio 9 RTP/AVP 0\r\nm=audio 0 RTP/SAVP 0\r\n" KEY);
    g_assert_cmphex(media.streams[0].faults, ==, SF_STREAM_NO_KEY);
    /* The key may be told elsewhere. */
    read_body(AUDIO "m=audio 9 RTP/AVP 0\r\n");
    g_assert_cmphex(media.streams[1].faults, ==, SF_STREAM_NO_KEY | SF_STREAM_SECOND_CHOICE);
}

/** Keys among capabilities are sound lines, and are there for everybody to read (RFC 5939 3.4.2). */
static void test_capability_key(void)
{
    read_body("m=audio 9 RTP/AVP 0\r\na=tcap:1 RTP/SAVP\r\n"
              "a=acap:1 crypto:1 AES_CM_128_HMAC_SHA1_80 inline:XzKXZWV4TAZbM6e1v+NAIkdEEWQTSzU9SfZ6snJc\r\n"
              "a=pcfg:1 t=1 a=1\r\n");
    SF_CHECK_PROBLEM(&problems, NULL);
    g_assert_cmpint(media.streams[0].security, ==, SF_SECURITY_SRTP_OPTIONAL);
    g_assert_cmpuint(media.capability_key_count, ==, 1);
    g_assert_true(sf_media_has_keys(&media));
}

/** rtcp-mux of the stream, ice-lite wherever it is, the first fingerprint and who begins. */
static void test_flags(void)
{
    const sf_sdp *sdp = read_body("v=0\r\na=fingerprint:sha-1 00:11\r\na=setup:actpass\r\n" AUDIO
                                  "a=rtcp-mux\r\na=fingerprint:sha-256 AA:BB\r\na=setup:passive\r\na=ice-lite\r\n"
                                  "m=video 9 RTP/SAVP 34\r\n");
    SF_CHECK_SLICE(media.streams[0].rtcp_mux, "a=rtcp-mux");
    SF_CHECK_SLICE(media.streams[0].fingerprint, "sha-256 AA:BB");
    SF_CHECK_SLICE(media.streams[0].setup, "passive");
    SF_CHECK_SLICE(sdp->ice_lite, "a=ice-lite");
    SF_CHECK_SLICE(media.streams[1].rtcp_mux, NULL);
    SF_CHECK_SLICE(media.streams[1].fingerprint, "sha-1 00:11");
    SF_CHECK_SLICE(media.streams[1].setup, "actpass");
}

/* ---- what ICE chose ---- */

typedef struct {
    const char *name;
    const char *line;
    unsigned count;
    const char *first; /**< component, address and port, as written */
    const char *username;
    sf_ice_dialect dialect;
    const char *problem;
} pair_row;

static const pair_row pairs[] = {
    { "two-components", "a=remote-candidates:1 198.51.100.1 54860 2 198.51.100.1 54721 ", 2, "1 198.51.100.1 54860",
      NULL, SF_ICE_DRAFT_19, NULL },
    { "one-component", "a=remote-candidates:1 2001:db8::1 54860", 1, "1 2001:db8::1 54860", NULL, SF_ICE_DRAFT_19,
      NULL },
    { "cut", "a=remote-candidates:1 198.51.100.1 54860 2 198.51.100.1", 1, "1 198.51.100.1 54860", NULL,
      SF_ICE_DRAFT_19, "The remote candidate" },
    { "port-out-of-range", "a=remote-candidates:1 198.51.100.1 65536", 1, "1 198.51.100.1 65536", NULL, SF_ICE_DRAFT_19,
      "The remote candidate's port" },
    { "component-no-number", "a=remote-candidates:x 198.51.100.1 1", 1, "x 198.51.100.1 1", NULL, SF_ICE_DRAFT_19,
      "The component" },
    { "empty", "a=remote-candidates:", 0, NULL, NULL, SF_ICE_DRAFT_19, "The list of remote candidates" },
    { "draft-06", "a=remote-candidate:uHfxpC5Yu329AWHdJ9Iy", 1, "a=remote-candidate:uHfxpC5Yu329AWHdJ9Iy",
      "uHfxpC5Yu329AWHdJ9Iy", SF_ICE_DRAFT_06, NULL },
};

static void test_pair(gconstpointer data)
{
    const pair_row *row = data;
    g_autofree char *body = g_strconcat(AUDIO, row->line, "\r\nm=video 9 RTP/SAVP 34\r\n", NULL);

    read_body(body);
    g_assert_cmpuint(media.streams[0].remote_candidates.count, ==, row->count);
    g_assert_cmpuint(media.streams[1].remote_candidates.count, ==, 0);
    g_assert_cmpint(media.streams[0].ice_dialect, ==, row->dialect);
    if (row->count > 0) {
        SF_CHECK_SLICE(media.remote_candidates[0].text, row->first);
        SF_CHECK_SLICE(media.remote_candidates[0].username, row->username);
    }
    SF_CHECK_PROBLEM(&problems, row->problem);
}

static void test_pair_limit(void)
{
    g_autoptr(GString) body = g_string_new(AUDIO);

    for (unsigned i = 0; i < SF_MAX_REMOTE_CANDIDATES; i++) {
        g_string_append(body, "a=remote-candidates:1 198.51.100.1 54860 2 198.51.100.1 54721\r\n");
    }
    read_body(body->str);
    g_assert_cmpuint(media.remote_candidate_count, ==, SF_MAX_REMOTE_CANDIDATES);
    SF_CHECK_PROBLEM(&problems, "Candidates that ICE chose");
}

/* ---- candidates ---- */

typedef struct {
    const char *name;
    const char *candidates[4];
    const char *faults; /**< of each: `-`, `r` repeated, `0` port 0, `b` both */
    bool is_microsoft;  /**< the priorities follow Microsoft's formula */
} candidates_row;

#define USER "uHfxpC5Yu329AWHdJ9IyB2p43Sk3+HQy5alRqrpBF7w"
#define OTHER_USER "vHfxpC5Yu329AWHdJ9IyB2p43Sk3+HQy5alRqrpBF7w"
#define PASSWORD "PF57frcH6o61FPTS51wG3g"

static const candidates_row candidates[] = {
    { "one-host", { "1 1 UDP 2130706431 192.0.2.1 50018 typ host" }, "-", false },
    { "lync",
      { "1 1 UDP 2130706431 192.0.2.1 50018 typ host", "1 2 UDP 2130705918 192.0.2.1 50019 typ host",
        "2 1 TCP-PASS 174456319 198.51.100.1 443 typ relay raddr 192.0.2.1 rport 50020",
        "3 1 UDP 184548351 198.51.100.1 3478 typ relay raddr 192.0.2.1 rport 50018" },
      "----",
      true },
    { "second-host-of-lync", { "2 1 UDP 2130705919 192.0.2.1 50018 typ host" }, "-", true },
    { "second-component-of-lync", { "1 2 UDP 2130705918 192.0.2.1 50019 typ host" }, "-", true },
    { "browser",
      { "2190757530 1 udp 2122260223 192.0.2.1 62513 typ host generation 0",
        "842163049 1 udp 1686052607 198.51.100.1 62513 typ srflx raddr 192.0.2.1 rport 62513" },
      "--",
      false },
    { "both-components-of-rfc-5245",
      { "1 1 UDP 2130706431 192.0.2.1 50018 typ host", "1 2 UDP 2130706430 192.0.2.1 50019 typ host" },
      "--",
      false },
    { "rfc-6544", { "1 1 TCP 2105458943 192.0.2.1 9 typ host tcptype active" }, "-", false },
    { "given-twice",
      { "4 1 TCP-ACT 1684668671 198.51.100.1 0 typ srflx raddr 192.0.2.1 rport 0",
        "4 1 TCP-ACT 1684668671 198.51.100.1 0 typ srflx raddr 192.0.2.1 rport 0" },
      "0b",
      true },
    { "given-twice-by-other-words",
      { "1 1 UDP 2130706431 192.0.2.1 50018 typ host", "7 1 udp 1 192.0.2.1 50018 TYP HOST" },
      "-r",
      false },
    { "three-times",
      { "1 1 UDP 1 192.0.2.1 50018 typ host", "1 1 UDP 1 192.0.2.1 50018 typ host",
        "1 1 UDP 1 192.0.2.1 50018 typ host" },
      "-rr",
      false },
    { "other-component", { "1 1 UDP 1 192.0.2.1 50018 typ host", "1 2 UDP 1 192.0.2.1 50018 typ host" }, "--", false },
    { "other-transport",
      { "1 1 TCP-ACT 1 192.0.2.1 50018 typ host", "1 1 TCP-PASS 1 192.0.2.1 50018 typ host" },
      "--",
      false },
    { "host-that-is-its-own-reflection",
      { "1 1 UDP 1 192.0.2.1 50018 typ host", "2 1 UDP 1 192.0.2.1 50018 typ srflx raddr 192.0.2.1 rport 50018" },
      "--",
      false },
    { "reflection-of-two-hosts",
      { "1 1 UDP 1 198.51.100.1 50018 typ srflx raddr 192.0.2.1 rport 1",
        "2 1 UDP 1 198.51.100.1 50018 typ srflx raddr 192.0.2.2 rport 1" },
      "--",
      false },
    { "draft-06",
      { USER " 1 " PASSWORD " UDP 0.830 192.0.2.1 50018", OTHER_USER " 1 " PASSWORD " UDP 0.830 192.0.2.1 50018",
        USER " 1 " PASSWORD " UDP 0.830 192.0.2.1 50018", USER " 1 " PASSWORD " TCP 0.830 192.0.2.1 0" },
      "--r0",
      false },
    { "unreadable", { "1 1 UDP 1 192.0.2.300 50018 typ host", "1 1 UDP 1 192.0.2.300 50018 typ host" }, "--", false },
};

static void test_candidates(gconstpointer data)
{
    static const unsigned faults[] = { ['-'] = 0,
                                       ['r'] = SF_CANDIDATE_REPEATED,
                                       ['0'] = SF_CANDIDATE_NO_PORT,
                                       ['b'] = SF_CANDIDATE_REPEATED | SF_CANDIDATE_NO_PORT };
    const candidates_row *row = data;
    g_autoptr(GString) body = g_string_new(AUDIO);

    for (unsigned i = 0; i < G_N_ELEMENTS(row->candidates) && row->candidates[i]; i++) {
        g_string_append_printf(body, "a=candidate:%s\r\n", row->candidates[i]);
    }
    read_body(body->str);
    g_assert_cmpuint(media.candidate_count, ==, strlen(row->faults));
    for (unsigned i = 0; i < media.candidate_count; i++) {
        g_assert_cmphex(media.candidates[i].faults, ==, faults[(unsigned char)row->faults[i]]);
    }
    g_assert_true(media.streams[0].has_microsoft_priorities == row->is_microsoft);
}

/** The same candidate in two streams, or in the two bodies of an offer, is no fault. */
static void test_candidates_of_two_streams(void)
{
    static const char host[] = "a=candidate:1 1 UDP 2130706431 192.0.2.1 50018 typ host\r\n";
    g_autofree char *body = g_strconcat(AUDIO, host, "m=video 9 RTP/SAVP 34\r\n", host, NULL);

    read_body(body);
    g_assert_cmphex(media.candidates[1].faults, ==, 0);
}

static void test_relay_id(void)
{
    read_body(AUDIO "a=candidate:1 1 UDP 1 192.0.2.1 3478 typ relay raddr 10.0.0.1 rport 2 MTURNID 123456789\r\n");
    SF_CHECK_SLICE(media.candidates[0].relay_id, "123456789");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/sdp-stream/where", wheres, test_where);
    SF_ADD_ROWS("/sdp-stream/kind", kinds, test_kind);
    g_test_add_func("/sdp-stream/data-codec", test_data_codec);
    g_test_add_func("/sdp-stream/second-choice", test_second_choice);
    g_test_add_func("/sdp-stream/capability-key", test_capability_key);
    g_test_add_func("/sdp-stream/flags", test_flags);
    SF_ADD_ROWS("/sdp-stream/pair", pairs, test_pair);
    g_test_add_func("/sdp-stream/pair-limit", test_pair_limit);
    SF_ADD_ROWS("/sdp-stream/candidates", candidates, test_candidates);
    g_test_add_func("/sdp-stream/candidates-of-two-streams", test_candidates_of_two_streams);
    g_test_add_func("/sdp-stream/relay-id", test_relay_id);
    return g_test_run();
}
