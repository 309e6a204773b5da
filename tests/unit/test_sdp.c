/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * SDP bodies: one row for each oddity of real traffic, and for what lines say of their stream.
 */
#include "check.h"
#include "engine/sdp/sdp.h"

/** The tables are large, and are kept between bodies as in the dissector. */
static sf_media media;
static sf_problems problems;

static const sf_sdp *read_body(sf_slice body)
{
    sf_media_clear(&media);
    sf_problems_clear(&problems);
    const sf_sdp *sdp = sf_sdp_read(body, SF_READ_ALL, false, &problems, &media);
    g_assert_nonnull(sdp);
    g_assert_true(sdp->text.text == body.text);
    return sdp;
}

#define KEY "inline:XzKXZWV4TAZbM6e1v+NAIkdEEWQTSzU9SfZ6snJc"
#define OTHER_KEY "inline:ZGxzaJmwYPXAShdAXk5LYN7inCyHPCrwppGMJL8e"
#define CRYPTO(tag, key) "a=crypto:" tag " AES_CM_128_HMAC_SHA1_80 " key "\r\n"
#define HOST "a=candidate:1 1 UDP 2130706431 157.0.0.0 49160 typ host\r\n"

typedef struct {
    const char *name;
    const char *body;
    unsigned streams;
    unsigned cryptos, candidates, codecs, attributes; /**< of all streams and the session */
    sf_ice_dialect dialect;
    bool microsoft;
    const char *problem;
} body_row;

