/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whole messages: start lines, the oddities of real traffic, what marks a message as Microsoft's,
 * where bodies end, and whose endpoint an epid is.
 */
#include "check.h"
#include "engine/message.h"

/** Large; kept between messages as in the dissector. */
static sf_message message;

static sf_status read_message(sf_slice text)
{
    const sf_knowledge knowledge = sf_default_knowledge();

    return sf_message_read(text, &knowledge, SF_READ_ALL, &message);
}

typedef struct {
    const char *name;
    const char *text;
    sf_status status;
    bool is_request;
    const char *method;
    uint16_t code;
} start_row;

static const start_row starts[] = {
    { "request", "INVITE sip:a@example.com SIP/2.0\r\n\r\n", SF_OK, true, "INVITE", 0 },
    { "microsoft-method", "BENOTIFY sip:a@example.com SIP/2.0\r\n\r\n", SF_OK, true, "BENOTIFY", 0 },
    { "response", "SIP/2.0 200 OK\r\nCSeq: 1 INVITE\r\n\r\n", SF_OK, false, "INVITE", 200 },
    { "response-without-phrase", "SIP/2.0 200 \r\nCSeq: 1 BYE\r\n\r\n", SF_OK, false, "BYE", 200 },
    { "response-without-cseq", "SIP/2.0 404 Not Found\r\n\r\n", SF_OK, false, NULL, 404 },
    { "version-in-lower-case", "INVITE sip:a@example.com sip/2.0\r\n\r\n", SF_OK, true, "INVITE", 0 },
    { "bare-lf", "INVITE sip:a@example.com SIP/2.0\n\n", SF_OK, true, "INVITE", 0 },
    { "blank-lines-in-front", "\r\n\r\nINVITE sip:a@example.com SIP/2.0\r\n\r\n", SF_OK, true, "INVITE", 0 },
    { "nothing-after", "INVITE sip:a@example.com SIP/2.0", SF_OK, true, "INVITE", 0 },
    { "empty", "", SF_ABSENT, false, NULL, 0 },
    { "keep-alive", "\r\n\r\n", SF_ABSENT, false, NULL, 0 },
    { "http", "GET / HTTP/1.1\r\n\r\n", SF_ABSENT, false, NULL, 0 },
    { "other-version", "INVITE sip:a@example.com SIP/3.0\r\n\r\n", SF_ABSENT, false, NULL, 0 },
    { "cut-in-version", "INVITE sip:a@example.com SIP/2.", SF_ABSENT, false, NULL, 0 },
    { "code-of-two-digits", "SIP/2.0 20 OK\r\n\r\n", SF_ABSENT, false, NULL, 0 },
    { "code-below-100", "SIP/2.0 099 OK\r\n\r\n", SF_ABSENT, false, NULL, 0 },
    { "code-above-699", "SIP/2.0 700 OK\r\n\r\n", SF_ABSENT, false, NULL, 0 },
    { "code-no-number", "SIP/2.0 2x0 OK\r\n\r\n", SF_ABSENT, false, NULL, 0 },
    { "one-word", "INVITE\r\n\r\n", SF_ABSENT, false, NULL, 0 },
};

static void test_start(gconstpointer data)
{
    const start_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));

    g_assert_cmpint(read_message(input.text), ==, row->status);
    if (row->status == SF_OK) {
        g_assert_true(message.is_request == row->is_request);
        SF_CHECK_SLICE(message.method, row->method);
        g_assert_cmpuint(message.status_code, ==, row->code);
    }
}

typedef struct {
    const char *name;
    const char *headers; /**< between an OPTIONS line and the blank line */
    const char *from;    /**< local part of the sender */
    unsigned vias, routes, gruus, epids, identities;
    bool microsoft;
    const char *problem;
} header_row;

#define SENDER "From: <sip:ann@example.com>;tag=1\r\n"

