/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Microsoft's own SDP attributes: one row for each kind, with its field.
 */
#include "parts.h"

#include "dissect/view/label.h"
#include "dissect/view/problems.h"
#include "engine/text/words.h"

/* The fields of whole records, by kind. */
static int record_fields[SF_ATTRIBUTE_KINDS];

/* The parts of records that have several. */
static int hf_ssrc_range = -1;
static int hf_bandwidth = -1;
static int hf_unread = -1;
static int hf_ssrc_range_first = -1;
static int hf_ssrc_range_last = -1;
static int hf_bandwidth_label = -1;
static int hf_bandwidth_send = -1;
static int hf_bandwidth_receive = -1;
static int hf_device_name = -1;
static int hf_device_send = -1;
static int hf_device_receive = -1;
static int hf_video_caps_payload_type = -1;
static int hf_video_caps_width = -1;
static int hf_video_caps_height = -1;
static int hf_video_caps_bitrate = -1;
static int hf_video_caps_frame_rate = -1;
static int hf_diagnostics_code = -1;
static int hf_diagnostics_subcode = -1;
static int hf_diagnostics_reason = -1;

static int ett_attribute = -1;

static expert_field ei_sdp_diagnostics = EI_INIT;

static proto_item *show_number(const sf_view *view, proto_tree *tree, int hf, const sf_attribute *attribute, int index)
{
    return sf_view_number(view, tree, hf, attribute->number[index]);
}

static bool has_number(const sf_attribute *attribute, int index)
{
    return sf_number_is_present(attribute->number[index]);
}

static void label_number(sf_label *label, const sf_attribute *attribute, int index)
{
    sf_label_add_number(label, (uint32_t)attribute->number[index].value);
}

static proto_item *show_ssrc_range(const sf_view *view, proto_tree *tree, const sf_attribute *attribute)
{
    proto_item *item;
    proto_tree *below = sf_view_titled(view, tree, hf_ssrc_range, ett_attribute, attribute->text, NULL, &item);

    if (view->is_visible && has_number(attribute, SF_SSRC_FIRST) && has_number(attribute, SF_SSRC_LAST)) {
        sf_label label;
        sf_label_begin(&label, view);
        sf_label_add(&label, ": ");
        label_number(&label, attribute, SF_SSRC_FIRST);
        sf_label_add(&label, " to ");
        label_number(&label, attribute, SF_SSRC_LAST);
        sf_label_append(&label, item);
    }
    show_number(view, below, hf_ssrc_range_first, attribute, SF_SSRC_FIRST);
    show_number(view, below, hf_ssrc_range_last, attribute, SF_SSRC_LAST);
    return item;
}

static proto_item *show_bandwidth(const sf_view *view, proto_tree *tree, const sf_attribute *attribute)
{
    proto_item *item;
    proto_tree *below = sf_view_titled(view, tree, hf_bandwidth, ett_attribute, attribute->text, NULL, &item);

    if (view->is_visible) {
        sf_label label;
        sf_label_begin(&label, view);
        sf_label_add_part(&label, " of ", attribute->word, "");
        sf_label_append(&label, item);
    }
    sf_view_text(view, below, hf_bandwidth_label, attribute->word);
    show_number(view, below, hf_bandwidth_send, attribute, SF_BANDWIDTH_SEND);
    show_number(view, below, hf_bandwidth_receive, attribute, SF_BANDWIDTH_RECEIVE);
    return item;
}

static proto_item *show_device(const sf_view *view, proto_tree *tree, const sf_attribute *attribute)
{
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, record_fields[attribute->kind], ett_attribute, attribute->text, &item);

    sf_view_text(view, below, hf_device_name, attribute->word);
    sf_slice list = sf_slice_skip(attribute->text, sf_slice_find(attribute->text, ':') + 1);
    if (sf_slice_trim(list).length > 0) { /* without one it says nothing of the two */
        sf_view_flag(view, below, hf_device_send, attribute->text, attribute->can_send);
        sf_view_flag(view, below, hf_device_receive, attribute->text, attribute->can_receive);
    }
    return item;
}

