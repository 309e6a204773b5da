/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Facts of bodies, and the judgment of a quality report.
 */
#include "check.h"
#include "engine/body/document.h"
#include "engine/body/presence.h"
#include "engine/body/quality.h"
#include "engine/body/setting.h"

typedef struct {
    sf_fact_id id;
    unsigned level;
    const char *text;
} expected_fact;

typedef struct {
    const char *name;
    const char *type;
    const char *text;
    const char *root;
    expected_fact facts[12];
} document_row;

static const document_row rows[] = {
    { "named-only", "application/adrl+xml", "<adhoclist><x/></adhoclist>", "adhoclist", { { SF_FACT_NONE, 0, NULL } } },
    { "kind-without-facts",
      "application/ms-conf-invite+xml",
      "<Conferencing version=\"2.0\"><focus-uri>sip:a@example.com</focus-uri></Conferencing>",
      "Conferencing",
      { { SF_FACT_NONE, 0, NULL } } },
    { "type-in-any-case", "Application/ADRL+XML", "<a/>", "a", { { SF_FACT_NONE, 0, NULL } } },
    { "quality-session",
      "application/vq-rtcpxr+xml",
      "<VQReportEvent><VQSessionReport SessionId=\"a;from-tag=1\"><DialogInfo CallId='c' FromTag='1' ToTag='2'/>"
      "</VQSessionReport></VQReportEvent>",
      "VQReportEvent",
      { { SF_FACT_QUALITY_SESSION, 0, "a;from-tag=1" },
        { SF_FACT_CALL_ID, 1, "c" },
        { SF_FACT_FROM_TAG, 1, "1" },
        { SF_FACT_TO_TAG, 1, "2" } } },
    { "quality-streams",
      "application/vq-rtcpxr+xml",
      "<v:VQReportEvent xmlns:v=\"u\"><v:VQSessionReport><v:MediaLine Label=\"main-audio\"><v:InboundStream><v:Network>"
      "<v:Jitter><v:InterArrival>42</v:InterArrival></v:Jitter></v:Network></v:InboundStream><v:OutboundStream/>"
      "</v:MediaLine></v:VQSessionReport></v:VQReportEvent>",
      "VQReportEvent",
      { { SF_FACT_QUALITY_SESSION, 0, "VQSessionReport" },
        { SF_FACT_QUALITY_LINE, 1, "main-audio" },
        { SF_FACT_QUALITY_STREAM, 2, "InboundStream" },
        { SF_FACT_QUALITY_JITTER, 3, "42" },
        { SF_FACT_QUALITY_STREAM, 2, "OutboundStream" } } },
    { "quality-lines",
      "application/vq-rtcpxr",
      "VQSessionReport: CallTerm\r\nCallID: c@example.com\r\nLocalMetrics:\r\nPacketLoss:NLR=5.0 JDR=2.0\r\n"
      "Delay:RTD=200 IAJ=2\r\nRemoteMetrics:\r\nQualityEst:MOSLQ=4.2\r\n"
      "DialogID:d@example.com;to-tag=t1; from-tag=f2;other=x;to-tag=\r\n",
      NULL,
      { { SF_FACT_QUALITY_KIND, 0, "CallTerm" },
        { SF_FACT_CALL_ID, 0, "c@example.com" },
        { SF_FACT_QUALITY_STREAM, 0, "LocalMetrics" },
        { SF_FACT_QUALITY_LOSS_PERCENT, 1, "5.0" },
        { SF_FACT_QUALITY_DISCARDED_PERCENT, 1, "2.0" },
        { SF_FACT_QUALITY_ROUND_TRIP, 1, "200" },
        { SF_FACT_QUALITY_JITTER, 1, "2" },
        { SF_FACT_QUALITY_STREAM, 0, "RemoteMetrics" },
        { SF_FACT_QUALITY_LISTENING_MOS, 1, "4.2" },
        { SF_FACT_TO_TAG, 0, "t1" },
        { SF_FACT_FROM_TAG, 0, "f2" } } },
    { "metrics-of-others",
      "application/vq-rtcpxr",
      "VQSessionReport\r\nLocalMetrics:\r\nPacketLoss:ABC=1 NLR=5.0 NLR\r\nOther:NLR=7\r\n",
      NULL,
      { { SF_FACT_QUALITY_KIND, 0, "VQSessionReport" },
        { SF_FACT_QUALITY_STREAM, 0, "LocalMetrics" },
        { SF_FACT_QUALITY_LOSS_PERCENT, 1, "5.0" } } },
    { "dialog-of-rfc-6035",
      "application/vq-rtcpxr",
      "VQIntervalReport\r\nDialogID: d@example.com\r\n",
      NULL,
      { { SF_FACT_QUALITY_KIND, 0, "VQIntervalReport" }, { SF_FACT_CALL_ID, 0, "d@example.com" } } },
    { "error-report",
      "application/msrtc-reporterror+xml",
      "<reportError><error callId=\"c\" responseCode=\"504\" requestType=\"INVITE\"><diagHeader>1008;reason=&quot;x&quot;"
      "</diagHeader><progressReports><progressReport><diagHeader>12006</diagHeader></progressReport></progressReports>"
      "</error></reportError>",
      "reportError",
      { { SF_FACT_ERROR, 0, "INVITE" },
        { SF_FACT_CALL_ID, 1, "c" },
        { SF_FACT_ERROR_RESPONSE, 1, "504" },
        { SF_FACT_ERROR_METHOD, 1, "INVITE" },
        { SF_FACT_ERROR_DIAGNOSTICS, 1, "1008;reason=&quot;x&quot;" },
        { SF_FACT_ERROR_PROGRESS, 1, "12006" } } },
    { "command",
      "application/cccp+xml",
      "<response requestId=\"3\" code=\"failure\"><addUser reason=\"forbidden\"><user entity=\"sip:a@example.com\"><roles>"
      "<entry>attendee</entry></roles></user></addUser></response>",
      "response",
      { { SF_FACT_CONFERENCE_REQUEST_ID, 0, "3" },
        { SF_FACT_CONFERENCE_CODE, 0, "failure" },
        { SF_FACT_CONFERENCE_COMMAND, 0, "addUser" },
        { SF_FACT_CONFERENCE_REASON, 1, "forbidden" },
        { SF_FACT_CONFERENCE_USER, 1, "sip:a@example.com" },
        { SF_FACT_CONFERENCE_ROLE, 2, "attendee" } } },
    { "relay-credentials",
      "application/msrtc-media-relay-auth+xml",
      "<response reasonPhrase=\"OK\"><credentialsResponse><credentials><username>u</username><password>p</password>"
      "</credentials></credentialsResponse></response>",
      "response",
      { { SF_FACT_RELAY_REASON, 0, "OK" }, { SF_FACT_RELAY_SECRET, 0, "u" }, { SF_FACT_RELAY_SECRET, 0, "p" } } },
    { "invitation",
      "text/x-msmsgsinvite",
      "Invitation-Command: ACCEPT\r\nHash-Key: k\r\nPort: 6891\r\nno colon\r\nOther: x\r\n",
      NULL,
      { { SF_FACT_MESSAGING_COMMAND, 0, "ACCEPT" },
        { SF_FACT_MESSAGING_SECRET, 0, "k" },
        { SF_FACT_MESSAGING_PORT, 0, "6891" } } },
    { "other-lines", "text/registration-event", "deregistered;event=rejected", NULL, { { SF_FACT_NONE, 0, NULL } } },
};

