/* SPDX-License-Identifier: GPL-2.0-or-later
 *
 * libFuzzer target: any bytes as a body that is no SDP. The first byte chooses
 * its media type; then every fact is read, and the media lines are judged.
 */
#include "engine/body/document.h"
#include "engine/body/quality_summary.h"
#include "engine/body/secret.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "%s\n", what);
        abort();
    }
}

static void demand_inside(sf_slice input, sf_slice s, const char *what)
{
    unsigned sum = 0;

    if (!sf_slice_present(s)) {
        return;
    }
    demand(s.text >= input.text && sf_slice_end(s) <= sf_slice_end(input), what);
    for (size_t i = 0; i < s.length; i++) {
        sum += (unsigned char)s.text[i];
    }
    demand(sum <= s.length * UINT8_MAX, what); /* so that no compiler leaves the reading out */
}

static void check_fact(sf_slice input, const sf_fact *fact)
{
    double real;
    uint64_t number;

    demand(fact->id > SF_FACT_NONE && fact->id < SF_FACT_COUNT, "a fact's id");
    demand(fact->level <= SF_MAX_FACT_LEVELS, "a fact's level");
    demand_inside(input, fact->name, "a fact's name");
    demand_inside(input, fact->text, "a fact's text");
    (void)sf_fact_is_true(fact);
    (void)sf_fact_number(fact, UINT32_MAX, &number);
    demand(!sf_fact_real(fact, &real) || (real > -1e15 && real < 1e15), "a fact's number");
    char *room = malloc(fact->text.length ? fact->text.length : 1);
    demand(room && sf_xml_unescape(fact->text, room) <= fact->text.length, "an unescaped text is longer");
    free(room);
}

/** What a call keeps of a report: bounded, and in words that end. */
static void check_summary(const sf_document *document)
{
    sf_quality_summary summary = { .is_judged = false };
    char words[SF_MAX_QUALITY_WORDS];
    double mos;

    sf_quality_summary_add(&summary, document, 0, document->count);
    demand(summary.excess_count <= SF_MAX_QUALITY_FAULTS, "the number of excesses");
    demand(summary.is_judged || summary.excess_count == 0, "an excess without a judgment");
    sf_quality_summary_reason(&summary, words);
    demand(memchr(words, '\0', sizeof words) != NULL, "words without an end");
    demand((words[0] != '\0') == (summary.excess_count > 0), "a reason without an excess");
    demand(!sf_quality_summary_mos(&summary, &mos) || (mos >= 0 && mos < 1e15), "a MOS");
}

/** The document is kept between inputs, as the dissector keeps it: nothing may be left of the one before. */
static void read_body(sf_slice input, const sf_document_type *type)
{
    static sf_document document;
    sf_quality quality;

    sf_document_read(input, type, &document);
    demand(document.count <= SF_MAX_DOCUMENT_FACTS, "the number of facts");
    demand_inside(input, document.root, "the root");
    demand_inside(input, document.rest, "the rest");
    check_summary(&document);
    demand(!document.has_key || sf_body_has_secret(input), "a key that is no secret");
    for (unsigned i = 0; i < document.count; i++) {
        check_fact(input, &document.facts[i]);
        unsigned end = sf_document_group_end(&document, i);
        demand(end > i && end <= document.count, "the end of a group");
        if (document.facts[i].id == SF_FACT_QUALITY_LINE) {
            sf_quality_judge(&document, i, end, document.facts[i].text, &quality);
            demand(quality.count <= SF_MAX_QUALITY_FAULTS, "the number of faults");
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const sf_document_type *type = size > 0 ? sf_document_type_at(data[0] % 36) : NULL;
    char *copy = type ? malloc(size) : NULL;

    if (copy) {
        memcpy(copy, data + 1, size - 1);
        char *exact = realloc(copy, size > 1 ? size - 1 : 1); /* so that one byte too many is noticed */
        copy = exact ? exact : copy;
        read_body((sf_slice){ copy, size - 1 }, type);
        free(copy);
    }
    return 0;
}