/* The numbered rows are what real traffic does to parsers, each seen in a trace. */
static const header_row header_rows[] = {
    { "1-upper-case-names",
      "FROM: <sip:ann@example.com>;TAG=1\r\nVIA: SIP/2.0/TLS 192.0.2.1;BRANCH=z9hG4bK1\r\n"
      "RECORD-ROUTE: <sip:a;LR>\r\n",
      .from = "ann", .vias = 1, .routes = 1 },
    { "1-compact-names",
      "f: <sip:ann@example.com>;tag=1\r\nv: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1\r\n"
      "m: <sip:ann@192.0.2.1>\r\n",
      .from = "ann", .vias = 1 },
    { "2-params-in-any-order", "From: <sip:ann@example.com>;epid=2539071F25;tag=1\r\n", .from = "ann", .epids = 1,
      .microsoft = true },
    { "2-params-in-other-order", "From: <sip:ann@example.com>;tag=1;epid=2539071F25\r\n", .from = "ann", .epids = 1,
      .microsoft = true },
    { "2-gruu-after-opaque", SENDER "Contact: <sip:a@b;opaque=user:epid:qIIWS2j5AVeD_HxnQdxmlwAA;gruu>\r\n",
      .from = "ann", .gruus = 1, .microsoft = true },
    { "2-gruu-before-opaque", SENDER "Contact: <sip:a@b;gruu;opaque=user:epid:qIIWS2j5AVeD_HxnQdxmlwAA>\r\n",
      .from = "ann", .gruus = 1, .microsoft = true },
    { "2-stray-blanks", "From: <sip:ann@example.com> ; tag=1 ; epid=2539071F25\r\n", .from = "ann", .epids = 1,
      .microsoft = true },
    { "3-no-blank-in-front-of-angle", "From: \"Ann\"<sip:ann@example.com>;tag=1\r\n", .from = "ann" },
    { "3-utf-8-display-name", "From: \"J\xc3\xbcrgen\" <sip:ann@example.com>;tag=1\r\n", .from = "ann" },
    { "3-latin-1-display-name", "From: \"J\xfcrgen\" <sip:ann@example.com>;tag=1\r\n", .from = "ann",
      .problem = "The header" },
    { "4-flags-without-value", SENDER "Record-Route: <sip:a;ms-role-rs-from;ms-role-rs-to;lr;ms-ent-dest>\r\n",
      .from = "ann", .routes = 1, .microsoft = true },
    { "5-lr-twice", SENDER "Record-Route: <sip:a;lr;lr>\r\n", .from = "ann", .routes = 1 },
    { "6-routes-and-vias-apart",
      "Via: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1\r\nRecord-Route: <sip:a;lr>\r\n" SENDER
      "Via: SIP/2.0/TLS 192.0.2.2;branch=z9hG4bK2\r\nRecord-Route: <sip:b;lr>,<sip:c;lr>\r\n",
      .from = "ann", .vias = 2, .routes = 3 },
    { "9-parentheses-in-user", "From: <sip:ann(example.com)@msn.com>;tag=1\r\n", .from = "ann", .identities = 1,
      .microsoft = true },
    { "12-ms-params-on-foreign-via", SENDER "Via: SIP/2.0/TLS 192.0.2.7;branch=x;ms-received-port=25001\r\n",
      .from = "ann", .vias = 1, .microsoft = true },
    /* Leniencies and what goes wrong */
    { "plain-sip", SENDER "User-Agent: Example/1.0\r\nContact: <sip:ann@192.0.2.1>\r\n", .from = "ann" },
    { "folded", "From:\r\n\t<sip:ann@example.com>\r\n ;tag=1\r\n", .from = "ann" },
    { "contact-star", SENDER "Contact: *\r\n", .from = "ann" },
    { "from-twice", SENDER "From: <sip:bob@example.com>;tag=2\r\n", .from = "ann", .problem = "The header" },
    { "from-empty", "From:\r\n", .problem = "The address" },
    { "epid-empty", "From: <sip:ann@example.com>;epid=\r\n", .from = "ann", .microsoft = true, .problem = "epid" },
    { "epid-flag", "From: <sip:ann@example.com>;epid\r\n", .from = "ann", .microsoft = true, .problem = "epid" },
    { "epid-of-16", "From: <sip:ann@example.com>;epid=0123456789abcdef\r\n", .from = "ann", .epids = 1,
      .microsoft = true },
    { "epid-of-17", "From: <sip:ann@example.com>;epid=0123456789abcdef0\r\n", .from = "ann", .epids = 1,
      .microsoft = true, .problem = "epid" },
    { "angle-never-closed", "From: <sip:ann@example.com;epid=2539071F25\r\n", .from = "ann", .epids = 1,
      .microsoft = true, .problem = "The address" },
    { "contact-with-ms-params", SENDER "Contact: <sip:192.0.2.1:51152;ms-opaque=bab87d7e6e;ms-received-cid=100>\r\n",
      .from = "ann", .microsoft = true },
    { "epid-of-route", SENDER "Record-Route: <sip:a;epid=2539071F25;lr>\r\n", .from = "ann", .routes = 1, .epids = 1,
      .microsoft = true },
    { "line-without-colon", "garbage\r\n" SENDER, .from = "ann", .problem = "The header line" },
    { "via-empty", SENDER "Via:\r\n", .from = "ann", .problem = "The header" },
    { "contact-empty", SENDER "Contact:\r\n", .from = "ann", .problem = "The header" },
    { "endpoints-empty", SENDER "EndPoints:\r\n", .from = "ann", .microsoft = true },
    { "record-route-blank", SENDER "Record-Route: \t\r\n", .from = "ann", .problem = "The header" },
    { "via-garbage", SENDER "Via: garbage\r\nVia: SIP/2.0/TLS 192.0.2.1;branch=x\r\n", .from = "ann", .vias = 2,
      .problem = "The Via" },
    { "quote-left-open-in-name", "From: \"Ann <sip:ann@example.com>;tag=1\r\n", .from = "ann",
      .problem = "The display name" },
    { "decorated-in-any-header", SENDER "X-Example: see ann(example.com)@msn.com\r\n", .from = "ann", .identities = 1,
      .microsoft = true },
    { "decorated-in-asserted-identity",
      SENDER "P-Asserted-Identity: \"n\"<sip:b(example.org)@msn.com>,<tel:+15550100>\r\n", .from = "ann",
      .identities = 1, .microsoft = true },
    { "ms-header", SENDER "ms-keep-alive: UAC;hop-hop=yes\r\n", .from = "ann", .microsoft = true },
    { "x-ms-header", SENDER "X-MS-SBC: a/b/c\r\n", .from = "ann", .microsoft = true },
    { "x-ms-header-of-jambonz", SENDER "X-MS-Teams-FQDN: a.example\r\nX-MS-Teams-Tenant-FQDN: b.a.example\r\n",
      .from = "ann" },
    { "windows-rtc", SENDER "User-Agent: Windows RTC/1.2\r\n", .from = "ann", .microsoft = true },
    { "windows-rtc-of-anybody", SENDER "User-Agent: Windows RTC/1.0\r\n", .from = "ann" },
    { "not-quite-ms-header", SENDER "X-MSG: a\r\nmsg: b\r\n", .from = "ann" },
    { "product", SENDER "User-Agent: RTCC/5.0.0.0 MediationServer\r\n", .from = "ann", .microsoft = true },
    { "teams-host", SENDER "Contact: <sip:sip.pstnhub.microsoft.com:443>\r\n", .from = "ann", .microsoft = true },
};

