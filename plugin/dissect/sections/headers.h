/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Origin marks and other Microsoft headers".
 */
#ifndef SF_DISSECT_SECTIONS_HEADERS_H
#define SF_DISSECT_SECTIONS_HEADERS_H

#include "dissect/view/view.h"

/** Registers the fields and expert infos of the section. */
void sf_marks_register(int proto, expert_module_t *expert);

/** Shows the section; nothing if the message has none of it. */
void sf_marks_show(sf_view *view);

#endif
