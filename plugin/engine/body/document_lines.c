/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Bodies that are lines of text.
 */
#include "document_reader.h"

#include <glib.h>

#include "engine/text/token.h"
#include "engine/text/words.h"

/* ---- quality reports of RFC 6035 ---- */

enum { IN_REPORT, IN_METRICS }; /* levels */

/* RFC 6035 4.6; rates are in percent, times in milliseconds. */
static const struct {
    sf_slice name;
    sf_slice line;
    sf_fact_id id;
} metrics[] = {
    { SF_LITERAL_INIT("START"), SF_LITERAL_INIT("Timestamps"), SF_FACT_START },
    { SF_LITERAL_INIT("STOP"), SF_LITERAL_INIT("Timestamps"), SF_FACT_END },
    { SF_LITERAL_INIT("PD"), SF_LITERAL_INIT("SessionDesc"), SF_FACT_QUALITY_CODEC },
    { SF_LITERAL_INIT("SR"), SF_LITERAL_INIT("SessionDesc"), SF_FACT_QUALITY_SAMPLE_RATE },
    { SF_LITERAL_INIT("NLR"), SF_LITERAL_INIT("PacketLoss"), SF_FACT_QUALITY_LOSS_PERCENT },
    { SF_LITERAL_INIT("JDR"), SF_LITERAL_INIT("PacketLoss"), SF_FACT_QUALITY_DISCARDED_PERCENT },
    { SF_LITERAL_INIT("BLD"), SF_LITERAL_INIT("BurstGapLoss"), SF_FACT_QUALITY_BURST_DENSITY_PERCENT },
    { SF_LITERAL_INIT("BD"), SF_LITERAL_INIT("BurstGapLoss"), SF_FACT_QUALITY_BURST_DURATION },
    { SF_LITERAL_INIT("RTD"), SF_LITERAL_INIT("Delay"), SF_FACT_QUALITY_ROUND_TRIP },
    { SF_LITERAL_INIT("IAJ"), SF_LITERAL_INIT("Delay"), SF_FACT_QUALITY_JITTER },
    { SF_LITERAL_INIT("SL"), SF_LITERAL_INIT("Signal"), SF_FACT_QUALITY_SIGNAL_LEVEL },
    { SF_LITERAL_INIT("NL"), SF_LITERAL_INIT("Signal"), SF_FACT_QUALITY_NOISE_LEVEL },
    { SF_LITERAL_INIT("RERL"), SF_LITERAL_INIT("Signal"), SF_FACT_QUALITY_ECHO_RETURN },
    { SF_LITERAL_INIT("MOSLQ"), SF_LITERAL_INIT("QualityEst"), SF_FACT_QUALITY_LISTENING_MOS },
    { SF_LITERAL_INIT("MOSCQ"), SF_LITERAL_INIT("QualityEst"), SF_FACT_QUALITY_CONVERSATION_MOS },
};

static sf_fact_id metric_of(sf_slice line, sf_slice name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(metrics); i++) {
        if (sf_slice_equals_nocase(line, metrics[i].line) && sf_slice_equals_nocase(name, metrics[i].name)) {
            return metrics[i].id;
        }
    }
    return SF_FACT_NONE;
}

/** Reads `NLR=5.0 JDR=2.0`. */
static void read_metrics(sf_document *document, sf_slice line, sf_slice value, unsigned level)
{
    sf_cursor words = sf_cursor_over(value);
    sf_slice word;

    while (sf_word_next(&words, &word)) {
        size_t equals = sf_slice_find(word, '=');
        sf_slice name = sf_slice_head(word, equals);
        sf_fact_id id = metric_of(line, name);
        if (id && equals < word.length) {
            sf_document_append(document, id, level, name, sf_slice_skip(word, equals + 1));
        }
    }
}

