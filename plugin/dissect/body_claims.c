/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Claims of media types. Nothing is done while nobody looks at a tree, and the
 * engine reads the same bytes by itself (dissect/sections/bodies.c).
 */
#include "body_claims.h"

#include "dissect/view/compat.h"
#include "dissect/view/preferences.h"
#include "engine/body/document_kind.h"
#include "engine/body/secret.h"
#include "engine/body/xml.h"
#include "engine/body/xml_depth.h"

#include <epan/column-utils.h>

#define MEDIA_TYPES "media_type"

static int hf_hidden = -1;

static int proto_body = -1;
static dissector_handle_t xml_handle;

static int show_xml(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    /* Filters and colors that look for SIP in this column go on finding it. */
    bool is_writable = col_get_writable(pinfo->cinfo, COL_PROTOCOL);

    col_set_writable(pinfo->cinfo, COL_PROTOCOL, false);
    int length = call_dissector_only(xml_handle, tvb, pinfo, tree, data);
    col_set_writable(pinfo->cinfo, COL_PROTOCOL, is_writable);
    return length;
}

/** Returns 0 for a body that is left to the caller, which shows its lines. */
static int dissect_body(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    int length = (int)tvb_captured_length(tvb);
    const char *name = pinfo->match_string;

    if (!sf_preferences_xml_bodies() || length == 0 || !name) {
        return 0;
    }
    if (!tree) {
        return length;
    }
    const sf_document_type *type = sf_document_type_of((sf_slice){ name, strlen(name) });
    sf_slice text = { (const char *)tvb_get_ptr(tvb, 0, length), (size_t)length };
    if (text.length > SF_MAX_XML_BYTES) {
        proto_tree_add_none_format(tree, hf_hidden, tvb, 0, length,
                                   "The body is too large to look for secrets in it and is not shown here");
        return length;
    }
    if (sf_body_has_secret(text)) {
        proto_tree_add_item(tree, hf_hidden, tvb, 0, length, ENC_NA);
        return length;
    }
    /* Wireshark's tree has a limit of its own, and calls it a bug of the dissector */
    if (!type || !type->is_xml || sf_xml_may_be_deeper(text, SF_MAX_XML_DEPTH)) {
        return 0;
    }
    return show_xml(tvb, pinfo, tree, data);
}

/** Others use the rest: their messages are to look as they do without us. */
static bool is_ours(const sf_document_type *type)
{
    return type->is_microsoft || type->kind == SF_DOCUMENT_CONFERENCE_COMMAND || type->kind == SF_DOCUMENT_INVITATION;
}

void sf_body_claims_register(int proto)
{
    static hf_register_info hf[] = {
        { &hf_hidden,
          { "The body has a secret and is not shown here", "skypefed.body.hidden", FT_NONE, BASE_NONE, NULL, 0,
            "The body has a password, a key or a link that lets anybody join; the section Bodies has the rest of it",
            HFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_body = proto_register_protocol_in_name_only("Bodies of Microsoft's SIP, enabled and disabled with SkypeFed",
                                                      "SkypeFed bodies", "skypefed.bodies", proto, FT_PROTOCOL);
}

void sf_body_claims_take(int proto)
{
    dissector_table_t table = find_dissector_table(MEDIA_TYPES);
    const sf_document_type *type;

    xml_handle = find_dissector_add_dependency("xml", proto);
    if (!table || !xml_handle) {
        return;
    }
    dissector_handle_t handle = create_dissector_handle(dissect_body, proto_body);
    for (unsigned i = 0; (type = sf_document_type_at(i)) != NULL; i++) {
        if (is_ours(type) && !dissector_get_string_handle(table, type->type.text)) {
            dissector_add_string(MEDIA_TYPES, type->type.text, handle);
        }
    }
}
