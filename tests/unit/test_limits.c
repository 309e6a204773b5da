/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Ten thousand of everything, and single values of a megabyte: what fits the limits is there,
 * and one note names the rest. The time limit of the test is what holds the work to be linear.
 */
#include "check.h"
#include "engine/message.h"
#include "facts/facts.h"

enum { MANY = 10000, LONG = 1000000 };

/** Large; kept between messages as in the dissector. */
static sf_message message;

/** Reads `text` in front of a guard page, and holds all facts to what is promised of them. */
static void read_guarded(sf_slice text)
{
    const sf_knowledge knowledge = sf_default_knowledge();
    g_auto(sf_guarded) input = sf_guarded_of(text);

    g_assert_cmpint(sf_message_read(input.text, &knowledge, SF_READ_ALL, &message), ==, SF_OK);
    g_assert_cmpstr(sf_facts_fault(input.text, NULL, &message), ==, NULL);
}

typedef struct {
    const char *name;
    const char *front; /**< after the start line */
    const char *unit;  /**< repeated */
    const char *back;
    const unsigned *count; /**< in `message` */
    unsigned kept;
    const char *limit;  /**< what is noted to be too many */
    const char *limit2; /**< what else passes its limit with it, or NULL */
} many_row;

#define SDP_FRONT "Content-Type: application/sdp\r\n\r\nv=0\r\n"
#define AUDIO "m=audio 9 RTP/AVP\r\n"
#define GRUU "<sip:a@b;gruu;opaque=app:voicemail>,"
#define KEY "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:XzKXZWV4TAZbM6e1v+NAIkdEEWQTSzU9SfZ6snJc\r\n"
#define MIXED "Content-Type: multipart/mixed;boundary=b\r\n\r\n"

