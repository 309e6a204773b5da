/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Codecs of a stream.
 */
#include "parts.h"

#include "dissect/view/label.h"
#include "dissect/view/problems.h"

static int hf_codec = -1;
static int hf_codec_name = -1;
static int hf_codec_payload_type = -1;
static int hf_codec_clock_rate = -1;

static int ett_codec = -1;

static void label_codec(const sf_view *view, proto_item *item, const sf_codec *codec, const char *friendly)
{
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, "Codec: ");
    sf_label_add(&label, *friendly ? friendly : "without a name");
    sf_label_add_part(&label, ", payload type ", codec->payload_type.text, "");
    sf_label_set(&label, item);
}

static void show_codec(sf_view *view, proto_tree *tree, const sf_codec *codec)
{
    if (!tree) {
        sf_view_problems(view, NULL, codec->text);
        return;
    }
    const char *friendly = codec->friendly ? codec->friendly : sf_view_string(view, codec->name);
    proto_item *item = sf_derived(sf_view_words(view, tree, hf_codec, codec->text, friendly));
    proto_tree *below = proto_item_add_subtree(item, ett_codec);

    if (view->is_visible) {
        label_codec(view, item, codec, friendly);
    }
    sf_view_number(view, below, hf_codec_payload_type, codec->payload_type);
    sf_view_text(view, below, hf_codec_name, codec->name);
    sf_view_number(view, below, hf_codec_clock_rate, codec->clock_rate);
    sf_view_problems(view, item, codec->text);
}

void sf_codec_show(sf_view *view, proto_tree *tree, const sf_stream *stream)
{
    for (unsigned i = 0; i < stream->codecs.count; i++) {
        show_codec(view, tree, &view->message->media.codecs[stream->codecs.first + i]);
    }
}

void sf_codec_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_codec, { "Codec", "skypefed.codec", FT_STRING, BASE_NONE, NULL, 0, "Common name of the codec", HFILL } },
        { &hf_codec_name,
          { "Encoding name", "skypefed.codec.name", FT_STRING, BASE_NONE, NULL, 0, "From a=rtpmap", HFILL } },
        { &hf_codec_payload_type,
          { "Payload type", "skypefed.codec.payload_type", FT_UINT32, BASE_DEC, NULL, 0,
            "RTP payload type of the codec", HFILL } },
        { &hf_codec_clock_rate,
          { "Clock rate", "skypefed.codec.clock_rate", FT_UINT32, BASE_DEC, NULL, 0, "In Hz", HFILL } },
    };
    static int *ett[] = { &ett_codec };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}
