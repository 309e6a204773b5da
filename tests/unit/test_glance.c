/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What is plain at a glance, and that nothing is that has more to say.
 */
#include "check.h"
#include "engine/glance.h"
#include "engine/sip/mark_scan.h"
#include "engine/text/limits.h"
#include "facts/facts.h"
#include "samples.h"

#define PARTIES "From: <sip:a@example.com>;tag=1\r\nTo: <sip:b@example.org>\r\n"
#define REST "Call-ID: c1@example.com\r\nCSeq: 1 INVITE\r\n"
#define SDP "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 30000 RTP/AVP 0 101\r\n"
#define INVITE "INVITE sip:b@example.org SIP/2.0\r\n"

typedef struct {
    const char *name;
    const char *text;
    bool is_plain;
} glance_row;

static const glance_row rows[] = {
    { "request", INVITE PARTIES REST "Max-Forwards: 70\r\n\r\n", true },
    { "response", "SIP/2.0 200 OK\r\n" PARTIES REST "Server: Asterisk PBX 18\r\n\r\n", true },
    { "compact", INVITE "f: <sip:a@example.com>;tag=1\r\nt: b@example.org\r\ni: 1\r\nCSeq: 1 INVITE\r\n\r\n", true },
    { "offer", INVITE PARTIES REST "Content-Type: application/sdp\r\n\r\n" SDP "a=rtpmap:0 PCMU/8000\r\n", true },
    { "reason", INVITE PARTIES REST "Reason: Q.850;cause=16\r\n\r\n", true },
    { "header-of-another-maker", INVITE PARTIES REST "X-Asterisk-HangupCause: 16\r\n\r\n", true },
    { "cut-off", INVITE PARTIES REST, false },
    { "no-call-id", INVITE PARTIES "CSeq: 1 INVITE\r\n\r\n", false },
    { "no-cseq", INVITE PARTIES "Call-ID: 1\r\n\r\n", false },
    { "two-call-ids", INVITE PARTIES REST "Call-ID: 2\r\n\r\n", false },
    { "two-lengths", INVITE PARTIES REST "Content-Length: 0\r\nContent-Length: 0\r\n\r\n", false },
    { "length-that-is-none", INVITE PARTIES REST "Content-Length: abc\r\n\r\n", false },
    { "fold", INVITE PARTIES REST "Subject: a\r\n b\r\n\r\n", false },
    { "blank-before-colon", INVITE PARTIES REST "Subject : a\r\n\r\n", false },
    { "line-without-colon", INVITE PARTIES REST "Subject\r\n\r\n", false },
    { "blanks-in-start-line", "INVITE  sip:b@example.org SIP/2.0\r\n" PARTIES REST "\r\n", false },
    { "other-version", "INVITE sip:b@example.org SIP/3.0\r\n" PARTIES REST "\r\n", false },
    { "code-that-is-none", "SIP/2.0 999 No\r\n" PARTIES REST "\r\n", false },
    { "key-in-start-line", "INVITE sip:b@example.org;a=crypto:1 SIP/2.0\r\n" PARTIES REST "\r\n", false },
    { "key-in-call-id", INVITE PARTIES "Call-ID: 1;inline:AAAA\r\nCSeq: 1 INVITE\r\n\r\n", false },
    { "product", INVITE PARTIES REST "User-Agent: RTCC/6.0.0.0 MediationServer\r\n\r\n", false },
    { "header", INVITE PARTIES REST "ms-keep-alive: UAC;hop-hop=yes\r\n\r\n", false },
    { "parameter", INVITE PARTIES REST "Via: SIP/2.0/TCP 192.0.2.1;ms-received-port=1\r\n\r\n", false },
    { "host", "INVITE sip:b@sip.pstnhub.microsoft.com SIP/2.0\r\n" PARTIES REST "\r\n", false },
    { "account", INVITE "From: <sip:a@outlook.com>;tag=1\r\nTo: <sip:b@example.org>\r\n" REST "\r\n", false },
    { "account-of-messenger", INVITE "From: <sip:a@example.com;wl-type=1>\r\nTo: <sip:b@example.org>\r\n" REST "\r\n",
      false },
    { "session-id", INVITE PARTIES REST "Session-ID: ab30317f1a784dc48ff824d0d3715d86\r\n\r\n", false },
    { "replaces", INVITE PARTIES REST "Replaces: 1;to-tag=1;from-tag=2\r\n\r\n", false },
    { "refer", "REFER sip:b@example.org SIP/2.0\r\n" PARTIES REST "Refer-To: <sip:c@example.com>\r\n\r\n", false },
    { "id-of-teams", INVITE PARTIES REST "Contact: <sip:sip.pstnhub.microsoft.com;x-c=0123456789>\r\n\r\n", false },
    { "body-of-another-type", INVITE PARTIES REST "Content-Type: text/plain\r\n\r\nhello", false },
    { "body-that-is-cut", INVITE PARTIES REST "Content-Type: application/sdp\r\nContent-Length: 300\r\n\r\n" SDP,
      false },
    { "body-without-type", INVITE PARTIES REST "\r\nhello", false },
    { "attribute", INVITE PARTIES REST "Content-Type: application/sdp\r\n\r\n" SDP "a=x-ssrc-range:1-1\r\n", false },
    { "scale", INVITE PARTIES REST "Content-Type: application/sdp\r\n\r\n" SDP "a=cryptoscale:1 client\r\n", false },
    { "codec", INVITE PARTIES REST "Content-Type: application/sdp\r\n\r\n" SDP "a=rtpmap:104 SILK_WB_V3/16000\r\n",
      false },
    { "satin", INVITE PARTIES REST "Content-Type: application/sdp\r\n\r\n" SDP "a=rtpmap:104 Satin/16000\r\n", false },
};

