/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Endpoints (GRUU)": GRUUs.
 */
#include "sections.h"

#include "dissect/view/label.h"
#include "dissect/view/problems.h"

static int hf_section = -1;
static int hf_gruu = -1;
static int hf_gruu_kind = -1;
static int hf_gruu_service = -1;
static int hf_gruu_guid = -1;
static int hf_gruu_grid = -1;
static int hf_gruu_conference_id = -1;
static int hf_gruu_conference_role = -1;

static int ett_section = -1;
static int ett_gruu = -1;

static const value_string kind_names[] = {
    { SF_GRUU_OTHER, "Other" },
    { SF_GRUU_USER_ENDPOINT, "User endpoint" },
    { SF_GRUU_SERVER, "Server" },
    { SF_GRUU_CONFERENCE, "Conference" },
    { SF_GRUU_VOICE_MAIL, "Voice mail" },
    { SF_GRUU_LOCATION_PROFILE, "Location profile" },
    { SF_GRUU_CONFERENCE_FACTORY, "Conference factory" },
    { 0, NULL },
};

static void label_gruu(const sf_view *view, proto_item *item, const sf_gruu *gruu)
{
    sf_label label;

    sf_label_begin(&label, view);
    sf_label_add(&label, val_to_str_const(gruu->kind, kind_names, "Other"));
    sf_label_add_part(&label, " ", gruu->service, "");
    if (gruu->kind == SF_GRUU_CONFERENCE) {
        sf_label_add_part(&label, " ", gruu->conference_role, "");
    }
    sf_label_add_part(&label, " (in ", gruu->header, ")");
    sf_label_add(&label, ": ");
    sf_label_add_slice(&label, gruu->text);
    sf_label_set(&label, item);
}

static void show_gruu(sf_view *view, proto_tree *tree, const sf_gruu *gruu)
{
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_gruu, ett_gruu, gruu->text, &item);

    if (view->is_visible) {
        label_gruu(view, item, gruu);
    }
    sf_derived(sf_view_integer(view, below, hf_gruu_kind, gruu->text, gruu->kind));
    sf_view_text(view, below, hf_gruu_service, gruu->service);
    sf_derived(sf_view_guid(view, below, hf_gruu_guid, gruu->id_text, &gruu->guid));
    sf_view_guid(view, below, hf_gruu_grid, gruu->grid_text, &gruu->grid);
    sf_view_text(view, below, hf_gruu_conference_role, gruu->conference_role);
    sf_view_text(view, below, hf_gruu_conference_id, gruu->conference_id);
    sf_view_problems(view, item, gruu->text);
}

static void show(sf_view *view)
{
    const sf_message *message = view->message;
    proto_item *section;

    if (message->gruu_count == 0) {
        return;
    }
    proto_tree *tree = sf_view_section(view, hf_section, ett_section, &section);
    for (unsigned i = 0; i < message->gruu_count; i++) {
        show_gruu(view, tree, &message->gruus[i]);
    }
    if (view->is_visible) {
        sf_label label;
        sf_label_begin(&label, view);
        sf_label_add_count(&label, ": ", message->gruu_count, "GRUU", "GRUUs");
        sf_label_append(&label, section);
    }
}

static void register_fields(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_section, { "Endpoints (GRUU)", "skypefed.section.gruu", FT_NONE, BASE_NONE, NULL, 0, "GRUUs", HFILL } },
        { &hf_gruu,
          { "GRUU", "skypefed.gruu", FT_STRING, BASE_NONE, NULL, 0, "URI of one endpoint, server or conference",
            HFILL } },
        { &hf_gruu_kind,
          { "Kind", "skypefed.gruu.kind", FT_UINT8, BASE_DEC, VALS(kind_names), 0, "What the GRUU identifies",
            HFILL } },
        { &hf_gruu_service,
          { "Service", "skypefed.gruu.service", FT_STRING, BASE_NONE, NULL, 0, "Service of a server", HFILL } },
        { &hf_gruu_guid,
          { "Id (inferred)", "skypefed.gruu.guid", FT_GUID, BASE_NONE, NULL, 0,
            "Id of the endpoint or server; its encoding is inferred from traces", HFILL } },
        { &hf_gruu_grid,
          { "Instance (inferred)", "skypefed.gruu.grid", FT_GUID, BASE_NONE, NULL, 0,
            "Id of the call on that server (grid); inferred from traces", HFILL } },
        { &hf_gruu_conference_id,
          { "Conference id", "skypefed.gruu.conference_id", FT_STRING, BASE_NONE, NULL, 0,
            "Id of the conference, unique for its organizer", HFILL } },
        { &hf_gruu_conference_role,
          { "Conference role", "skypefed.gruu.conference_role", FT_STRING, BASE_NONE, NULL, 0,
            "Role of the conference server", HFILL } },
    };
    static int *ett[] = { &ett_section, &ett_gruu };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}

const sf_section sf_section_gruu = { register_fields, show, NULL };
