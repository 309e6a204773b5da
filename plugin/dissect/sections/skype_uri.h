/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Skype URIs".
 */
#ifndef SF_DISSECT_SECTIONS_SKYPE_URI_H
#define SF_DISSECT_SECTIONS_SKYPE_URI_H

#include "dissect/view/view.h"

/** Registers the fields of the section. */
void sf_skype_uris_register(int proto);

/** Shows the section; nothing if the message has none of it. */
void sf_skype_uris_show(sf_view *view);

#endif
