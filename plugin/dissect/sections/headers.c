/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Microsoft headers": trust marks and other headers of Microsoft's.
 */
#include "sections.h"

#include "parts.h"

static int hf_section = -1;
static int hf_compression = -1;

static int ett_section = -1;

static expert_field ei_compressed = EI_INIT;

/** What a NEGOTIATE exchange settles on is shown by show_compression(). */
static void show_header(sf_view *view, proto_tree *tree, const sf_ms_header *header)
{
    bool is_settled = sf_slice_present(view->message->compression) &&
                      view->message->compression.text == header->value.text;

    if (!is_settled) {
        sf_header_value_show(view, tree, header);
    }
}

static void show_compression(const sf_view *view, proto_tree *tree)
{
    sf_slice compression = view->message->compression;

    if (!sf_slice_present(compression)) {
        return;
    }
    proto_item *item = sf_view_text(view, tree, hf_compression, compression);
    if (!sf_slice_equals_nocase(compression, SF_LITERAL("None"))) {
        expert_add_info_format(view->pinfo, item, &ei_compressed,
                               "Both sides agreed on compression (%s): the rest of this connection is compressed "
                               "and cannot be decoded",
                               sf_view_string(view, compression));
    }
}

static bool has_marks(const sf_message *message)
{
    bool has = sf_slice_present(message->trust.text) || sf_slice_present(message->asserted.text) ||
               message->ms_header_count > 0;

    for (unsigned i = 0; i < message->authentication_count && !has; i++) {
        has = message->authentications[i].is_microsoft;
    }
    return has;
}

static void show(sf_view *view)
{
    const sf_message *message = view->message;
    proto_item *section;

    if (!has_marks(message)) {
        return;
    }
    proto_tree *tree = sf_view_section(view, hf_section, ett_section, &section);
    sf_trust_show(view, tree);
    for (unsigned i = 0; i < message->ms_header_count; i++) {
        show_header(view, tree, &message->ms_headers[i]);
    }
    show_compression(view, tree);
    for (unsigned i = 0; i < message->authentication_count; i++) {
        sf_authentication_show(view, tree, &message->authentications[i]);
    }
}

static void warn(sf_view *view)
{
    if (has_marks(view->message)) {
        sf_trust_show(view, NULL);
        show_compression(view, NULL);
    }
}

static void register_fields(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_section,
          { "Microsoft headers", "skypefed.section.headers", FT_NONE, BASE_NONE, NULL, 0,
            "Headers that only Microsoft products write", HFILL } },
        { &hf_compression,
          { "Compression", "skypefed.compression", FT_STRING, BASE_NONE, NULL, 0,
            "Compression agreed in a NEGOTIATE exchange", HFILL } },
    };
    static int *ett[] = { &ett_section };
    static ei_register_info ei[] = {
        { &ei_compressed,
          { "skypefed.expert.compressed", PI_UNDECODED, PI_NOTE, "The rest of this connection is compressed",
            EXPFILL } },
    };

    sf_header_value_register(proto, expert);
    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    expert_register_field_array(expert, ei, G_N_ELEMENTS(ei));
    sf_authentication_register(proto, expert);
    sf_trust_register(proto, expert);
}

const sf_section sf_section_headers = { register_fields, show, warn };
