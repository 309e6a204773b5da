/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Microsoft's own SDP attributes: one way of showing for each kind.
 */
#include "parts.h"

#include "dissect/view/label.h"
#include "dissect/view/problems.h"

static int hf_ssrc_range_first = -1;
static int hf_ssrc_range_last = -1;
static int hf_bandwidth_label = -1;
static int hf_bandwidth_send = -1;
static int hf_bandwidth_receive = -1;
static int hf_device = -1;
static int hf_device_name = -1;
static int hf_device_send = -1;
static int hf_device_receive = -1;
static int hf_video_caps = -1;
static int hf_video_caps_payload_type = -1;
static int hf_video_caps_width = -1;
static int hf_video_caps_height = -1;
static int hf_video_caps_bitrate = -1;
static int hf_video_caps_frame_rate = -1;
static int hf_feedback = -1;
static int hf_bypass_id = -1;
static int hf_attribute = -1;

static int ett_attribute = -1;

/** Shows a record and gives its item, which takes the notes. `hf` is the field of its kind. */
typedef proto_item *show_attribute(const sf_view *view, proto_tree *tree, int hf, const sf_attribute *attribute);

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

static proto_item *show_ssrc_range(const sf_view *view, proto_tree *tree, int hf _U_, const sf_attribute *attribute)
{
    proto_item *item;
    proto_tree *below = sf_view_titled(view, tree, ett_attribute, attribute->text, "SSRC range", &item);

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

static proto_item *show_bandwidth(const sf_view *view, proto_tree *tree, int hf _U_, const sf_attribute *attribute)
{
    proto_item *item;
    proto_tree *below = sf_view_titled(view, tree, ett_attribute, attribute->text, "Bandwidth", &item);

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

static proto_item *show_device(const sf_view *view, proto_tree *tree, int hf, const sf_attribute *attribute)
{
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf, ett_attribute, attribute->text, &item);

    sf_view_text(view, below, hf_device_name, attribute->word);
    sf_slice list = sf_slice_skip(attribute->text, sf_slice_find(attribute->text, ':') + 1);
    if (sf_slice_trim(list).length > 0) { /* without one it tells nothing of the two */
        sf_view_flag(view, below, hf_device_send, attribute->text, attribute->can_send);
        sf_view_flag(view, below, hf_device_receive, attribute->text, attribute->can_receive);
    }
    return item;
}

/** Names what the capability tells: a part that could not be read has no number to show. */
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

static proto_item *show_video_caps(const sf_view *view, proto_tree *tree, int hf, const sf_attribute *attribute)
{
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf, ett_attribute, attribute->text, &item);

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

static proto_item *show_word(const sf_view *view, proto_tree *tree, int hf, const sf_attribute *attribute)
{
    return sf_view_text(view, tree, hf, attribute->word);
}

/** The GUID; a row without one if it could not be read. */
static proto_item *show_guid(const sf_view *view, proto_tree *tree, int hf, const sf_attribute *attribute)
{
    if (!sf_slice_present(attribute->word)) {
        proto_item *item;
        sf_view_titled(view, tree, ett_attribute, attribute->text, proto_registrar_get_name(hf), &item);
        return item;
    }
    return sf_view_guid(view, tree, hf, attribute->word, &attribute->guid);
}

/** The line as written, without its `a=`. */
static proto_item *show_line(const sf_view *view, proto_tree *tree, int hf, const sf_attribute *attribute)
{
    return sf_view_text(view, tree, hf, sf_slice_trim(sf_slice_skip(attribute->text, sizeof "a=" - 1)));
}

static const struct {
    show_attribute *show;
    const int *hf; /* NULL if no field has the whole of it */
} kinds[] = {
    [SF_ATTRIBUTE_OTHER] = { show_line, &hf_attribute },             /* any other */
    [SF_ATTRIBUTE_SSRC_RANGE] = { show_ssrc_range, NULL },           /* a=x-ssrc-range */
    [SF_ATTRIBUTE_BANDWIDTH] = { show_bandwidth, NULL },             /* a=x-mediabw */
    [SF_ATTRIBUTE_DEVICE] = { show_device, &hf_device },             /* a=x-devicecaps */
    [SF_ATTRIBUTE_VIDEO_CAPS] = { show_video_caps, &hf_video_caps }, /* a=x-caps */
    [SF_ATTRIBUTE_FEEDBACK] = { show_word, &hf_feedback },           /* a=rtcp-fb x-message, a=x-signaling-fb */
    [SF_ATTRIBUTE_BYPASS_ID] = { show_guid, &hf_bypass_id },         /* a=x-bypassid */
};

G_STATIC_ASSERT(G_N_ELEMENTS(kinds) == SF_ATTRIBUTE_KINDS);

void sf_attribute_show(sf_view *view, proto_tree *tree, sf_run run)
{
    for (unsigned i = run.first; i < run.first + run.count; i++) {
        const sf_attribute *attribute = &view->message->media.attributes.items[i];
        const int *hf = kinds[attribute->kind].hf;
        proto_item *item = tree ? kinds[attribute->kind].show(view, tree, hf ? *hf : -1, attribute) : NULL;
        sf_view_problems(view, item, attribute->line);
    }
}

void sf_attribute_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
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
        { &hf_device, { "Device", "skypefed.device", FT_STRING, BASE_NONE, NULL, 0, "a=x-devicecaps", HFILL } },
        { &hf_device_name, { "Name", "skypefed.device.name", FT_STRING, BASE_NONE, NULL, 0, "a=x-devicecaps", HFILL } },
        { &hf_device_send,
          { "Can send", "skypefed.device.send", FT_BOOLEAN, BASE_NONE, NULL, 0, "a=x-devicecaps", HFILL } },
        { &hf_device_receive,
          { "Can receive", "skypefed.device.receive", FT_BOOLEAN, BASE_NONE, NULL, 0, "a=x-devicecaps", HFILL } },
        { &hf_video_caps, { "Video caps", "skypefed.video_caps", FT_STRING, BASE_NONE, NULL, 0, "a=x-caps", HFILL } },
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
        { &hf_feedback,
          { "Feedback messages", "skypefed.feedback", FT_STRING, BASE_NONE, NULL, 0,
            "a=rtcp-fb x-message or a=x-signaling-fb", HFILL } },
        { &hf_bypass_id,
          { "Media bypass id", "skypefed.bypass_id", FT_GUID, BASE_NONE, NULL, 0, "a=x-bypassid", HFILL } },
        { &hf_attribute,
          { "Attribute", "skypefed.attribute", FT_STRING, BASE_NONE, NULL, 0, "Any other Microsoft attribute",
            HFILL } },
    };
    static int *ett[] = { &ett_attribute };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}
