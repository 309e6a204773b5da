/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The decision table of an answer: what each stream of it means beside the
 * same stream of the offer, and what all of them mean together.
 */
#include "call_script.h"
#include "check.h"

typedef struct {
    const char *name;
    const char *offer; /**< session as in call_script.h; NULL if it was not seen */
    const char *answer;
    const char *streams; /**< as in call_script.h */
    sf_verdict verdict;
} verdict_row;

#define KEYS "s1,c2,c3"

static const verdict_row verdicts[] = {
    { "srtp", "audio:AVP:" KEYS, "audio:SAVP:c2", "1/2", SF_VERDICT_SRTP },
    { "srtp-required", "audio:SAVP:c2", "audio:SAVP:c2", "1/2", SF_VERDICT_SRTP },
    { "srtp-over-tcp-words", "data:SAVP:c2", "data:SAVP:c2", "1/2", SF_VERDICT_SRTP },
    { "scale-srtp", "audio:AVP:" KEYS, "audio:SAVP:s1", "2/1", SF_VERDICT_SCALE_SRTP },
    { "clear-after-offer", "audio:AVP:" KEYS, "audio:AVP", "4!", SF_VERDICT_CLEAR_AFTER_OFFER },
    { "clear-though-required", "audio:SAVP:c2", "audio:AVP", "4!", SF_VERDICT_CLEAR_AFTER_OFFER },
    { "clear-after-fingerprint", "audio:SAVP:fp", "audio:AVP", "4!", SF_VERDICT_CLEAR_AFTER_OFFER },
    { "clear", "audio:AVP", "audio:AVP", "3", SF_VERDICT_CLEAR },
    { "clear-offer-not-seen", NULL, "audio:AVP", "3", SF_VERDICT_CLEAR },
    { "srtp-offer-not-seen", NULL, "audio:SAVP:c3", "1/3", SF_VERDICT_SRTP },
    { "osrtp", "audio:AVP:c2", "audio:AVP:c2", "1/2p", SF_VERDICT_SRTP },
    { "osrtp-offer-not-seen", NULL, "audio:AVP:c2", "1/2", SF_VERDICT_SRTP },
    { "osrtp-that-nobody-offered", "audio:AVP", "audio:AVP:c2", "3t", SF_VERDICT_CLEAR },
    { "dtls", "audio:SAVP:fp", "audio:SAVP:fp", "5", SF_VERDICT_DTLS_SRTP },
    { "dtls-profile", "audio:TLS:fp", "audio:TLS:fp", "5", SF_VERDICT_DTLS_SRTP },
    { "dtls-beside-keys", "audio:SAVP:c2,fp", "audio:SAVP:fp", "5", SF_VERDICT_DTLS_SRTP },
    { "fingerprint-that-nobody-offered", "audio:AVP", "audio:AVP:fp", "3", SF_VERDICT_CLEAR },
    { "savp-without-any-key", "audio:AVP:" KEYS, "audio:SAVP", "12n", SF_VERDICT_NOT_COMPATIBLE },
    { "legacy-one-requires", "audio:AVP:ko", "audio:AVP:kr", "8", SF_VERDICT_LEGACY },
    { "legacy-the-other-requires", "audio:AVP:kr", "audio:AVP:ko", "8", SF_VERDICT_LEGACY },
    { "legacy-nobody-requires", "audio:AVP:ko", "audio:AVP:ko", "3o", SF_VERDICT_CLEAR },
    { "legacy-offer-not-seen", NULL, "audio:AVP:kr", "8", SF_VERDICT_LEGACY },
    { "legacy-nobody-offered", "audio:AVP", "audio:AVP:kr", "3l", SF_VERDICT_CLEAR },
    { "refused", "audio:AVP:" KEYS, "audio:SAVP0", "6", SF_VERDICT_NO_MEDIA },
    { "refused-with-a-key", "audio:AVP:" KEYS, "audio:SAVP0:c9", "6", SF_VERDICT_NO_MEDIA },
    { "instant-messages", "message:sip", "message:sip", "6", SF_VERDICT_NO_MEDIA },
    { "clear-line-beside-a-refused-one-with-keys", "audio:SAVP:c1 audio:AVP", "audio:SAVP0 audio:AVP", "6 4!",
      SF_VERDICT_CLEAR_AFTER_OFFER },
    { "clear-line-beside-refused-video", "audio:AVP video:SAVP:c1", "audio:AVP video:SAVP0", "3 6", SF_VERDICT_CLEAR },
    { "dtls-nobody-starts", "audio:TLS:fp", "audio:TLS:fp-actpass", "12h", SF_VERDICT_NOT_COMPATIBLE },
    { "dtls-both-wait", "audio:TLS:fp-passive", "audio:TLS:fp-passive", "12h", SF_VERDICT_NOT_COMPATIBLE },
    { "dtls-both-start", "audio:TLS:fp-active", "audio:TLS:fp-active", "12H", SF_VERDICT_NOT_COMPATIBLE },
    { "dtls-answerer-waits", "audio:TLS:fp", "audio:TLS:fp-passive", "5", SF_VERDICT_DTLS_SRTP },
    { "dtls-offerer-starts", "audio:TLS:fp-active", "audio:TLS:fp-passive", "5", SF_VERDICT_DTLS_SRTP },
    { "dtls-without-answered-fingerprint", "audio:TLS:fp", "audio:TLS", "12f", SF_VERDICT_NOT_COMPATIBLE },
    { "dtls-without-offered-fingerprint", "audio:TLS", "audio:TLS:fp", "12k", SF_VERDICT_NOT_COMPATIBLE },
    { "dtls-answered-with-a-key", "audio:TLS:fp", "audio:SAVP:c1", "12k", SF_VERDICT_NOT_COMPATIBLE },
    { "savp-key-that-nobody-offered", "audio:AVP", "audio:SAVP:c1", "12k", SF_VERDICT_NOT_COMPATIBLE },
    { "savp-key-not-answered", "audio:SAVP:c1", "audio:SAVP", "12n", SF_VERDICT_NOT_COMPATIBLE },
    { "unencrypted-srtp", "audio:SAVP:u1", "audio:SAVP:u1", "9/1", SF_VERDICT_UNENCRYPTED_SRTP },
    { "fax", "image:fax", "image:fax", "11", SF_VERDICT_OTHER_CLEAR },
    { "fax-after-audio", "audio:SAVP:c1 image:fax", "audio:SAVP0 image:fax", "6 11", SF_VERDICT_OTHER_CLEAR },
    { "client-answered-by-client", "audio:AVP:" KEYS, "audio:SAVP:w1", "12/1w", SF_VERDICT_NOT_COMPATIBLE },
    { "rtp-inside-tls", "audio:TLSRTP", "audio:TLSRTP", "10", SF_VERDICT_RTP_IN_TLS },
    { "bundle-with-one-fingerprint", "audio:SAVP:fp,mid=0 video:SAVP:fp,mid=1", "audio:SAVP:fp,mid=0 video:SAVP:mid=1",
      "5 5", SF_VERDICT_DTLS_SRTP },
    { "bundle-with-one-key", "audio:SAVP:c1,mid=0 video:SAVP:mid=1", "audio:SAVP:c1,mid=0 video:SAVP:mid=1", "1/1 1/1",
      SF_VERDICT_SRTP },
    { "rejected-yet-keyed", "audio:AVP:c1,rejected", "audio:SAVP:c1", "1/1", SF_VERDICT_SRTP },
    { "no-streams", "audio:AVP", "", NULL, SF_VERDICT_NO_MEDIA },

    /* Other words of the same profiles */
    { "feedback-profile", "audio:SAVPF:c1", "audio:SAVPF:c1", "1/1", SF_VERDICT_SRTP },
    { "feedback-profile-by-fingerprint", "audio:SAVPF:fp", "audio:SAVPF:fp", "5", SF_VERDICT_DTLS_SRTP },
    { "sharing-over-tcp", "applicationsharing:TAVP:" KEYS, "applicationsharing:TSAVP:c2", "1/2", SF_VERDICT_SRTP },
    { "sharing-over-tcp-in-clear", "applicationsharing:TAVP", "applicationsharing:TAVP", "3", SF_VERDICT_CLEAR },
    { "key-with-mki", "audio:AVP:s1,i2,c3", "audio:SAVP:i2", "1/2", SF_VERDICT_SRTP },
    { "key-without-the-mki", "audio:AVP:s1,i2,c3", "audio:SAVP:c3", "1/3", SF_VERDICT_SRTP },
    { "inactive-yet-keyed", "audio:SAVP:c1,inactive", "audio:SAVP:c1,inactive", "1/1", SF_VERDICT_SRTP },
    /* What both sides must have */
    { "dtls-profile-with-a-crypto-line-alone", "audio:TLS:fp", "audio:TLS:c1", "12f", SF_VERDICT_NOT_COMPATIBLE },
    { "dtls-profile-with-both", "audio:TLS:fp,c1", "audio:TLS:fp,c9", "5", SF_VERDICT_DTLS_SRTP },
    { "both-offered-both-answered", "audio:SAVP:fp,c1", "audio:SAVP:fp,c1", "1/1", SF_VERDICT_SRTP },
    { "fingerprint-offered-both-answered", "audio:SAVP:fp", "audio:SAVP:fp,c1", "5", SF_VERDICT_DTLS_SRTP },
    { "dtls-best-effort", "audio:AVP:fp", "audio:AVP:fp", "5", SF_VERDICT_DTLS_SRTP },
    { "dtls-best-effort-declined", "audio:AVP:fp", "audio:AVP", "4!", SF_VERDICT_CLEAR_AFTER_OFFER },
    { "nobody-begins-for-now", "audio:TLS:fp", "audio:TLS:fp-holdconn", "12h", SF_VERDICT_NOT_COMPATIBLE },
    { "no-setup-in-the-answer", "audio:TLS:fp", "audio:TLS:fp-", "5", SF_VERDICT_DTLS_SRTP },
    { "capability-taken", "audio:AVP:cap", "audio:SAVP:c1", "1/1", SF_VERDICT_SRTP },
    { "capability-declined", "audio:AVP:cap", "audio:AVP", "4!", SF_VERDICT_CLEAR_AFTER_OFFER },
    { "mikey", "audio:SAVP:mikey", "audio:SAVP:mikey", "1", SF_VERDICT_SRTP },
    { "mikey-best-effort", "audio:AVP:mikey", "audio:AVP:mikey", "1", SF_VERDICT_SRTP },
    { "mikey-that-nobody-offered", "audio:SAVP:c1", "audio:SAVP:mikey", "12k", SF_VERDICT_NOT_COMPATIBLE },
    { "mikey-answered-with-a-key", "audio:SAVP:mikey", "audio:SAVP:c1", "12k", SF_VERDICT_NOT_COMPATIBLE },
    { "suite-that-nobody-knows", "audio:SAVP:q1", "audio:SAVP:q1", "1/1", SF_VERDICT_SRTP },
    { "suite-that-nobody-knows-declined", "audio:AVP:q1", "audio:AVP", "4!", SF_VERDICT_CLEAR_AFTER_OFFER },
    { "unencrypted-by-the-offerer-alone", "audio:SAVP:u1", "audio:SAVP:c1", "9/1", SF_VERDICT_UNENCRYPTED_SRTP },
    { "unencrypted-line-not-chosen", "audio:SAVP:u1,c2", "audio:SAVP:c2", "1/2", SF_VERDICT_SRTP },
    { "unencrypted-by-the-answerer-alone", "audio:SAVP:c1", "audio:SAVP:u1", "9/1", SF_VERDICT_UNENCRYPTED_SRTP },
    { "two-lines-answered-first-not-offered", "audio:SAVP:c1,c2", "audio:SAVP:c7,c2", "1/2m", SF_VERDICT_SRTP },
    { "two-lines-answered", "audio:SAVP:c1,c2", "audio:SAVP:c1,c2", "1/1m", SF_VERDICT_SRTP },
    { "a-line-of-each-kind-answered", "audio:AVP:s1,c2", "audio:SAVP:s1,c2", "2/1", SF_VERDICT_SCALE_SRTP },
    { "zrtp-on-both-sides", "audio:AVP:zrtp", "audio:AVP:zrtp", "15", SF_VERDICT_UNDETERMINED },
    { "zrtp-of-the-answer", "audio:AVP", "audio:AVP:zrtp", "15", SF_VERDICT_UNDETERMINED },
    { "zrtp-of-the-offer-alone", "audio:AVP:zrtp", "audio:AVP", "3", SF_VERDICT_CLEAR },
    { "zrtp-beside-a-key", "audio:SAVP:c1,zrtp", "audio:SAVP:c1,zrtp", "1/1", SF_VERDICT_SRTP },
    { "server-answered-by-server", "audio:AVP:w1", "audio:SAVP:s1", "12/1w", SF_VERDICT_NOT_COMPATIBLE },
    /* Lines that are turned off */
    { "off-in-the-offer-already", "audio:SAVP0:c1 audio:AVP", "audio:SAVP0 audio:AVP", "6 3", SF_VERDICT_CLEAR },
    { "off-in-the-offer-answered-with-keys", "audio:SAVP0:c1", "audio:SAVP:c1", "12k", SF_VERDICT_NOT_COMPATIBLE },
    { "both-choices-taken", "audio:SAVP:c1 audio:AVP", "audio:SAVP:c1 audio:AVP", "1/1 3", SF_VERDICT_MIXED },
    { "first-choice-taken", "audio:SAVP:c1 audio:AVP", "audio:SAVP:c1 audio:AVP0", "1/1 6", SF_VERDICT_SRTP },
    /* BUNDLE */
    { "bundle-only-has-port-zero", "audio:SAVP:fp,mid=0 video:SAVP0:mid=1,bundle-only",
      "audio:SAVP:fp,mid=0 video:SAVP:mid=1", "5 5", SF_VERDICT_DTLS_SRTP },
    { "bundle-answered-without-the-second", "audio:SAVP:c1,mid=0 video:SAVP:mid=1", "audio:SAVP:c1,mid=0 video:SAVP0",
      "1/1 6", SF_VERDICT_SRTP },
    { "bundle-whose-first-is-refused", "audio:SAVP:c1,mid=0 video:SAVP:c2,mid=1",
      "audio:SAVP0:mid=0 video:SAVP:c2,mid=1", "6 1/2", SF_VERDICT_SRTP },
    /* What is no RTP */
    { "data-channel", "application:sctp:fp", "application:sctp:fp", "13", SF_VERDICT_IN_DTLS },
    { "data-channel-of-teams", "x-data:SAVP:fp,sctp-port", "x-data:SAVP:fp,sctp-port", "13", SF_VERDICT_IN_DTLS },
    { "data-channel-without-fingerprint", "application:sctp:fp", "application:sctp", "12f", SF_VERDICT_NOT_COMPATIBLE },
    { "data-channel-beside-audio", "audio:SAVP:c1 application:sctp:fp", "audio:SAVP:c1 application:sctp:fp", "1/1 13",
      SF_VERDICT_SRTP },
    { "data-channel-beside-clear-audio", "audio:AVP application:sctp:fp", "audio:AVP application:sctp:fp", "3 13",
      SF_VERDICT_CLEAR },
    { "fax-inside-dtls", "image:dfax:fp", "image:dfax:fp", "13", SF_VERDICT_IN_DTLS },
    { "fax-beside-audio", "audio:AVP image:fax", "audio:AVP image:fax", "3 11", SF_VERDICT_MIXED },
    { "messages-by-msrp", "message:msrp", "message:msrp", "11", SF_VERDICT_OTHER_CLEAR },
    { "messages-by-msrp-in-tls", "message:msrps", "message:msrps", "14", SF_VERDICT_IN_TLS },
    { "floor-control-is-no-media", "audio:SAVP:c1 application:bfcp", "audio:SAVP:c1 application:bfcp", "1/1 6",
      SF_VERDICT_SRTP },
    { "transport-that-nobody-knows", "audio:odd", "audio:odd", "15", SF_VERDICT_UNDETERMINED },
    { "transport-that-nobody-knows-beside-audio", "audio:SAVP:c1 video:odd", "audio:SAVP:c1 video:odd", "1/1 15",
      SF_VERDICT_MIXED },

    /* Tags that were not offered (RFC 4568 5.1.2) */
    { "tag-not-offered", "audio:AVP:" KEYS, "audio:SAVP:c7", "16t", SF_VERDICT_TAG_NOT_OFFERED },
    { "tag-not-offered-where-srtp-is-required", "audio:SAVP:c1", "audio:SAVP:c2", "16t", SF_VERDICT_TAG_NOT_OFFERED },
    { "tag-not-offered-in-osrtp", "audio:AVP:c1", "audio:AVP:c2", "16t", SF_VERDICT_TAG_NOT_OFFERED },
    { "scale-tag-not-offered", "audio:AVP:" KEYS, "audio:SAVP:s7", "16t", SF_VERDICT_TAG_NOT_OFFERED },
    { "tag-not-offered-without-encryption", "audio:SAVP:u1", "audio:SAVP:u2", "16t", SF_VERDICT_TAG_NOT_OFFERED },
    { "tag-of-another-stream", "audio:AVP:c2 video:AVP:c4", "audio:SAVP:c4 video:SAVP:c4", "16t 1/4",
      SF_VERDICT_MIXED },
    { "tag-of-the-stream-beside-one-refused", "audio:SAVP:c2 video:SAVP:c4", "audio:SAVP0 video:SAVP:c4", "6 1/4",
      SF_VERDICT_SRTP },
    { "tag-not-offered-of-a-bundle", "audio:SAVP:c1,mid=0 video:SAVP:mid=1", "audio:SAVP:c2,mid=0 video:SAVP:mid=1",
      "16t 16t", SF_VERDICT_TAG_NOT_OFFERED },
    { "no-line-of-several-offered", "audio:SAVP:c1,c2", "audio:SAVP:c7,c8", "16tm", SF_VERDICT_TAG_NOT_OFFERED },
    { "last-line-of-several-offered", "audio:SAVP:c1,c2", "audio:SAVP:c7,c8,c2", "1/2m", SF_VERDICT_SRTP },
    { "line-of-one-kind-not-offered", "audio:AVP:s1,c2", "audio:SAVP:s7,c2", "1/2", SF_VERDICT_SRTP },
    { "tag-where-the-offer-was-not-seen", NULL, "audio:SAVP:c7", "1/7", SF_VERDICT_SRTP },
    { "tag-of-a-capability", "audio:AVP:cap", "audio:SAVP:c7", "1/7", SF_VERDICT_SRTP },
    { "tag-of-the-second-alternative", "audio:AVP:c2|audio:SAVP:c3", "audio:SAVP:c3", "1/3", SF_VERDICT_SRTP },
    { "tag-of-the-other-scheme", "audio:AVP:" KEYS, "audio:SAVP:c1", "12s", SF_VERDICT_NOT_COMPATIBLE },
    { "scale-tag-of-the-other-scheme", "audio:AVP:" KEYS, "audio:SAVP:s2", "12s", SF_VERDICT_NOT_COMPATIBLE },
    { "key-of-the-offer", "audio:AVP:" KEYS, "audio:SAVP:c2@1", "1/2r", SF_VERDICT_SRTP },
    { "key-of-another-stream", "audio:AVP:c2 video:AVP:c4", "audio:SAVP:c2 video:SAVP:c4@1", "1/2 1/4r",
      SF_VERDICT_SRTP },

    { "video-refused", "audio:AVP:" KEYS " video:AVP:c2", "audio:SAVP:c2 video:SAVP0", "1/2 6", SF_VERDICT_SRTP },
    { "mixed", "audio:AVP:" KEYS " video:AVP:c2", "audio:SAVP:c2 video:AVP", "1/2 4!", SF_VERDICT_MIXED },
    { "mixed-of-three", "audio:AVP video:AVP:c2 data:AVP", "audio:AVP video:AVP data:AVP", "3 4! 3", SF_VERDICT_MIXED },
    { "messages-beside-audio", "message:sip audio:AVP:c2", "message:sip audio:SAVP:c2", "6 1/2", SF_VERDICT_SRTP },
    { "more-streams-than-offered", "audio:AVP:c2", "audio:SAVP:c2 video:AVP", "1/2 3", SF_VERDICT_MIXED },
    { "lines-of-both-alternatives", "audio:AVP:c2|audio:AVP:c3", "audio:SAVP:c2", "1/2", SF_VERDICT_SRTP },
};