static bool is_plain(sf_slice text, const sf_knowledge *knowledge)
{
    sf_glance glance;

    return sf_glance_begin(text, &glance) &&
           sf_glance_is_plain(&glance, sf_mark_scan_covers(knowledge) ? NULL : knowledge);
}

static sf_message whole, brief;

static void check(sf_slice text, const sf_knowledge *knowledge, const char *name, size_t at)
{
    const char *fault = sf_glance_fault(text, knowledge, &whole, &brief);

    if (fault) {
        g_error("%s at %u: %s", name, (unsigned)at, fault);
    }
}

static void test_row(gconstpointer data)
{
    const glance_row *row = data;
    const sf_knowledge knowledge = sf_default_knowledge();
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));

    g_assert_true(is_plain(input.text, &knowledge) == row->is_plain);
    check(input.text, &knowledge, row->name, 0);
}

/** Each name in SDP that is a mark (attribute.c, sdp_attribute.c, codec.c), in either case. */
static void test_sdp_marks(void)
{
    static const char *const lines[] = {
        "x-ssrc-range:1-1",
        "x-mediabw:main-video send=1;recv=1",
        "x-devicecaps:audio:send,recv",
        "x-caps:1 1:1",
        "x-signaling-fb:x-message app",
        "x-bypassid:6a0b",
        "x-ms-SDP-diagnostics:1",
        "x-candidate-info:1",
        "x-source:a",
        "x-source-streamid:1",
        "x-plaza-msi-range:1",
        "x-bwealgorithm:1",
        "x-mediasettings:1",
        "x-data-protocol:sctp",
        "x-application-contentflow:1",
        "applicationsharing-contentflow:1",
        "x-applicationsharing-role:1",
        "rtcp-fb:* x-message app send:src",
        "x-candidate-ipv6:1",
        "cryptoscale:1 client",
        "remote-candidate:abcd",
        "rtpmap:97 x-msrta/8000",
        "rtpmap:97 SILK_V3/8000",
        "rtpmap:97 SILK_WB_V3/8000",
        "rtpmap:97 SILK_MB_V3/8000",
        "rtpmap:97 SILK_NB_V3/8000",
        "rtpmap:97 x-much3/8000",
        "rtpmap:97 SATIN/8000",
        "rtpmap:97 SATINFB/8000",
        "rtpmap:97 x-rtvc1/90000",
        "rtpmap:97 X-H264UC/90000",
        "rtpmap:97 x-ulpfecuc/90000",
        "rtpmap:97 x-data/90000",
        "rtpmap:97 X-MSAV1/90000",
    };
    const sf_knowledge knowledge = sf_default_knowledge();

    for (size_t i = 0; i < 2 * G_N_ELEMENTS(lines); i++) {
        const char *line = lines[i / 2];
        g_autofree char *other_case = i % 2 ? g_ascii_strup(line, -1) : g_ascii_strdown(line, -1);
        for (unsigned padding = 0; padding < 40; padding += 3) {
            g_autofree char *text = g_strdup_printf(INVITE PARTIES REST "Content-Type: application/sdp\r\n\r\n" SDP
                                                                        "a=fmtp:0 %*s\r\na=%s\r\n",
                                                    (int)padding, "0", other_case);
            if (is_plain(sf_text(text), &knowledge)) {
                g_error("a=%s is no mark at a glance", other_case);
            }
        }
    }
}

/** Providers that the user adds are compared with the parties. */
static void test_providers(void)
{
    static const sf_provider providers[] = { { SF_LITERAL_INIT("example.com"), SF_LITERAL_INIT(""),
                                               SF_NETWORK_SKYPE } };
    const sf_knowledge mine = { providers, G_N_ELEMENTS(providers), NULL, 0 };
    const sf_knowledge usual = sf_default_knowledge();
    const sf_slice theirs = sf_text(INVITE PARTIES REST "\r\n");
    const sf_slice others = sf_text("INVITE sip:b@example.org SIP/2.0\r\nFrom: <sip:a@example.net>;tag=1\r\n"
                                    "To: \"B\" <sip:b@example.org:5060;user=phone>\r\n" REST "\r\n");

    g_assert_true(sf_mark_scan_covers(&usual));
    g_assert_false(sf_mark_scan_covers(&mine));
    g_assert_false(is_plain(theirs, &mine));
    g_assert_true(is_plain(others, &mine));
    check(theirs, &mine, "provider", 0);
    check(others, &mine, "no provider", 0);
}

