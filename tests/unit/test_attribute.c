/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Microsoft's SDP attributes ([MS-SDPEXT] 3.1.5).
 */
#include "check.h"
#include "engine/sdp/attribute.h"
#include "engine/text/token.h"

/** Reads `line` as sf_sdp_read does; gives what sf_attribute_read says. */
static bool read_line(sf_slice line, bool is_below_m_line, sf_problems *problems, sf_attributes *attributes)
{
    sf_slice attribute = sf_slice_skip(line, 2);
    size_t colon = sf_slice_find(attribute, ':');

    sf_problems_clear(problems);
    attributes->count = 0;
    return sf_attribute_read(line, sf_slice_head(attribute, colon), sf_slice_trim(sf_slice_skip(attribute, colon + 1)),
                             is_below_m_line, problems, attributes);
}

typedef struct {
    const char *name;
    const char *line;
    sf_attribute_kind kind;
    const char *word;
    uint32_t number[4];
    unsigned numbers; /**< one bit for each number that was read */
    const char *problem;
} attribute_row;

static const attribute_row media_lines[] = {
    { "ssrc-range", "a=x-ssrc-range:4096-4096", SF_ATTRIBUTE_SSRC_RANGE, NULL, { 4096, 4096 }, 3, NULL },
    { "ssrc-range-video", "a=x-ssrc-range:4097-4196", SF_ATTRIBUTE_SSRC_RANGE, NULL, { 4097, 4196 }, 3, NULL },
    { "ssrc-at-limit", "a=x-ssrc-range:1-4294967040", SF_ATTRIBUTE_SSRC_RANGE, NULL, { 1, 4294967040 }, 3, NULL },
    { "ssrc-above-limit",
      "a=x-ssrc-range:1-4294967041",
      SF_ATTRIBUTE_SSRC_RANGE,
      NULL,
      { 1, 4294967041 },
      3,
      "The SSRC range" },
    { "ssrc-zero", "a=x-ssrc-range:0-5", SF_ATTRIBUTE_SSRC_RANGE, NULL, { 0, 5 }, 3, "The SSRC range" },
    { "ssrc-backwards", "a=x-ssrc-range:6-5", SF_ATTRIBUTE_SSRC_RANGE, NULL, { 6, 5 }, 3, "The SSRC range" },
    { "ssrc-beyond-32-bits",
      "a=x-ssrc-range:1-4294967296",
      SF_ATTRIBUTE_SSRC_RANGE,
      NULL,
      { 1, 0 },
      1,
      "The SSRC range" },
    { "ssrc-cut", "a=x-ssrc-range:4096", SF_ATTRIBUTE_SSRC_RANGE, NULL, { 4096 }, 1, "The SSRC range" },
    { "ssrc-empty", "a=x-ssrc-range:", SF_ATTRIBUTE_SSRC_RANGE, NULL, { 0 }, 0, "The SSRC range" },
    { "feedback",
      "a=rtcp-fb:* x-message app send:src,x-pli recv:src,x-pli",
      SF_ATTRIBUTE_FEEDBACK,
      "* x-message app send:src,x-pli recv:src,x-pli",
      { 0 },
      0,
      NULL },
    { "feedback-bare", "a=rtcp-fb:* x-message app", SF_ATTRIBUTE_FEEDBACK, "* x-message app", { 0 }, 0, NULL },
    { "signaling-feedback",
      "a=x-signaling-fb:* x-message app send:dsh",
      SF_ATTRIBUTE_FEEDBACK,
      "* x-message app send:dsh",
      { 0 },
      0,
      NULL },
    { "bypass-id",
      "a=x-bypassid:00112233-4455-6677-8899-aabbccddeeff",
      SF_ATTRIBUTE_BYPASS_ID,
      "00112233-4455-6677-8899-aabbccddeeff",
      { 0 },
      0,
      NULL },
    { "bypass-id-no-guid", "a=x-bypassid:0011", SF_ATTRIBUTE_BYPASS_ID, NULL, { 0 }, 0, "The bypass id" },
    { "bandwidth-below-stream",
      "a=x-mediabw:main-video send=4000;recv=2000",
      SF_ATTRIBUTE_BANDWIDTH,
      "main-video",
      { 4000, 2000 },
      3,
      "The bandwidth" },
    { "source", "a=x-source:main-video", SF_ATTRIBUTE_OTHER, NULL, { 0 }, 0, NULL },
    { "any-case", "a=X-SOURCE:main-video", SF_ATTRIBUTE_OTHER, NULL, { 0 }, 0, NULL },
    { "blank-after-colon", "a=x-data-protocol: sctp", SF_ATTRIBUTE_OTHER, NULL, { 0 }, 0, NULL },
    { "application-sharing-role", "a=x-applicationsharing-role:sharer", SF_ATTRIBUTE_OTHER, NULL, { 0 }, 0, NULL },
    /* [MS-SDPEXT] 3.1.5.18.5 itself has three spellings */
    { "content-flow-heading", "a=applicationsharing-contentflow:sendonly", SF_ATTRIBUTE_OTHER, NULL, { 0 }, 0, NULL },
    { "content-flow-abnf", "a=x-application-contentflow:sendonly", SF_ATTRIBUTE_OTHER, NULL, { 0 }, 0, NULL },
    { "content-flow-prose", "a=x-applicationsharing-contentflow:sendonly", SF_ATTRIBUTE_OTHER, NULL, { 0 }, 0, NULL },
    { "candidate-info", "a=x-candidate-info:1 network-type=WLAN", SF_ATTRIBUTE_NETWORK, "WLAN", { 0 }, 0, NULL },
    { "candidate-info-without-a-type", "a=x-candidate-info:1", SF_ATTRIBUTE_NETWORK, NULL, { 0 }, 0, NULL },
    { "candidate-info-empty", "a=x-candidate-info:", SF_ATTRIBUTE_NETWORK, NULL, { 0 }, 0, NULL },
    /* [MS-SDPEXT] 3.1.5.26 */
    { "diagnostics",
      "a=x-ms-SDP-diagnostics:5;reason=\"Bandwidth; too low\"",
      SF_ATTRIBUTE_DIAGNOSTICS,
      "Bandwidth; too low",
      { 5 },
      1,
      NULL },
    { "diagnostics-with-sub-id",
      "a=x-ms-sdp-diagnostics:4294967295.7 ; other=1;reason=\"\"",
      SF_ATTRIBUTE_DIAGNOSTICS,
      "",
      { 4294967295, 7 },
      3,
      NULL },
    { "diagnostics-with-two-sub-ids",
      "a=x-ms-SDP-diagnostics:1.2.3;reason=\"x\"",
      SF_ATTRIBUTE_DIAGNOSTICS,
      "x",
      { 1, 2 },
      3,
      NULL },
    { "diagnostics-without-reason", "a=x-ms-SDP-diagnostics:1", SF_ATTRIBUTE_DIAGNOSTICS, NULL, { 1 }, 1, NULL },
    { "diagnostics-without-a-number",
      "a=x-ms-SDP-diagnostics:reason=\"x\"",
      SF_ATTRIBUTE_DIAGNOSTICS,
      NULL,
      { 0 },
      0,
      "The error id" },
    { "diagnostics-beyond-32-bits",
      "a=x-ms-SDP-diagnostics:4294967296;reason=\"x\"",
      SF_ATTRIBUTE_DIAGNOSTICS,
      "x",
      { 0 },
      0,
      "The error id" },
    { "diagnostics-empty", "a=x-ms-SDP-diagnostics:", SF_ATTRIBUTE_DIAGNOSTICS, NULL, { 0 }, 0, "The error id" },
};

