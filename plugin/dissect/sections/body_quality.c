/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Fields of bodies: quality reports.
 */
#include "body_field.h"
#include "parts.h"

#include "engine/text/words.h"

static int hf_quality = -1;
static int hf_quality_caller = -1;
static int hf_quality_local_agent = -1;
static int hf_quality_remote_agent = -1;
static int hf_quality_bypass = -1;
static int hf_quality_rating = -1;
static int hf_quality_comment_length = -1;
static int hf_quality_line = -1;
static int hf_quality_path = -1;
static int hf_quality_security = -1;
static int hf_quality_transport = -1;
static int hf_quality_network = -1;
static int hf_quality_vpn = -1;
static int hf_quality_link_speed = -1;
static int hf_quality_bandwidth_limit = -1;
static int hf_quality_local_address = -1;
static int hf_quality_local_subnet_mask = -1;
static int hf_quality_local_inside = -1;
static int hf_quality_remote_address = -1;
static int hf_quality_remote_inside = -1;
static int hf_quality_relay_address = -1;
static int hf_quality_capture_device = -1;
static int hf_quality_render_device = -1;
static int hf_quality_event = -1;
static int hf_quality_stream = -1;
static int hf_quality_codec = -1;
static int hf_quality_sample_rate = -1;
static int hf_quality_jitter = -1;
static int hf_quality_jitter_max = -1;
static int hf_quality_loss = -1;
static int hf_quality_loss_max = -1;
static int hf_quality_discarded = -1;
static int hf_quality_burst_density = -1;
static int hf_quality_burst_duration = -1;
static int hf_quality_round_trip = -1;
static int hf_quality_round_trip_max = -1;
static int hf_quality_packets = -1;
static int hf_quality_bandwidth = -1;
static int hf_quality_concealed = -1;
static int hf_quality_signal_level = -1;
static int hf_quality_noise_level = -1;
static int hf_quality_echo_return = -1;
static int hf_quality_listening_mos = -1;
static int hf_quality_conversational_mos = -1;
static int hf_quality_network_mos = -1;
static int hf_quality_network_mos_min = -1;
static int hf_quality_degradation = -1;
static int hf_quality_degradation_max = -1;
static int hf_quality_degradation_jitter = -1;
static int hf_quality_degradation_loss = -1;
static int hf_quality_resolution = -1;
static int hf_quality_video_loss_after_fec = -1;
static int hf_quality_video_loss = -1;
static int hf_quality_frame_loss = -1;
static int hf_quality_frame_rate = -1;
static int hf_quality_low_frame_rate = -1;
static int hf_quality_low_cpu = -1;

/** Words for a value that is one of these, in any case. */
typedef struct {
    sf_slice value;
    const char *words;
} word;

static const char *find(const word *words, size_t count, const sf_fact *fact)
{
    int row = sf_words_find(words, count, sizeof *words, fact->text);

    return row == SF_WORDS_NONE ? NULL : words[row].words;
}

/** [MS-QoE] 2.2.1.7. */
static const char *path_words(const sf_fact *fact)
{
    static const word words[] = {
        { SF_LITERAL_INIT("DIRECT"), "directly" },
        { SF_LITERAL_INIT("RELAY"), "through the media relay" },
        { SF_LITERAL_INIT("HTTP-PROXY"), "through an HTTP proxy" },
        { SF_LITERAL_INIT("FAILED"), "no path found" },
    };

    return find(words, G_N_ELEMENTS(words), fact);
}

/** The direction. */
static const char *stream_words(const sf_fact *fact)
{
    static const word words[] = {
        { SF_LITERAL_INIT("InboundStream"), "received" },
        { SF_LITERAL_INIT("OutboundStream"), "sent" },
        { SF_LITERAL_INIT("LocalMetrics"), "measured by the reporter" },
        { SF_LITERAL_INIT("RemoteMetrics"), "measured by the other side" },
    };

    return find(words, G_N_ELEMENTS(words), fact);
}

