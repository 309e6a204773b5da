/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Which way": Via, Record-Route and Route, and their signed tokens.
 */
#ifndef SF_DISSECT_SECTIONS_PATH_H
#define SF_DISSECT_SECTIONS_PATH_H

#include "dissect/view/view.h"

/** Registers the fields of the section. */
void sf_path_register(int proto);

/** Shows the section; nothing if the message has no such header. */
void sf_path_show(sf_view *view);

#endif
