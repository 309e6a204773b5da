/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Other plugins that may want the name of a dissector for themselves.
 */
#ifndef SF_DISSECT_FIND_RIVALS_H
#define SF_DISSECT_FIND_RIVALS_H

#include <stdbool.h>

/**
 * Looks for a loaded plugin whose file mentions a name. Two plugins cannot register the same name: Wireshark aborts
 * when the second one does, whichever that is. So the first one has to look ahead.
 * @param name  of a dissector
 * @param ours  a text that our own file holds and no other does
 * @return the plugin's file name, to be freed; NULL if there is none
 */
char *sf_rivals_find(const char *name, const char *ours);

#endif
