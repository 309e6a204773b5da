/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of codecs.
 */
#include "codec.h"

#include "engine/text/token.h"

#include <glib.h>

#define ANY 0
#define ROW(name, clock_rate, channels, friendly, microsoft) \
    { SF_LITERAL(name), clock_rate, channels, friendly, microsoft }

/* [MS-SDPEXT] 3.1.5.3 and RFC 3551; the first row that fits counts. */
static const struct {
    sf_slice name;
    uint32_t clock_rate;
    uint32_t channels;
    const char *friendly;
    bool microsoft;
} codecs[] = {
    ROW("PCMU", ANY, ANY, "G.711 mu-law", false),
    ROW("PCMA", ANY, ANY, "G.711 A-law", false),
    ROW("G722", ANY, 2, "G.722 (stereo)", false),
    ROW("G722", ANY, ANY, "G.722", false),
    ROW("x-msrta", 8000, ANY, "RTAudio (narrowband)", true),
    ROW("x-msrta", 16000, ANY, "RTAudio (wideband)", true),
    ROW("x-msrta", ANY, ANY, "RTAudio", true),
    ROW("SIREN", ANY, ANY, "Siren", false),
    ROW("G7221", ANY, ANY, "G.722.1", false),
    ROW("SILK", 8000, ANY, "SILK (narrowband)", false),
    ROW("SILK", 12000, ANY, "SILK (medium band)", false),
    ROW("SILK", 16000, ANY, "SILK (wideband)", false),
    ROW("SILK", 24000, ANY, "SILK (super-wideband)", false),
    ROW("SATIN", ANY, ANY, "Satin", true),
    ROW("SATINFB", ANY, ANY, "Satin (full band)", true),
    ROW("OPUS", ANY, ANY, "Opus", false),
    ROW("GSM", ANY, ANY, "GSM full rate", false),
    ROW("G723", ANY, ANY, "G.723.1", false),
    ROW("G729", ANY, ANY, "G.729", false),
    ROW("G728", ANY, ANY, "G.728", false),
    ROW("DVI4", ANY, ANY, "DVI4 (ADPCM)", false),
    ROW("LPC", ANY, ANY, "LPC", false),
    ROW("L16", ANY, ANY, "Linear PCM", false),
    ROW("AAL2-G726-32", ANY, ANY, "G.726 (32 kbit/s)", false),
    ROW("CN", 8000, ANY, "Comfort noise (narrowband)", false),
    ROW("CN", 16000, ANY, "Comfort noise (wideband)", false),
    ROW("CN", 24000, ANY, "Comfort noise (super-wideband)", false),
    ROW("CN", ANY, ANY, "Comfort noise", false),
    ROW("RED", ANY, ANY, "Redundant audio", false),
    ROW("telephone-event", ANY, ANY, "DTMF digits", false),
    ROW("x-rtvc1", ANY, ANY, "RTVideo", true),
    ROW("X-H264UC", ANY, ANY, "H.264 UC", true),
    ROW("x-ulpfecuc", ANY, ANY, "Video error correction (ULPFEC-UC)", true),
    ROW("x-data", ANY, ANY, "Application sharing (RTData)", true),
    ROW("H261", ANY, ANY, "H.261", false),
    ROW("H263", ANY, ANY, "H.263", false),
    ROW("H264", ANY, ANY, "H.264", false),
    ROW("AV1", ANY, ANY, "AV1", false),
    ROW("X-MSAV1", ANY, ANY, "AV1 (Microsoft)", true),
    ROW("rtx", ANY, ANY, "Retransmission", false),
    ROW("QCELP", ANY, ANY, "QCELP", false),
    ROW("MPA", ANY, ANY, "MPEG audio", false),
    ROW("CelB", ANY, ANY, "CellB", false),
    ROW("JPEG", ANY, ANY, "Motion JPEG", false),
    ROW("nv", ANY, ANY, "nv", false),
    ROW("MPV", ANY, ANY, "MPEG video", false),
    ROW("MP2T", ANY, ANY, "MPEG-2 transport stream", false),
};