static void test_headers(gconstpointer data)
{
    const header_row *row = data;
    g_autofree char *text = g_strconcat("OPTIONS sip:b@example.com SIP/2.0\r\n", row->headers, "\r\n", NULL);
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(text));

    g_assert_cmpint(read_message(input.text), ==, SF_OK);
    g_assert_true(message.from.is_present);
    SF_CHECK_SLICE(message.from.identity.local, row->from);
    g_assert_cmpuint(message.via_count, ==, row->vias);
    g_assert_cmpuint(message.route_count, ==, row->routes);
    g_assert_cmpuint(message.gruu_count, ==, row->gruus);
    g_assert_cmpuint(message.epid_count, ==, row->epids);
    g_assert_cmpuint(message.identity_count, ==, row->identities);
    g_assert_true(message.is_microsoft == row->microsoft);
    SF_CHECK_PROBLEM(&message.problems, row->problem);
}

typedef struct {
    const char *name;
    const char *rest; /**< after the start line */
    const char *end;  /**< the last bytes of the message, as it was taken */
    unsigned sdps;
    unsigned streams;
    const char *problem;
} length_row;

#define SDP "v=0\r\nm=audio 9 RTP/AVP 0\r\n"
#define NEXT "BYE sip:b@example.com SIP/2.0\r\n\r\n"