static const sf_body_field fields[] = {
    { SF_FACT_QUALITY_SESSION, &hf_quality, SF_SHAPE_TEXT, true, NULL, NULL },
    { SF_FACT_QUALITY_CALLER, &hf_quality_caller, SF_SHAPE_FLAG, false, NULL, NULL },
    { SF_FACT_QUALITY_LOCAL_AGENT, &hf_quality_local_agent, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_QUALITY_REMOTE_AGENT, &hf_quality_remote_agent, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_QUALITY_BYPASS, &hf_quality_bypass, SF_SHAPE_FLAG, false, NULL, NULL },
    { SF_FACT_QUALITY_RATING, &hf_quality_rating, SF_SHAPE_NUMBER, false, NULL, NULL },
    { SF_FACT_QUALITY_COMMENT, &hf_quality_comment_length, SF_SHAPE_LENGTH, false, NULL, NULL },
    { SF_FACT_QUALITY_LINE, &hf_quality_line, SF_SHAPE_TEXT, true, NULL, NULL },
    { SF_FACT_QUALITY_PATH, &hf_quality_path, SF_SHAPE_TEXT, false, path_words, NULL },
    { SF_FACT_QUALITY_SECURITY, &hf_quality_security, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_QUALITY_TRANSPORT, &hf_quality_transport, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_QUALITY_NETWORK, &hf_quality_network, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_QUALITY_VPN, &hf_quality_vpn, SF_SHAPE_FLAG, false, NULL, NULL },
    { SF_FACT_QUALITY_LINK_SPEED, &hf_quality_link_speed, SF_SHAPE_NUMBER, false, NULL, " bit/s" },
    { SF_FACT_QUALITY_BANDWIDTH_LIMIT, &hf_quality_bandwidth_limit, SF_SHAPE_NUMBER, false, NULL, " bit/s" },
    { SF_FACT_QUALITY_LOCAL_ADDRESS, &hf_quality_local_address, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_QUALITY_LOCAL_SUBNET, &hf_quality_local_subnet_mask, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_QUALITY_LOCAL_INSIDE, &hf_quality_local_inside, SF_SHAPE_FLAG, false, NULL, NULL },
    { SF_FACT_QUALITY_REMOTE_ADDRESS, &hf_quality_remote_address, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_QUALITY_REMOTE_INSIDE, &hf_quality_remote_inside, SF_SHAPE_FLAG, false, NULL, NULL },
    { SF_FACT_QUALITY_RELAY_ADDRESS, &hf_quality_relay_address, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_QUALITY_CAPTURE_DEVICE, &hf_quality_capture_device, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_QUALITY_RENDER_DEVICE, &hf_quality_render_device, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_QUALITY_EVENT, &hf_quality_event, SF_SHAPE_EVENT, false, NULL, NULL },
    { SF_FACT_QUALITY_STREAM, &hf_quality_stream, SF_SHAPE_TEXT, true, stream_words, NULL },
    { SF_FACT_QUALITY_CODEC, &hf_quality_codec, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_QUALITY_SAMPLE_RATE, &hf_quality_sample_rate, SF_SHAPE_NUMBER, false, NULL, " Hz" },
    { SF_FACT_QUALITY_JITTER, &hf_quality_jitter, SF_SHAPE_REAL, false, NULL, " ms" },
    { SF_FACT_QUALITY_JITTER_MAX, &hf_quality_jitter_max, SF_SHAPE_REAL, false, NULL, " ms" },
    { SF_FACT_QUALITY_LOSS, &hf_quality_loss, SF_SHAPE_PERCENT, false, NULL, " %" },
    { SF_FACT_QUALITY_LOSS_PERCENT, &hf_quality_loss, SF_SHAPE_REAL, false, NULL, " %" },
    { SF_FACT_QUALITY_LOSS_MAX, &hf_quality_loss_max, SF_SHAPE_PERCENT, false, NULL, " %" },
    { SF_FACT_QUALITY_DISCARDED_PERCENT, &hf_quality_discarded, SF_SHAPE_REAL, false, NULL, " %" },
    { SF_FACT_QUALITY_BURST_DENSITY, &hf_quality_burst_density, SF_SHAPE_PERCENT, false, NULL, " %" },
    { SF_FACT_QUALITY_BURST_DENSITY_PERCENT, &hf_quality_burst_density, SF_SHAPE_REAL, false, NULL, " %" },
    { SF_FACT_QUALITY_BURST_DURATION, &hf_quality_burst_duration, SF_SHAPE_REAL, false, NULL, " ms" },
    { SF_FACT_QUALITY_ROUND_TRIP, &hf_quality_round_trip, SF_SHAPE_REAL, false, NULL, " ms" },
    { SF_FACT_QUALITY_ROUND_TRIP_MAX, &hf_quality_round_trip_max, SF_SHAPE_REAL, false, NULL, " ms" },
    { SF_FACT_QUALITY_PACKETS, &hf_quality_packets, SF_SHAPE_NUMBER, false, NULL, NULL },
    { SF_FACT_QUALITY_BANDWIDTH, &hf_quality_bandwidth, SF_SHAPE_NUMBER, false, NULL, " bit/s" },
    { SF_FACT_QUALITY_CONCEALED, &hf_quality_concealed, SF_SHAPE_PERCENT, false, NULL, " %" },
    { SF_FACT_QUALITY_SIGNAL_LEVEL, &hf_quality_signal_level, SF_SHAPE_REAL, false, NULL, " dB" },
    { SF_FACT_QUALITY_NOISE_LEVEL, &hf_quality_noise_level, SF_SHAPE_REAL, false, NULL, " dB" },
    { SF_FACT_QUALITY_ECHO_RETURN, &hf_quality_echo_return, SF_SHAPE_REAL, false, NULL, " dB" },
    { SF_FACT_QUALITY_LISTENING_MOS, &hf_quality_listening_mos, SF_SHAPE_REAL, false, NULL, NULL },
    { SF_FACT_QUALITY_CONVERSATION_MOS, &hf_quality_conversational_mos, SF_SHAPE_REAL, false, NULL, NULL },
    { SF_FACT_QUALITY_NETWORK_MOS, &hf_quality_network_mos, SF_SHAPE_REAL, false, NULL, NULL },
    { SF_FACT_QUALITY_NETWORK_MOS_MIN, &hf_quality_network_mos_min, SF_SHAPE_REAL, false, NULL, NULL },
    { SF_FACT_QUALITY_DEGRADATION, &hf_quality_degradation, SF_SHAPE_REAL, false, NULL, NULL },
    { SF_FACT_QUALITY_DEGRADATION_MAX, &hf_quality_degradation_max, SF_SHAPE_REAL, false, NULL, NULL },
    { SF_FACT_QUALITY_DEGRADATION_JITTER, &hf_quality_degradation_jitter, SF_SHAPE_PERCENT, false, NULL, " %" },
    { SF_FACT_QUALITY_DEGRADATION_LOSS, &hf_quality_degradation_loss, SF_SHAPE_PERCENT, false, NULL, " %" },
    { SF_FACT_QUALITY_VIDEO_SIZE, &hf_quality_resolution, SF_SHAPE_TEXT, false, NULL, NULL },
    { SF_FACT_QUALITY_VIDEO_LOSS_AFTER_FEC, &hf_quality_video_loss_after_fec, SF_SHAPE_PERCENT, false, NULL, " %" },
    { SF_FACT_QUALITY_VIDEO_LOSS, &hf_quality_video_loss, SF_SHAPE_PERCENT, false, NULL, " %" },
    { SF_FACT_QUALITY_VIDEO_FRAME_LOSS, &hf_quality_frame_loss, SF_SHAPE_REAL, false, NULL, " %" },
    { SF_FACT_QUALITY_VIDEO_FRAME_RATE, &hf_quality_frame_rate, SF_SHAPE_REAL, false, NULL, " frames/s" },
    { SF_FACT_QUALITY_VIDEO_LOW_RATE, &hf_quality_low_frame_rate, SF_SHAPE_REAL, false, NULL, " %" },
    { SF_FACT_QUALITY_VIDEO_LOW_CPU, &hf_quality_low_cpu, SF_SHAPE_REAL, false, NULL, " %" },
};

