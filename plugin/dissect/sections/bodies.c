/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Bodies": what bodies say that are no SDP. They are read here, so
 * that a body costs nothing until somebody looks at it or listens to warnings.
 */
#include "sections.h"

#include <epan/tap.h>

#include "body_field.h"
#include "parts.h"

#include "dissect/view/label.h"

static int hf_section = -1;
static int hf_body = -1;
static int hf_type = -1;
static int hf_root = -1;

static int ett_section = -1;
static int ett_body = -1;

static expert_field ei_malformed = EI_INIT;

static sf_document document; /* of the body at hand: large, so there is one for all */

/** Shows all facts, each below the group that it is in. */
static void show_facts(const sf_view *view, proto_tree *tree)
{
    proto_tree *trees[SF_MAX_FACT_LEVELS + 1] = { tree };
    unsigned open = 0; /* the deepest group that has a tree */

    for (unsigned i = 0; i < document.count; i++) {
        unsigned level = MIN(document.facts[i].level, open);
        proto_item *item;
        proto_tree *below = sf_body_fact_show(view, trees[level], &document, i, &item);
        if (below) {
            open = MIN(level + 1, SF_MAX_FACT_LEVELS);
            trees[open] = below;
        } else if (level < open) {
            open = level;
        }
        sf_body_verdict_show(view, below, item, &document, i);
    }
}

static void warn_of_encoding(const sf_view *view, proto_item *item)
{
    expert_add_info_format(view->pinfo, item, &ei_malformed, "The body " SF_BODY_IS_ENCODED);
}

/** True if the capture does not have the end of the document. */
static bool is_cut(const sf_view *view)
{
    return view->message->cut != SF_CUT_NOTHING && sf_slice_end(document.text) == sf_slice_end(view->message->text);
}

static void warn_of_fault(const sf_view *view, proto_item *item)
{
    static const char *const faults[] = {
        [SF_XML_MALFORMED] = "The body is not well-formed XML from here on; the part before it was read",
        [SF_XML_TOO_LARGE] = "The body is too large or too deep to be read to its end",
    };

    if (document.has_key) {
        expert_add_info_format(view->pinfo, item, &ei_malformed,
                               "The body was not read, because it contains a media key");
    } else if (document.status == SF_XML_MALFORMED && is_cut(view)) {
        return;
    } else if (document.status != SF_XML_READ) {
        expert_add_info_format(view->pinfo, item, &ei_malformed, "%s (byte %u of %u)", faults[document.status],
                               (unsigned)(document.rest.text - document.text.text), (unsigned)document.text.length);
    } else if (document.is_full) {
        expert_add_info_format(view->pinfo, item, &ei_malformed,
                               "The body has more elements than the limit; the rest was skipped");
    }
}

/** The presence format of an INVITE holds where the caller is (RFC 6442 3). */
static const char *name_of(const sf_view *view, const sf_document_type *type)
{
    bool is_location = type->kind == SF_DOCUMENT_PRESENCE &&
                       sf_slice_equals(view->message->method, SF_LITERAL("INVITE"));

    return is_location ? "Location of the caller (PIDF-LO, RFC 4119)" : type->name;
}

static void label_body(const sf_view *view, proto_item *item)
{
    const sf_fact *call_id = sf_document_find(&document, SF_FACT_CALL_ID);
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, name_of(view, document.type));
    if (call_id && document.type->kind != SF_DOCUMENT_ERROR_REPORT) {
        sf_label_add_format(&label, ", Call-ID %s", sf_body_string(view, call_id->text));
    }
    sf_body_verdict_label(view, &document, &label);
    sf_label_set(&label, item);
}

static bool is_encoded(const sf_body *body)
{
    return sf_slice_present(body->encoding);
}

static bool is_command(const sf_document_type *type)
{
    return type->kind == SF_DOCUMENT_CONFERENCE_COMMAND || type->kind == SF_DOCUMENT_FILE_TRANSFER ||
           type->kind == SF_DOCUMENT_INVITATION;
}

