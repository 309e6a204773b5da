/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Summing up reports on the quality of a call.
 */
#include "quality_summary.h"

#include <glib.h>
#include <stdio.h>

/* The first row of a fact counts. */
static const struct {
    sf_fact_id fact;
    sf_measure measure;
    bool is_floor; /**< the lowest value is the worst */
    double scale;
} measures[] = {
    { SF_FACT_QUALITY_NETWORK_MOS, SF_MEASURE_NETWORK_MOS, true, 1 },
    { SF_FACT_QUALITY_LISTENING_MOS, SF_MEASURE_LISTENING_MOS, true, 1 },
    { SF_FACT_QUALITY_CONVERSATION_MOS, SF_MEASURE_CONVERSATIONAL_MOS, true, 1 },
    { SF_FACT_QUALITY_LOSS, SF_MEASURE_LOSS, false, 100 },
    { SF_FACT_QUALITY_LOSS_PERCENT, SF_MEASURE_LOSS, false, 1 },
    { SF_FACT_QUALITY_VIDEO_LOSS, SF_MEASURE_LOSS, false, 100 },
    { SF_FACT_QUALITY_JITTER, SF_MEASURE_JITTER, false, 1 },
    { SF_FACT_QUALITY_ROUND_TRIP, SF_MEASURE_ROUND_TRIP, false, 1 },
};

static const struct {
    sf_fact_id fact;
    sf_slice word;
    unsigned bit;
    const char *name;
} circumstances[] = {
    { SF_FACT_QUALITY_NETWORK, SF_LITERAL_INIT("wifi"), SF_QUALITY_WIFI, "Wi-Fi" },
    { SF_FACT_QUALITY_VPN, SF_LITERAL_INIT("true"), SF_QUALITY_VPN, "VPN" },
    { SF_FACT_QUALITY_VPN, SF_LITERAL_INIT("1"), SF_QUALITY_VPN, "VPN" },
    { SF_FACT_QUALITY_PATH, SF_LITERAL_INIT("RELAY"), SF_QUALITY_RELAY, "through the media relay" },
    { SF_FACT_QUALITY_PATH, SF_LITERAL_INIT("HTTP-PROXY"), SF_QUALITY_HTTP_PROXY, "through an HTTP proxy" },
    { SF_FACT_QUALITY_TRANSPORT, SF_LITERAL_INIT("TCP"), SF_QUALITY_TCP, "over TCP" },
};

/* ---- lines ---- */

bool sf_quality_is_line(const sf_document *document, unsigned index)
{
    sf_fact_id id = document->facts[index].id;

    return id == SF_FACT_QUALITY_LINE ||
           (document->type->kind == SF_DOCUMENT_QUALITY_LINES && id == SF_FACT_QUALITY_STREAM);
}

void sf_quality_judge_line(const sf_document *document, unsigned index, sf_quality *quality)
{
    bool is_line = document->facts[index].id == SF_FACT_QUALITY_LINE;
    sf_slice label = is_line ? document->facts[index].text : (sf_slice){ NULL, 0 };

    sf_quality_judge(document, index, sf_document_group_end(document, index), label, quality);
}

unsigned sf_quality_circumstances(const sf_document *document, unsigned first, unsigned end)
{
    unsigned bits = 0;

    for (unsigned i = first; i < end && i < document->count; i++) {
        for (size_t j = 0; j < G_N_ELEMENTS(circumstances); j++) {
            if (document->facts[i].id == circumstances[j].fact &&
                sf_slice_equals_nocase(document->facts[i].text, circumstances[j].word)) {
                bits |= circumstances[j].bit;
            }
        }
    }
    return bits;
}

/* ---- summing up ---- */

static void add_measure(sf_quality_summary *summary, const sf_fact *fact)
{
    double value;

    for (size_t i = 0; i < G_N_ELEMENTS(measures); i++) {
        if (measures[i].fact != fact->id || !sf_quality_value(fact, &value)) {
            continue;
        }
        sf_measure measure = measures[i].measure;
        double worst = summary->worst[measure];
        value *= measures[i].scale;
        if (!summary->has[measure] || (measures[i].is_floor ? value < worst : value > worst)) {
            summary->worst[measure] = value;
        }
        summary->has[measure] = true;
    }
}

static void add_excess(sf_quality_summary *summary, const sf_quality_fault *fault)
{
    for (unsigned i = 0; i < summary->excess_count; i++) {
        sf_quality_excess *known = &summary->excesses[i];
        if (known->rule == fault->rule) {
            known->value = known->rule->is_floor ? MIN(known->value, fault->value) : MAX(known->value, fault->value);
            return;
        }
    }
    if (summary->excess_count < SF_MAX_QUALITY_FAULTS) {
        summary->excesses[summary->excess_count++] = (sf_quality_excess){ fault->rule, fault->value };
    }
}