/** Every sample, cut at every byte; the plain ones with a byte replaced, at every place, and with a mark put in. */
/* What is behind the last header that the readers look at does not count for them. */
static void test_many_headers(void)
{
    GString *text = g_string_new(INVITE);
    sf_glance glance;

    for (unsigned i = 0; i < SF_MAX_HEADERS - 4; i++) {
        g_string_append(text, "X: 1\r\n");
    }
    gsize before = text->len;
    g_string_append(text, PARTIES REST "\r\n");
    sf_slice most = { text->str, text->len };
    g_assert_true(sf_glance_begin(most, &glance) && sf_glance_is_plain(&glance, NULL));
    g_string_insert(text, (gssize)before, "X: 1\r\n");
    sf_slice one_too_many = { text->str, text->len };
    g_assert_true(sf_glance_begin(one_too_many, &glance));
    g_assert_false(sf_glance_is_plain(&glance, NULL));
    g_string_free(text, TRUE);
}

/** More lines that calls need than there is room for. */
static void test_many_contacts(void)
{
    enum { OTHERS = 4 }; /* From, To, Call-ID, CSeq */
    g_autoptr(GString) text = g_string_new(INVITE PARTIES REST);
    sf_glance glance;

    for (unsigned i = 0; i < SF_MAX_GLANCE_LINES - OTHERS + 1; i++) {
        bool is_too_many = i == SF_MAX_GLANCE_LINES - OTHERS;
        g_string_append(text, "Contact: <sip:a@192.0.2.1>\r\n");
        g_autofree char *message = g_strconcat(text->str, "\r\n", NULL);
        g_assert_true(sf_glance_begin(sf_text(message), &glance));
        g_assert_true(sf_glance_is_plain(&glance, NULL) != is_too_many);
    }
}

/** The topmost Via of a message with SDP takes a place as well. */
static void test_contacts_and_via(void)
{
    enum { OTHERS = 6 }; /* From, To, Call-ID, CSeq, Content-Type, Via */
    static const char body[] = "Content-Type: application/sdp\r\n\r\nv=0\r\n";
    g_autoptr(GString) text = g_string_new(INVITE "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n" PARTIES REST);
    sf_glance glance;

    for (unsigned i = 0; i < SF_MAX_GLANCE_LINES - OTHERS + 1; i++) {
        bool is_too_many = i == SF_MAX_GLANCE_LINES - OTHERS;
        g_string_append(text, "Contact: <sip:a@192.0.2.1>\r\n");
        g_autofree char *message = g_strconcat(text->str, body, NULL);
        g_assert_true(sf_glance_begin(sf_text(message), &glance));
        g_assert_true(sf_glance_is_plain(&glance, NULL) != is_too_many);
    }
}

static void test_samples(void)
{
    static const char *const pieces[] = { ":",         ";",
                                          "@",         "\r\n",
                                          "\r",        "\n",
                                          " ",         "=",
                                          "%69nline:", "a=crypto:1 inline:",
                                          "ms-",       "\r\nms-x: 1\r\n",
                                          "x-",        "skype:a",
                                          "\r\n\r\n" };
    const sf_slice own = SF_LITERAL("example.com");
    const sf_knowledge knowledge = { sf_default_providers, sf_default_provider_count, &own, 1 };
    g_autoptr(GPtrArray) samples = sf_samples_load();
    unsigned plain = 0;

    for (guint i = 0; i < samples->len; i++) {
        const sf_sample *sample = samples->pdata[i];
        check(sample->text, &knowledge, sample->path, 0);
        if (!is_plain(sample->text, &knowledge)) {
            continue;
        }
        plain++;
        for (size_t at = 0; at <= sample->text.length; at++) {
            const char *piece = pieces[at % G_N_ELEMENTS(pieces)];
            g_autoptr(GString) text = g_string_new_len(sample->text.text, (gssize)at);
            check(sf_slice_head(sample->text, at), &knowledge, sample->path, at);
            g_string_append(text, piece);
            g_string_append_len(text, sample->text.text + at, (gssize)(sample->text.length - at));
            check((sf_slice){ text->str, text->len }, &knowledge, sample->path, at);
            g_string_erase(text, (gssize)(at + strlen(piece)), at < sample->text.length);
            check((sf_slice){ text->str, text->len }, &knowledge, sample->path, at);
        }
    }
    g_assert_cmpuint(plain, >, 10);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/glance", rows, test_row);
    g_test_add_func("/glance/sdp-marks", test_sdp_marks);
    g_test_add_func("/glance/providers", test_providers);
    g_test_add_func("/glance/many-headers", test_many_headers);
    g_test_add_func("/glance/many-contacts", test_many_contacts);
    g_test_add_func("/glance/contacts-and-via", test_contacts_and_via);
    g_test_add_func("/glance/samples", test_samples);
    return g_test_run();
}
