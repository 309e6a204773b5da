/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What could not be read.
 */
#include "problems.h"

#include "raise.h"

static expert_field ei_malformed = EI_INIT;
static expert_field ei_limit = EI_INIT;
static expert_field ei_cut = EI_INIT;
static int hf_fault = -1;
static int ett_fault = -1;

/** The bytes at fault, cut to what fits a line. */
static const char *excerpt(const sf_view *view, sf_slice where)
{
    enum { EXCERPT_BYTES = 48 };
    sf_slice shown = sf_view_without_passwords(view, where); /* before a cut parts one from its host */
    const char *text = sf_view_string(view, sf_slice_head(shown, EXCERPT_BYTES));

    return shown.length > EXCERPT_BYTES ? wmem_strdup_printf(view->pinfo->pool, "%s...", text) : text;
}

static void show_problem(sf_view *view, proto_item *item, unsigned index)
{
    const sf_problem *problem = &view->message->problems.items[index];

    view->shown_problems |= UINT64_C(1) << index;
    if (!view->is_explained) {
        sf_raise(view, problem->kind == SF_PROBLEM_LIMIT ? &ei_limit : &ei_malformed);
        return;
    }
    const char *context = sf_view_string(view, problem->context);
    const char *colon = *context ? ": " : "";

    if (problem->kind == SF_PROBLEM_LIMIT) {
        expert_add_info_format(view->pinfo, item, &ei_limit, "%s%s%s %s", context, colon, problem->what, problem->why);
    } else if (problem->where.length == 0) {
        expert_add_info_format(view->pinfo, item, &ei_malformed, "%s%s%s %s", context, colon, problem->what,
                               problem->why);
    } else {
        expert_add_info_format(view->pinfo, item, &ei_malformed, "%s%s%s %s: \"%s\"", context, colon, problem->what,
                               problem->why, excerpt(view, problem->where));
    }
}

void sf_view_problems(sf_view *view, proto_item *item, sf_slice element)
{
    const sf_problems *problems = &view->message->problems;

    for (unsigned i = 0; i < problems->count; i++) {
        bool is_shown = view->shown_problems & UINT64_C(1) << i;
        if (!is_shown && problems->items[i].element.text == element.text) {
            show_problem(view, item, i);
        }
    }
}

/** A row, named after the header, for the bytes at fault: of what could not be read there may be no other. */
static proto_item *row_of_fault(const sf_view *view, const sf_problem *problem)
{
    sf_slice bytes = problem->where.length > 0 ? problem->where : problem->element;
    sf_slice name = problem->context.length > 0 ? problem->context : SF_LITERAL("Message");
    proto_item *item;

    sf_view_titled(view, view->tree, hf_fault, ett_fault, bytes, sf_view_string(view, name), &item);
    return item;
}

void sf_view_other_problems(sf_view *view, proto_item *item)
{
    for (unsigned i = 0; i < view->message->problems.count; i++) {
        if (!(view->shown_problems & UINT64_C(1) << i)) {
            proto_item *row = view->tree ? row_of_fault(view, &view->message->problems.items[i]) : NULL;
            show_problem(view, row ? row : item, i);
        }
    }
}

void sf_view_cut(const sf_view *view, proto_item *item)
{
    if (view->message->cut == SF_CUT_NOTHING) {
        return;
    }
    if (view->is_explained) {
        expert_add_info(view->pinfo, item, &ei_cut);
    } else {
        sf_raise(view, &ei_cut);
    }
}

void sf_view_problems_register(int proto, expert_module_t *expert)
{
    static hf_register_info hf[] = {
        { &hf_fault,
          { "Could not be read", "skypefed.fault", FT_NONE, BASE_NONE, NULL, 0,
            "Bytes of a Microsoft element that could not be read, named after their header", HFILL } },
    };
    static ei_register_info ei[] = {
        { &ei_malformed,
          { "skypefed.expert.malformed", PI_MALFORMED, PI_WARN, "A Microsoft element could not be read", EXPFILL } },
        { &ei_limit,
          { "skypefed.expert.limit", PI_UNDECODED, PI_NOTE, "More elements than the limit; the rest was skipped",
            EXPFILL } },
        { &ei_cut,
          { "skypefed.expert.cut", PI_UNDECODED, PI_NOTE,
            "The capture does not have the end of this message, so what may be there is not judged: capture whole "
            "packets (snap length)",
            EXPFILL } },
    };
    static int *ett[] = { &ett_fault };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    expert_register_field_array(expert, ei, G_N_ELEMENTS(ei));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
}