static const many_row rows[] = {
    { "headers", "", "X-Example: 1\r\n", "Via: SIP/2.0/TLS a\r\n\r\n", &message.via_count, 0, "Headers", NULL },
    { "vias-in-a-list", "Via: ", "SIP/2.0/TLS 192.0.2.1;branch=x,", "\r\n\r\n", &message.via_count, SF_MAX_VIAS,
      "Via entries", "Elements of this list" },
    { "vias-line-by-line", "", "Via: SIP/2.0/TLS 192.0.2.1;branch=x\r\n", "\r\n", &message.via_count, SF_MAX_VIAS,
      "Via entries", "Headers" },
    { "parameters-of-a-via", "Via: SIP/2.0/TLS 192.0.2.1", ";x=1", "\r\n\r\n", &message.via_count, 1, "Parameters",
      NULL },
    { "empty-parameters", "Via: SIP/2.0/TLS 192.0.2.1", ";", "\r\n\r\n", &message.via_count, 1, NULL, NULL },
    { "parameters-of-a-uri", "Route: <sip:a", ";x=1", ">\r\n\r\n", &message.route_count, 1, "Parameters", NULL },
    { "routes", "Record-Route: ", "<sip:a;lr>,", "\r\n\r\n", &message.route_count, SF_MAX_ROUTES, "Route entries",
      "Elements of this list" },
    { "contacts", "Contact: ", "<sip:a@b>,", "\r\n\r\n", &message.gruu_count, 0, "Elements of this list", NULL },
    { "commas", "Contact: ", ",", "\r\n\r\n", &message.gruu_count, 0, NULL, NULL },
    { "gruus", "Contact: ", GRUU, "\r\n\r\n", &message.gruu_count, SF_MAX_GRUUS, "GRUUs", "Elements of this list" },
    { "decorated-addresses", "X-Example: ", "a(example.com)@msn.com ", "\r\n\r\n", &message.identity_count,
      SF_MAX_IDENTITIES, "Decorated addresses", NULL },
    { "state-flags", "Route: <sip:a;opaque=state:", "T:", ";lr>\r\n\r\n", &message.route_count, 1, NULL, NULL },
    { "folds", "Via: SIP/2.0/TLS 192.0.2.1", "\r\n ", "\r\n\r\n", &message.via_count, 1, NULL, NULL },
    { "diagnostics", "", "ms-diagnostics: 1000;reason=\"x\"\r\n", "\r\n", &message.diagnostics.count,
      SF_MAX_DIAGNOSTICS, "Diagnostics headers", "Headers" },
    { "parameters-of-diagnostics", "ms-diagnostics: 1000", ";a=1", "\r\n\r\n", &message.diagnostics.count, 1,
      "Parameters", NULL },
    { "microsoft-headers", "", "ms-example: 1\r\n", "\r\n", &message.ms_header_count, SF_MAX_MICROSOFT_HEADERS,
      "Microsoft headers", "Headers" },
    { "authentications", "", "WWW-Authenticate: NTLM realm=\"x\"\r\n", "\r\n", &message.authentication_count,
      SF_MAX_AUTHENTICATIONS, "Authentication headers", "Headers" },
    { "references", "", "Referred-By: <sip:a@b>\r\n", "\r\n", &message.reference_count, SF_MAX_REFERENCES,
      "Transfer and forwarding entries", "Headers" },
    { "headers-of-a-uri", "Refer-To: <sip:a@b?x=1", "&x=%3B", ">\r\n\r\n", &message.reference_count, 1, NULL, NULL },
    { "parts-of-replaces", "Replaces: a", ";x=1", "\r\n\r\n", &message.reference_count, 1, NULL, NULL },
    { "skype-uris", "Content-Type: text/plain\r\n\r\n", "skype:ann?call\r\n", "", &message.skype_uris.count,
      SF_MAX_SKYPE_URIS, "skype: URIs", NULL },
    { "skype-participants", "Content-Type: text/plain\r\n\r\nskype:a", ";b", "?call\r\n",
      &message.skype_uris.participant_count, SF_MAX_PARTICIPANTS, "Participants of skype: URIs", NULL },
    { "body-parts", MIXED, "--b\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n", "--b--\r\n", &message.media.sdp_count,
      SF_MAX_SDPS, "Body parts", "SDP bodies" },
    { "streams", SDP_FRONT, AUDIO, "", &message.media.stream_count, SF_MAX_STREAMS, "Media streams", NULL },
    { "key-lines", SDP_FRONT AUDIO, KEY, "", &message.media.crypto_count, SF_MAX_CRYPTOS, "Crypto attributes", NULL },
    { "streams-with-key-lines", SDP_FRONT, AUDIO KEY, "", &message.media.crypto_count, SF_MAX_STREAMS, "Media streams",
      NULL },
    { "candidates", SDP_FRONT AUDIO, "a=candidate:1 1 UDP 1 192.0.2.1 1 typ host\r\n", "",
      &message.media.candidate_count, SF_MAX_CANDIDATES, "Candidates", NULL },
    { "words-of-a-candidate", SDP_FRONT AUDIO "a=candidate:1 1 UDP 1 192.0.2.1 1 typ host", " x y", "\r\n",
      &message.media.candidate_count, 1, NULL, NULL },
    { "codecs", SDP_FRONT AUDIO, "a=rtpmap:0 PCMU/8000\r\n", "", &message.media.codec_count, SF_MAX_CODECS, "Codecs",
      NULL },
    { "formats", SDP_FRONT "m=audio 9 RTP/AVP", " 0", "\r\n", &message.media.stream_count, 1, NULL, NULL },
    { "attributes", SDP_FRONT AUDIO, "a=x-source:main-audio\r\n", "", &message.media.attributes.count,
      SF_MAX_ATTRIBUTES, "Microsoft attributes", NULL },
    { "devices", SDP_FRONT "a=x-devicecaps:", "audio:send;", "\r\n", &message.media.attributes.count, SF_MAX_PARAMETERS,
      "Parameters", NULL },
    { "device-capabilities", SDP_FRONT "a=x-devicecaps:audio:", "send,", "\r\n", &message.media.attributes.count, 1,
      "Elements of this list", NULL },
    { "video-capabilities", SDP_FRONT AUDIO "a=x-caps:121 ", "263:1:1:1:1:1;", "\r\n", &message.media.attributes.count,
      SF_MAX_PARAMETERS, "Parameters", NULL },
    { "fields-of-a-video-capability", SDP_FRONT AUDIO "a=x-caps:121 1", ":1", "\r\n", &message.media.attributes.count,
      1, "The video capability", NULL },
    { "ssrc-ranges", SDP_FRONT AUDIO, "a=x-ssrc-range:1-1\r\n", "", &message.media.attributes.count, SF_MAX_ATTRIBUTES,
      "Microsoft attributes", NULL },
    { "bandwidths", SDP_FRONT, "a=x-mediabw:main-video send=1;recv=1\r\n", "", &message.media.attributes.count,
      SF_MAX_ATTRIBUTES, "Microsoft attributes", NULL },
    { "lines-of-devices", SDP_FRONT, "a=x-devicecaps:audio:send\r\n", "", &message.media.attributes.count,
      SF_MAX_ATTRIBUTES, "Microsoft attributes", NULL },
    { "lines-of-video-capabilities", SDP_FRONT AUDIO, "a=x-caps:121 263:1:1:1:1:1\r\n", "",
      &message.media.attributes.count, SF_MAX_ATTRIBUTES, "Microsoft attributes", NULL },
    { "bypass-ids", SDP_FRONT AUDIO, "a=x-bypassid:00112233-4455-6677-8899-aabbccddeeff\r\n", "",
      &message.media.attributes.count, SF_MAX_ATTRIBUTES, "Microsoft attributes", NULL },
    { "diagnostics-of-a-stream", SDP_FRONT AUDIO, "a=x-ms-SDP-diagnostics:7;reason=\"x\"\r\n", "",
      &message.media.attributes.count, SF_MAX_ATTRIBUTES, "Microsoft attributes", NULL },
    { "streams-with-attributes", SDP_FRONT, AUDIO "a=x-ssrc-range:1-1\r\n", "", &message.media.attributes.count,
      SF_MAX_STREAMS, "Media streams", NULL },
    { "mki-parts", SDP_FRONT AUDIO "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA", "|2^31", "\r\n",
      &message.media.crypto_count, 1, "The lifetime", NULL },
    { "keys-of-a-line", SDP_FRONT AUDIO "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA", ";inline:AAAA", "\r\n",
      &message.media.crypto_count, 1, "Keys of one crypto attribute", NULL },
    { "bandwidth-parameters", SDP_FRONT "a=x-mediabw:a recv=1;", "send=1;", "\r\n", &message.media.attributes.count, 1,
      "Parameters", NULL },
};