static const body_row bodies[] = {
    { "crlf", "v=0\r\nm=audio 9 RTP/AVP 0\r\n" CRYPTO("1", KEY), .streams = 1, .cryptos = 1, .codecs = 1,
      .dialect = SF_ICE_NONE },
    { "bare-lf", "v=0\nm=audio 9 RTP/AVP 0\na=rtpmap:115 x-msrta/8000\n", .streams = 1, .codecs = 2,
      .dialect = SF_ICE_NONE, .microsoft = true },
    { "no-last-line-end", "v=0\r\nm=audio 9 RTP/AVP 0\r\na=label:main-audio", .streams = 1, .codecs = 1,
      .dialect = SF_ICE_NONE },
    { "trailing-blanks",
      "v=0\r\nm=audio 9 RTP/AVP 0 \r\na=candidate:1 1 UDP 2130706431 157.0.0.0 49160 typ host \r\n"
      "a=remote-candidates:1 157.0.0.0 1 2 157.0.0.0 2 \r\na=accept-types:text/plain \r\n",
      .streams = 1, .candidates = 1, .codecs = 1, .dialect = SF_ICE_DRAFT_19 },
    { "blank-after-colon", "v=0\r\nm=audio 9 RTP/AVP 0\r\na=ice-ufrag: AQd3\r\na=x-data-protocol: sctp\r\n",
      .streams = 1, .codecs = 1, .attributes = 1, .dialect = SF_ICE_DRAFT_19, .microsoft = true },
    { "words-in-any-case", "v=0\r\nm=AUDIO 9 rtp/avp 0\r\nA=label:x\r\na=RTPMAP:97 red/8000\r\n", .streams = 1,
      .codecs = 2, .dialect = SF_ICE_NONE },
    { "sipe-stub", "o=- 0 0 IN IP4 192.0.2.1\r\ns=session\r\nc=IN IP4 192.0.2.1\r\nm=audio 0 RTP/AVP\r\n", .streams = 1,
      .dialect = SF_ICE_NONE },
    { "folded-attribute", "v=0\r\nm=audio 9 RTP/AVP 0\r\na=fmtp:101 0-16\r\n ,36\r\n" CRYPTO("1", KEY), .streams = 1,
      .cryptos = 1, .codecs = 1, .dialect = SF_ICE_NONE, .problem = "The SDP line" },
    { "key-line-run-into-the-address", "v=0\r\nc=crypto:1 AES_CM_128_HMAC_SHA1_80 " KEY "\r\nm=audio 9 RTP/AVP 0\r\n",
      .streams = 1, .codecs = 1, .dialect = SF_ICE_NONE, .problem = "The SDP line" },
    { "padded-key",
      "m=audio 9 RTP/AVP\r\na=crypto:1 AEAD_AES_256_GCM "
      "inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKis=\r\n",
      .streams = 1, .cryptos = 1, .dialect = SF_ICE_NONE },
    { "format-null", "m=message 5060 sip null\r\n", .streams = 1, .dialect = SF_ICE_NONE },
    { "format-uri", "m=message 5060 sip sip:user@example.com\r\n", .streams = 1, .dialect = SF_ICE_NONE },
    { "format-word", "m=application 1503 tcp msdata\r\n", .streams = 1, .dialect = SF_ICE_NONE },
    { "format-star", "m=audio 9 RTP/AVP *\r\n", .streams = 1, .dialect = SF_ICE_NONE },
    { "connection-below-stream-only", "v=0\r\nm=audio 9 RTP/AVP 0\r\nc=IN IP4 192.0.2.1\r\nb=AS:1\r\n", .streams = 1,
      .codecs = 1, .dialect = SF_ICE_NONE },
    { "component-two-missing", "m=audio 9 RTP/AVP\r\n" HOST, .streams = 1, .candidates = 1,
      .dialect = SF_ICE_DRAFT_19 },
    { "compressed", "H4sIAAAAAAAA", .dialect = SF_ICE_NONE, .problem = "The SDP body" },
    { "binary", "\x1f\x8b\x08", .dialect = SF_ICE_NONE, .problem = "The SDP body" },
    { "byte-order-mark", "\xef\xbb\xbfv=0\r\nm=audio 9 RTP/AVP 0\r\n", .streams = 1, .codecs = 1,
      .dialect = SF_ICE_NONE, .problem = "The SDP body" },
    { "byte-order-mark-of-no-text", "\xef\xbb\xbf\x1f\x8b", .dialect = SF_ICE_NONE, .problem = "The SDP body" },
    { "bare-cr", "v=0\rs=-\rm=audio 9 RTP/AVP 0\r", .streams = 1, .codecs = 1, .dialect = SF_ICE_NONE,
      .problem = "The SDP line" },
    { "two-returns", "v=0\r\r\nm=audio 9 RTP/AVP 0\r\r\n", .streams = 1, .codecs = 1, .dialect = SF_ICE_NONE },
    { "session-alone-with-cr", "v=0\r", .dialect = SF_ICE_NONE },
    { "empty", "", .dialect = SF_ICE_NONE },
    { "blank-lines", "\r\nv=0\r\n\r\nm=audio 9 RTP/AVP 0\r\n\r\n", .streams = 1, .codecs = 1, .dialect = SF_ICE_NONE },
    { "draft-06", "m=audio 9 RTP/AVP\r\na=candidate:AAAA 1 BBBB UDP 0.830 10.0.0.0 54846\r\n", .streams = 1,
      .candidates = 1, .dialect = SF_ICE_DRAFT_06 },
    { "ipv6-candidate", "m=audio 9 RTP/AVP\r\na=x-candidate-ipv6:9 1 UDP 1 2001:db8::1 49160 typ host\r\n",
      .streams = 1, .candidates = 1, .dialect = SF_ICE_DRAFT_19, .microsoft = true },
    { "session-attributes", "v=0\r\na=x-devicecaps:audio:send,recv;video:recv\r\na=x-mediabw:a send=1;recv=1\r\n",
      .attributes = 3, .dialect = SF_ICE_NONE, .microsoft = true },
    { "attribute-without-value", "m=audio 9 RTP/AVP\r\na=sendrecv\r\na=x-source\r\na\r\n", .streams = 1,
      .attributes = 1, .dialect = SF_ICE_NONE, .microsoft = true, .problem = "The SDP line" },
    { "line-without-equals", "v=0\r\ngarbage\r\nm=audio 9 RTP/AVP 0\r\n", .streams = 1, .codecs = 1,
      .dialect = SF_ICE_NONE, .problem = "The SDP line" },
    { "key-line-above-stream", "v=0\r\n" CRYPTO("1", KEY) "m=audio 9 RTP/AVP\r\n", .streams = 1, .dialect = SF_ICE_NONE,
      .problem = "The crypto attribute" },
    { "candidate-above-stream", "v=0\r\n" HOST "m=audio 9 RTP/AVP\r\n", .streams = 1, .dialect = SF_ICE_NONE,
      .problem = "The candidate" },
    { "stream-without-profile", "m=audio 9\r\n", .streams = 1, .dialect = SF_ICE_NONE, .problem = "The m= line" },
    { "stream-without-anything", "m=\r\n", .streams = 1, .dialect = SF_ICE_NONE, .problem = "The m= line" },
    { "port-out-of-range", "m=audio 65536 RTP/AVP 0\r\n", .streams = 1, .codecs = 1, .dialect = SF_ICE_NONE,
      .problem = "The port" },
    { "port-with-count", "m=audio 49170/2 RTP/AVP 0\r\n", .streams = 1, .codecs = 1, .dialect = SF_ICE_NONE },
    { "encryption-odd", "m=audio 9 RTP/AVP\r\na=encryption:perhaps\r\n", .streams = 1, .dialect = SF_ICE_NONE,
      .problem = "a=encryption" },
    { "port-count-no-number", "m=audio 49170/x RTP/AVP 0\r\n", .streams = 1, .codecs = 1, .dialect = SF_ICE_NONE,
      .problem = "The number of ports" },
    { "label-twice", "m=audio 9 RTP/AVP\r\na=label:one\r\na=label:two\r\n", .streams = 1, .dialect = SF_ICE_NONE,
      .problem = "The label" },
    { "encryption-twice", "m=audio 9 RTP/AVP\r\na=encryption:optional\r\na=encryption:required\r\n", .streams = 1,
      .dialect = SF_ICE_NONE, .problem = "a=encryption" },
    /* A line end that was lost: both lines are read */
    { "key-line-after-bare-cr", "m=audio 9 RTP/AVP\r" CRYPTO("1", KEY), .streams = 1, .cryptos = 1,
      .dialect = SF_ICE_NONE, .problem = "The SDP line" },
    { "key-line-run-into-attribute", "m=audio 9 RTP/AVP\r\na=x-source:main" CRYPTO("1", KEY), .streams = 1,
      .cryptos = 1, .attributes = 1, .dialect = SF_ICE_NONE, .microsoft = true, .problem = "The SDP line" },
    { "key-line-run-into-flag", "m=audio 9 RTP/AVP\r\na=sendrecv" CRYPTO("1", KEY), .streams = 1, .cryptos = 1,
      .dialect = SF_ICE_NONE, .problem = "The SDP line" },
    { "candidate-run-into-attribute", "m=audio 9 RTP/AVP\r\na=x-source:main" HOST, .streams = 1, .candidates = 1,
      .attributes = 1, .dialect = SF_ICE_DRAFT_19, .microsoft = true, .problem = "The SDP line" },
    { "key-line-run-into-candidate", "m=audio 9 RTP/AVP\r\na=candidate:1 1 UDP 1 192.0.2.1 1 typ host" CRYPTO("1", KEY),
      .streams = 1, .cryptos = 1, .candidates = 1, .dialect = SF_ICE_DRAFT_19, .problem = "The SDP line" },
    { "blank-in-front-of-a-key-line", "m=audio 9 RTP/AVP\r\n " CRYPTO("1", KEY), .streams = 1, .cryptos = 1,
      .dialect = SF_ICE_NONE, .problem = "The SDP line" },
    { "key-alone-in-a-label", "m=audio 9 RTP/AVP\r\na=label:main " KEY "\r\n", .streams = 1, .dialect = SF_ICE_NONE,
      .problem = "The SDP line" },
    { "blanks-around-the-name", "m=audio 9 RTP/AVP\r\na= crypto : 1 AES_CM_128_HMAC_SHA1_80 " KEY "\r\n", .streams = 1,
      .cryptos = 1, .dialect = SF_ICE_NONE },
    { "latin-1", "v=0\r\ns=B\xfcro\r\nm=audio 9 RTP/AVP 0\r\n", .streams = 1, .codecs = 1, .dialect = SF_ICE_NONE,
      .problem = "The SDP line" },
};