/** Names what the capability holds: a part that could not be read has no number to show. */
static void label_video_caps(const sf_view *view, proto_item *item, const sf_attribute *attribute)
{
    const char *separator = ": ";
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, "Video capability");
    if (has_number(attribute, SF_CAPS_WIDTH) && has_number(attribute, SF_CAPS_HEIGHT)) {
        sf_label_add(&label, separator);
        label_number(&label, attribute, SF_CAPS_WIDTH);
        sf_label_add(&label, " x ");
        label_number(&label, attribute, SF_CAPS_HEIGHT);
        separator = ", ";
    }
    if (sf_slice_present(attribute->real.text)) {
        sf_label_add(&label, separator);
        sf_label_add_format(&label, "%g frames/s", attribute->real.value);
        separator = ", ";
    }
    if (has_number(attribute, SF_CAPS_BITRATE)) {
        sf_label_add(&label, separator);
        sf_label_add(&label, "up to ");
        label_number(&label, attribute, SF_CAPS_BITRATE);
        sf_label_add(&label, " bit/s");
    }
    sf_label_set(&label, item);
}

static proto_item *show_video_caps(const sf_view *view, proto_tree *tree, const sf_attribute *attribute)
{
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, record_fields[attribute->kind], ett_attribute, attribute->text, &item);

    if (view->is_visible) {
        label_video_caps(view, item, attribute);
    }
    show_number(view, below, hf_video_caps_payload_type, attribute, SF_CAPS_PAYLOAD_TYPE);
    show_number(view, below, hf_video_caps_width, attribute, SF_CAPS_WIDTH);
    show_number(view, below, hf_video_caps_height, attribute, SF_CAPS_HEIGHT);
    sf_view_real(view, below, hf_video_caps_frame_rate, attribute->real.text, attribute->real.value);
    show_number(view, below, hf_video_caps_bitrate, attribute, SF_CAPS_BITRATE);
    return item;
}

/** The line as written, without its `a=`. */
static sf_slice written(const sf_attribute *attribute)
{
    return sf_slice_trim(sf_slice_skip(attribute->text, sizeof "a=" - 1));
}

static proto_item *show_line(const sf_view *view, proto_tree *tree, const sf_attribute *attribute)
{
    return sf_view_text(view, tree, record_fields[attribute->kind], written(attribute));
}

/** The network that the candidates of one foundation are in. It was an attribute like others before it had words. */
static proto_item *show_network(const sf_view *view, proto_tree *tree, const sf_attribute *attribute)
{
    static const struct {
        sf_slice type;
        const char *words;
    } networks[] = {
        { SF_LITERAL_INIT("WLAN"), "in a wireless LAN" },
        { SF_LITERAL_INIT("WWAN"), "on a mobile network" },
        { SF_LITERAL_INIT("wired"), "on a wired network" },
    };
    proto_item *item = sf_view_text(view, tree, record_fields[SF_ATTRIBUTE_OTHER], written(attribute));
    int i = SF_WORDS_FIND(networks, attribute->word);

    if (i != SF_WORDS_NONE && view->is_visible) {
        sf_label label;
        sf_label_begin(&label, view);
        sf_label_add_part(&label, " (candidates of foundation ", attribute->foundation, " are ");
        sf_label_add(&label, networks[i].words);
        sf_label_add(&label, ")");
        sf_label_append(&label, item);
    }
    return item;
}

static proto_item *show_diagnostics(const sf_view *view, proto_tree *tree, const sf_attribute *attribute)
{
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, record_fields[attribute->kind], ett_attribute, written(attribute),
                                    &item);

    if (view->is_visible) {
        sf_label label;
        sf_label_begin(&label, view);
        sf_label_add(&label, "SDP diagnostics");
        sf_label_add_part(&label, ": ", attribute->number[SF_ERROR_ID].text, "");
        sf_label_add_part(&label, ".", attribute->number[SF_ERROR_SUB_ID].text, "");
        sf_label_add_part(&label, ", ", attribute->word, "");
        sf_label_set(&label, item);
    }
    show_number(view, below, hf_diagnostics_code, attribute, SF_ERROR_ID);
    show_number(view, below, hf_diagnostics_subcode, attribute, SF_ERROR_SUB_ID);
    sf_view_unescaped(view, below, hf_diagnostics_reason, attribute->word, attribute->is_quoted);
    return item;
}

