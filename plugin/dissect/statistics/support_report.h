/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What a support ticket needs of each call, as a text: gathered from the tap,
 * printed by tshark (support_command.c) or shown in a window (support_window.c).
 */
#ifndef SF_DISSECT_STATISTICS_SUPPORT_REPORT_H
#define SF_DISSECT_STATISTICS_SUPPORT_REPORT_H

#include "call_statistics.h"
#include "selection.h"
#include "tap.h"

#define SF_SUPPORT_TITLE SF_STATISTICS_NAME " - For a support ticket"

typedef struct sf_support_report sf_support_report;

/** An empty report. To be freed with sf_support_report_free(). */
sf_support_report *sf_support_report_new(void);

void sf_support_report_free(sf_support_report *report);

/** Empties it. */
void sf_support_report_clear(sf_support_report *report);

/** Takes what a message says of its call, or of OPTIONS. */
void sf_support_report_take(sf_support_report *report, const packet_info *pinfo, const sf_tap_message *message);

/**
 * The report of the calls that are selected, in the order of their numbers, and of the OPTIONS that failed.
 * @param filter     the text of the filter; NULL or empty for none
 * @param selection  what it selects; NULL for all
 * @return text with lines, to be freed with g_free()
 */
char *sf_support_report_text(const sf_support_report *report, const char *filter, const sf_selection *selection);

#endif
