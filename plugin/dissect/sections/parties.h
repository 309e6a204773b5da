/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Section "Who": identities, networks, origin, endpoint ids, product.
 */
#ifndef SF_DISSECT_SECTIONS_PARTIES_H
#define SF_DISSECT_SECTIONS_PARTIES_H

#include "dissect/view/view.h"

/** Registers the fields of the section. */
void sf_identity_register(int proto);

/** Shows the section. */
void sf_identity_show(sf_view *view);

/** A party's address as a person would write it; lives as long as the packet. Words that say so if it is unreadable. */
const char *sf_identity_string(const sf_view *view, const sf_identity *identity);

#endif
