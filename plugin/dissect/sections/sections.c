/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of sections, in the order of the tree.
 */
#include "sections.h"

static const sf_section *const sections[] = {
    &sf_section_parties,
    &sf_section_path,
    &sf_section_gruu,
    &sf_section_skype_uris,
    &sf_section_headers,
    &sf_section_diagnostics,
    &sf_section_call,
    &sf_section_media,
};

void sf_sections_register(int proto, expert_module_t *expert)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
        sections[i]->register_fields(proto, expert);
    }
}

void sf_sections_show(sf_view *view)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
        void (*show)(sf_view *) = view->tree ? sections[i]->show : sections[i]->warn;
        if (show) {
            show(view);
        }
    }
}