static void test_body(gconstpointer data)
{
    const body_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->body));
    const sf_sdp *sdp = read_body(input.text);

    g_assert_cmpuint(sdp->streams.count, ==, row->streams);
    g_assert_cmpuint(media.stream_count, ==, row->streams);
    g_assert_cmpuint(media.crypto_count, ==, row->cryptos);
    g_assert_cmpuint(media.candidate_count, ==, row->candidates);
    g_assert_cmpuint(media.codec_count, ==, row->codecs);
    g_assert_cmpuint(media.attributes.count, ==, row->attributes);
    g_assert_cmpint(sdp->ice_dialect, ==, row->dialect);
    g_assert_true(sdp->has_microsoft == row->microsoft);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

typedef struct {
    const char *name;
    const char *line;
    const char *why;
} line_row;

#define RUN_IN "runs into the next line: its line end is missing"
#define NO_CRYPTO "holds a key, but is not a known kind of key line"
#define BLANK_FIRST "begins with a blank: SDP has no folded lines"
#define BLANK_AFTER_LETTER "has a blank before its equals sign"
#define HIDDEN "contains a media key"
#define NO_FORM "is not of the form letter=value"

/* What is wrong with a line that holds a key, or may: the reason alone, never a byte of the line. */
static const line_row lines[] = {
    { "line-end-lost", "a=sendrecv" CRYPTO("1", KEY), RUN_IN },
    { "line-end-lost-in-front-of-k", "a=label:maink=base64:XzKXZWV4", RUN_IN },
    { "line-end-lost-in-front-of-k-in-clear", "a=label:main K=clear:XzKXZWV4", RUN_IN },
    { "line-end-lost-after-no-form", "garbage a=crypto:1 X " KEY, RUN_IN },
    { "blank-after-the-letter", "a = crypto:1 AES_CM_128_HMAC_SHA1_80 " KEY, BLANK_AFTER_LETTER },
    { "blank-after-the-letter-alone", "a =crypto:1 AES_CM_128_HMAC_SHA1_80 " KEY, BLANK_AFTER_LETTER },
    { "tab-after-the-letter", "a\t=x", BLANK_AFTER_LETTER },
    { "blank-in-front-of-a-key-line", " a=crypto:1 AES_CM_128_HMAC_SHA1_80 " KEY, BLANK_FIRST },
    { "blank-in-front-of-a-key", " " KEY, BLANK_FIRST },
    { "key-of-an-unknown-attribute", "a=x-crypto:1 AES_CM_128_HMAC_SHA1_80 " KEY, NO_CRYPTO },
    { "key-in-a-label", "a=label:main " KEY, NO_CRYPTO },
    { "key-in-another-line", "i=main " KEY, NO_CRYPTO },
    { "key-in-an-m-line", "m=audio 9 RTP/AVP 0 " KEY, NO_CRYPTO },
    { "key-in-an-m-line-of-crypto", "m=crypto:1 9 RTP/AVP 0 " KEY, NO_CRYPTO },
    { "key-in-an-m-line-of-acap", "m=acap:1 9 RTP/AVP 0 " KEY, NO_CRYPTO },
    { "key-in-a-c-line-of-crypto", "c=crypto:1 AES_CM_128_HMAC_SHA1_80 " KEY, NO_CRYPTO },
    { "key-with-an-escaped-mark", "a=candidate:1 1 UDP 1 192.0.2.1 1 typ host generation 0 %69nline:XzKXZWV4", HIDDEN },
    { "key-with-another-escaped-mark", "a=candidate:1 1 UDP 1 192.0.2.1 1 typ host generation 0 in\\line:XzKXZWV4",
      HIDDEN },
    { "key-after-no-form", "XzKX " KEY, NO_FORM },
    { "letter-alone", "a", NO_FORM },
};