/* sizeof SDP - 1 is 26 */
static const length_row lengths[] = {
    { "exact", "Content-Type: application/sdp\r\nContent-Length: 26\r\n\r\n" SDP, "0\r\n", 1, 1, NULL },
    { "next-message-after", "Content-Type: application/sdp\r\nContent-Length: 26\r\n\r\n" SDP NEXT, "AVP 0\r\n", 1, 1,
      NULL },
    { "no-content-length", "Content-Type: application/sdp\r\n\r\n" SDP, "0\r\n", 1, 1, NULL },
    { "compact", "c: application/sdp\r\nl: 26\r\n\r\n" SDP NEXT, "AVP 0\r\n", 1, 1, NULL },
    { "longer-than-captured", "Content-Type: application/sdp\r\nContent-Length: 4000\r\n\r\n" SDP, "0\r\n", 1, 1,
      NULL },
    { "shorter-than-body", "Content-Type: application/sdp\r\nContent-Length: 5\r\n\r\n" SDP, "v=0\r\n", 1, 0, NULL },
    { "zero", "Content-Type: application/sdp\r\nContent-Length: 0\r\n\r\n" SDP, "\r\n\r\n", 0, 0, NULL },
    { "out-of-range", "Content-Type: application/sdp\r\nContent-Length: 99999999999999999999\r\n\r\n" SDP, "\r\n\r\n",
      0, 0, "The header" },
    { "no-number", "Content-Type: application/sdp\r\nContent-Length: x\r\n\r\n" SDP, "\r\n\r\n", 0, 0, "The header" },
    { "negative", "Content-Type: application/sdp\r\nContent-Length: -1\r\n\r\n" SDP, "\r\n\r\n", 0, 0, "The header" },
    { "with-unit", "Content-Type: application/sdp\r\nl: 26 bytes\r\n\r\n" SDP, "\r\n\r\n", 0, 0, "The header" },
    { "empty", "Content-Type: application/sdp\r\nContent-Length:\r\n\r\n" SDP, "\r\n\r\n", 0, 0, "The header" },
    { "blanks-around", "Content-Type: application/sdp\r\nContent-Length:  26 \r\n\r\n" SDP NEXT, "AVP 0\r\n", 1, 1,
      NULL },
    { "lone-cr-after-it", "Content-Type: application/sdp\r\nContent-Length: 26\r\r\n\r\n" SDP NEXT, "AVP 0\r\n", 1, 1,
      NULL },
    { "good-one-after-no-number", "Content-Type: application/sdp\r\nContent-Length: x\r\nl: 26\r\n\r\n" SDP NEXT,
      "AVP 0\r\n", 1, 1, "The header" },
    { "no-number-after-a-good-one", "Content-Type: application/sdp\r\nContent-Length: 26\r\nl: \r\n\r\n" SDP NEXT,
      "\r\n\r\n", 0, 0, "The header" },
    { "twice", "Content-Type: application/sdp\r\nContent-Length: 5\r\nl: 26\r\n\r\n" SDP NEXT, "0\r\n", 1, 1,
      "The header" },
    { "media-bypass", "Content-Type: application/gw-sdp; x-bypassid=1\r\n\r\n" SDP, "0\r\n", 1, 1, NULL },
    { "teams-type", "Content-Type: APPLICATION/SDP-NGC-1.0\r\n\r\n" SDP, "0\r\n", 1, 1, NULL },
    { "other-type", "Content-Type: text/plain\r\n\r\n" SDP, "0\r\n", 0, 0, NULL },
    { "no-type", "\r\n" SDP, "0\r\n", 0, 0, NULL },
    { "sdp-without-blank-line", "Content-Type: application/sdp\r\nContent-Length: 26\r\n" SDP NEXT, "AVP 0\r\n", 1, 1,
      "The header block" },
    { "7bit", "Content-Type: application/sdp\r\nContent-Transfer-Encoding: 7bit\r\n\r\n" SDP, "0\r\n", 1, 1, NULL },
    { "quoted-printable",
      "Content-Type: application/sdp\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
      "v=3D0\r\nm=3Daudio 9 RTP/AVP 0\r\n",
      "0\r\n", 1, 0, "The SDP body" },
    { "compressed", "Content-Type: application/sdp\r\ne: gzip\r\n\r\n\x1f\x8b", "\x8b", 1, 0, "The SDP body" },
    { "no-blank-line", "Content-Type: application/sdp\r\n", "sdp\r\n", 0, 0, "The header block" },
};