/* RFC 3551 tables 4 and 5 */
static const struct {
    uint8_t payload_type;
    const char *name;
} static_types[] = {
    { 0, "PCMU" },  { 3, "GSM" },   { 4, "G723" },  { 5, "DVI4" },  { 6, "DVI4" },  { 7, "LPC" },
    { 8, "PCMA" },  { 9, "G722" },  { 10, "L16" },  { 11, "L16" },  { 12, "QCELP" }, { 13, "CN" },
    { 14, "MPA" },  { 15, "G728" }, { 16, "DVI4" }, { 17, "DVI4" }, { 18, "G729" }, { 25, "CelB" },
    { 26, "JPEG" }, { 28, "nv" },   { 31, "H261" }, { 32, "MPV" },  { 33, "MP2T" }, { 34, "H263" },
};

static void name_codec(sf_codec *codec, sf_slice name, uint32_t clock_rate, uint32_t channels)
{
    for (size_t i = 0; i < G_N_ELEMENTS(codecs); i++) {
        if (sf_slice_equals_nocase(name, codecs[i].name) &&
            (codecs[i].clock_rate == ANY || codecs[i].clock_rate == clock_rate) &&
            (codecs[i].channels == ANY || codecs[i].channels == channels)) {
            codec->friendly = codecs[i].friendly;
            codec->microsoft = codecs[i].microsoft;
            return;
        }
    }
}

sf_status sf_codec_read(sf_slice line, sf_slice value, sf_problems *problems, sf_codec *codec)
{
    uint64_t number;
    uint64_t channels = 1;
    sf_status status = SF_OK;

    *codec = (sf_codec){ .text = line };
    sf_cursor words = sf_cursor_over(value);
    sf_slice payload_type;
    sf_word_next(&words, &payload_type);
    sf_slice encoding = sf_slice_trim(sf_cursor_rest(&words));

    if (sf_slice_decimal(payload_type, 127, &number) == SF_OK) {
        codec->payload_type_text = payload_type;
        codec->payload_type = (uint32_t)number;
    } else {
        sf_problems_malformed(problems, line, payload_type, "The payload type", "is not a number from 0 to 127");
        status = SF_MALFORMED;
    }
    codec->name = sf_slice_head(encoding, sf_slice_find(encoding, '/'));
    sf_slice rest = sf_slice_skip(encoding, codec->name.length + 1);
    sf_slice clock_rate = sf_slice_head(rest, sf_slice_find(rest, '/'));
    if (sf_slice_decimal(clock_rate, UINT32_MAX, &number) == SF_OK) {
        codec->clock_rate_text = clock_rate;
        codec->clock_rate = (uint32_t)number;
    }
    if (codec->name.length == 0 || !sf_slice_present(codec->clock_rate_text)) {
        sf_problems_malformed(problems, line, encoding, "The codec", "is not of the form name/clock-rate");
        status = SF_MALFORMED;
    }
    if (sf_slice_decimal(sf_slice_skip(rest, clock_rate.length + 1), UINT32_MAX, &channels) == SF_MALFORMED) {
        channels = 1; /* other encodings put other parameters there (RFC 8866 6.6) */
    }
    name_codec(codec, codec->name, codec->clock_rate, (uint32_t)channels);
    return status;
}

sf_status sf_codec_of_static_type(sf_slice payload_type, sf_codec *codec)
{
    uint64_t number;

    *codec = (sf_codec){ .text = payload_type };
    if (sf_slice_decimal(payload_type, 127, &number) != SF_OK) {
        return SF_ABSENT;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(static_types); i++) {
        if (static_types[i].payload_type == number) {
            sf_slice name = { static_types[i].name, strlen(static_types[i].name) };
            codec->payload_type_text = payload_type;
            codec->payload_type = (uint32_t)number;
            name_codec(codec, name, number == 13 ? 8000 : 0, 1);
            return SF_OK;
        }
    }
    return SF_ABSENT;
}
