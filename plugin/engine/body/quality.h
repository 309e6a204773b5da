/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Whether a media line of a quality report was poor, by limits that Microsoft
 * has published.
 */
#ifndef SF_ENGINE_BODY_QUALITY_H
#define SF_ENGINE_BODY_QUALITY_H

#include "document.h"

#define SF_MAX_QUALITY_FAULTS 16

/** A limit, in the unit that is shown: percent, ms, MOS, frames/s. */
typedef struct {
    sf_fact_id id;
    bool is_floor; /**< poor below the limit; else above */
    double scale;  /**< from the unit of the report to the one that is shown */
    double limit;
    const char *name; /**< what is measured */
    int decimals;     /**< worth showing */
    const char *unit; /**< with the blank before it */
} sf_quality_rule;

typedef struct {
    unsigned fact; /**< index in the document */
    double value;  /**< in the unit that is shown */
    const sf_quality_rule *rule;
} sf_quality_fault;

/** A media line is poor if it has a fault; without a metric that has a limit nothing can be said. */
typedef struct {
    bool is_judged;
    unsigned count;
    sf_quality_fault faults[SF_MAX_QUALITY_FAULTS];
} sf_quality;

/**
 * True for a number that stands for none, such as 127 for a MOS or 65535 for a time (RFC 3611 4.7), or that cannot be: it
 * is no measure, and no filter is to find it.
 */
bool sf_quality_is_none(const sf_fact *fact);

/**
 * The value of a metric. One that is below 0, outside of the scale of a MOS, or 65535 ms, stands for none: 127 means that
 * a MOS is not available (RFC 3611 4.7.5), which some senders write as 12.7, and others write 0.
 */
bool sf_quality_value(const sf_fact *fact, double *value);

/**
 * Judges facts `first` up to, not including, `end`. One fault is enough for a poor line; a metric that is absent or
 * cannot be read counts for nothing.
 * The limits are those by which Lync 2013 and later count a call as poor, as a Microsoft engineer published them
 * ("What is the basis for classifying a call as poor in Lync 2013 QoE").
 * @param label  of the media line: `main-audio`, `main-video`, ...; empty for RFC 6035, which is audio
 */
void sf_quality_judge(const sf_document *document, unsigned first, unsigned end, sf_slice label, sf_quality *quality);

#endif