static void test_line(gconstpointer data)
{
    const line_row *row = data;
    g_autofree char *body = g_strconcat("v=0\r\nm=audio 9 RTP/AVP\r\n", row->line, NULL);
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(body));

    read_body(input.text);
    SF_CHECK_PROBLEM(&problems, "The SDP line");
    g_assert_cmpstr(problems.items[0].why, ==, row->why);
    g_assert_cmpuint(problems.items[0].where.length, ==, 0);
}

static void test_nul(void)
{
    const sf_slice body = SF_LITERAL("v=0\r\ns=\0\r\nm=audio 9 RTP/AVP 0\r\n" CRYPTO("1", KEY));
    g_auto(sf_guarded) input = sf_guarded_of(body);

    g_assert_cmpuint(read_body(input.text)->streams.count, ==, 1);
    g_assert_cmpuint(media.crypto_count, ==, 1);
    SF_CHECK_PROBLEM(&problems, "The SDP line");
}

/** What the lines of a stream say, and that the next stream begins anew. */
static void test_streams(void)
{
    const sf_slice body = SF_LITERAL(
        "v=0\r\nk=base64:AAAA\r\na=encryption:optional\r\n"
        "m=audio 50018/2 RTP/AVP 9 0 115\r\na=rtpmap:9 G722/8000\r\na=rtpmap:115 x-msrta/8000\r\n"
        "a=label:main-audio\r\n" CRYPTO("2", KEY) CRYPTO("3", OTHER_KEY) HOST
        "a=x-source:main-audio\r\n"
        "m=video 0 RTP/SAVP 34\r\na=encryption:rejected\r\n");
    g_auto(sf_guarded) input = sf_guarded_of(body);
    const sf_sdp *sdp = read_body(input.text);

    g_assert_cmpuint(sdp->streams.count, ==, 2);
    const sf_stream *audio = &media.streams[0];
    SF_CHECK_SLICE(audio->type, "audio");
    SF_CHECK_SLICE(audio->port.text, "50018");
    g_assert_cmpuint(audio->port.value, ==, 50018);
    SF_CHECK_SLICE(audio->profile, "RTP/AVP");
    SF_CHECK_SLICE(audio->label, "main-audio");
    SF_CHECK_SLICE(audio->encryption, "optional");
    SF_CHECK_SLICE(audio->key_field, "k=base64:AAAA");
    SF_CHECK_SLICE(sdp->key_field, "k=base64:AAAA");
    g_assert_true(sf_media_has_keys(&media));
    g_assert_cmpuint(audio->index, ==, 1);
    g_assert_cmpuint(audio->cryptos.count, ==, 2);
    g_assert_cmpuint(audio->candidates.count, ==, 1);
    g_assert_cmpuint(audio->codecs.count, ==, 3); /* 9 and 115 by rtpmap, 0 by RFC 3551 */
    g_assert_cmpuint(audio->attributes.count, ==, 1);
    g_assert_cmpint(audio->security, ==, SF_SECURITY_SRTP_OPTIONAL);

    const sf_stream *video = &media.streams[1];
    g_assert_cmpuint(video->index, ==, 2);
    SF_CHECK_SLICE(video->label, NULL);
    SF_CHECK_SLICE(video->encryption, "rejected");
    g_assert_cmpuint(video->cryptos.first, ==, 2);
    g_assert_cmpuint(video->cryptos.count, ==, 0);
    g_assert_cmpuint(video->candidates.count, ==, 0);
    g_assert_cmpint(video->security, ==, SF_SECURITY_REFUSED);
    SF_CHECK_PROBLEM(&problems, NULL);
}

