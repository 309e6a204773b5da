/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Teams Direct Routing: which instance of the service handles the call, in
 * which region, and the ids that Microsoft's support asks for.
 */
#include "parts.h"

#include "dissect/view/label.h"

static int hf_instance = -1;
static int hf_region = -1;
static int hf_trace_id = -1;
static int hf_call = -1;
static int hf_party = -1;
static int hf_object_id = -1;
static int hf_party_tenant = -1;
static int hf_transfer = -1;
static int hf_target = -1;

static int ett_instance = -1;
static int ett_party = -1;

/** `West Europe`, `Japan West`, `East US 2` */
static void write_region(sf_label *label, const sf_teams_region *region)
{
    if (region->direction && region->direction_first) {
        sf_label_add(label, region->direction);
        sf_label_add(label, " ");
    }
    sf_label_add(label, region->area);
    if (region->direction && !region->direction_first) {
        sf_label_add(label, " ");
        sf_label_add(label, region->direction);
    }
    sf_label_add_part(label, " ", region->number, "");
}

static void show_instance(const sf_view *view, proto_tree *tree, const sf_teams_instance *instance)
{
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_instance, ett_instance, instance->text, &item);
    sf_label label;

    if (view->is_visible) {
        sf_label_begin(&label, view);
        sf_label_add_part(&label, " (in ", instance->header, ")");
        sf_label_append(&label, item);
    }
    if (instance->region.area) {
        sf_label_begin(&label, view);
        write_region(&label, &instance->region);
        sf_derived(sf_view_words(view, below, hf_region, instance->text, label.text));
    }
}

/** The first of its ids stands for the row. */
static sf_slice name_of(const sf_teams_party *party)
{
    if (party->object.length > 0) {
        return party->object;
    }
    if (party->tenant_text.length > 0) {
        return party->tenant_text;
    }
    return party->transfer.length > 0 ? party->transfer : party->target;
}

static void show_party(const sf_view *view, proto_tree *tree, const sf_teams_party *party)
{
    proto_item *item;
    proto_tree *below = sf_view_row(view, tree, hf_party, ett_party, name_of(party), &item);
    char target[SF_MAX_TEAMS_TARGET + 1];
    size_t length;
    sf_label label;

    if (view->is_visible) {
        sf_label_begin(&label, view);
        sf_label_add_part(&label, " (in ", party->header, ")");
        sf_label_append(&label, item);
    }
    sf_view_guid(view, below, hf_object_id, party->object_text, &party->object_id);
    sf_view_guid(view, below, hf_party_tenant, party->tenant_text, &party->tenant);
    sf_view_text(view, below, hf_transfer, party->transfer);
    if (sf_teams_target_read(party, target, &length) == SF_OK) {
        target[length] = '\0';
        sf_view_words(view, below, hf_target, party->target, target);
    }
}

void sf_teams_show(const sf_view *view, proto_tree *tree)
{
    const sf_teams *teams = &view->message->teams;
    bool is_own = sf_slice_equals_nocase(teams->call, view->message->call_id);

    for (unsigned i = 0; i < teams->instance_count; i++) {
        show_instance(view, tree, &teams->instances[i]);
    }
    sf_view_guid(view, tree, hf_trace_id, teams->trace_text, &teams->trace_id);
    sf_label_explain(view, sf_view_text(view, tree, hf_call, teams->call), is_own ? "the Call-ID" : NULL);
    for (unsigned i = 0; i < teams->party_count; i++) {
        show_party(view, tree, &teams->parties[i]);
    }
}

void sf_teams_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_instance,
          { "Instance of Teams", "skypefed.teams.instance", FT_STRING, BASE_NONE, NULL, 0,
            "Instance of Teams Direct Routing that wrote or handles the message, by its product or host name",
            HFILL } },
        { &hf_region,
          { "Region (inferred)", "skypefed.teams.region", FT_STRING, BASE_NONE, NULL, 0,
            "Region of that instance; inferred from the letters of its name", HFILL } },
        { &hf_trace_id,
          { "Teams trace id", "skypefed.teams.trace_id", FT_GUID, BASE_NONE, NULL, 0,
            "Id of the call leg in Teams (x-i), for Microsoft's support", HFILL } },
        { &hf_call,
          { "Teams call id", "skypefed.teams.call", FT_STRING, BASE_NONE, NULL, 0,
            "Id of the call in Teams (x-c, up to its first slash), for Microsoft's support", HFILL } },
        { &hf_party,
          { "Party in Teams", "skypefed.teams.party", FT_STRING, BASE_NONE, NULL, 0,
            "Who a Teams address belongs to: x-m as written, or else x-t, x-ti or x-tt", HFILL } },
        { &hf_object_id,
          { "Object id (inferred)", "skypefed.teams.object_id", FT_GUID, BASE_NONE, NULL, 0,
            "Id of the user or application in the directory (x-m); inferred from traces", HFILL } },
        { &hf_party_tenant,
          { "Tenant (inferred)", "skypefed.teams.tenant", FT_GUID, BASE_NONE, NULL, 0,
            "Tenant of the party (x-t); inferred from traces", HFILL } },
        { &hf_transfer,
          { "Transfer id (inferred)", "skypefed.teams.transfer_id", FT_STRING, BASE_NONE, NULL, 0,
            "Id of the transfer in Teams (x-ti); inferred from traces", HFILL } },
        { &hf_target,
          { "Reported to (inferred)", "skypefed.teams.transfer_target", FT_STRING, BASE_NONE, NULL, 0,
            "Web address in Teams that the transfer is reported to (x-tt, decoded); inferred from traces", HFILL } },
    };
    static int *ett[] = { &ett_instance, &ett_party };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}
