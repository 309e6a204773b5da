/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The table of sections, in the order of the tree.
 */
#include "sections.h"

static const sf_section *const sections[] = {
    &sf_section_parties,     /* identities, networks, origin, endpoint ids, product */
    &sf_section_path,        /* Via, Record-Route and Route, and their signed tokens */
    &sf_section_gruu,        /* GRUUs */
    &sf_section_transfer,    /* transfer and forwarding */
    &sf_section_skype_uris,  /* skype: URIs */
    &sf_section_headers,     /* trust marks and other headers of Microsoft's */
    &sf_section_diagnostics, /* diagnostics headers */
    &sf_section_demand,      /* what Teams demands of messages to it */
    &sf_section_bodies,      /* bodies that are no SDP: reports, conferences, presence */
    &sf_section_call,        /* what has been agreed so far, where offer and answer are */
    &sf_section_media,       /* SDP bodies and their streams */
};

/** The warnings of those that have some, in the same order: for most messages of a capture nothing else is asked. */
static void (*warnings[G_N_ELEMENTS(sections)])(sf_view *view);
static size_t warning_count;

void sf_sections_register(int proto, expert_module_t *expert)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
        sections[i]->register_fields(proto, expert);
        if (sections[i]->warn) {
            warnings[warning_count++] = sections[i]->warn;
        }
    }
}

void sf_sections_show(sf_view *view)
{
    if (view->tree) {
        for (size_t i = 0; i < G_N_ELEMENTS(sections); i++) {
            sections[i]->show(view);
        }
    } else {
        for (size_t i = 0; i < warning_count; i++) {
            warnings[i](view);
        }
    }
}