typedef struct {
    const char *name;
    const char *body;
    const char *tag_used; /**< `-` or `x` for each key line */
    const char *key_used;
} reuse_row;

#define AUDIO "m=audio 9 RTP/AVP\r\n"
#define VIDEO "m=video 9 RTP/AVP\r\n"

/* Equal keys on the lines of one stream are no reuse, in two streams they are; no error either way. */
static const reuse_row reuses[] = {
    { "all-different", AUDIO CRYPTO("2", KEY) CRYPTO("3", OTHER_KEY), "--", "--" },
    { "same-key-in-one-stream", AUDIO CRYPTO("2", KEY) CRYPTO("3", KEY), "--", "--" },
    { "same-key-in-two-streams", AUDIO CRYPTO("2", KEY) VIDEO CRYPTO("2", KEY) CRYPTO("3", KEY), "---", "-x-" },
    { "second-line-of-second-stream", AUDIO CRYPTO("2", KEY) VIDEO CRYPTO("2", OTHER_KEY) CRYPTO("3", KEY), "---",
      "--x" },
    { "tag-twice-in-a-stream", AUDIO CRYPTO("2", KEY) CRYPTO("2", OTHER_KEY) CRYPTO("02", KEY), "-xx", "---" },
    /* [MS-SDPEXT] 3.1.5.1: unique over crypto and cryptoscale together */
    { "tag-shared-with-cryptoscale",
      AUDIO "a=cryptoscale:2 client AES_CM_128_HMAC_SHA1_80 " KEY "\r\n" CRYPTO("2", OTHER_KEY), "-x", "--" },
    { "same-key-in-a-refused-stream", AUDIO CRYPTO("2", KEY) "m=video 0 RTP/AVP\r\n" CRYPTO("2", KEY), "--", "--" },
    { "same-key-as-a-refused-stream", "m=audio 0 RTP/AVP\r\n" CRYPTO("2", KEY) VIDEO CRYPTO("2", KEY), "--", "--" },
    { "same-key-in-a-bundle", "a=group:BUNDLE 1 2\r\n" AUDIO CRYPTO("2", KEY) VIDEO CRYPTO("2", KEY), "--", "--" },
    { "tag-twice-in-two-streams", AUDIO CRYPTO("2", KEY) VIDEO CRYPTO("2", OTHER_KEY), "--", "--" },
};

