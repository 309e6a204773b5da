/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * What the reports on a call come to: the worst values of all its audio and
 * video, and whether it was poor. Small, without slices: it outlives the body.
 */
#ifndef SF_ENGINE_BODY_QUALITY_SUMMARY_H
#define SF_ENGINE_BODY_QUALITY_SUMMARY_H

#include "quality.h"

typedef enum {
    SF_MEASURE_NETWORK_MOS,
    SF_MEASURE_LISTENING_MOS,
    SF_MEASURE_CONVERSATIONAL_MOS,
    SF_MEASURE_LOSS,       /**< percent */
    SF_MEASURE_JITTER,     /**< ms */
    SF_MEASURE_ROUND_TRIP, /**< ms */
    SF_MEASURES
} sf_measure;

/** Circumstances that may explain a poor call, as bits of sf_quality_summary.circumstances. */
enum {
    SF_QUALITY_WIFI = 1 << 0,
    SF_QUALITY_VPN = 1 << 1,
    SF_QUALITY_RELAY = 1 << 2,
    SF_QUALITY_HTTP_PROXY = 1 << 3,
    SF_QUALITY_TCP = 1 << 4,
};

/** A limit that was exceeded, and the value that is farthest from it. */
typedef struct {
    const sf_quality_rule *rule;
    double value; /**< in the unit that is shown */
} sf_quality_excess;

typedef struct {
    bool is_judged;        /**< a metric with a limit was reported */
    bool lacks_path;       /**< of a media line, no path was found */
    uint8_t circumstances; /**< of the poor lines */
    uint8_t excess_count;
    bool has[SF_MEASURES];
    double worst[SF_MEASURES];
    sf_quality_excess excesses[SF_MAX_QUALITY_FAULTS];
} sf_quality_summary;

/** The circumstances that facts `first` up to, not including, `end` name, as bits. */
unsigned sf_quality_circumstances(const sf_document *document, unsigned first, unsigned end);

/** Adds the media lines of a report, which are among facts `first` up to, not including, `end`. */
void sf_quality_summary_add(sf_quality_summary *summary, const sf_document *document, unsigned first, unsigned end);

/** The MOS that says most: of the network, else listening, else conversational. @return false if none is known */
bool sf_quality_summary_mos(const sf_quality_summary *summary, double *mos);

#define SF_MAX_QUALITY_WORDS 400

/** Writes `packet loss 12.0 %`. @return as snprintf() */
int sf_quality_excess_words(const sf_quality_rule *rule, double value, char words[SF_MAX_QUALITY_WORDS]);

/** Writes `Wi-Fi, over TCP`; an empty text for no bit. */
void sf_quality_circumstances_words(unsigned bits, char words[SF_MAX_QUALITY_WORDS]);

/** Writes what exceeds a limit, `packet loss 12.0 %, jitter 42 ms; Wi-Fi`; an empty text for nothing. */
void sf_quality_summary_reason(const sf_quality_summary *summary, char words[SF_MAX_QUALITY_WORDS]);

/** `poor`, `not poor`, `no media path`; NULL if nothing can be said. */
const char *sf_quality_summary_verdict(const sf_quality_summary *summary);

/** True for a fact that is a media line: of RFC 6035, a group of metrics is one. */
bool sf_quality_is_line(const sf_document *document, unsigned index);

/** Judges the media line that fact `index` is. */
void sf_quality_judge_line(const sf_document *document, unsigned index, sf_quality *quality);

#endif