/** An endpoint writes it where the other side is to show its user how the session is ([MS-SDPEXT] 3.1.5.26). */
static void note_diagnostics(const sf_view *view, proto_item *item, const sf_attribute *attribute)
{
    sf_label label;

    if (attribute->kind != SF_ATTRIBUTE_DIAGNOSTICS || !has_number(attribute, SF_ERROR_ID)) {
        return;
    }
    sf_label_begin(&label, view);
    sf_label_add(&label, "The sender reports on this stream: ");
    sf_label_add_slice(&label, attribute->number[SF_ERROR_ID].text);
    sf_label_add_part(&label, ", ", attribute->word, "");
    expert_add_info_format(view->pinfo, item, &ei_sdp_diagnostics, "%s", label.text);
}

#define ROW(kind, show, label, filter, type, base, description) \
    [kind] = { show, { &record_fields[kind], { label, filter, type, base, NULL, 0, description, HFILL } } }

/* How each kind is shown: by a function, or as the type of its field has it. */
static struct {
    proto_item *(*show)(const sf_view *view, proto_tree *tree, const sf_attribute *attribute);
    hf_register_info field; /* none if only the parts have fields */
} rows[SF_ATTRIBUTE_KINDS] = {
    [SF_ATTRIBUTE_SSRC_RANGE] = { .show = show_ssrc_range },
    [SF_ATTRIBUTE_BANDWIDTH] = { .show = show_bandwidth },
    ROW(SF_ATTRIBUTE_DEVICE, show_device, "Device", "skypefed.device", FT_STRING, BASE_NONE, "a=x-devicecaps"),
    ROW(SF_ATTRIBUTE_VIDEO_CAPS, show_video_caps, "Video capabilities", "skypefed.video_caps", FT_STRING, BASE_NONE,
        "a=x-caps"),
    ROW(SF_ATTRIBUTE_FEEDBACK, NULL, "Feedback messages", "skypefed.feedback", FT_STRING, BASE_NONE,
        "a=rtcp-fb x-message or a=x-signaling-fb"),
    ROW(SF_ATTRIBUTE_BYPASS_ID, NULL, "Media bypass id", "skypefed.bypass_id", FT_GUID, BASE_NONE, "a=x-bypassid"),
    ROW(SF_ATTRIBUTE_DIAGNOSTICS, show_diagnostics, "SDP diagnostics", "skypefed.sdp_diagnostics", FT_STRING, BASE_NONE,
        "a=x-ms-SDP-diagnostics: what the sender reports on the stream"),
    [SF_ATTRIBUTE_NETWORK] = { .show = show_network },
    ROW(SF_ATTRIBUTE_OTHER, show_line, "Attribute", "skypefed.attribute", FT_STRING, BASE_NONE,
        "Any other Microsoft attribute"),
};

/** A value that could not be read leaves a row with its label alone, which takes the note. */
static proto_item *show_by_type(const sf_view *view, proto_tree *tree, const sf_attribute *attribute)
{
    const header_field_info *field = &rows[attribute->kind].field.hfinfo;
    int hf = record_fields[attribute->kind];
    proto_item *item = field->type == FT_GUID ? sf_view_guid(view, tree, hf, attribute->word, &attribute->guid)
                                              : sf_view_text(view, tree, hf, attribute->word);

    if (!item) {
        sf_view_titled(view, tree, hf_unread, ett_attribute, attribute->text, field->name, &item);
    }
    return item;
}

void sf_attribute_show(sf_view *view, proto_tree *tree, sf_run run)
{
    for (unsigned i = run.first; i < run.first + run.count; i++) {
        const sf_attribute *attribute = &view->message->media.attributes.items[i];
        proto_item *item = NULL;
        if (tree) {
            item = rows[attribute->kind].show ? rows[attribute->kind].show(view, tree, attribute)
                                              : show_by_type(view, tree, attribute);
        }
        note_diagnostics(view, item, attribute);
        sf_view_problems(view, item, attribute->line);
    }
}