static void test_reuse(gconstpointer data)
{
    const reuse_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->body));

    read_body(input.text);
    g_assert_cmpuint(media.crypto_count, ==, strlen(row->tag_used));
    for (unsigned i = 0; i < media.crypto_count; i++) {
        unsigned faults = media.cryptos[i].faults;
        g_assert_true(((faults & SF_CRYPTO_REPEATED_TAG) != 0) == (row->tag_used[i] == 'x'));
        g_assert_true(((faults & SF_CRYPTO_REPEATED_KEY) != 0) == (row->key_used[i] == 'x'));
    }
}

/** Two bodies of one message: the same keys in both alternatives of an offer are no reuse. */
static void test_two_bodies(void)
{
    const sf_slice body = SF_LITERAL(AUDIO CRYPTO("2", KEY) HOST);

    read_body(body);
    const sf_sdp *second = sf_sdp_read(body, SF_READ_ALL, false, &problems, &media);
    g_assert_nonnull(second);
    g_assert_cmpuint(media.sdp_count, ==, 2);
    g_assert_cmpuint(second->streams.first, ==, 1);
    g_assert_cmpuint(media.streams[1].index, ==, 1);
    g_assert_cmpuint(media.streams[1].cryptos.first, ==, 1);
    g_assert_false(media.cryptos[1].faults & SF_CRYPTO_REPEATED_KEY);
    for (unsigned i = 2; i < SF_MAX_SDPS; i++) {
        g_assert_nonnull(sf_sdp_read(body, SF_READ_ALL, false, &problems, &media));
    }
    SF_CHECK_PROBLEM(&problems, NULL);
    g_assert_null(sf_sdp_read(body, SF_READ_ALL, false, &problems, &media));
    SF_CHECK_PROBLEM(&problems, "SDP bodies");
}

/** A session's DTLS fingerprint and capabilities hold for its streams. */
static void test_session_defaults(void)
{
    read_body(SF_LITERAL("v=0\r\na=fingerprint:sha-256 AA:BB\r\n"
                         "m=audio 9 RTP/SAVP 0\r\nm=video 9 RTP/SAVP 34\r\n"));
    g_assert_cmpint(media.streams[0].security, ==, SF_SECURITY_DTLS);
    g_assert_cmpint(media.streams[1].security, ==, SF_SECURITY_DTLS);

    /* An empty one says nothing, and takes nothing back. */
    read_body(SF_LITERAL("v=0\r\na=fingerprint:sha-256 AA:BB\r\na=fingerprint:\r\nm=audio 9 RTP/SAVP 0\r\n"));
    g_assert_cmpint(media.streams[0].security, ==, SF_SECURITY_DTLS);
    read_body(SF_LITERAL("v=0\r\nm=audio 9 RTP/SAVP 0\r\na=fingerprint:sha-256 AA:BB\r\na=fingerprint:\r\n"));
    g_assert_cmpint(media.streams[0].security, ==, SF_SECURITY_DTLS);

    read_body(SF_LITERAL("v=0\r\nm=audio 9 RTP/AVP 0\r\na=tcap:1 RTP/SAVP\r\na=pcfg:1 t=1\r\n"
                         "m=video 9 RTP/AVP 34\r\n"));
    g_assert_cmpint(media.streams[0].security, ==, SF_SECURITY_SRTP_OPTIONAL);
    g_assert_cmpint(media.streams[1].security, ==, SF_SECURITY_CLEAR);
}