static sf_document document;

static void read_text(const char *type, sf_slice text)
{
    const sf_document_type *row = sf_document_type_of(sf_text(type));

    g_assert_nonnull(row);
    sf_document_read(text, row, &document);
}

static void check_inside(sf_slice part, sf_slice text)
{
    g_assert_true(!sf_slice_present(part) || (part.text >= text.text && sf_slice_end(part) <= sf_slice_end(text)));
}

static void test_read(gconstpointer data)
{
    const document_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->text));
    unsigned count = 0;

    read_text(row->type, input.text);
    SF_CHECK_SLICE(document.root, row->root);
    g_assert_cmpint(document.status, ==, SF_XML_READ);
    while (row->facts[count].id) {
        g_assert_cmpuint(count, <, document.count);
        g_assert_cmpint(document.facts[count].id, ==, row->facts[count].id);
        g_assert_cmpuint(document.facts[count].level, ==, row->facts[count].level);
        SF_CHECK_SLICE(document.facts[count].text, row->facts[count].text);
        check_inside(document.facts[count].name, input.text);
        count++;
    }
    g_assert_cmpuint(document.count, ==, count);
}

static void test_types(void)
{
    unsigned count = 0;

    for (const sf_document_type *row; (row = sf_document_type_at(count)) != NULL; count++) {
        g_assert_true(sf_document_type_of(row->type) == row);
        g_assert_cmpint(g_ascii_isupper(row->name[0]), !=, 0);
    }
    g_assert_cmpuint(count, >, 30);
    g_assert_null(sf_document_type_of(SF_LITERAL("application/sdp")));
    g_assert_null(sf_document_type_of(SF_LITERAL("")));
}

