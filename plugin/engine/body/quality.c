/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The limits.
 */
#include "quality.h"

#include <glib.h>

static const sf_quality_rule audio[] = {
    { SF_FACT_QUALITY_LOSS, false, 100, 10, "packet loss", 1, " %" },
    { SF_FACT_QUALITY_LOSS_PERCENT, false, 1, 10, "packet loss", 1, " %" },
    { SF_FACT_QUALITY_JITTER, false, 1, 30, "jitter", 0, " ms" },
    { SF_FACT_QUALITY_ROUND_TRIP, false, 1, 500, "round trip", 0, " ms" },
    { SF_FACT_QUALITY_CONCEALED, false, 100, 7, "concealed audio", 1, " %" },
    { SF_FACT_QUALITY_DEGRADATION, false, 1, 1, "MOS lowered by", 1, "" },
};

static const sf_quality_rule video[] = {
    { SF_FACT_QUALITY_VIDEO_LOSS_AFTER_FEC, false, 100, 10, "packet loss after repair", 1, " %" },
    { SF_FACT_QUALITY_VIDEO_LOSS, false, 100, 10, "packet loss", 1, " %" },
    { SF_FACT_QUALITY_VIDEO_FRAME_LOSS, false, 1, 10, "lost frames", 1, " %" },
    { SF_FACT_QUALITY_VIDEO_FRAME_RATE, true, 1, 7, "frame rate", 1, " frames/s" },
    { SF_FACT_QUALITY_VIDEO_LOW_RATE, false, 1, 10, "low frame rate in", 0, " % of the call" },
    { SF_FACT_QUALITY_VIDEO_LOW_CPU, false, 1, 10, "processor too slow in", 0, " % of the call" },
};

/* The labels of [MS-QoE] 2.2.1.5.2 that have a rule. */
static const struct {
    sf_slice start;
    const sf_quality_rule *rules;
    unsigned count;
} kinds[] = {
    { SF_LITERAL_INIT("main-audio"), audio, G_N_ELEMENTS(audio) },
    { SF_LITERAL_INIT("main-video"), video, G_N_ELEMENTS(video) },
    { SF_LITERAL_INIT("panoramic-video"), video, G_N_ELEMENTS(video) },
};

enum { HIGHEST_OF_16_BITS = 65534 }; /* all bits set stands for none, as in the blocks of RFC 3611 */

static const struct {
    sf_fact_id fact;
    double lowest, highest;
} ranges[] = {
    { SF_FACT_QUALITY_NETWORK_MOS, 1, 5 },
    { SF_FACT_QUALITY_LISTENING_MOS, 1, 5 },
    { SF_FACT_QUALITY_CONVERSATION_MOS, 1, 5 },
    { SF_FACT_QUALITY_DEGRADATION, 0, 4 },
    { SF_FACT_QUALITY_JITTER, 0, HIGHEST_OF_16_BITS },
    { SF_FACT_QUALITY_ROUND_TRIP, 0, HIGHEST_OF_16_BITS },
};

bool sf_quality_is_none(const sf_fact *fact)
{
    double value, known;
    bool has_range = false;

    for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++) {
        has_range |= ranges[i].fact == fact->id;
    }
    return has_range && sf_fact_real(fact, &value) && !sf_quality_value(fact, &known);
}

bool sf_quality_value(const sf_fact *fact, double *value)
{
    if (!sf_fact_real(fact, value) || *value < 0) {
        return false;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(ranges); i++) {
        if (ranges[i].fact == fact->id) {
            return *value >= ranges[i].lowest && *value <= ranges[i].highest;
        }
    }
    return true;
}

static void hold(const sf_quality_rule *rule, const sf_document *document, unsigned index, sf_quality *quality)
{
    double value;

    if (rule->id != document->facts[index].id || !sf_quality_value(&document->facts[index], &value)) {
        return;
    }
    quality->is_judged = true;
    double limit = rule->limit / rule->scale; /* exact where 100 times the value would not be */
    if ((rule->is_floor ? value < limit : value > limit) && quality->count < SF_MAX_QUALITY_FAULTS) {
        quality->faults[quality->count++] = (sf_quality_fault){ index, value * rule->scale, rule };
    }
}

void sf_quality_judge(const sf_document *document, unsigned first, unsigned end, sf_slice label, sf_quality *quality)
{
    const sf_quality_rule *rules = label.length ? NULL : audio;
    unsigned count = label.length ? 0 : G_N_ELEMENTS(audio);

    *quality = (sf_quality){ .is_judged = false };
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (sf_slice_starts_nocase(label, kinds[i].start)) {
            rules = kinds[i].rules;
            count = kinds[i].count;
        }
    }
    for (unsigned i = first; i < end && i < document->count; i++) {
        for (unsigned j = 0; j < count; j++) {
            hold(&rules[j], document, i, quality);
        }
    }
}