static const attribute_row session_lines[] = {
    { "bandwidth",
      "a=x-mediabw:main-video send=4000;recv=2000",
      SF_ATTRIBUTE_BANDWIDTH,
      "main-video",
      { 4000, 2000 },
      3,
      NULL },
    { "bandwidth-at-limit",
      "a=x-mediabw:a send=4294967295;recv=0",
      SF_ATTRIBUTE_BANDWIDTH,
      "a",
      { 4294967295, 0 },
      3,
      NULL },
    { "bandwidth-above-limit",
      "a=x-mediabw:a send=4294967296;recv=0",
      SF_ATTRIBUTE_BANDWIDTH,
      "a",
      { 0, 0 },
      2,
      "The bandwidth" },
    { "bandwidth-one-direction",
      "a=x-mediabw:a recv=100",
      SF_ATTRIBUTE_BANDWIDTH,
      "a",
      { 0, 100 },
      2,
      "The bandwidth" },
    { "bandwidth-label-alone", "a=x-mediabw:a", SF_ATTRIBUTE_BANDWIDTH, "a", { 0 }, 0, "The bandwidth" },
    { "bandwidth-without-label",
      "a=x-mediabw:send=1;recv=2",
      SF_ATTRIBUTE_BANDWIDTH,
      NULL,
      { 1, 2 },
      3,
      "The bandwidth" },
    { "bandwidth-after-tab", "a=x-mediabw:a\tsend=5;recv=6", SF_ATTRIBUTE_BANDWIDTH, "a", { 5, 6 }, 3, NULL },
    { "bandwidth-empty", "a=x-mediabw:", SF_ATTRIBUTE_BANDWIDTH, NULL, { 0 }, 0, "The bandwidth" },
};