static bool is_of_data(const sf_document *document, unsigned index)
{
    return document->facts[index].id == SF_FACT_QUALITY_LINE &&
           sf_slice_equals_nocase(document->facts[index].text, SF_LITERAL("data"));
}

static void add_line(sf_quality_summary *summary, const sf_document *document, unsigned index)
{
    unsigned end = sf_document_group_end(document, index);
    sf_quality quality;

    for (unsigned i = index; i < end; i++) {
        const sf_fact *fact = &document->facts[i];
        if (fact->id == SF_FACT_QUALITY_PATH && sf_slice_equals_nocase(fact->text, SF_LITERAL("FAILED"))) {
            summary->lacks_path = true;
            return; /* what was measured is of no media at all */
        }
    }
    sf_quality_judge_line(document, index, &quality);
    summary->is_judged |= quality.is_judged;
    for (unsigned i = index; i < end; i++) {
        add_measure(summary, &document->facts[i]);
    }
    for (unsigned i = 0; i < quality.count; i++) {
        add_excess(summary, &quality.faults[i]);
    }
    if (quality.count > 0) {
        summary->circumstances |= (uint8_t)sf_quality_circumstances(document, index, end);
    }
}

void sf_quality_summary_add(sf_quality_summary *summary, const sf_document *document, unsigned first, unsigned end)
{
    for (unsigned i = first; i < end && i < document->count; i++) {
        if (sf_quality_is_line(document, i) && !is_of_data(document, i)) {
            add_line(summary, document, i);
        }
    }
}

bool sf_quality_summary_mos(const sf_quality_summary *summary, double *mos)
{
    static const sf_measure best_first[] = { SF_MEASURE_NETWORK_MOS, SF_MEASURE_LISTENING_MOS,
                                             SF_MEASURE_CONVERSATIONAL_MOS };

    for (size_t i = 0; i < G_N_ELEMENTS(best_first); i++) {
        if (summary->has[best_first[i]]) {
            *mos = summary->worst[best_first[i]];
            return true;
        }
    }
    return false;
}

/* ---- words ---- */

int sf_quality_excess_words(const sf_quality_rule *rule, double value, char words[SF_MAX_QUALITY_WORDS])
{
    char format[16], number[G_ASCII_DTOSTR_BUF_SIZE];

    (void)snprintf(format, sizeof format, "%%.%df", rule->decimals);
    (void)g_ascii_formatd(number, sizeof number, format, value);
    return snprintf(words, SF_MAX_QUALITY_WORDS, "%s %s%s", rule->name, number, rule->unit);
}

void sf_quality_circumstances_words(unsigned bits, char words[SF_MAX_QUALITY_WORDS])
{
    words[0] = '\0';
    for (size_t i = 0; i < G_N_ELEMENTS(circumstances); i++) {
        if (bits & circumstances[i].bit) {
            (void)g_strlcat(words, words[0] ? ", " : "", SF_MAX_QUALITY_WORDS);
            (void)g_strlcat(words, circumstances[i].name, SF_MAX_QUALITY_WORDS);
            bits &= ~circumstances[i].bit; /* two rows have the same */
        }
    }
}

void sf_quality_summary_reason(const sf_quality_summary *summary, char words[SF_MAX_QUALITY_WORDS])
{
    char part[SF_MAX_QUALITY_WORDS];

    words[0] = '\0';
    for (unsigned i = 0; i < summary->excess_count; i++) {
        (void)sf_quality_excess_words(summary->excesses[i].rule, summary->excesses[i].value, part);
        (void)g_strlcat(words, i ? ", " : "", SF_MAX_QUALITY_WORDS);
        (void)g_strlcat(words, part, SF_MAX_QUALITY_WORDS);
    }
    sf_quality_circumstances_words(summary->circumstances, part);
    if (words[0] && part[0]) {
        (void)g_strlcat(words, "; ", SF_MAX_QUALITY_WORDS);
        (void)g_strlcat(words, part, SF_MAX_QUALITY_WORDS);
    }
}

const char *sf_quality_summary_verdict(const sf_quality_summary *summary)
{
    if (summary->lacks_path) {
        return "no media path";
    }
    if (!summary->is_judged) {
        return NULL;
    }
    return summary->excess_count > 0 ? "poor" : "not poor";
}