/** Reads `DialogID: 12345@example.com;to-tag=abc;from-tag=xyz`. */
static void read_dialog(sf_document *document, sf_slice name, sf_slice value)
{
    static const struct {
        sf_slice name;
        sf_fact_id id;
    } tags[] = {
        { SF_LITERAL_INIT("from-tag"), SF_FACT_FROM_TAG },
        { SF_LITERAL_INIT("to-tag"), SF_FACT_TO_TAG },
    };
    sf_slice call_id = sf_slice_trim(sf_slice_head(value, sf_slice_find(value, ';')));

    if (!sf_document_find(document, SF_FACT_CALL_ID) && call_id.length > 0) {
        sf_document_append(document, SF_FACT_CALL_ID, IN_REPORT, name, call_id);
    }
    while (sf_slice_find(value, ';') < value.length) {
        value = sf_slice_skip(value, sf_slice_find(value, ';') + 1);
        sf_slice param = sf_slice_trim(sf_slice_head(value, sf_slice_find(value, ';')));
        size_t equals = sf_slice_find(param, '=');
        sf_slice tag = sf_slice_head(param, equals);
        int row = SF_WORDS_FIND(tags, tag);
        if (row != SF_WORDS_NONE && equals + 1 < param.length) {
            sf_document_append(document, tags[row].id, IN_REPORT, tag, sf_slice_skip(param, equals + 1));
        }
    }
}

static void read_report_line(sf_document *document, sf_slice name, sf_slice value, unsigned *level)
{
    static const sf_slice groups[] = { SF_LITERAL_INIT("LocalMetrics"), SF_LITERAL_INIT("RemoteMetrics") };
    static const sf_slice kinds[] = { SF_LITERAL_INIT("VQSessionReport"), SF_LITERAL_INIT("VQIntervalReport"),
                                      SF_LITERAL_INIT("VQAlertReport") };

    if (SF_WORDS_FIND(groups, name) != SF_WORDS_NONE) {
        sf_document_append(document, SF_FACT_QUALITY_STREAM, IN_REPORT, name, name);
        *level = IN_METRICS;
    } else if (sf_slice_equals_nocase(name, SF_LITERAL("CallID"))) {
        sf_document_append(document, SF_FACT_CALL_ID, IN_REPORT, name, value);
    } else if (sf_slice_equals_nocase(name, SF_LITERAL("DialogID"))) {
        read_dialog(document, name, value);
    } else if (SF_WORDS_FIND(kinds, name) != SF_WORDS_NONE) {
        sf_document_append(document, SF_FACT_QUALITY_KIND, IN_REPORT, name, value.length > 0 ? value : name);
    } else {
        read_metrics(document, name, value, *level);
    }
}

/* ---- text/x-msmsgsinvite ---- */

/* As pidgin-sipe and clients of MSN read it; no document has it. */
static const struct {
    sf_slice name;
    sf_fact_id id;
} invitation[] = {
    { SF_LITERAL_INIT("Invitation-Command"), SF_FACT_MESSAGING_COMMAND },
    { SF_LITERAL_INIT("Invitation-Cookie"), SF_FACT_MESSAGING_COOKIE },
    { SF_LITERAL_INIT("Application-Name"), SF_FACT_MESSAGING_APPLICATION },
    { SF_LITERAL_INIT("Application-File"), SF_FACT_MESSAGING_FILE },
    { SF_LITERAL_INIT("Application-FileSize"), SF_FACT_MESSAGING_FILE_SIZE },
    { SF_LITERAL_INIT("Cancel-Code"), SF_FACT_MESSAGING_CODE },
    { SF_LITERAL_INIT("Port"), SF_FACT_MESSAGING_PORT },
    { SF_LITERAL_INIT("Encryption-Key"), SF_FACT_MESSAGING_SECRET },
    { SF_LITERAL_INIT("Hash-Key"), SF_FACT_MESSAGING_SECRET },
    { SF_LITERAL_INIT("AuthCookie"), SF_FACT_MESSAGING_SECRET },
};

void sf_document_read_lines(sf_document *document)
{
    sf_cursor lines = sf_cursor_over(document->text);
    unsigned level = IN_REPORT;
    sf_slice line;

    while (sf_line_next(&lines, &line)) {
        size_t colon = sf_slice_find(line, ':');
        sf_slice name = sf_slice_trim(sf_slice_head(line, colon));
        sf_slice value = sf_slice_trim(sf_slice_skip(line, colon + 1));
        if (document->type->kind == SF_DOCUMENT_QUALITY_LINES) {
            read_report_line(document, name, value, &level);
        } else if (colon == line.length) {
            continue;
        } else if (document->type->kind == SF_DOCUMENT_INVITATION) {
            int row = SF_WORDS_FIND(invitation, name);
            if (row != SF_WORDS_NONE && value.length > 0) {
                sf_document_append(document, invitation[row].id, IN_REPORT, name, value);
            }
        }
    }
}
