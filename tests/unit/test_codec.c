/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Codecs of a=rtpmap lines and of static payload types ([MS-SDPEXT] 3.1.5.3, RFC 3551).
 */
#include "check.h"
#include "engine/sdp/codec.h"

typedef struct {
    const char *name;
    const char *value;
    int payload_type; /**< -1 if malformed */
    const char *encoding;
    int64_t clock_rate; /**< -1 if malformed */
    const char *friendly;
    bool microsoft;
    const char *problem;
} codec_row;

static const codec_row codecs[] = {
    { "rtaudio-narrowband", "115 x-msrta/8000", 115, "x-msrta", 8000, "RTAudio (narrowband)", true, NULL },
    { "rtaudio-wideband", "114 x-msrta/16000", 114, "x-msrta", 16000, "RTAudio (wideband)", true, NULL },
    { "rtaudio-any-case", "114 X-MSRTA/16000", 114, "X-MSRTA", 16000, "RTAudio (wideband)", true, NULL },
    { "g711-mu", "0 PCMU/8000", 0, "PCMU", 8000, "G.711 mu-law", false, NULL },
    { "g711-a", "8 PCMA/8000", 8, "PCMA", 8000, "G.711 A-law", false, NULL },
    { "g722", "9 G722/8000", 9, "G722", 8000, "G.722", false, NULL },
    { "g722-one-channel", "9 G722/8000/1", 9, "G722", 8000, "G.722", false, NULL },
    { "g722-stereo", "117 G722/8000/2", 117, "G722", 8000, "G.722 (stereo)", false, NULL },
    { "siren", "111 SIREN/16000", 111, "SIREN", 16000, "Siren", false, NULL },
    { "g7221", "112 G7221/16000", 112, "G7221", 16000, "G.722.1", false, NULL },
    { "silk-narrow", "103 SILK/8000", 103, "SILK", 8000, "SILK (narrowband)", false, NULL },
    { "silk-wide", "104 SILK/16000", 104, "SILK", 16000, "SILK (wideband)", false, NULL },
    { "comfort-noise", "13 CN/8000", 13, "CN", 8000, "Comfort noise (narrowband)", false, NULL },
    { "comfort-noise-wide", "118 CN/16000", 118, "CN", 16000, "Comfort noise (wideband)", false, NULL },
    { "red-lower-case", "97 red/8000", 97, "red", 8000, "Redundant audio", false, NULL },
    { "dtmf", "101 telephone-event/8000", 101, "telephone-event", 8000, "DTMF digits", false, NULL },
    { "rtvideo", "121 x-rtvc1/90000", 121, "x-rtvc1", 90000, "RTVideo", true, NULL },
    { "h264-uc", "122 X-H264UC/90000", 122, "X-H264UC", 90000, "H.264 UC", true, NULL },
    { "ulpfec-uc", "123 x-ulpfecuc/90000", 123, "x-ulpfecuc", 90000, "Video error correction (ULPFEC-UC)", true, NULL },
    { "rtdata-in-capitals", "127 X-DATA/90000", 127, "X-DATA", 90000, "RTData", true, NULL },
    { "red-of-video", "99 red/90000", 99, "red", 90000, "Redundant video", false, NULL },
    { "rtaudio-narrow", "115 x-msrta/8000", 115, "x-msrta", 8000, "RTAudio (narrowband)", true, NULL },
    { "rtaudio-wide", "114 x-msrta/16000", 114, "x-msrta", 16000, "RTAudio (wideband)", true, NULL },
    { "skype-nwc", "117 NWC/16000", 117, "NWC", 16000, "NWC (Skype)", false, NULL },
    { "skype-uncoded", "116 UNCODEDWB/16000", 116, "UNCODEDWB", 16000, "Uncoded audio (wideband)", false, NULL },
    { "skype-uncoded-super", "115 UNCODEDSWB/24000", 115, "UNCODEDSWB", 24000, "Uncoded audio (super-wideband)", false,
      NULL },
    { "skype-silk", "100 SILK_V3/24000", 100, "SILK_V3", 24000, "SILK (super-wideband)", true, NULL },
    { "teams-much3", "96 x-much3/48000/2", 96, "x-much3", 48000, "x-much3 (Teams)", true, NULL },
    { "teams-satin", "106 SATINFB/48000/2", 106, "SATINFB", 48000, "Satin (full band)", true, NULL },
    { "h265-v2", "121 H265v2/90000", 121, "H265v2", 90000, "H.265 (version 2)", false, NULL },
    { "av1-of-microsoft", "120 X-MSAV1/90000", 120, "X-MSAV1", 90000, "AV1 (Microsoft)", true, NULL },
    { "flexfec", "35 flexfec-03/90000", 35, "flexfec-03", 90000, "Error correction (FlexFEC)", false, NULL },
    { "amr-wide", "96 AMR-WB/16000/1", 96, "AMR-WB", 16000, "AMR (wideband)", false, NULL },
    { "g7221-c", "115 G7221/32000", 115, "G7221", 32000, "G.722.1 Annex C", false, NULL },
    { "g726", "116 AAL2-G726-32/8000", 116, "AAL2-G726-32", 8000, "G.726 (32 kbit/s)", false, NULL },
    { "unknown", "96 example/48000/2", 96, "example", 48000, NULL, false, NULL },
    { "number-is-a-habit", "103 G7221/16000", 103, "G7221", 16000, "G.722.1", false, NULL },
    { "several-blanks", "  9   G722/8000 ", 9, "G722", 8000, "G.722", false, NULL },
    { "parameter-no-number", "96 PCMU/8000/x", 96, "PCMU", 8000, "G.711 mu-law", false, NULL },
    { "payload-type-128", "128 PCMU/8000", -1, "PCMU", 8000, "G.711 mu-law", false, "The payload type" },
    { "payload-type-no-number", "x PCMU/8000", -1, "PCMU", 8000, "G.711 mu-law", false, "The payload type" },
    { "no-clock-rate", "0 PCMU", 0, "PCMU", -1, "G.711 mu-law", false, "The codec" },
    { "clock-rate-empty", "0 PCMU/", 0, "PCMU", -1, "G.711 mu-law", false, "The codec" },
    { "clock-rate-out-of-range", "0 PCMU/4294967296", 0, "PCMU", -1, "G.711 mu-law", false, "The codec" },
    { "no-name", "0 /8000", 0, "", 8000, NULL, false, "The codec" },
    { "after-tab", "9\tG722/8000", 9, "G722", 8000, "G.722", false, NULL },
    { "payload-type-alone", "0", 0, "", -1, NULL, false, "The codec" },
};