static void test_many(gconstpointer data)
{
    const many_row *row = data;
    const sf_problems *problems = &message.problems;
    GString *text = g_string_new("INVITE sip:b@example.com SIP/2.0\r\n");

    g_string_append(text, row->front);
    for (int i = 0; i < MANY; i++) {
        g_string_append(text, row->unit);
    }
    g_string_append(text, row->back);
    read_guarded((sf_slice){ text->str, text->len });
    g_string_free(text, TRUE);

    g_assert_cmpuint(*row->count, ==, row->kept);
    g_assert_cmpuint(problems->count, ==, (row->limit ? 1 : 0) + (row->limit2 ? 1 : 0));
    for (unsigned i = 0; i < problems->count; i++) {
        const char *what = problems->items[i].what;
        g_assert_true(g_strcmp0(what, row->limit) == 0 || g_strcmp0(what, row->limit2) == 0);
    }
    if (row->limit2) {
        g_assert_cmpstr(problems->items[0].what, !=, problems->items[1].what);
    }
}

/** Ten thousand malformed headers: the list of problems ends with a note that it is full. */
static void test_many_problems(void)
{
    GString *text = g_string_new("INVITE sip:b@example.com SIP/2.0\r\n");

    for (int i = 0; i < MANY; i++) {
        g_string_append(text, "garbage\r\n");
    }
    g_string_append(text, "\r\n");
    read_guarded((sf_slice){ text->str, text->len });
    g_string_free(text, TRUE);

    g_assert_cmpuint(message.problems.count, ==, SF_MAX_PROBLEMS);
    for (unsigned i = 0; i + 1 < SF_MAX_PROBLEMS; i++) {
        g_assert_cmpint(message.problems.items[i].kind, ==, SF_PROBLEM_MALFORMED);
    }
    g_assert_cmpint(message.problems.items[SF_MAX_PROBLEMS - 1].kind, ==, SF_PROBLEM_LIMIT);
    g_assert_cmpstr(message.problems.items[SF_MAX_PROBLEMS - 1].what, ==, "Malformed elements");
}

/** Multipart bodies that open each other ten thousand times. */
static void test_deep_nesting(void)
{
    GString *text = g_string_new("INVITE sip:b@example.com SIP/2.0\r\n");

    g_string_append(text, MIXED);
    for (int i = 0; i < MANY; i++) {
        g_string_append(text, "--b\r\nContent-Type: multipart/mixed;boundary=b\r\n\r\n");
    }
    g_string_append(text, "--b--\r\n");
    read_guarded((sf_slice){ text->str, text->len });
    g_string_free(text, TRUE);
    g_assert_cmpuint(message.media.sdp_count, ==, 0);
    g_assert_cmpuint(message.problems.count, >=, 1);
}

#define TEN_PARTS                                  \
    "--i\r\n\r\n--i\r\n\r\n--i\r\n\r\n--i\r\n\r\n" \
    "--i\r\n\r\n--i\r\n\r\n--i\r\n\r\n--i\r\n\r\n--i\r\n\r\n--i\r\n\r\n--i--\r\n"
#define INNER "--b\r\nContent-Type: multipart/mixed;boundary=i\r\n\r\n" TEN_PARTS

/** Multipart bodies that keep to the limit each, and pass it together. */
static void test_parts_of_several(void)
{
    read_guarded(SF_LITERAL("INVITE sip:b@example.com SIP/2.0\r\n" MIXED INNER INNER "--b--\r\n"));
    g_assert_cmpuint(message.bodies.count, ==, SF_MAX_BODIES);
    SF_CHECK_PROBLEM(&message.problems, "Body parts");
}

typedef struct {
    const char *name;
    const char *front;
    const char *back;
    const char *problem; /**< NULL: over-long, but nothing is wrong with it */
} long_row;

