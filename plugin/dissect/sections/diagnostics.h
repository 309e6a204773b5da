/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Diagnostics": what the error codes of a message mean.
 */
#ifndef SF_DISSECT_SECTIONS_DIAGNOSTICS_H
#define SF_DISSECT_SECTIONS_DIAGNOSTICS_H

#include "dissect/view/view.h"

/** Registers the fields and expert infos of the section. */
void sf_diagnostics_register(int proto, expert_module_t *expert);

/** Shows the section; nothing if the message has none of it. */
void sf_diagnostics_show(sf_view *view);

#endif
