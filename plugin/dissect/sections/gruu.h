/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Endpoints": GRUUs.
 */
#ifndef SF_DISSECT_SECTIONS_GRUU_H
#define SF_DISSECT_SECTIONS_GRUU_H

#include "dissect/view/view.h"

/** Registers the fields of the section. */
void sf_endpoint_register(int proto);

/** Shows the section; nothing if the message has no GRUU. */
void sf_endpoint_show(sf_view *view);

#endif
