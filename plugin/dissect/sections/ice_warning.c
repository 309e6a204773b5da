/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * ICEWarn: what it says in words, flag by flag.
 */
#include "parts.h"

#include "dissect/view/ice_steps.h"

static int hf_ice_warning = -1;
static int hf_flags[SF_ICE_MEANINGS];
static int hf_failure = -1;
static int hf_unknown = -1;
static int hf_numbering = -1;

static int ett_ice_warning = -1;

static const value_string numbering_names[] = {
    { SF_ICE_LYNC, "Lync 2010 and later" },
    { SF_ICE_OCS_2007, "OCS 2007" },
    { 0, NULL },
};

static const char *const weight_names[] = {
    [SF_ICE_FAILURE] = "Failure",
    [SF_ICE_EXPECTED] = "Expected",
    [SF_ICE_INFORMATION] = "Information",
};

/** What the heading begins with, by the heaviest flag. */
static const char *const headings[] = {
    [SF_ICE_FAILURE] = "ICE steps that failed",
    [SF_ICE_EXPECTED] = "ICE reported only what is normal with NAT or a firewall",
    [SF_ICE_INFORMATION] = "ICE information, no failure",
};

/** One value of ICEWarn on its way into the tree. */
typedef struct {
    const sf_view *view;
    sf_number number;
    sf_ice_numbering numbering;
    sf_ice_ends ends;
    sf_ice_flags flags;
} ice_warning;

/** What flags say, each after a separator. */
static void add_words(sf_label *label, uint32_t meanings, sf_ice_ends ends, bool has_checks)
{
    const char *separator = "";

    for (unsigned i = 0; i < SF_ICE_MEANINGS; i++) {
        if (meanings & UINT32_C(1) << i) {
            sf_label_add(label, separator);
            sf_label_add_ice_step(label, &sf_ice_meanings[i], ends, has_checks);
            separator = "; ";
        }
    }
}

/** True if the row has room for flags and what to check about them; if not, the rows of the flags say it. */
static bool has_room_for_checks(const sf_label *heading, uint32_t meanings, sf_ice_ends ends)
{
    size_t taken = heading->length + sizeof "; unknown flags 0x00000000";
    sf_label label;

    sf_label_begin(&label, heading->view);
    add_words(&label, meanings, ends, true);
    return taken + label.length < ITEM_LABEL_LENGTH;
}

/** The heaviest flags in words: those that explain a failure, if there are any. */
static void label_heading(const ice_warning *warning, proto_item *item)
{
    sf_label label;
    unsigned weight = SF_ICE_FAILURE;
    uint32_t meanings = 0;

    while (weight <= SF_ICE_INFORMATION && meanings == 0) {
        meanings = sf_ice_flags_weighing(warning->flags, (sf_ice_class)weight++, warning->ends);
    }
    sf_label_begin(&label, warning->view);
    if (meanings) {
        sf_label_add(&label, headings[weight - 1]);
    } else {
        sf_label_add(&label, warning->flags.unknown ? "ICE flags" : "ICE reported no trouble");
    }
    sf_label_add_format(&label, " (0x%08x", (unsigned)warning->number.value);
    if (warning->numbering == SF_ICE_OCS_2007) {
        sf_label_add(&label, ", numbering of OCS 2007, inferred from the product");
    }
    sf_label_add(&label, ")");
    if (meanings) {
        sf_label_add(&label, ": ");
        add_words(&label, meanings, warning->ends, has_room_for_checks(&label, meanings, warning->ends));
    }
    if (warning->flags.unknown) {
        sf_label_add_format(&label, "%s unknown flags 0x%08x", meanings ? ";" : ":", warning->flags.unknown);
    }
    sf_label_set(&label, item);
}

static void label_flag(const ice_warning *warning, proto_item *item, const sf_ice_meaning *meaning)
{
    uint32_t bits = (uint32_t)warning->number.value & meaning->bits[warning->numbering];
    sf_label label;

    sf_label_begin(&label, warning->view);
    sf_label_add(&label, weight_names[sf_ice_weight(meaning, warning->ends)]);
    sf_label_add(&label, ": ");
    sf_label_add_ice_step(&label, meaning, warning->ends, true);
    sf_label_add_format(&label, " (0x%08x)", bits);
    sf_label_set(&label, item);
}