/* A million letters `A` stand between front and back. */
static const long_row longs[] = {
    { "method", "", " sip:b@example.com SIP/2.0\r\n\r\n", NULL },
    { "request-uri", "INVITE sip:", "@example.com SIP/2.0\r\n\r\n", NULL },
    { "header-name", "OPTIONS sip:a SIP/2.0\r\n", ": x\r\n\r\n", NULL },
    { "line-without-colon", "OPTIONS sip:a SIP/2.0\r\n", "\r\n\r\n", "The header line" },
    { "call-id", "OPTIONS sip:a SIP/2.0\r\nCall-ID: ", "\r\n\r\n", NULL },
    { "display-name", "OPTIONS sip:a SIP/2.0\r\nFrom: \"", "\" <sip:a@b>\r\n\r\n", NULL },
    { "display-name-never-ends", "OPTIONS sip:a SIP/2.0\r\nFrom: \"", "\r\n\r\n", "The URI" },
    { "decorated-domain", "OPTIONS sip:a SIP/2.0\r\nFrom: <sip:a(", ".com)@msn.com>\r\n\r\n", NULL },
    { "epid", "OPTIONS sip:a SIP/2.0\r\nFrom: <sip:a@b>;epid=", "\r\n\r\n", "epid" },
    { "branch", "OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/TLS a;branch=z9hG4bK", "\r\n\r\n", NULL },
    { "received-port", "OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/TLS a;ms-received-port=", "\r\n\r\n",
      "ms-received-port" },
    { "received-cid", "OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/TLS a;ms-received-cid=", "\r\n\r\n", "ms-received-cid" },
    { "internal-info", "OPTIONS sip:a SIP/2.0\r\nVia: SIP/2.0/TLS a;ms-internal-info=\"", "\"\r\n\r\n",
      "ms-internal-info" },
    { "route-sig", "OPTIONS sip:a SIP/2.0\r\nRoute: <sip:a;ms-route-sig=", ">\r\n\r\n", "ms-route-sig" },
    { "key-info", "OPTIONS sip:a SIP/2.0\r\nRoute: <sip:a;ms-key-info=", ">\r\n\r\n", "ms-key-info" },
    { "gruu-id", "OPTIONS sip:a SIP/2.0\r\nContact: <sip:a;gruu;opaque=srvr:X:", ">\r\n\r\n", "The id of the GRUU" },
    { "grid", "OPTIONS sip:a SIP/2.0\r\nContact: <sip:a;gruu;grid=", ">\r\n\r\n", "grid" },
    { "product", "OPTIONS sip:a SIP/2.0\r\nUser-Agent: ", "\r\n\r\n", NULL },
    { "boundary", "OPTIONS sip:a SIP/2.0\r\nContent-Type: multipart/mixed;boundary=", "\r\n\r\n--A--\r\n",
      "The multipart body" },
    { "key", "OPTIONS sip:a SIP/2.0\r\n" SDP_FRONT AUDIO "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:", "\r\n",
      "The key" },
    { "suite", "OPTIONS sip:a SIP/2.0\r\n" SDP_FRONT AUDIO "a=crypto:1 ", " inline:AAAA\r\n", "The crypto attribute" },
    { "key-in-place-of-suite", "OPTIONS sip:a SIP/2.0\r\n" SDP_FRONT AUDIO "a=crypto:1 ", " AAAA\r\n",
      "The crypto attribute" },
    { "candidate-address", "OPTIONS sip:a SIP/2.0\r\n" SDP_FRONT AUDIO "a=candidate:1 1 UDP 1 ", " 1 typ host\r\n",
      NULL },
    { "codec-name", "OPTIONS sip:a SIP/2.0\r\n" SDP_FRONT AUDIO "a=rtpmap:0 ", "/8000\r\n", NULL },
    { "bypass-id", "OPTIONS sip:a SIP/2.0\r\n" SDP_FRONT AUDIO "a=x-bypassid:", "\r\n", "The bypass id" },
    { "sdp-line", "OPTIONS sip:a SIP/2.0\r\n" SDP_FRONT, "\r\n", "The SDP line" },
};

static void test_long(gconstpointer data)
{
    const long_row *row = data;
    g_autofree char *letters = g_strnfill(LONG, 'A');
    g_autofree char *text = g_strconcat(row->front, letters, row->back, NULL);

    read_guarded(sf_text(text));
    SF_CHECK_PROBLEM(&message.problems, row->problem);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/limits/many", rows, test_many);
    g_test_add_func("/limits/many-problems", test_many_problems);
    g_test_add_func("/limits/deep-nesting", test_deep_nesting);
    g_test_add_func("/limits/parts-of-several", test_parts_of_several);
    SF_ADD_ROWS("/limits/long", longs, test_long);
    return g_test_run();
}
