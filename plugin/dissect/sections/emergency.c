/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Emergency calls: what marks one, and where the caller's location is.
 */
#include "parts.h"

#include "dissect/view/label.h"

static int hf_emergency = -1;
static int hf_service = -1;
static int hf_location = -1;

/** `True (Priority: emergency)`, and what it means. */
static void show_mark(const sf_view *view, proto_tree *tree, sf_slice header, sf_slice value, const char *meaning)
{
    proto_item *item = sf_derived(sf_view_flag(view, tree, hf_emergency, value, true));
    sf_label label;

    if (view->is_visible && item) {
        sf_label_begin(&label, view);
        sf_label_add_slice(&label, header);
        sf_label_add(&label, ": ");
        sf_label_add_slice(&label, value);
        if (meaning) {
            sf_label_add(&label, ": ");
            sf_label_add(&label, meaning);
        }
        sf_label_explain(view, item, label.text);
    }
}

static const char *place_of_location(sf_slice location)
{
    return sf_slice_starts_nocase(location, SF_LITERAL("cid:")) ? "names a body of this message"
                                                                : "the location is fetched from there";
}

void sf_emergency_show(const sf_view *view, proto_tree *tree)
{
    const sf_emergency *emergency = &view->message->emergency;

    if (sf_slice_present(emergency->priority)) {
        show_mark(view, tree, SF_LITERAL("Priority"), emergency->priority,
                  sf_emergency_priority_in_words(emergency->priority));
    } else if (sf_slice_present(emergency->service)) {
        show_mark(view, tree, emergency->service_header, emergency->service, NULL);
    }
    sf_label_explain(view, sf_view_text(view, tree, hf_service, emergency->service),
                     sf_emergency_service_in_words(emergency->service));
    sf_label_explain(view, sf_view_text(view, tree, hf_location, emergency->location),
                     place_of_location(emergency->location));
}

void sf_emergency_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_emergency,
          { "Emergency call", "skypefed.emergency", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "Priority or the called address says that it is one", HFILL } },
        { &hf_service,
          { "Emergency service", "skypefed.emergency.service", FT_STRING, BASE_NONE, NULL, 0,
            "Service that is called (urn:service:sos)", HFILL } },
        { &hf_location,
          { "Caller's location", "skypefed.geolocation", FT_STRING, BASE_NONE, NULL, 0,
            "Where to find the caller's location (Geolocation)", HFILL } },
    };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
}
