/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The sections of our tree. Each is a file of the same name, and a row of the
 * table in sections.c.
 */
#ifndef SF_DISSECT_SECTIONS_SECTIONS_H
#define SF_DISSECT_SECTIONS_SECTIONS_H

#include "dissect/view/section.h"

extern const sf_section sf_section_parties;
extern const sf_section sf_section_path;
extern const sf_section sf_section_gruu;
extern const sf_section sf_section_transfer;
extern const sf_section sf_section_skype_uris;
extern const sf_section sf_section_headers;
extern const sf_section sf_section_diagnostics;
extern const sf_section sf_section_demand;
extern const sf_section sf_section_bodies;
extern const sf_section sf_section_call;
extern const sf_section sf_section_media;

/** Registers the fields, subtrees and expert infos of all sections. Called once. */
void sf_sections_register(int proto, expert_module_t *expert);

/** Shows all sections in the order of the table; their warnings alone if view->tree is NULL. */
void sf_sections_show(sf_view *view);

#endif
