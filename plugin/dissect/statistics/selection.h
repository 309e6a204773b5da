/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a filter selects. A statistic takes in all messages, so that what it says of a call does not depend on the
 * filter, and prints the calls that have a message that passes it.
 */
#ifndef SF_DISSECT_STATISTICS_SELECTION_H
#define SF_DISSECT_STATISTICS_SELECTION_H

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct sf_selection sf_selection;

/**
 * Begins to note what passes the filter, in a listener of its own.
 * @param filter     NULL or empty for none: all is selected then, and nothing is noted
 * @param selection  takes the selection, NULL without a filter. The listener owns it: it lives as long as Wireshark's
 *                   listeners, or until sf_selection_end().
 * @return NULL, or why the filter is none; to be freed
 */
GString *sf_selection_begin(const char *filter, sf_selection **selection);

/** Ends the listener and frees the selection; NULL is passed over. Not to be called from a listener. */
void sf_selection_end(sf_selection *selection);

/** True if a message of the call passed the filter, or reported on it. Valid when all packets have been tapped. */
bool sf_selection_has_call(const sf_selection *selection, uint32_t number);

/** True if the frame passed the filter and has a message that is of no call. Valid when all packets have been tapped. */
bool sf_selection_has_frame(const sf_selection *selection, uint32_t frame);

/**
 * What a report without a call says instead: a sentence.
 * @param filter    NULL or empty for none
 * @param messages  how many messages with a Microsoft mark were tapped that are of no call
 * @return to be freed with g_free()
 */
char *sf_selection_no_call(const char *filter, unsigned messages);

#endif