void sf_attribute_register(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_ssrc_range,
          { "SSRC range", "skypefed.ssrc_range", FT_NONE, BASE_NONE, NULL, 0, "a=x-ssrc-range", HFILL } },
        { &hf_bandwidth, { "Bandwidth", "skypefed.bandwidth", FT_NONE, BASE_NONE, NULL, 0, "a=x-mediabw", HFILL } },
        { &hf_unread,
          { "Attribute that could not be read", "skypefed.attribute.unread", FT_NONE, BASE_NONE, NULL, 0,
            "A Microsoft attribute whose value is not what its name wants", HFILL } },
        { &hf_ssrc_range_first,
          { "First SSRC", "skypefed.ssrc_range.first", FT_UINT32, BASE_DEC, NULL, 0, "a=x-ssrc-range", HFILL } },
        { &hf_ssrc_range_last,
          { "Last SSRC", "skypefed.ssrc_range.last", FT_UINT32, BASE_DEC, NULL, 0, "a=x-ssrc-range", HFILL } },
        { &hf_bandwidth_label,
          { "Label", "skypefed.bandwidth.label", FT_STRING, BASE_NONE, NULL, 0, "a=x-mediabw", HFILL } },
        { &hf_bandwidth_send,
          { "Send (kbit/s)", "skypefed.bandwidth.send", FT_UINT32, BASE_DEC, NULL, 0, "a=x-mediabw", HFILL } },
        { &hf_bandwidth_receive,
          { "Receive (kbit/s)", "skypefed.bandwidth.receive", FT_UINT32, BASE_DEC, NULL, 0, "a=x-mediabw", HFILL } },
        { &hf_device_name, { "Name", "skypefed.device.name", FT_STRING, BASE_NONE, NULL, 0, "a=x-devicecaps", HFILL } },
        { &hf_device_send,
          { "Can send", "skypefed.device.send", FT_BOOLEAN, BASE_NONE, NULL, 0, "a=x-devicecaps", HFILL } },
        { &hf_device_receive,
          { "Can receive", "skypefed.device.receive", FT_BOOLEAN, BASE_NONE, NULL, 0, "a=x-devicecaps", HFILL } },
        { &hf_video_caps_payload_type,
          { "Payload type", "skypefed.video_caps.payload_type", FT_UINT32, BASE_DEC, NULL, 0, "a=x-caps", HFILL } },
        { &hf_video_caps_width,
          { "Width", "skypefed.video_caps.width", FT_UINT32, BASE_DEC, NULL, 0, "In pixels", HFILL } },
        { &hf_video_caps_height,
          { "Height", "skypefed.video_caps.height", FT_UINT32, BASE_DEC, NULL, 0, "In pixels", HFILL } },
        { &hf_video_caps_bitrate,
          { "Bit rate", "skypefed.video_caps.bitrate", FT_UINT32, BASE_DEC, NULL, 0, "In bit/s", HFILL } },
        { &hf_video_caps_frame_rate,
          { "Frame rate", "skypefed.video_caps.frame_rate", FT_FLOAT, BASE_NONE, NULL, 0, "In frames/s", HFILL } },
        { &hf_diagnostics_code,
          { "Error id", "skypefed.sdp_diagnostics.code", FT_UINT32, BASE_DEC, NULL, 0, "a=x-ms-SDP-diagnostics",
            HFILL } },
        { &hf_diagnostics_subcode,
          { "Second error id", "skypefed.sdp_diagnostics.subcode", FT_UINT32, BASE_DEC, NULL, 0,
            "a=x-ms-SDP-diagnostics", HFILL } },
        { &hf_diagnostics_reason,
          { "Reason", "skypefed.sdp_diagnostics.reason", FT_STRING, BASE_NONE, NULL, 0, "a=x-ms-SDP-diagnostics",
            HFILL } },
    };
    static int *ett[] = { &ett_attribute };
    static ei_register_info ei[] = {
        { &ei_sdp_diagnostics,
          { "skypefed.expert.sdp_diagnostics", PI_SEQUENCE, PI_NOTE, "The sender reports on a stream", EXPFILL } },
    };

    for (unsigned kind = 0; kind < G_N_ELEMENTS(rows); kind++) {
        if (rows[kind].field.p_id) {
            proto_register_field_array(proto, &rows[kind].field, 1);
        }
    }
    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    expert_register_field_array(expert, ei, G_N_ELEMENTS(ei));
}