static void test_more_facts_than_room(void)
{
    g_autoptr(GString) text = g_string_new("<response>");

    for (unsigned i = 0; i <= SF_MAX_DOCUMENT_FACTS; i++) {
        g_string_append(text, "<addUser/>");
    }
    g_string_append(text, "</response>");
    read_text("application/cccp+xml", (sf_slice){ text->str, text->len });
    g_assert_cmpuint(document.count, ==, SF_MAX_DOCUMENT_FACTS);
    g_assert_true(document.is_full);
    g_assert_cmpint(document.status, ==, SF_XML_READ);
}

/** A spliced body: what is on the line of a key may be a part of it. */
static void test_media_key(void)
{
    static const char *const texts[] = {
        "<request><addUser reason=\"inline:AAAABBBBCCCCDDDD\"/></request>",
        "<request>\r\na=crypto:1 S inline:<addUser reason=\"AAAABBBBCCCCDDDD\"/></request>",
        "<request>k=base64:AAAA<addUser/></request>",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        read_text("application/cccp+xml", sf_text(texts[i]));
        g_assert_true(document.has_key);
        g_assert_cmpuint(document.count, ==, 0);
        g_assert_false(sf_slice_present(document.root));
    }
    read_text("application/cccp+xml", sf_text("<request><addUser/></request>"));
    g_assert_false(document.has_key);
    g_assert_cmpuint(document.count, ==, 1);
}