/** What a line says beyond its numbers. */
static void test_security_of_streams(void)
{
    read_body(SF_LITERAL("v=0\r\na=group:BUNDLE 1 2\r\nm=audio 9 RTP/SAVP 0\r\n" CRYPTO(
        "1", KEY) "m=video 0 RTP/SAVP 34\r\na=bundle-only\r\n" CRYPTO("1", KEY)));
    g_assert_cmpint(media.streams[1].security, ==, SF_SECURITY_SRTP_REQUIRED);

    read_body(SF_LITERAL("v=0\r\nm=audio 9 RTP/AVP 0\r\na=encryption:required\r\nk=prompt\r\n"
                         "m=audio 9 RTP/AVP 0\r\na=encryption:required\r\nk=\r\n"
                         "m=audio 9 RTP/AVP 0\r\na=encryption:required\r\nk=base64:AAAA\r\n"));
    g_assert_cmpint(media.streams[0].security, ==, SF_SECURITY_CLEAR);
    g_assert_cmpint(media.streams[1].security, ==, SF_SECURITY_CLEAR);
    g_assert_cmpint(media.streams[2].security, ==, SF_SECURITY_LEGACY);

    read_body(SF_LITERAL("v=0\r\nm=audio 9 RTP/AVP 0\r\na=encryption:requiredk=base64:AAAA\r\n"));
    SF_CHECK_SLICE(media.streams[0].encryption, "required");
    SF_CHECK_SLICE(media.streams[0].key_field, "k=base64:AAAA");
    g_assert_true(sf_media_has_keys(&media));
    g_assert_false(sf_slice_present(media.sdps[0].key_field));
    read_body(SF_LITERAL("v=0\r\nm=audio 9 RTP/AVP 0\r\nk=prompt\r\n"));
    g_assert_false(sf_media_has_keys(&media));
}

typedef struct {
    const char *name;
    const char *body;
    bool is_marked;
    unsigned cryptos, candidates, codecs, attributes;
    bool microsoft;
} extent_row;

/* For a call: the protection always, what may mark the message until it does, no details. */
static const extent_row extents[] = {
    { "keys", AUDIO CRYPTO("1", KEY), true, 1, 0, 0, 0, false },
    { "candidates", AUDIO HOST "a=ice-ufrag:AQd3\r\n", false, 0, 0, 0, 0, false },
    { "ipv6-candidate-marks", AUDIO "a=x-candidate-ipv6:9 1 UDP 1 2001:db8::1 49160 typ host\r\n", false, 0, 1, 0, 0,
      true },
    { "codecs-until-one-marks", AUDIO "a=rtpmap:0 PCMU/8000\r\na=rtpmap:115 x-msrta/8000\r\na=rtpmap:8 PCMA/8000\r\n",
      false, 0, 0, 2, 0, true },
    { "codecs-of-a-marked-message", AUDIO "a=rtpmap:115 x-msrta/8000\r\n", true, 0, 0, 0, 0, false },
    { "static-codecs", "m=audio 9 RTP/AVP 0 8\r\n", false, 0, 0, 0, 0, false },
    { "attributes-until-one-marks", AUDIO "a=x-source:main-audio\r\na=x-ssrc-range:1-2\r\n", false, 0, 0, 0, 1, true },
};

static void test_extent(gconstpointer data)
{
    const extent_row *row = data;

    sf_media_clear(&media);
    sf_problems_clear(&problems);
    const sf_sdp *sdp = sf_sdp_read(sf_text(row->body), SF_READ_FOR_CALL, row->is_marked, &problems, &media);
    g_assert_cmpuint(media.stream_count, ==, 1);
    g_assert_cmpuint(media.crypto_count, ==, row->cryptos);
    g_assert_cmpuint(media.candidate_count, ==, row->candidates);
    g_assert_cmpuint(media.codec_count, ==, row->codecs);
    g_assert_cmpuint(media.attributes.count, ==, row->attributes);
    g_assert_true(sdp->has_microsoft == row->microsoft);
}