static void check_attribute(const attribute_row *row, bool is_below_m_line)
{
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->line));
    static sf_attributes attributes;
    sf_problems problems;

    g_assert_true(read_line(input.text, is_below_m_line, &problems, &attributes));
    g_assert_cmpuint(attributes.count, ==, 1);
    const sf_attribute *attribute = &attributes.items[0];
    g_assert_cmpint(attribute->kind, ==, row->kind);
    SF_CHECK_SLICE(attribute->line, row->line);
    SF_CHECK_SLICE(attribute->word, row->word);
    for (unsigned i = 0; i < 4; i++) {
        g_assert_true(sf_number_is_present(attribute->number[i]) == ((row->numbers >> i & 1) != 0));
        g_assert_cmpuint(attribute->number[i].value, ==, row->number[i]);
    }
    SF_CHECK_PROBLEM(&problems, row->problem);
}

static void test_media_line(gconstpointer data)
{
    check_attribute(data, true);
}

static void test_session_line(gconstpointer data)
{
    check_attribute(data, false);
}

typedef struct {
    const char *name;
    const char *line;
    const char *devices[3];
    bool send[3];
    bool receive[3];
    const char *problem;
} device_row;

static const device_row device_lines[] = {
    { "two", "a=x-devicecaps:audio:send,recv;video:recv", { "audio", "video" }, { true, false }, { true, true }, NULL },
    { "unknown-device", "a=x-devicecaps:smell:send", { "smell" }, { true }, { false }, NULL },
    { "blanks-and-case",
      "a=x-devicecaps: Audio : SEND , recv ; video:recv",
      { "Audio", "video" },
      { true, false },
      { true, true },
      NULL },
    { "no-capabilities", "a=x-devicecaps:audio:", { "audio" }, { false }, { false }, "The device" },
    { "capability-not-known", "a=x-devicecaps:audio:smell", { "audio" }, { false }, { false }, NULL },
    { "no-colon", "a=x-devicecaps:audio", { "audio" }, { false }, { false }, "The device" },
    { "no-device", "a=x-devicecaps::send", { "" }, { true }, { false }, "The device" },
    { "empty", "a=x-devicecaps:", { NULL }, { false }, { false }, "The list of devices" },
    { "separators-alone", "a=x-devicecaps: ; ;", { NULL }, { false }, { false }, "The list of devices" },
};

static void test_devices(gconstpointer data)
{
    const device_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->line));
    static sf_attributes attributes;
    sf_problems problems;

    g_assert_true(read_line(input.text, false, &problems, &attributes));
    for (unsigned i = 0; i < attributes.count; i++) {
        g_assert_cmpint(attributes.items[i].kind, ==, SF_ATTRIBUTE_DEVICE);
        SF_CHECK_SLICE(attributes.items[i].word, row->devices[i]);
        g_assert_true(attributes.items[i].can_send == row->send[i]);
        g_assert_true(attributes.items[i].can_receive == row->receive[i]);
    }
    g_assert_null(row->devices[attributes.count]);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

typedef struct {
    const char *name;
    const char *line;
    unsigned count;
    uint32_t payload_type, width, height, bitrate; /**< of the first capability */
    double frame_rate;
    const char *problem;
} caps_row;