static void test_codec(gconstpointer data)
{
    const codec_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->value));
    sf_problems problems;
    sf_codec codec;

    sf_problems_clear(&problems);
    sf_codec_read(input.text, input.text, &problems, &codec);
    g_assert_true(sf_number_is_present(codec.payload_type) == (row->payload_type >= 0));
    g_assert_cmpuint(codec.payload_type.value, ==, MAX(row->payload_type, 0));
    SF_CHECK_TEXT(codec.name, row->encoding);
    g_assert_true(sf_number_is_present(codec.clock_rate) == (row->clock_rate >= 0));
    g_assert_cmpuint(codec.clock_rate.value, ==, MAX(row->clock_rate, 0));
    g_assert_cmpstr(codec.friendly, ==, row->friendly);
    g_assert_true(codec.is_microsoft == row->microsoft);
    SF_CHECK_PROBLEM(&problems, row->problem);
}

static void test_empty(void)
{
    sf_problems problems;
    sf_codec codec;

    sf_problems_clear(&problems);
    sf_codec_read(SF_LITERAL(""), SF_LITERAL(""), &problems, &codec);
    g_assert_cmpuint(problems.count, >=, 1);
    g_assert_null(codec.friendly);
}

typedef struct {
    const char *name;     /**< the payload type itself */
    const char *friendly; /**< NULL if it is none */
} static_row;

/* RFC 3551 tables 4 and 5 */
static const static_row static_types[] = {
    { "0", "G.711 mu-law" },
    { "3", "GSM full rate" },
    { "4", "G.723.1" },
    { "8", "G.711 A-law" },
    { "9", "G.722" },
    { "12", "QCELP" },
    { "13", "Comfort noise (narrowband)" },
    { "14", "MPEG audio" },
    { "18", "G.729" },
    { "25", "CellB" },
    { "26", "Motion JPEG" },
    { "28", "nv" },
    { "31", "H.261" },
    { "32", "MPEG video" },
    { "33", "MPEG-2 transport stream" },
    { "34", "H.263" },
    { "1", NULL },
    { "96", NULL },
};

static void test_static(gconstpointer data)
{
    const static_row *row = data;
    g_auto(sf_guarded) input = sf_guarded_of(sf_text(row->name));
    sf_number payload_type;
    sf_codec codec;

    g_assert_cmpint(sf_number_read(input.text, SF_LAST_PAYLOAD_TYPE, &payload_type), ==, SF_OK);
    g_assert_true(sf_codec_of_static_type(payload_type, &codec) == (row->friendly != NULL));
    if (row->friendly) {
        g_assert_cmpstr(codec.friendly, ==, row->friendly);
        SF_CHECK_SLICE(codec.payload_type.text, row->name);
        SF_CHECK_SLICE(codec.name, NULL);
        g_assert_false(codec.is_microsoft);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    SF_ADD_ROWS("/codec/rtpmap", codecs, test_codec);
    g_test_add_func("/codec/empty", test_empty);
    SF_ADD_ROWS("/codec/static", static_types, test_static);
    return g_test_run();
}