/** What failed, for filters and columns: the row of the flag has it. */
static void imply_failure(const ice_warning *warning, proto_tree *tree, const sf_ice_meaning *meaning)
{
    sf_label label;

    sf_label_begin(&label, warning->view);
    sf_label_add_ice_step(&label, meaning, warning->ends, true);
    sf_implied(sf_view_words(warning->view, tree, hf_failure, warning->number.text, label.text));
}

/** A flag that is not set can be filtered on, and is not worth a row. */
static void show_flag(const ice_warning *warning, proto_tree *tree, unsigned index)
{
    const sf_ice_meaning *meaning = &sf_ice_meanings[index];
    bool is_set = warning->flags.meanings & UINT32_C(1) << index;
    proto_item *item = sf_view_flag(warning->view, tree, hf_flags[index], warning->number.text, is_set);

    if (!is_set) {
        sf_implied(item);
    } else if (warning->view->is_visible) {
        label_flag(warning, item, meaning);
    }
    if (is_set && sf_ice_weight(meaning, warning->ends) == SF_ICE_FAILURE) {
        imply_failure(warning, tree, meaning);
    }
}

static void show_unknown(const ice_warning *warning, proto_tree *tree)
{
    const sf_view *view = warning->view;

    for (uint32_t rest = warning->flags.unknown; rest; rest &= rest - 1) {
        uint32_t bit = rest & (~rest + 1);
        const char *guess = warning->numbering == SF_ICE_LYNC ? sf_ice_guess(bit) : NULL;
        proto_item *item = sf_view_integer(view, tree, hf_unknown, warning->number.text, bit);
        if (view->is_visible && guess) {
            sf_label label;
            sf_label_begin(&label, view);
            sf_label_add(&label, ", likely, by its position: ");
            sf_label_add(&label, guess);
            sf_label_add(&label, " (inferred)");
            sf_label_append(&label, item);
        }
    }
}

void sf_ice_warning_show(const sf_view *view, proto_tree *tree, sf_number number, sf_ice_ends ends)
{
    proto_item *item = sf_view_number(view, tree, hf_ice_warning, number);

    if (!item) {
        return;
    }
    ice_warning warning = { view, number, sf_ice_numbering_of(view->message->product.token), ends, { 0, 0 } };
    proto_tree *below = proto_item_add_subtree(item, ett_ice_warning);
    warning.flags = sf_ice_flags_of((uint32_t)number.value, warning.numbering);
    if (view->is_visible) {
        label_heading(&warning, item);
    }
    sf_implied(sf_view_integer(view, below, hf_numbering, number.text, warning.numbering));
    for (unsigned i = 0; i < SF_ICE_MEANINGS; i++) {
        show_flag(&warning, below, i);
    }
    show_unknown(&warning, below);
}

/** A boolean for each meaning. */
static void register_flags(int proto)
{
    static hf_register_info hf[SF_ICE_MEANINGS];

    for (unsigned i = 0; i < SF_ICE_MEANINGS; i++) {
        const sf_ice_meaning *meaning = &sf_ice_meanings[i];
        const char *name = wmem_strdup_printf(wmem_epan_scope(), "skypefed.ice_warning.%s", meaning->name);
        const char *weight = weight_names[meaning->weight];
        hf[i] = (hf_register_info){ &hf_flags[i],
                                    { meaning->words, name, FT_BOOLEAN, BASE_NONE, NULL, 0, weight, HFILL } };
    }
    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
}

void sf_ice_warning_register(int proto, expert_module_t *expert _U_)
{
    static hf_register_info hf[] = {
        { &hf_ice_warning,
          { "ICE warning flags", "skypefed.ice_warning", FT_UINT32, BASE_DEC_HEX, NULL, 0,
            "ICEWarn: what ICE reported; not every flag is a failure", HFILL } },
        { &hf_failure,
          { "ICE failure", "skypefed.ice_warning.failure", FT_STRING, BASE_NONE, NULL, 0,
            "A flag that may be why the call has no media, in words", HFILL } },
        { &hf_unknown,
          { "Unknown flag", "skypefed.ice_warning.unknown", FT_UINT32, BASE_DEC_HEX, NULL, 0,
            "A flag whose meaning is not known", HFILL } },
        { &hf_numbering,
          { "Numbering of the flags", "skypefed.ice_warning.numbering", FT_UINT8, BASE_DEC, VALS(numbering_names), 0,
            "Inferred from the product", HFILL } },
    };
    static int *ett[] = { &ett_ice_warning };

    proto_register_field_array(proto, hf, G_N_ELEMENTS(hf));
    proto_register_subtree_array(ett, G_N_ELEMENTS(ett));
    register_flags(proto);
}