static void test_length(gconstpointer data)
{
    const length_row *row = data;
    g_autofree char *text = g_strconcat("INVITE sip:b@example.com SIP/2.0\r\n", row->rest, NULL);
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(text));

    g_assert_cmpint(read_message(input.text), ==, SF_OK);
    g_assert_true(sf_slice_ends_nocase(message.text, sf_text(row->end)));
    g_assert_cmpuint(message.media.sdp_count, ==, row->sdps);
    g_assert_cmpuint(message.media.stream_count, ==, row->streams);
    SF_CHECK_PROBLEM(&message.problems, row->problem);
}

typedef struct {
    const char *name;
    const char *start;
    const char *cseq;
    sf_sdp_role role;
} role_row;

static const role_row roles[] = {
    { "invite", "INVITE sip:b@example.com SIP/2.0", "1 INVITE", SF_ROLE_OFFER },
    { "answer", "SIP/2.0 200 OK", "1 INVITE", SF_ROLE_ANSWER },
    { "early-answer", "SIP/2.0 183 Session Progress", "1 INVITE", SF_ROLE_ANSWER },
    { "update", "UPDATE sip:b@example.com SIP/2.0", "2 UPDATE", SF_ROLE_OFFER },
    { "ack", "ACK sip:b@example.com SIP/2.0", "1 ACK", SF_ROLE_ANSWER },
    { "other", "MESSAGE sip:b@example.com SIP/2.0", "1 MESSAGE", SF_ROLE_UNKNOWN },
};

static void test_role(gconstpointer data)
{
    const role_row *row = data;
    g_autofree char *text = g_strconcat(row->start, "\r\nCSeq: ", row->cseq,
                                        "\r\nContent-Type: application/sdp\r\n\r\n" SDP, NULL);

    g_assert_cmpint(read_message(sf_text(text)), ==, SF_OK);
    g_assert_cmpuint(message.media.sdp_count, ==, 1);
    g_assert_cmpint(message.media.sdps[0].role, ==, row->role);
}

#define SIDES                                     \
    "From: <sip:a@example.com>;epid=01010101\r\n" \
    "To: <sip:b@example.com>;epid=3102EB8BD1\r\n" \
    "Contact: <sip:c@example.com;opaque=user:epid:qIIWS2j5AVeD_HxnQdxmlwAA;gruu>\r\n\r\n"

/** The Contact is the sender's: From's in a request, To's in a response; a Request-URI is the receiver's. */
static void test_epids(void)
{
    sf_slice request = SF_LITERAL(
        "BYE sip:b@example.com;opaque=user:epid:-gLwenLTVVqy-Ak8TJn1ZAAA;gruu SIP/2.0\r\n" SIDES);

    g_assert_cmpint(read_message(request), ==, SF_OK);
    g_assert_cmpuint(message.epid_count, ==, 2);
    SF_CHECK_SLICE(message.epids[0].text, "01010101");
    SF_CHECK_GUID(message.epids[0].endpoint, "4b1682a8-f968-5701-83fc-7c6741dc6697");
    SF_CHECK_GUID(message.epids[1].endpoint, "7af002fa-d372-5a55-b2f8-093c4c99f564");

    g_assert_cmpint(read_message(SF_LITERAL("SIP/2.0 200 OK\r\nCSeq: 1 INVITE\r\n" SIDES)), ==, SF_OK);
    g_assert_false(message.epids[0].has_endpoint);
    SF_CHECK_SLICE(message.epids[1].header, "To");
    SF_CHECK_GUID(message.epids[1].endpoint, "4b1682a8-f968-5701-83fc-7c6741dc6697");
}

