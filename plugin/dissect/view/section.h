/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a section of our tree is made of.
 */
#ifndef SF_DISSECT_VIEW_SECTION_H
#define SF_DISSECT_VIEW_SECTION_H

#include "view.h"

/** Registers the fields, subtrees and expert infos that a file owns. Called once. */
typedef void sf_register_fields(int proto, expert_module_t *expert);

/** A section of our tree. */
typedef struct {
    sf_register_fields *register_fields;
    /** Adds the section to view->tree; nothing if the message has none of it. */
    void (*show)(sf_view *view);
    /** Raises the warnings alone, where nobody reads the tree: view->tree is NULL then. NULL if there are none. */
    void (*warn)(sf_view *view);
} sf_section;

#endif