/** A key line beyond the limit is skipped, but is there: its stream is not clear. */
static void test_keys_beyond_the_limit(void)
{
    g_autoptr(GString) text = g_string_new("v=0\r\nm=audio 9 RTP/AVP 0\r\n");

    for (unsigned i = 0; i < SF_MAX_CRYPTOS; i++) {
        g_string_append(text, CRYPTO("1", KEY));
    }
    g_string_append(text, "m=video 9 RTP/AVP 34\r\n" CRYPTO("1", OTHER_KEY));
    read_body((sf_slice){ text->str, text->len });
    g_assert_cmpuint(media.crypto_count, ==, SF_MAX_CRYPTOS);
    g_assert_cmpint(media.streams[1].security, ==, SF_SECURITY_SRTP_OPTIONAL);
}

static void test_codec_order(void)
{
    read_body(SF_LITERAL("m=audio 9 RTP/AVP 8 104 0 101\r\na=rtpmap:101 telephone-event/8000\r\n"
                         "a=rtpmap:104 SILK/16000\r\na=rtpmap:99 red/8000\r\n"));
    static const unsigned order[] = { 8, 104, 0, 101, 99 };

    g_assert_cmpuint(media.codec_count, ==, G_N_ELEMENTS(order));
    for (unsigned i = 0; i < G_N_ELEMENTS(order); i++) {
        g_assert_cmpuint(media.codecs[i].payload_type.value, ==, order[i]);
    }
}

/** The first stream of a group with media keys the others, and only those of the group. */
static void test_bundle(void)
{
    read_body(SF_LITERAL("v=0\r\na=group:BUNDLE 1 2\r\nm=audio 9 RTP/AVP 0\r\na=mid:1\r\n" CRYPTO(
        "1", KEY) "m=video 9 RTP/AVP 107\r\na=mid:2\r\nm=video 9 RTP/AVP 107\r\na=mid:3\r\n"));
    g_assert_cmpint(media.streams[1].security, ==, SF_SECURITY_SRTP_OPTIONAL);
    g_assert_cmpuint(media.streams[1].key_lines.count, ==, 1);
    g_assert_cmpuint(media.streams[1].cryptos.count, ==, 0);
    g_assert_cmpint(media.streams[2].security, ==, SF_SECURITY_CLEAR);
    g_assert_true(media.streams[1].has_keys_of_group && !media.streams[2].has_keys_of_group);
    g_assert_cmpuint(media.streams[1].faults, ==, 0); /* noted at the first */

    /* With a port of its own, a stream needs keys of its own. */
    read_body(SF_LITERAL("v=0\r\na=group:BUNDLE 1 2\r\nm=audio 9 RTP/AVP 0\r\na=mid:1\r\n" CRYPTO(
        "1", KEY) "m=video 11 RTP/AVP 107\r\na=mid:2\r\n"));
    g_assert_cmpint(media.streams[1].security, ==, SF_SECURITY_CLEAR);
    g_assert_true(!media.streams[1].has_keys_of_group);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/sdp/body", bodies, test_body);
    SF_ADD_ROWS("/sdp/line", lines, test_line);
    g_test_add_func("/sdp/nul", test_nul);
    g_test_add_func("/sdp/streams", test_streams);
    SF_ADD_ROWS("/sdp/reuse", reuses, test_reuse);
    g_test_add_func("/sdp/two-bodies", test_two_bodies);
    g_test_add_func("/sdp/session-defaults", test_session_defaults);
    g_test_add_func("/sdp/security-of-streams", test_security_of_streams);
    SF_ADD_ROWS("/sdp/extent", extents, test_extent);
    g_test_add_func("/sdp/keys-beyond-the-limit", test_keys_beyond_the_limit);
    g_test_add_func("/sdp/codec-order", test_codec_order);
    g_test_add_func("/sdp/bundle", test_bundle);
    return g_test_run();
}