/** The GRUU beside an epid is its own: no other header names its endpoint. */
static void test_epid_with_own_endpoint(void)
{
    sf_slice request = SF_LITERAL(
        "BYE sip:b@example.com SIP/2.0\r\n"
        "From: <sip:a@example.com;opaque=user:epid:-gLwenLTVVqy-Ak8TJn1ZAAA;gruu>;epid=3102EB8BD1\r\n"
        "To: <sip:b@example.com>\r\n"
        "Contact: <sip:a@example.com;opaque=user:epid:qIIWS2j5AVeD_HxnQdxmlwAA;gruu>\r\n\r\n");

    g_assert_cmpint(read_message(request), ==, SF_OK);
    g_assert_cmpuint(message.epid_count, ==, 1);
    g_assert_true(message.epids[0].has_endpoint);
    SF_CHECK_GUID(message.epids[0].endpoint, "7af002fa-d372-5a55-b2f8-093c4c99f564");
}

/** A NOTIFY about a transfer tells one result: the first. */
static void test_result_of_transfer(void)
{
#define RESULT(line) "--b\r\nContent-Type: message/sipfrag\r\n\r\n" line "\r\n"
    static const struct {
        const char *parts;
        const char *result;
    } rows[] = {
        { RESULT("SIP/2.0 180 Ringing") RESULT("SIP/2.0 200 OK"), "180" },
        { RESULT("") RESULT("SIP/2.0 200 OK"), "200" },
        { RESULT("SIP/2.0 99 x") RESULT("SIP/2.0 700 x") RESULT("SIP/2.0 0200 x"), NULL },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = g_strconcat("NOTIFY sip:b@example.com SIP/2.0\r\n"
                                            "Content-Type: multipart/mixed;boundary=b\r\n\r\n",
                                            rows[i].parts, "--b--\r\n", NULL);
        g_assert_cmpint(read_message(sf_text(text)), ==, SF_OK);
        SF_CHECK_SLICE(message.transfer_result.text, rows[i].result);
    }
}