static void test_numbers(void)
{
    static const struct {
        const char *text;
        bool is_number;
        double value;
    } numbers[] = {
        { "0.12", true, 0.12 }, { "-25", true, -25 }, { "1.5E-2", true, 0.015 }, { "+3", true, 3 },
        { "0x10", false, 0 },   { "NaN", false, 0 },  { "1,5", false, 0 },       { "", false, 0 },
        { " 1", false, 0 },     { "1e99", false, 0 }, { "--1", false, 0 },       { "INF", false, 0 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        sf_fact fact = { .text = sf_text(numbers[i].text) };
        double value = 0;
        g_assert_true(sf_fact_real(&fact, &value) == numbers[i].is_number);
        g_assert_true(!numbers[i].is_number || (value > numbers[i].value - 1e-9 && value < numbers[i].value + 1e-9));
    }
}

/* ---- quality ---- */

typedef struct {
    const char *name;
    const char *label;
    const char *facts; /**< elements of a stream */
    bool is_judged;
    unsigned faults;
} quality_row;

static const quality_row quality_rows[] = {
    { "nothing", "main-audio", "<PayloadDescription>x-msrta</PayloadDescription>", false, 0 },
    { "good", "main-audio", "<Jitter><InterArrival>29</InterArrival></Jitter>", true, 0 },
    { "jitter-at-limit", "main-audio", "<Jitter><InterArrival>30</InterArrival></Jitter>", true, 0 },
    { "jitter", "main-audio", "<Jitter><InterArrival>31</InterArrival></Jitter>", true, 1 },
    { "loss-at-limit", "main-audio", "<PacketLoss><LossRate>0.1</LossRate></PacketLoss>", true, 0 },
    { "loss", "main-audio", "<PacketLoss><LossRate>0.101</LossRate></PacketLoss>", true, 1 },
    { "round-trip-at-limit", "main-audio", "<Delay><RoundTrip>500</RoundTrip></Delay>", true, 0 },
    { "round-trip", "main-audio", "<Delay><RoundTrip>501</RoundTrip></Delay>", true, 1 },
    { "concealed-at-limit", "main-audio", "<RatioConcealedSamplesAvg>0.07</RatioConcealedSamplesAvg>", true, 0 },
    { "concealed", "main-audio", "<RatioConcealedSamplesAvg>0.071</RatioConcealedSamplesAvg>", true, 1 },
    { "degradation-at-limit", "main-audio", "<NetworkMOS><DegradationAvg>1.0</DegradationAvg></NetworkMOS>", true, 0 },
    { "degradation", "main-audio", "<NetworkMOS><DegradationAvg>1.1</DegradationAvg></NetworkMOS>", true, 1 },
    { "negative", "main-audio", "<Jitter><InterArrival>-1</InterArrival></Jitter>", false, 0 },
    { "no-number", "main-audio", "<Jitter><InterArrival>much</InterArrival></Jitter>", false, 0 },
    { "audio-rule-for-video", "main-video", "<Jitter><InterArrival>99</InterArrival></Jitter>", false, 0 },
    { "frame-rate-at-limit", "main-video2", "<RecvFrameRateAverage>7</RecvFrameRateAverage>", true, 0 },
    { "frame-rate", "main-video", "<RecvFrameRateAverage>6.9</RecvFrameRateAverage>", true, 1 },
    { "video-loss", "panoramic-video", "<VideoPostFECPLR>0.2</VideoPostFECPLR>", true, 1 },
    { "data", "data", "<Jitter><InterArrival>99</InterArrival></Jitter>", false, 0 },
    { "two", "main-audio", "<Jitter><InterArrival>99</InterArrival></Jitter><Delay><RoundTrip>900</RoundTrip></Delay>",
      true, 2 },
};

static void test_quality(gconstpointer data)
{
    const quality_row *row = data;
    g_autofree char *text = g_strdup_printf(
        "<a><MediaLine Label=\"%s\"><InboundStream>%s</InboundStream></MediaLine></a>", row->label, row->facts);
    sf_quality quality;

    read_text("application/vq-rtcpxr+xml", sf_text(text));
    g_assert_cmpint(document.facts[0].id, ==, SF_FACT_QUALITY_LINE);
    g_assert_cmpuint(sf_document_group_end(&document, 0), ==, document.count);
    sf_quality_judge(&document, 0, document.count, document.facts[0].text, &quality);
    g_assert_true(quality.is_judged == row->is_judged);
    g_assert_cmpuint(quality.count, ==, row->faults);
}

static void test_presence(void)
{
    g_assert_null(sf_availability_name(2999));
    g_assert_cmpstr(sf_availability_name(3000), ==, "Available");
    g_assert_cmpstr(sf_availability_name(4500), ==, "Available, idle");
    g_assert_cmpstr(sf_availability_name(6500), ==, "Busy");
    g_assert_cmpstr(sf_availability_name(11999), ==, "Do not disturb");
    g_assert_cmpstr(sf_availability_name(15500), ==, "Away");
    g_assert_cmpstr(sf_availability_name(UINT32_MAX), ==, "Offline");
    g_assert_cmpstr(sf_container_name(32000), ==, "blocked contacts");
    g_assert_null(sf_container_name(5));
    g_assert_cmpstr(sf_instance_name(0x24000000), ==, "the user");
    g_assert_null(sf_instance_name(1));
    g_assert_null(sf_instance_name(UINT32_MAX));
    g_assert_cmpstr(sf_activity_name(SF_LITERAL("On-The-Phone")), ==, "in a call");
    g_assert_null(sf_activity_name(SF_LITERAL("juggling")));
}

static void test_settings(void)
{
    g_assert_true(sf_setting_is_shown(SF_LITERAL("MRASURI")));
    g_assert_false(sf_setting_is_shown(SF_LITERAL("password")));
    g_assert_false(sf_setting_is_shown(SF_LITERAL("")));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/document/read", rows, test_read);
    g_test_add_func("/document/types", test_types);
    g_test_add_func("/document/more-facts-than-room", test_more_facts_than_room);
    g_test_add_func("/document/media-key", test_media_key);
    g_test_add_func("/document/numbers", test_numbers);
    SF_ADD_ROWS("/document/quality", quality_rows, test_quality);
    g_test_add_func("/document/presence", test_presence);
    g_test_add_func("/document/settings", test_settings);
    return g_test_run();
}
