/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The words of flags.
 */
#include "ice_steps.h"

/** What to check where a direct path is missing that was to be expected. */
static const char *const direct_path_checks[] = {
    [SF_ENDS_UNKNOWN] = NULL,
    [SF_ENDS_INSIDE] = "both ends are inside the company's network (inferred from their locations): a firewall between "
                       "them may block it",
    [SF_ENDS_SAME_NETWORK] = "both ends are likely in one network, by their addresses: a firewall on one of them may "
                             "block it",
};

void sf_label_add_ice_step(sf_label *label, const sf_ice_meaning *meaning, sf_ice_ends ends, bool has_check)
{
    bool is_heavier = sf_ice_weight(meaning, ends) != meaning->weight;
    const char *check = is_heavier ? direct_path_checks[ends] : meaning->check;

    sf_label_add(label, meaning->words);
    if (has_check && check) {
        sf_label_add(label, ": ");
        sf_label_add(label, check);
    }
}

const char *sf_media_debug_side(const sf_media_debug *debug)
{
    if (sf_slice_starts_nocase(debug->side, SF_LITERAL("Caller"))) {
        return "caller";
    }
    return sf_slice_starts_nocase(debug->side, SF_LITERAL("Callee")) ? "callee" : NULL;
}