static void test_verdict(gconstpointer data)
{
    const verdict_row *row = data;
    sf_script_step invite = { .line = "INVITE", .cseq = 1, .session = row->offer };
    sf_script_step ok = { .line = "200 INVITE", .fork = "far", .cseq = 1, .session = row->answer };
    sf_script_step trying = { .line = "100 INVITE", .cseq = 1 };
    sf_stage *stage = sf_stage_new();

    sf_stage_play(stage, row->offer ? &invite : &trying);
    const sf_call_note *note = sf_stage_play(stage, &ok);
    g_autofree char *streams = sf_stage_streams(note);
    g_assert_cmpstr(streams, ==, row->streams);
    g_assert_cmpuint(note->verdict, ==, row->verdict);
    g_assert_cmpint(note->role, ==, SF_ROLE_ANSWER);
    g_assert_cmpint(note->lacks_offer, ==, row->offer == NULL);
    sf_stage_free(stage);
}

/** RTP/AVP kept in the answer is a note only where the offerer is known to be Microsoft's ([MS-SDPEXT] 3.1.5.1). */
static void test_kept_profile(void)
{
    static const struct {
        const char *agent;
        const char *offer;
        unsigned faults;
    } rows[] = {
        { NULL, "audio:AVP:c2", SF_ANSWER_KEEPS_PROFILE },
        { "RTCC/6.0.0.0 MediationServer", "audio:AVP:c2", SF_ANSWER_KEEPS_PROFILE },
        { "FreeSWITCH", "audio:AVP:c2", 0 },
        { "FreeSWITCH", "audio:AVP:s1,c2", SF_ANSWER_KEEPS_PROFILE },
        { "Acme RTC/5.0", "audio:AVP:c2", 0 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        sf_script_step invite = { .line = "INVITE", .cseq = 1, .session = rows[i].offer, .agent = rows[i].agent };
        sf_script_step ok = { .line = "200 INVITE", .fork = "far", .cseq = 1, .session = "audio:AVP:c2" };
        sf_stage *stage = sf_stage_new();
        sf_stage_play(stage, &invite);
        const sf_call_note *note = sf_stage_play(stage, &ok);
        g_assert_cmpuint(note->verdict, ==, SF_VERDICT_SRTP);
        g_assert_cmpuint(note->streams[0].faults, ==, rows[i].faults);
        sf_stage_free(stage);
    }
}

/** The row of the call names the live streams and the first suite. */
static void test_row(void)
{
    sf_script_step invite = { .line = "INVITE",
                              .cseq = 1,
                              .session = "audio:AVP:c2 video:AVP:c3 applicationsharing:AVP" };
    sf_script_step ok = { .line = "200 INVITE",
                          .fork = "far",
                          .cseq = 1,
                          .session = "audio:AVP0 video:SAVP:c3 applicationsharing:AVP" };
    sf_stage *stage = sf_stage_new();

    const sf_call *call = sf_stage_play(stage, &invite)->call;
    g_assert_cmpuint(call->agreed.kind_count, ==, 3);
    g_assert_null(call->agreed.suite);
    sf_stage_play(stage, &ok);
    g_assert_cmpuint(call->agreed.kind_count, ==, 2);
    g_assert_cmpstr(sf_media_kind_name(call->agreed.kinds[0]), ==, "video");
    g_assert_cmpstr(sf_media_kind_name(call->agreed.kinds[1]), ==, "applicationsharing");
    SF_CHECK_SLICE(call->agreed.suite->name, "AES_CM_128_HMAC_SHA1_80");
    sf_stage_free(stage);
}

static void test_kinds(void)
{
    g_assert_cmpstr(sf_media_kind_name(sf_media_kind_of(sf_text("AUDIO"))), ==, "audio");
    g_assert_cmpstr(sf_media_kind_name(sf_media_kind_of(sf_text("x-ms-message"))), ==, "message");
    g_assert_cmpstr(sf_media_kind_name(sf_media_kind_of(sf_text("other"))), ==, "other");
    g_assert_cmpstr(sf_media_kind_name(sf_media_kind_of(sf_text("audi"))), ==, "other");
    g_assert_cmpstr(sf_media_kind_name(200), ==, "other");
}

/** A stream whose end is missing, as Content-Length says, may have had its keys there: nothing is known of it. */
static void test_cut_answer(void)
{
#define HEADERS "SIP/2.0 200 OK\r\nCSeq: 1 INVITE\r\nContent-Type: application/sdp\r\nContent-Length: "
#define LINES "\r\n\r\nv=0\r\nc=IN IP4 192.0.2.1\r\nm=audio 50000 RTP/SAVP 0\r\n"
    static const struct {
        const char *text;
        sf_verdict verdict;
        unsigned misfits;
    } rows[] = {
        { HEADERS "51" LINES, SF_VERDICT_NOT_COMPATIBLE, SF_MISFIT_NO_KEY },
        { HEADERS "500" LINES, SF_VERDICT_UNDETERMINED, 0 },
    };
    const sf_knowledge knowledge = sf_default_knowledge();
    sf_message *message = g_new0(sf_message, 1);

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        unsigned misfits = UINT_MAX;
        g_assert_cmpint(sf_message_read(sf_text(rows[i].text), &knowledge, SF_READ_ALL, message), ==, SF_OK);
        g_assert_cmpuint(message->media.stream_count, ==, 1);
        g_assert_cmpint(sf_stream_verdict(&message->media.streams[0], NULL, SF_OFFERED_CRYPTO, &misfits), ==,
                        rows[i].verdict);
        g_assert_cmpuint(misfits, ==, rows[i].misfits);
    }
    g_free(message);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/call-verdict", verdicts, test_verdict);
    g_test_add_func("/call-verdict-of-a-kept-profile", test_kept_profile);
    g_test_add_func("/call-row", test_row);
    g_test_add_func("/call-kinds", test_kinds);
    g_test_add_func("/call-verdict/cut-answer", test_cut_answer);
    return g_test_run();
}
