/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Faults for Teams": what a message to Teams Direct Routing should have, and has not.
 */
#include "sections.h"

#include "dissect/view/demands.h"

static int hf_section = -1;
static int hf_demand = -1;

static int ett_section = -1;

static expert_field infos[SF_DEMANDS];

static void warn(sf_view *view)
{
    proto_tree *tree = NULL;
    proto_item *section;

    if (!sf_demands_apply(view)) {
        return;
    }
    for (int demand = 0; demand < SF_DEMANDS; demand++) {
        const sf_demand_row *row = &sf_demand_rows[demand];
        sf_slice where;
        if (!sf_demand_is_unmet((sf_demand)demand, view->message, &where)) {
            continue;
        }
        if (!tree && view->tree) {
            tree = sf_view_section(view, hf_section, ett_section, &section);
        }
        proto_item *item = sf_derived(sf_view_words(view, tree, hf_demand, where, row->title));
        expert_add_info_format(view->pinfo, item, &infos[demand], "%s", row->text);
    }
}

/** One for each demand, by the engine's table. */
static void register_infos(expert_module_t *expert)
{
    static ei_register_info ei[SF_DEMANDS];

    for (int i = 0; i < SF_DEMANDS; i++) {
        const sf_demand_row *row = &sf_demand_rows[i];
        infos[i] = (expert_field)EI_INIT;
        const char *name = wmem_strdup_printf(wmem_epan_scope(), "skypefed.expert.teams_%s", row->name);
        ei[i] = (ei_register_info){ &infos[i],
                                    { name, PI_PROTOCOL, row->is_warning ? PI_WARN : PI_NOTE, row->title, EXPFILL } };
    }
    expert_register_field_array(expert, ei, SF_DEMANDS);
}

static void register_fields(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_section,
          { "Faults for Teams", "skypefed.section.demand", FT_NONE, BASE_NONE, NULL, 0,
            "What Teams Direct Routing demands of this message, and it does not have", HFILL } },
        { &hf_demand,
          { "Fault", "skypefed.teams.demand", FT_STRING, BASE_NONE, NULL, 0,
            "Demand of Teams Direct Routing that the message to it does not meet; its expert info says what to change",
            HFILL } },
    };
    static int *ett[] = { &ett_section };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    register_infos(expert);
}

const sf_section sf_section_demand = { register_fields, warn, warn };