sf_body_fields sf_body_quality_fields(void)
{
    return (sf_body_fields){ fields, G_N_ELEMENTS(fields) };
}

void sf_body_quality_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_quality, { "Report", "skypefed.quality", FT_STRING, BASE_NONE, NULL, 0, "Report on one call", HFILL } },
        { &hf_quality_caller,
          { "Reported by the caller", "skypefed.quality.caller", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "False if the callee reports", HFILL } },
        { &hf_quality_local_agent,
          { "Reporter's client", "skypefed.quality.local_agent", FT_STRING, BASE_NONE, NULL, 0,
            "User-Agent of the side that reports", HFILL } },
        { &hf_quality_remote_agent,
          { "Other client", "skypefed.quality.remote_agent", FT_STRING, BASE_NONE, NULL, 0,
            "User-Agent of the other side", HFILL } },
        { &hf_quality_bypass,
          { "Media bypass", "skypefed.quality.bypass", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "Media bypassed the Mediation Server", HFILL } },
        { &hf_quality_rating,
          { "Rating", "skypefed.quality.rating", FT_UINT32, BASE_DEC, NULL, 0, "Stars that the user gave", HFILL } },
        { &hf_quality_comment_length,
          { "Comment length (bytes)", "skypefed.quality.comment_length", FT_UINT32, BASE_DEC, NULL, 0,
            "Length of the user's comment: it is not shown", HFILL } },
        { &hf_quality_line,
          { "Media line", "skypefed.quality.line", FT_STRING, BASE_NONE, NULL, 0,
            "Label of the media line: main-audio, main-video, ...", HFILL } },
        { &hf_quality_path,
          { "Media path", "skypefed.quality.path", FT_STRING, BASE_NONE, NULL, 0, "Media path that ICE found",
            HFILL } },
        { &hf_quality_security,
          { "Encryption", "skypefed.quality.security", FT_STRING, BASE_NONE, NULL, 0,
            "SRTP, V1 (scale SRTP of older clients) or None", HFILL } },
        { &hf_quality_transport,
          { "Transport", "skypefed.quality.transport", FT_STRING, BASE_NONE, NULL, 0, "UDP or TCP", HFILL } },
        { &hf_quality_network,
          { "Network", "skypefed.quality.network", FT_STRING, BASE_NONE, NULL, 0, "wired or wifi", HFILL } },
        { &hf_quality_vpn,
          { "VPN", "skypefed.quality.vpn", FT_BOOLEAN, BASE_NONE, NULL, 0, "The user was connected through a VPN",
            HFILL } },
        { &hf_quality_link_speed,
          { "Link speed", "skypefed.quality.link_speed", FT_UINT64, BASE_DEC, NULL, 0,
            "Speed of the network interface; bits per second", HFILL } },
        { &hf_quality_bandwidth_limit,
          { "Bandwidth limit", "skypefed.quality.bandwidth_limit", FT_UINT64, BASE_DEC, NULL, 0,
            "Limit that a bandwidth policy set; bits per second", HFILL } },
        { &hf_quality_local_address,
          { "Local address", "skypefed.quality.local_address", FT_STRING, BASE_NONE, NULL, 0,
            "Address of the side that reports", HFILL } },
        { &hf_quality_local_subnet_mask,
          { "Local subnet mask", "skypefed.quality.local_subnet_mask", FT_STRING, BASE_NONE, NULL, 0,
            "Mask of the local network", HFILL } },
        { &hf_quality_local_inside,
          { "Local side inside", "skypefed.quality.local_inside", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "Inside the company's network", HFILL } },
        { &hf_quality_remote_address,
          { "Remote address", "skypefed.quality.remote_address", FT_STRING, BASE_NONE, NULL, 0,
            "Address of the other end, as the reporting end saw it", HFILL } },
        { &hf_quality_remote_inside,
          { "Remote side inside", "skypefed.quality.remote_inside", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "Inside the company's network", HFILL } },
        { &hf_quality_relay_address,
          { "Media relay", "skypefed.quality.relay_address", FT_STRING, BASE_NONE, NULL, 0,
            "Address of the media relay", HFILL } },
        { &hf_quality_capture_device,
          { "Microphone or camera", "skypefed.quality.capture_device", FT_STRING, BASE_NONE, NULL, 0,
            "Name of the device that recorded", HFILL } },
        { &hf_quality_render_device,
          { "Speaker", "skypefed.quality.render_device", FT_STRING, BASE_NONE, NULL, 0,
            "Name of the device that played", HFILL } },
        { &hf_quality_event,
          { "Event", "skypefed.quality.event", FT_STRING, BASE_NONE, NULL, 0,
            "What the client noticed, and in how much of the call", HFILL } },
        { &hf_quality_stream,
          { "Stream", "skypefed.quality.stream", FT_STRING, BASE_NONE, NULL, 0, "One direction", HFILL } },
        { &hf_quality_codec,
          { "Codec", "skypefed.quality.codec", FT_STRING, BASE_NONE, NULL, 0, "Codec that carried the stream",
            HFILL } },
        { &hf_quality_sample_rate,
          { "Sample rate", "skypefed.quality.sample_rate", FT_UINT32, BASE_DEC, NULL, 0, "Hz", HFILL } },
        { &hf_quality_jitter,
          { "Jitter", "skypefed.quality.jitter", FT_FLOAT, BASE_NONE, NULL, 0,
            "Average interarrival jitter, milliseconds", HFILL } },
        { &hf_quality_jitter_max,
          { "Largest jitter", "skypefed.quality.jitter_max", FT_FLOAT, BASE_NONE, NULL, 0, "Milliseconds", HFILL } },
        { &hf_quality_loss,
          { "Packet loss", "skypefed.quality.loss", FT_FLOAT, BASE_NONE, NULL, 0, "Average packet loss; percent",
            HFILL } },
        { &hf_quality_loss_max,
          { "Largest packet loss", "skypefed.quality.loss_max", FT_FLOAT, BASE_NONE, NULL, 0, "Percent", HFILL } },
        { &hf_quality_discarded,
          { "Discarded packets", "skypefed.quality.discarded", FT_FLOAT, BASE_NONE, NULL, 0,
            "Packets that came too late or too early for the jitter buffer; percent", HFILL } },
        { &hf_quality_burst_density,
          { "Loss within bursts", "skypefed.quality.burst_density", FT_FLOAT, BASE_NONE, NULL, 0,
            "Lost packets within bursts of loss (RFC 3611); percent", HFILL } },
        { &hf_quality_burst_duration,
          { "Length of bursts", "skypefed.quality.burst_duration", FT_FLOAT, BASE_NONE, NULL, 0,
            "Average length of a burst of loss; milliseconds", HFILL } },
        { &hf_quality_round_trip,
          { "Round trip", "skypefed.quality.round_trip", FT_FLOAT, BASE_NONE, NULL, 0,
            "Average round trip; milliseconds", HFILL } },
        { &hf_quality_round_trip_max,
          { "Largest round trip", "skypefed.quality.round_trip_max", FT_FLOAT, BASE_NONE, NULL, 0, "Milliseconds",
            HFILL } },
        { &hf_quality_packets,
          { "Packets", "skypefed.quality.packets", FT_UINT32, BASE_DEC, NULL, 0, "Packets of the stream", HFILL } },
        { &hf_quality_bandwidth,
          { "Estimated bandwidth", "skypefed.quality.bandwidth", FT_UINT64, BASE_DEC, NULL, 0, "Bits per second",
            HFILL } },
        { &hf_quality_concealed,
          { "Concealed audio", "skypefed.quality.concealed", FT_FLOAT, BASE_NONE, NULL, 0,
            "Audio that was made up in place of lost packets; percent", HFILL } },
        { &hf_quality_signal_level,
          { "Signal level", "skypefed.quality.signal_level", FT_FLOAT, BASE_NONE, NULL, 0, "dB", HFILL } },
        { &hf_quality_noise_level,
          { "Noise level", "skypefed.quality.noise_level", FT_FLOAT, BASE_NONE, NULL, 0, "dB", HFILL } },
        { &hf_quality_echo_return,
          { "Speech to echo", "skypefed.quality.echo_return", FT_FLOAT, BASE_NONE, NULL, 0,
            "Speech compared with its echo; dB", HFILL } },
        { &hf_quality_listening_mos,
          { "Listening MOS", "skypefed.quality.listening_mos", FT_FLOAT, BASE_NONE, NULL, 0,
            "Estimated quality of listening, 1 to 5", HFILL } },
        { &hf_quality_conversational_mos,
          { "Conversational MOS", "skypefed.quality.conversational_mos", FT_FLOAT, BASE_NONE, NULL, 0,
            "Estimated quality of the conversation, 1 to 5", HFILL } },
        { &hf_quality_network_mos,
          { "Network MOS", "skypefed.quality.network_mos", FT_FLOAT, BASE_NONE, NULL, 0,
            "Mean opinion score that the codec can reach on this network, 1 to 5", HFILL } },
        { &hf_quality_network_mos_min,
          { "Lowest network MOS", "skypefed.quality.network_mos_min", FT_FLOAT, BASE_NONE, NULL, 0,
            "Lowest mean opinion score that the network allowed, 1 to 5", HFILL } },
        { &hf_quality_degradation,
          { "MOS degradation", "skypefed.quality.degradation", FT_FLOAT, BASE_NONE, NULL, 0,
            "How much the network lowered the MOS", HFILL } },
        { &hf_quality_degradation_max,
          { "Largest MOS degradation", "skypefed.quality.degradation_max", FT_FLOAT, BASE_NONE, NULL, 0,
            "Largest loss of mean opinion score that the network caused", HFILL } },
        { &hf_quality_degradation_jitter,
          { "Degradation by jitter", "skypefed.quality.degradation_jitter", FT_FLOAT, BASE_NONE, NULL, 0,
            "Share of the degradation; percent", HFILL } },
        { &hf_quality_degradation_loss,
          { "Degradation by packet loss", "skypefed.quality.degradation_loss", FT_FLOAT, BASE_NONE, NULL, 0,
            "Share of the degradation; percent", HFILL } },
        { &hf_quality_resolution,
          { "Resolution", "skypefed.quality.resolution", FT_STRING, BASE_NONE, NULL, 0, "Size of the video in pixels",
            HFILL } },
        { &hf_quality_video_loss_after_fec,
          { "Video loss after repair", "skypefed.quality.video_loss_after_fec", FT_FLOAT, BASE_NONE, NULL, 0,
            "Packet loss that error correction did not repair; percent", HFILL } },
        { &hf_quality_video_loss,
          { "Video packet loss", "skypefed.quality.video_loss", FT_FLOAT, BASE_NONE, NULL, 0, "Percent", HFILL } },
        { &hf_quality_frame_loss,
          { "Lost video frames", "skypefed.quality.frame_loss", FT_FLOAT, BASE_NONE, NULL, 0, "Percent", HFILL } },
        { &hf_quality_frame_rate,
          { "Frame rate", "skypefed.quality.frame_rate", FT_FLOAT, BASE_NONE, NULL, 0, "Frames per second", HFILL } },
        { &hf_quality_low_frame_rate,
          { "Low frame rate", "skypefed.quality.low_frame_rate", FT_FLOAT, BASE_NONE, NULL, 0,
            "Share of the call with less than 7.5 frames/s; percent", HFILL } },
        { &hf_quality_low_cpu,
          { "Processor too slow", "skypefed.quality.low_cpu", FT_FLOAT, BASE_NONE, NULL, 0,
            "Share of the call in which the processor was too busy for video; percent", HFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
}
