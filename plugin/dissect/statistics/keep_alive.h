/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * OPTIONS between Teams and a session border controller, by which Teams knows
 * that the trunk works: those that were refused, or lack what Teams demands.
 */
#ifndef SF_DISSECT_STATISTICS_KEEP_ALIVE_H
#define SF_DISSECT_STATISTICS_KEEP_ALIVE_H

#include "selection.h"
#include "tap.h"

typedef struct sf_keep_alives sf_keep_alives;

/** An empty set, to be freed. */
sf_keep_alives *sf_keep_alives_new(void);

void sf_keep_alives_free(sf_keep_alives *keep_alives);

void sf_keep_alives_clear(sf_keep_alives *keep_alives);

/** Takes in a message, if it is OPTIONS with Teams, or its answer. Others are passed. */
void sf_keep_alives_add(sf_keep_alives *keep_alives, const packet_info *pinfo, const sf_tap_message *message);

/**
 * Appends those with a fault, each kind of fault once, with how often it came.
 * @param selection  what the first or last message of one of the exchanges has to be in; NULL for all
 */
void sf_keep_alives_write(GString *text, const sf_keep_alives *keep_alives, const sf_selection *selection);

#endif