static const caps_row caps_lines[] = {
    { "two", "a=x-caps:121 263:1920:1080:30.0:2000000:1;4359:1280:720:30.0:1500000:1", .count = 2, .payload_type = 121,
      .width = 1920, .height = 1080, .bitrate = 2000000, .frame_rate = 30 },
    { "fraction", "a=x-caps:34 262:352:288:7.5:250000:1", .count = 1, .payload_type = 34, .width = 352, .height = 288,
      .bitrate = 250000, .frame_rate = 7.5 },
    { "whole-frame-rate", "a=x-caps:34 262:352:288:15:250000:1", .count = 1, .payload_type = 34, .width = 352,
      .height = 288, .bitrate = 250000, .frame_rate = 15 },
    { "five-fields", "a=x-caps:121 263:1920:1080:30.0:2000000", .count = 1, .payload_type = 121, .width = 1920,
      .height = 1080, .bitrate = 2000000, .frame_rate = 30, .problem = "The video capability" },
    { "seven-fields", "a=x-caps:121 263:1920:1080:30.0:2000000:1:1", .count = 1, .payload_type = 121, .width = 1920,
      .height = 1080, .bitrate = 2000000, .frame_rate = 30, .problem = "The video capability" },
    { "width-no-number", "a=x-caps:121 263:x:1080:30.0:2000000:1", .count = 1, .payload_type = 121, .height = 1080,
      .bitrate = 2000000, .frame_rate = 30, .problem = "The video capability" },
    { "frame-rate-with-comma", "a=x-caps:121 263:1920:1080:30,0:2000000:1", .count = 1, .payload_type = 121,
      .width = 1920, .height = 1080, .bitrate = 2000000, .problem = "The video capability" },
    { "frame-rate-negative", "a=x-caps:121 263:1920:1080:-30:2000000:1", .count = 1, .payload_type = 121, .width = 1920,
      .height = 1080, .bitrate = 2000000, .problem = "The video capability" },
    { "payload-type-no-number", "a=x-caps:x 263:1920:1080:30.0:2000000:1", .count = 1, .width = 1920, .height = 1080,
      .bitrate = 2000000, .frame_rate = 30, .problem = "The payload type" },
    { "nothing-after-payload-type", "a=x-caps:121", .count = 1, .payload_type = 121,
      .problem = "The video capability" },
    { "separator-after-payload-type", "a=x-caps:121 ;", .count = 1, .payload_type = 121,
      .problem = "The video capability" },
    { "payload-type-alone-no-number", "a=x-caps:abc", .count = 1, .problem = "The payload type" },
    { "payload-type-128", "a=x-caps:128 262:352:288:15:250000:1", .count = 1, .width = 352, .height = 288,
      .bitrate = 250000, .frame_rate = 15, .problem = "The payload type" },
    { "after-tab", "a=x-caps:34\t262:352:288:15:250000:1", .count = 1, .payload_type = 34, .width = 352, .height = 288,
      .bitrate = 250000, .frame_rate = 15 },
    { "long-fraction", "a=x-caps:34 262:352:288:7.50000000000:250000:1", .count = 1, .payload_type = 34, .width = 352,
      .height = 288, .bitrate = 250000, .frame_rate = 7.5 },
    { "long-fraction-no-number", "a=x-caps:34 262:352:288:7.500000000x:250000:1", .count = 1, .payload_type = 34,
      .width = 352, .height = 288, .bitrate = 250000, .problem = "The video capability" },
    { "empty", "a=x-caps:", .count = 1, .problem = "The payload type" },
};

static void test_caps(gconstpointer data)
{
    const caps_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->line));
    static sf_attributes attributes;
    sf_problems problems;

    g_assert_true(read_line(input.text, true, &problems, &attributes));
    g_assert_cmpuint(attributes.count, ==, row->count);
    if (row->count > 0) {
        const sf_attribute *first = &attributes.items[0];
        g_assert_cmpint(first->kind, ==, SF_ATTRIBUTE_VIDEO_CAPS);
        g_assert_cmpuint(first->number[SF_CAPS_PAYLOAD_TYPE].value, ==, row->payload_type);
        g_assert_cmpuint(first->number[SF_CAPS_WIDTH].value, ==, row->width);
        g_assert_cmpuint(first->number[SF_CAPS_HEIGHT].value, ==, row->height);
        g_assert_cmpuint(first->number[SF_CAPS_BITRATE].value, ==, row->bitrate);
        g_assert_cmpfloat(first->real.value, ==, row->frame_rate);
        g_assert_true(sf_slice_present(first->real.text) == (row->frame_rate > 0));
    }
    SF_CHECK_PROBLEM(&problems, row->problem);
}

static void test_foreign(void)
{
    const char *const lines[] = {
        "a=sendrecv", "a=rtcp-fb:* nack", "a=fmtp:101 0-16", "a=x-sourcemaps:1", "a=remote-candidates:1 a 1", "a=",
        "a=:x",       "a=ssrc:1 cname:x"
    };
    static sf_attributes attributes;
    sf_problems problems;

    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_auto(sf_guarded) input = sf_guarded_of(sf_text(lines[i]));
        g_assert_false(read_line(input.text, true, &problems, &attributes));
        g_assert_cmpuint(attributes.count, ==, 0);
        SF_CHECK_PROBLEM(&problems, NULL);
    }
}

static void test_limit(void)
{
    const sf_slice line = SF_LITERAL("a=x-source:main-audio");
    static sf_attributes attributes;
    sf_problems problems;

    sf_problems_clear(&problems);
    attributes.count = 0;
    for (unsigned i = 0; i < SF_MAX_ATTRIBUTES + 2; i++) {
        g_assert_true(
            sf_attribute_read(line, SF_LITERAL("x-source"), SF_LITERAL("main-audio"), true, &problems, &attributes));
    }
    g_assert_cmpuint(attributes.count, ==, SF_MAX_ATTRIBUTES);
    SF_CHECK_PROBLEM(&problems, "Microsoft attributes");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/attribute/media", media_lines, test_media_line);
    SF_ADD_ROWS("/attribute/session", session_lines, test_session_line);
    SF_ADD_ROWS("/attribute/devices", device_lines, test_devices);
    SF_ADD_ROWS("/attribute/caps", caps_lines, test_caps);
    g_test_add_func("/attribute/foreign", test_foreign);
    g_test_add_func("/attribute/limit", test_limit);
    return g_test_run();
}