static void show_body(const sf_view *view, proto_tree *tree, const sf_body *body, const sf_document_type *type)
{
    proto_item *item = sf_view_words(view, tree, hf_body, body->text, name_of(view, type));
    proto_tree *below = proto_item_add_subtree(item, ett_body);

    sf_view_text(view, below, hf_type, body->content_type);
    if (is_encoded(body)) {
        warn_of_encoding(view, item);
        return;
    }
    sf_document_read(body->text, type, &document);
    sf_view_text(view, below, hf_root, document.root);
    show_facts(view, below);
    if (is_command(type)) {
        sf_body_command_show(view, below);
    }
    warn_of_fault(view, item);
    if (view->is_visible) {
        label_body(view, item);
        sf_body_verdict_headline(view, &document);
    }
}

/** A body without a byte, as of a message cut in a log, has nothing to show. */
static const sf_document_type *type_of(const sf_body *body)
{
    return body->text.length > 0 ? sf_document_type_of(body->content_type) : NULL;
}

static void show(sf_view *view)
{
    const sf_bodies *bodies = &view->message->bodies;
    proto_tree *tree = NULL;
    proto_item *section;

    for (unsigned i = 0; i < bodies->count; i++) {
        const sf_document_type *type = type_of(&bodies->items[i]);
        bool is_text = sf_body_text_is_message(view, &bodies->items[i]);
        if ((type || is_text) && !tree) {
            tree = sf_view_section(view, hf_section, ett_section, &section);
        }
        if (type) {
            show_body(view, tree, &bodies->items[i], type);
        } else if (is_text) {
            sf_body_text_show(view, tree, &bodies->items[i]);
        }
    }
    if (sf_body_command_is_refused(view)) {
        tree = tree ? tree : sf_view_section(view, hf_section, ett_section, &section);
        sf_body_command_show_refusal(view, tree);
    }
}

/** Reads the bodies for their warnings alone, if anybody listens to those. */
static void warn(sf_view *view)
{
    static int expert_tap;
    const sf_bodies *bodies = &view->message->bodies;

    expert_tap = expert_tap ? expert_tap : find_tap_id("expert");
    if (!have_tap_listener(expert_tap)) {
        return;
    }
    for (unsigned i = 0; i < bodies->count; i++) {
        const sf_document_type *type = type_of(&bodies->items[i]);
        if (type && is_encoded(&bodies->items[i])) {
            warn_of_encoding(view, NULL);
        } else if (type) {
            sf_document_read(bodies->items[i].text, type, &document);
            for (unsigned j = 0; j < document.count; j++) {
                sf_body_verdict_show(view, NULL, NULL, &document, j);
            }
            warn_of_fault(view, NULL);
        }
    }
    if (sf_body_command_is_refused(view)) {
        sf_body_command_show_refusal(view, NULL);
    }
}

static void register_fields(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_section,
          { "Bodies", "skypefed.section.bodies", FT_NONE, BASE_NONE, NULL, 0, "Bodies other than SDP", HFILL } },
        { &hf_body, { "Body", "skypefed.body", FT_STRING, BASE_NONE, NULL, 0, "What the body is, in words", HFILL } },
        { &hf_type,
          { "Media type", "skypefed.body.type", FT_STRING, BASE_NONE, NULL, 0, "Content-Type of the body", HFILL } },
        { &hf_root,
          { "Root element", "skypefed.body.root", FT_STRING, BASE_NONE, NULL, 0,
            "Name of the XML root element, without a prefix", HFILL } },
    };
    static int *ett[] = { &ett_section, &ett_body };
    static ei_register_info ei[] = {
        { &ei_malformed,
          { "skypefed.expert.body", PI_MALFORMED, PI_NOTE, "A body could not be read to its end", EXPFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    expert_register_field_array(expert, ei, G_N_ELEMENTS(ei));
    sf_body_call_register(proto, expert);
    sf_body_quality_register(proto, expert);
    sf_body_presence_register(proto, expert);
    sf_body_messaging_register(proto, expert);
    sf_body_fact_register(proto, expert);
    sf_body_ice_register(proto, expert);
    sf_body_verdict_register(proto, expert);
    sf_body_command_register(proto, expert);
    sf_body_conference_register(proto, expert);
    sf_body_text_register(proto, expert);
}

const sf_section sf_section_bodies = { register_fields, show, warn };
