/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of codecs.
 */
#include "codec.h"

#include "engine/text/token.h"
#include "engine/text/words.h"

#include <glib.h>

#define ANY 0
#define ROW(name, clock_rate, channels, friendly, is_microsoft)             \
    {                                                                       \
        SF_LITERAL_INIT(name), clock_rate, channels, friendly, is_microsoft \
    }

/* [MS-SDPEXT] 3.1.5.3, RFC 3551 and what Skype, Teams and gateways write; the first row that fits is used. Rows of one
 * name follow each other. */
static const struct {
    sf_slice name;
    uint32_t clock_rate;
    uint32_t channels;
    const char *friendly;
    bool is_microsoft;
} codecs[] = {
    ROW("PCMU", ANY, ANY, "G.711 mu-law", false),
    ROW("PCMA", ANY, ANY, "G.711 A-law", false),
    ROW("G722", ANY, 2, "G.722 (stereo)", false),
    ROW("G722", ANY, ANY, "G.722", false),
    ROW("x-msrta", 8000, ANY, "RTAudio (narrowband)", true),
    ROW("x-msrta", 16000, ANY, "RTAudio (wideband)", true),
    ROW("x-msrta", ANY, ANY, "RTAudio", true),
    ROW("SIREN", ANY, ANY, "Siren", false),
    ROW("G7221", 32000, ANY, "G.722.1 Annex C", false),
    ROW("G7221", ANY, ANY, "G.722.1", false),
    ROW("SILK", 8000, ANY, "SILK (narrowband)", false),
    ROW("SILK", 12000, ANY, "SILK (medium band)", false),
    ROW("SILK", 16000, ANY, "SILK (wideband)", false),
    ROW("SILK", 24000, ANY, "SILK (super-wideband)", false),
    ROW("SILK_V3", ANY, ANY, "SILK (super-wideband)", true),
    ROW("SILK_WB_V3", ANY, ANY, "SILK (wideband)", true),
    ROW("SILK_MB_V3", ANY, ANY, "SILK (medium band)", true),
    ROW("SILK_NB_V3", ANY, ANY, "SILK (narrowband)", true),
    ROW("NWC", ANY, ANY, "NWC (Skype)", false),
    ROW("UNCODEDWB", ANY, ANY, "Uncoded audio (wideband)", false),
    ROW("UNCODEDSWB", ANY, ANY, "Uncoded audio (super-wideband)", false),
    ROW("x-much3", ANY, ANY, "x-much3 (Teams)", true),
    ROW("SATIN", ANY, ANY, "Satin", true),
    ROW("SATINFB", ANY, ANY, "Satin (full band)", true),
    ROW("speex", 8000, ANY, "Speex (narrowband)", false),
    ROW("speex", 16000, ANY, "Speex (wideband)", false),
    ROW("speex", ANY, ANY, "Speex", false),
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
    ROW("RED", 90000, ANY, "Redundant video", false),
    ROW("RED", ANY, ANY, "Redundant audio", false),
    ROW("telephone-event", ANY, ANY, "DTMF digits", false),
    ROW("x-rtvc1", ANY, ANY, "RTVideo", true),
    ROW("X-H264UC", ANY, ANY, "H.264 UC", true),
    ROW("x-ulpfecuc", ANY, ANY, "Video error correction (ULPFEC-UC)", true),
    ROW("x-data", ANY, ANY, "RTData", true),
    ROW("H261", ANY, ANY, "H.261", false),
    ROW("H263", ANY, ANY, "H.263", false),
    ROW("H264", ANY, ANY, "H.264", false),
    ROW("AMR", ANY, ANY, "AMR (narrowband)", false),
    ROW("AMR-WB", ANY, ANY, "AMR (wideband)", false),
    ROW("iLBC", ANY, ANY, "iLBC", false),
    ROW("G726-32", ANY, ANY, "G.726 (32 kbit/s)", false),
    ROW("VP8", ANY, ANY, "VP8", false),
    ROW("G726-16", ANY, ANY, "G.726 (16 kbit/s)", false),
    ROW("G726-24", ANY, ANY, "G.726 (24 kbit/s)", false),
    ROW("G726-40", ANY, ANY, "G.726 (40 kbit/s)", false),
    ROW("AAL2-G726-16", ANY, ANY, "G.726 (16 kbit/s)", false),
    ROW("AAL2-G726-24", ANY, ANY, "G.726 (24 kbit/s)", false),
    ROW("AAL2-G726-40", ANY, ANY, "G.726 (40 kbit/s)", false),
    ROW("EVS", ANY, ANY, "EVS", false),
    ROW("CLEARMODE", ANY, ANY, "Clear channel (64 kbit/s data)", false), /* RFC 4040 */
    ROW("t140", ANY, ANY, "Real-time text (T.140)", false),
    ROW("t38", ANY, ANY, "Fax (T.38 over RTP)", false),
    ROW("VP9", ANY, ANY, "VP9", false),
    ROW("ulpfec", ANY, ANY, "Error correction (ULPFEC)", false),
    ROW("flexfec-03", ANY, ANY, "Error correction (FlexFEC)", false),
    ROW("H263-1998", ANY, ANY, "H.263 (1998)", false),
    ROW("H263-2000", ANY, ANY, "H.263 (2000)", false),
    ROW("H264-SVC", ANY, ANY, "H.264 SVC", false),
    ROW("H265", ANY, ANY, "H.265", false),
    ROW("H265v2", ANY, ANY, "H.265 (version 2)", false),
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

static sf_word_index codec_index = SF_WORD_INDEX_INIT(codecs);

/* RFC 3551 tables 4 and 5; the clock rate where it decides on the name */
static const struct {
    uint8_t payload_type;
    sf_slice name;
    uint32_t clock_rate;
} static_types[] = {
    { 0, SF_LITERAL_INIT("PCMU"), ANY },  { 3, SF_LITERAL_INIT("GSM"), ANY },    { 4, SF_LITERAL_INIT("G723"), ANY },
    { 5, SF_LITERAL_INIT("DVI4"), ANY },  { 6, SF_LITERAL_INIT("DVI4"), ANY },   { 7, SF_LITERAL_INIT("LPC"), ANY },
    { 8, SF_LITERAL_INIT("PCMA"), ANY },  { 9, SF_LITERAL_INIT("G722"), ANY },   { 10, SF_LITERAL_INIT("L16"), ANY },
    { 11, SF_LITERAL_INIT("L16"), ANY },  { 12, SF_LITERAL_INIT("QCELP"), ANY }, { 13, SF_LITERAL_INIT("CN"), 8000 },
    { 14, SF_LITERAL_INIT("MPA"), ANY },  { 15, SF_LITERAL_INIT("G728"), ANY },  { 16, SF_LITERAL_INIT("DVI4"), ANY },
    { 17, SF_LITERAL_INIT("DVI4"), ANY }, { 18, SF_LITERAL_INIT("G729"), ANY },  { 25, SF_LITERAL_INIT("CelB"), ANY },
    { 26, SF_LITERAL_INIT("JPEG"), ANY }, { 28, SF_LITERAL_INIT("nv"), ANY },    { 31, SF_LITERAL_INIT("H261"), ANY },
    { 32, SF_LITERAL_INIT("MPV"), ANY },  { 33, SF_LITERAL_INIT("MP2T"), ANY },  { 34, SF_LITERAL_INIT("H263"), ANY },
};

static void name_codec(sf_codec *codec, sf_slice name, uint64_t clock_rate, uint64_t channels)
{
    int first = sf_words_look_up(&codec_index, name);

    if (first == SF_WORDS_NONE) {
        return;
    }
    size_t i = (size_t)first;
    do {
        if ((codecs[i].clock_rate == ANY || codecs[i].clock_rate == clock_rate) &&
            (codecs[i].channels == ANY || codecs[i].channels == channels)) {
            codec->friendly = codecs[i].friendly;
            codec->is_microsoft = codecs[i].is_microsoft;
            return;
        }
    } while (++i < G_N_ELEMENTS(codecs) && sf_slice_equals_nocase(name, codecs[i].name));
}

void sf_codec_read(sf_slice line, sf_slice value, sf_problems *problems, sf_codec *codec)
{
    sf_number channels = { .value = 1 }; /* stays if other parameters are there (RFC 8866 6.6) */
    sf_cursor words = sf_cursor_over(value);
    sf_slice payload_type;

    *codec = (sf_codec){ .text = line };
    sf_word_next(&words, &payload_type);
    sf_slice encoding = sf_slice_trim(sf_cursor_rest(&words));
    if (sf_number_read(payload_type, SF_LAST_PAYLOAD_TYPE, &codec->payload_type) != SF_OK) {
        sf_problems_malformed(problems, line, payload_type, "The payload type", "is not a number from 0 to 127");
    }
    codec->name = sf_slice_head(encoding, sf_slice_find_near(encoding, '/'));
    sf_slice rest = sf_slice_skip(encoding, codec->name.length + 1);
    sf_slice clock_rate = sf_slice_head(rest, sf_slice_find_near(rest, '/'));
    sf_status status = sf_number_read(clock_rate, UINT32_MAX, &codec->clock_rate);
    if (codec->name.length == 0 || status != SF_OK) {
        sf_problems_malformed(problems, line, encoding, "The codec", "is not of the form name/clock-rate");
    }
    if (clock_rate.length < rest.length) {
        (void)sf_number_read(sf_slice_skip(rest, clock_rate.length + 1), UINT32_MAX, &channels);
    }
    name_codec(codec, codec->name, codec->clock_rate.value, channels.value);
}

bool sf_codec_of_static_type(sf_number payload_type, sf_codec *codec)
{
    *codec = (sf_codec){ .text = payload_type.text, .payload_type = payload_type };
    for (size_t i = 0; i < G_N_ELEMENTS(static_types); i++) {
        if (static_types[i].payload_type == payload_type.value) {
            name_codec(codec, static_types[i].name, static_types[i].clock_rate, 1);
            return true;
        }
    }
    return false;
}
