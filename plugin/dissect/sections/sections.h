/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The sections of our tree. Each is a file of the same name, and a row of the
 * table in sections.c.
 */
#ifndef SF_DISSECT_SECTIONS_SECTIONS_H
#define SF_DISSECT_SECTIONS_SECTIONS_H

#include "dissect/view/section.h"

extern const sf_section sf_section_parties;     /**< identities, networks, origin, endpoint ids, product */
extern const sf_section sf_section_path;        /**< Via, Record-Route and Route, and their signed tokens */
extern const sf_section sf_section_gruu;        /**< GRUUs */
extern const sf_section sf_section_skype_uris;  /**< skype: URIs */
extern const sf_section sf_section_headers;     /**< trust marks and other headers of Microsoft's */
extern const sf_section sf_section_diagnostics; /**< diagnostics headers */
extern const sf_section sf_section_call;        /**< what has been agreed so far, where offer and answer are */
extern const sf_section sf_section_media;       /**< SDP bodies and their streams */

/** Registers the fields, subtrees and expert infos of all sections. Called once. */
void sf_sections_register(int proto, expert_module_t *expert);

/** Shows all sections in the order of the table; their warnings alone if view->tree is NULL. */
void sf_sections_show(sf_view *view);

#endif