/** A body of text into which a key line has run: what follows the key on its line may be a part of it. */
static void test_key_in_text(void)
{
    static const struct {
        const char *body, *first;
        unsigned count;
    } rows[] = {
        { "skype:a?chat\r\nskype:b?chat\r\n", "skype:a?chat", 2 },
        { "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:ZbM6e1v+NAIkdEEWQTSz<a href=\"skype:b?chat\">\r\nskype:c\r\n",
          "skype:c", 1 },
        { "<a href=\"skype:a?chat\"> inline:ZbM6e1v+skype:b?chat <a href=\"skype:c?chat\">\r\n", "skype:a?chat", 1 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *text = g_strconcat("MESSAGE sip:b@example.com SIP/2.0\r\nContent-Type: text/html\r\n\r\n",
                                            rows[i].body, NULL);
        g_assert_cmpint(read_message(sf_text(text)), ==, SF_OK);
        g_assert_cmpuint(message.skype_uris.count, ==, rows[i].count);
        SF_CHECK_SLICE(message.skype_uris.items[0].text, rows[i].first);
    }
}

/** What has lost its line end or its blank line may be the rest of a key line: its notes quote nothing. */
static void test_notes_without_quotes(void)
{
    const char *const rests[] = { "ZbM6e1v+NAIkdEEWQTSzU9SfZ6snJc|2^31\r\n\r\n",
                                  "Content-Type: application/sdp\r\nv=0\r\nm=audio 9 RTP/SAVP 0\r\n"
                                  "a=crypto:1 AES_CM_128_HMAC_SHA1_80\r\ninline:ZbM6e1v+NAIkdEEWQTSz|2^31\r\n" };

    for (size_t i = 0; i < G_N_ELEMENTS(rests); i++) {
        g_autofree char *text = g_strconcat("INVITE sip:b@example.com SIP/2.0\r\n", rests[i], NULL);
        g_assert_cmpint(read_message(sf_text(text)), ==, SF_OK);
        g_assert_cmpuint(message.problems.count, >, 0);
        for (unsigned j = 0; j < message.problems.count; j++) {
            SF_CHECK_SLICE(message.problems.items[j].where, "");
        }
    }
}

#define SHORT_BRANCH ": SIP/2.0/TLS 198.51.100.20:5061;branch=z9hG4bK3e8a4b5c\r\n"
#define TO_TEAMS "To: <sip:+15550100@sip.pstnhub.microsoft.com>\r\n"

typedef struct {
    const char *name;
    const char *start;
    const char *headers;
    sf_stack top; /**< of the first Via */
} stack_row;

/* A short branch of lower-case digits is written by many: a second mark decides. */
static const stack_row stacks[] = {
    { "asterisk", "OPTIONS sip:a SIP/2.0", "Via" SHORT_BRANCH TO_TEAMS "User-Agent: Asterisk PBX 13.38.3\r\n",
      SF_STACK_OTHER },
    { "answer-of-a-mediation-server", "SIP/2.0 488 Not Acceptable Here",
      "VIA" SHORT_BRANCH "SERVER: RTCC/4.0.0.0 MediationServer\r\n", SF_STACK_OTHER },
    { "rtcc-by-its-capitals", "OPTIONS sip:a SIP/2.0", "VIA" SHORT_BRANCH, SF_STACK_RTCC_UCMA },
    { "rtcc-by-its-product", "OPTIONS sip:a SIP/2.0", "Via" SHORT_BRANCH "User-Agent: RTCC/5.0.0.0\r\n",
      SF_STACK_RTCC_UCMA },
    { "rtcc-by-its-contact", "OPTIONS sip:a SIP/2.0",
      "Via" SHORT_BRANCH "Contact: <sip:m@b;gruu;opaque=srvr:MediationServer:aXTdrLsH5l-BH67UyIuQpwAA>\r\n",
      SF_STACK_RTCC_UCMA },
    { "product-of-another-hop", "OPTIONS sip:a SIP/2.0",
      "Via" SHORT_BRANCH "Via: SIP/2.0/TCP 192.0.2.1;branch=z9hG4bK-1\r\nUser-Agent: RTCC/5.0.0.0\r\n",
      SF_STACK_OTHER },
    { "teams-by-its-product", "OPTIONS sip:a SIP/2.0",
      "VIA" SHORT_BRANCH "User-Agent: Microsoft.PSTNHub.SIPProxy v.2026.6.1.3 i.EUWE.3\r\n", SF_STACK_TEAMS_PROXY },
    { "answer-to-teams", "SIP/2.0 200 OK", "Via" SHORT_BRANCH "From: <sip:sip.pstnhub.microsoft.com:5061>;tag=1\r\n",
      SF_STACK_TEAMS_PROXY },
    { "teams-by-its-host", "OPTIONS sip:a SIP/2.0",
      "Via: SIP/2.0/TLS sip2.pstnhub.microsoft.com:5061;branch=z9hG4bK3e8a4b5c\r\n", SF_STACK_TEAMS_PROXY },
};

static void test_stack(gconstpointer data)
{
    const stack_row *row = data;
    const sf_knowledge knowledge = sf_default_knowledge();
    g_autofree char *text = g_strconcat(row->start, "\r\n", row->headers, "\r\n", NULL);
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(text));
    static sf_message read;

    g_assert_cmpint(sf_message_read(input.text, &knowledge, SF_READ_ALL, &read), ==, SF_OK);
    g_assert_cmpint(read.vias[0].stack, ==, row->top);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/message/start", starts, test_start);
    SF_ADD_ROWS("/message/headers", header_rows, test_headers);
    SF_ADD_ROWS("/message/length", lengths, test_length);
    SF_ADD_ROWS("/message/role", roles, test_role);
    g_test_add_func("/message/epids", test_epids);
    g_test_add_func("/message/epid-with-own-endpoint", test_epid_with_own_endpoint);
    g_test_add_func("/message/result-of-transfer", test_result_of_transfer);
    g_test_add_func("/message/key-in-text", test_key_in_text);
    g_test_add_func("/message/notes-without-quotes", test_notes_without_quotes);
    SF_ADD_ROWS("/message/stack", stacks, test_stack);
    return g_test_run();
}
